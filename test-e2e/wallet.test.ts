import { expect } from "chai";
import { getAddress, parseUnits, toQuantity } from "ethers";
import { claimIdOf } from "../sdk/claims.ts";
import { BeliefFactory__factory } from "../typechain-types/index.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

describe("a wallet", () => {
  let stage: Stage;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
  });

  /** Fills in the form for a claim, without sending it. */
  async function writeClaim(visitor: Visitor, text: string, commitment = ""): Promise<void> {
    await visitor.role("button", "Create a claim").click();
    await visitor.page.getByLabel("Claim", { exact: false }).and(visitor.page.locator("textarea")).fill(text);
    await visitor.page.getByLabel("Your commitment on Support (optional)").fill(commitment);
  }

  const create = (visitor: Visitor) => visitor.role("button", "Create the claim").click();

  it("is not needed to read", async () => {
    const visitor = await stage.visit("/", { hasWallet: false });
    await visitor.role("link", /is the capital of Alaska/).waitFor();
    await visitor.role("button", "Connect wallet").click();
    await visitor.page.getByText("This browser has no wallet").waitFor();
  });

  it("that says no to being connected leaves everything as it is", async () => {
    const visitor = await stage.visit();
    await visitor.role("button", "Connect wallet").click();
    await visitor.role("button", "Test wallet").click();
    await visitor.reject();
    await visitor.page.getByText("You declined it in the wallet.").waitFor();
  });

  it("stays connected over a reload", async () => {
    const visitor = await stage.visit();
    await visitor.connect(3);
    await visitor.page.reload();
    await visitor.role("button", "Disconnect").waitFor();
  });

  it("of another network is asked to switch", async () => {
    const visitor = await stage.visit();
    await visitor.connect(3);
    await visitor.page.getByLabel("Test wallet is on").selectOption("1");
    await visitor.role("button", "Switch to Local chain").click();
    await visitor.confirm();
    await visitor.page.getByText("Your wallet is connected to another network").waitFor({ state: "hidden" });
  });

  it("that rejects a transaction sends nothing, and it can be tried again", async () => {
    const visitor = await stage.visit();
    await visitor.connect(4);
    await writeClaim(visitor, "Rejections are harmless");
    await create(visitor);
    await visitor.reject();
    await visitor.page.getByText("You declined it in the wallet. Nothing was sent.").waitFor();
    await create(visitor);
    await visitor.confirmAll("Create a claim");
    await visitor.role("link", "Rejections are harmless").waitFor();
  });

  it("is not asked where the contract would refuse: the page says why", async () => {
    const factory = BeliefFactory__factory.connect(
      stage.record.contracts.BeliefFactory.address,
      await stage.node.getSigner(0),
    );
    const visitor = await stage.visit();
    await visitor.connect(4);
    await writeClaim(visitor, "A guardian may be faster");
    await (await factory.pauseCreation()).wait();
    try {
      await create(visitor);
      await visitor.page.getByText(/paused/i).waitFor();
    } finally {
      await (await factory.unpauseCreation()).wait();
    }
  });

  it("whose account changes in mid-flow acts for the new one", async () => {
    const visitor = await stage.visit();
    await visitor.connect(4);
    await writeClaim(visitor, "Accounts may change", "25");
    await visitor.lend(5);
    await create(visitor);
    await visitor.confirmAll(/^Create a claim/);
    await visitor.role("link", "Accounts may change").waitFor();
    const [, , , , , fifth] = await stage.node.listAccounts();
    const factory = BeliefFactory__factory.connect(stage.record.contracts.BeliefFactory.address, stage.node);
    const created = await factory.queryFilter(factory.filters.MarketCreated());
    expect(created.at(-1)?.args.author).to.equal(fifth?.address);
  });

  it("that has sent something may be forgotten: a reload goes on waiting for it", async () => {
    const visitor = await stage.visit();
    await visitor.connect(6);
    await stage.holdBlocks();
    await writeClaim(visitor, "Reloads are harmless");
    await create(visitor);
    await visitor.confirm();
    await visitor.transaction("Create a claim").filter({ hasText: "Waiting for a block" }).waitFor();
    await visitor.page.reload();
    await visitor.transaction("Create a claim").filter({ hasText: "Waiting for a block" }).waitFor();
    await stage.releaseBlocks();
    await visitor.transaction("Create a claim").filter({ hasText: "Confirmed" }).waitFor();
    await visitor.page.reload();
    await visitor.transaction("Create a claim").filter({ hasText: "Confirmed" }).waitFor();
  });

  it("whose account changes between a permit and the transaction is asked for nothing more", async () => {
    const visitor = await stage.visit(`/claims/${claimIdOf("Phoenix is the capital of Arizona")}`);
    await visitor.connect(9);
    await visitor.page.getByRole("radio", { name: "Support", exact: true }).check();
    await visitor.page.getByLabel("Amount", { exact: true }).fill("20");
    await visitor.role("button", "Commit on Support").click();
    await visitor.question("Sign this message?").waitFor();
    await visitor.lend(10);
    await visitor.confirm();
    await visitor.page.getByText(/Your wallet lends another account by now. Nothing was sent/).waitFor();
  });

  it("that was overtaken by somebody else sends what fails, and the page says so", async () => {
    const text = "Whoever is faster creates the market";
    const visitor = await stage.visit();
    await visitor.connect(11);
    await stage.holdBlocks();
    try {
      await writeClaim(visitor, text);
      await create(visitor);
      await visitor.confirm();
      await visitor.transaction("Create a claim").filter({ hasText: "Waiting for a block" }).waitFor();
      const rival = await stage.node.getSigner(12);
      const factory = BeliefFactory__factory.connect(stage.record.contracts.BeliefFactory.address, rival);
      const fee = parseUnits("100", "gwei");
      const faster = { maxFeePerGas: fee, maxPriorityFeePerGas: fee, gasLimit: 1_000_000n };
      await factory.createMarket(claimIdOf(text), 0n, faster);
    } finally {
      await stage.releaseBlocks();
    }
    await visitor.transaction("Create a claim").filter({ hasText: "Failed" }).waitFor();
    await visitor.page.getByText("The transaction failed").waitFor();
  });

  it("that is switched to another network between a permit and the transaction is asked for nothing more", async () => {
    const visitor = await stage.visit(`/claims/${claimIdOf("Phoenix is the capital of Arizona")}`);
    await visitor.connect(13);
    await visitor.page.getByRole("radio", { name: "Support", exact: true }).check();
    await visitor.page.getByLabel("Amount", { exact: true }).fill("20");
    await visitor.role("button", "Commit on Support").click();
    await visitor.question("Sign this message?").waitFor();
    await visitor.page.getByLabel("Test wallet is on").selectOption("1", { force: true });
    await visitor.confirm();
    await visitor.page.getByText("Your wallet is connected to another network").first().waitFor();
    await visitor.role("button", "Switch to Local chain").waitFor();
    expect(await visitor.question("Send this transaction?").count()).to.equal(0);
  });

  it("that sends something else in a transaction's place is noticed", async () => {
    const visitor = await stage.visit();
    await visitor.connect(14);
    await stage.holdBlocks();
    try {
      await writeClaim(visitor, "Wallets may cancel");
      await create(visitor);
      await visitor.confirm();
      await visitor.transaction("Create a claim").filter({ hasText: "Waiting for a block" }).waitFor();
      const from = await (await stage.node.getSigner(14)).getAddress();
      const { transactions } = await stage.node.send("eth_getBlockByNumber", ["pending", true]);
      const [waiting] = transactions.filter((sent: { from: string }) => getAddress(sent.from) === from);
      const fee = toQuantity(2n * BigInt(waiting.maxFeePerGas));
      const other = { from, to: from, nonce: waiting.nonce, gas: "0x5208" };
      await stage.node.send("eth_sendTransaction", [{ ...other, maxFeePerGas: fee, maxPriorityFeePerGas: fee }]);
    } finally {
      await stage.releaseBlocks();
    }
    await visitor.transaction("Create a claim").filter({ hasText: "Replaced in the wallet" }).waitFor();
    await visitor.page.getByText(/Look whether it was done before you try again/).waitFor();
  });
});
