import { expect } from "chai";
import { amountText } from "../dapp/src/format/amounts.ts";
import { claimIdOf } from "../sdk/claims.ts";
import { Side } from "../sdk/market/side.ts";
import { CLAIM_ID, CLAIM_PATH, type ClaimContracts, claimContractsOf, DOLLAR, factIn, USDC } from "./claim-page.ts";
import { person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";

const PATH = `${CLAIM_PATH}/trade`;
const LONG = { symbol: "LONG", decimals: 6 } as const;

describe("LONG and SHORT of a claim", () => {
  let stage: Stage;
  let contracts: ClaimContracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    contracts = claimContractsOf(stage);
  });

  it("are backed by a stake that is deposited with a permit and withdrawn again", async () => {
    const { usdc, stakeVault } = contracts;
    const { address } = await person(stage, 16);
    const visitor = await stage.visit(PATH);
    await visitor.connect(16);
    const [had, staked] = await Promise.all([usdc.balanceOf(address), stakeVault.totalStake(address)]);
    await visitor.page.getByLabel("Deposit", { exact: true }).fill("100");
    await visitor.role("button", "Deposit stake").click();
    await visitor.confirmAll("Deposit 100 USDC of stake");
    expect((await stakeVault.totalStake(address)) - staked).to.equal(100n * DOLLAR);
    expect(had - (await usdc.balanceOf(address))).to.equal(100n * DOLLAR);
    expect(await usdc.allowance(address, stakeVault)).to.equal(0n);

    await factIn(visitor, "Your stake", "Stake")
      .filter({ hasText: amountText(staked + 100n * DOLLAR, USDC) })
      .waitFor();
    await visitor.page.getByLabel("Withdraw", { exact: true }).fill("40.5");
    await visitor.role("button", "Withdraw stake").click();
    await visitor.confirmAll("Withdraw 40.50 USDC of stake");
    expect((await stakeVault.totalStake(address)) - staked).to.equal(59_500_000n);
    expect(had - (await usdc.balanceOf(address))).to.equal(59_500_000n);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are bought with a permit for what was quoted, and sold again", async () => {
    const { usdc, stakeVault, convictionMarket } = contracts;
    const { address } = await person(stage, 17);
    const visitor = await stage.visit(PATH);
    await visitor.connect(17);
    await visitor.page.getByLabel("You pay", { exact: true }).fill("500");
    const { tokens, skim } = await convictionMarket.quoteBuy(address, CLAIM_ID, Side.Support, 500n * DOLLAR);
    const facts = "What the purchase comes to";
    expect(await factIn(visitor, facts, "You get about").innerText()).to.equal(amountText(tokens, LONG));
    expect(await factIn(visitor, facts, /^Goes to your stake/).innerText()).to.equal(amountText(skim, USDC));
    expect(await factIn(visitor, facts, /^Lock on this side/).innerText()).to.equal("10 USDC");

    const had = await usdc.balanceOf(address);
    await visitor.role("button", "Buy LONG").click();
    await visitor.confirmAll("Buy LONG for 500 USDC");
    expect(had - (await usdc.balanceOf(address))).to.equal(500n * DOLLAR);
    expect(await usdc.allowance(address, convictionMarket)).to.equal(0n);
    expect(await convictionMarket.balanceOf(address, CLAIM_ID, Side.Support)).to.equal(tokens);
    expect(await stakeVault.lockOf(address, CLAIM_ID, Side.Support)).to.equal(10n * DOLLAR);

    await visitor.role("tab", "Sell").click();
    await visitor.role("button", `Use all: ${amountText(tokens, LONG)}`).click();
    await visitor.page.getByText("These are the last of your LONG: your lock of 10 USDC is freed.").waitFor();
    const proceeds = await convictionMarket.quoteSell(CLAIM_ID, Side.Support, tokens);
    const received = factIn(visitor, "What the sale comes to", "You get about");
    expect(await received.innerText()).to.equal(amountText(proceeds, USDC));
    await visitor.role("button", "Sell LONG").click();
    await visitor.confirmAll(/^Sell/);
    expect(await convictionMarket.balanceOf(address, CLAIM_ID, Side.Support)).to.equal(0n);
    expect(await stakeVault.lockOf(address, CLAIM_ID, Side.Support)).to.equal(0n);
    expect(had - (await usdc.balanceOf(address))).to.equal(500n * DOLLAR - proceeds);
    await visitor.page.getByText("You hold neither LONG nor SHORT of this claim.").waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are not bought where others were faster, and the price is worse than accepted", async () => {
    const { usdc, convictionMarket } = contracts;
    const { address } = await person(stage, 15);
    const visitor = await stage.visit(PATH);
    await visitor.connect(15);
    await visitor.role("radio", "SHORT (Oppose)").check();
    await visitor.page.getByLabel("You pay", { exact: true }).fill("200");
    await visitor.page.getByLabel("Slippage limit", { exact: true }).fill("0.1");
    const quoted = factIn(visitor, "What the purchase comes to", "You get about");
    const shown = await quoted.innerText();
    const had = await usdc.balanceOf(address);
    await visitor.role("button", "Buy SHORT").click();
    await buyShort(14, 5_000n * DOLLAR);
    // The permit, signed when it is too late.
    await visitor.confirm();
    await visitor.page.getByText(/^The price has moved: the trade would give less than you accept/).waitFor();
    expect(await usdc.balanceOf(address)).to.equal(had);
    expect(await convictionMarket.balanceOf(address, CLAIM_ID, Side.Oppose)).to.equal(0n);

    await quoted.filter({ hasNotText: shown }).waitFor();
    await visitor.role("button", "Buy SHORT").click();
    await visitor.confirmAll("Buy SHORT for 200 USDC");
    expect(had - (await usdc.balanceOf(address))).to.equal(200n * DOLLAR);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are not bought with a slippage limit that is a mistake", async () => {
    const visitor = await stage.visit(PATH);
    await visitor.connect(16);
    await visitor.page.getByLabel("You pay", { exact: true }).fill("10");
    await visitor.page.getByLabel("Slippage limit", { exact: true }).fill("80");
    await visitor.page.getByText("A slippage limit is 50 % at most.").waitFor();
    expect(await visitor.role("button", "Buy LONG").isDisabled()).to.equal(true);
  });

  it("of a new claim begin with a pool that anybody creates", async () => {
    const { beliefFactory, convictionMarket } = contracts;
    const claimId = claimIdOf("A pool is created by whoever wants one");
    const author = await person(stage, 16);
    await (await beliefFactory.connect(author).createMarket(claimId, 0n)).wait();
    const visitor = await stage.visit(`/claims/${claimId}/trade`);
    await visitor.connect(16);
    await visitor.role("button", "Create the pool").click();
    await visitor.confirmAll("Create a pool");
    await visitor.page.getByText("The pool is empty: the first token of either side costs 1 USDC.").waitFor();
    expect([...(await convictionMarket.pool(claimId))]).to.deep.equal([0n, 0n, 0n]);
    await visitor.role("button", "Buy LONG").waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are not bought while the guardian has paused that", async () => {
    const guardian = await person(stage, 0);
    const venue = contracts.convictionMarket.connect(guardian);
    const visitor = await stage.visit(PATH);
    await visitor.connect(16);
    await (await venue.pauseEntries()).wait();
    try {
      await visitor.page.getByText("The guardian has paused buying. Selling goes on.").waitFor();
      expect(await visitor.role("button", "Buy LONG").isDisabled()).to.equal(true);
    } finally {
      await (await venue.unpauseEntries()).wait();
    }
    await visitor.page.getByText("The guardian has paused buying.").waitFor({ state: "detached" });
  });

  async function buyShort(account: number, amount: bigint): Promise<void> {
    const buyer = await person(stage, account);
    const { usdc, convictionMarket } = contracts;
    await (await usdc.connect(buyer).approve(convictionMarket, amount)).wait();
    await (await convictionMarket.connect(buyer).buy(CLAIM_ID, Side.Oppose, amount, 0n)).wait();
  }
});
