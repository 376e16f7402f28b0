import { expect } from "chai";
import { amountText, paidText } from "../dapp/src/format/amounts.ts";
import { projectBelief } from "../sdk/market/projection.ts";
import { quoteCommit, quoteEarlyExit } from "../sdk/market/quote.ts";
import { Side } from "../sdk/market/side.ts";
import type { BeliefMarket, TestUSDC } from "../typechain-types/index.ts";
import { CLAIM_ID, CLAIM_PATH, DOLLAR, factIn, marketOf, USDC } from "./claim-page.ts";
import { contractsOf, nowOf, passUntil, person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** Percentages on the page have one decimal, rounded down, and belief moves while a test looks at it. */
const TOLERANCE = 0.11;

describe("the belief market of a claim", () => {
  let stage: Stage;
  let market: BeliefMarket;
  let usdc: TestUSDC;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    market = await marketOf(stage, CLAIM_ID);
    ({ usdc } = contractsOf(stage));
  });

  /** Has an account commit by itself, and returns the id of its position. */
  async function commit(account: number, side: Side, amount: bigint): Promise<bigint> {
    const owner = await person(stage, account);
    await (await usdc.connect(owner).approve(market, amount)).wait();
    await (await market.connect(owner).commit(side, amount, 10_000n)).wait();
    return lastPositionOf(owner.address);
  }

  async function lastPositionOf(owner: string): Promise<bigint> {
    const committed = await market.queryFilter(market.filters.Committed(undefined, owner));
    return committed.at(-1)?.args.positionId ?? -1n;
  }

  /** A position on the page of its owner. */
  const positionOn = ({ page }: Visitor, positionId: bigint) =>
    page
      .getByRole("article")
      .filter({ has: page.getByRole("heading", { name: `position ${positionId}`, exact: false }) });

  /** Belief at an instant in percent, as it followed from what the chain had at its last block before. */
  async function beliefThen(time: bigint): Promise<number> {
    let [low, high] = [0, await stage.node.getBlockNumber()];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const block = await stage.node.getBlock(middle);
      if (BigInt(block?.timestamp ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    const at = BigInt((await stage.node.getBlock(low))?.timestamp ?? 0);
    return inPercent(projectBelief(await market.state({ blockTag: low }), at, time));
  }

  it("draws the belief, and tells it by keyboard", async () => {
    const visitor = await stage.visit(CLAIM_PATH);
    const { page } = visitor;
    await visitor.role("img", /^Belief was .* If nobody moves, it will be/).waitFor();
    expect(await page.locator(".time-chart path.line:not(.expected)").getAttribute("d")).to.match(/^M[\d.]+,[\d.]+L/);
    const slider = visitor.role("slider", "Belief at a moment");
    await slider.and(page.locator('[aria-valuetext^="Now: "]')).waitFor();
    await slider.press("ArrowLeft");
    const told = page.locator(".read-out");
    await told.filter({ hasText: /^\d+ \w+ \d{4}.*: [\d.]+ %$/ }).waitFor();
    expect(await slider.getAttribute("aria-valuetext")).to.equal(await told.innerText());
    await slider.press("End");
    await told.filter({ hasText: /^In \d+ days?.*, if nobody moves: [\d.]+ %$/ }).waitFor();
    await slider.press("Home");
    await told.filter({ hasText: /^\d+ \w+ \d{4}.*: [\d.]+ %$/ }).waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("has a table of its belief that the chain agrees with", async () => {
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.role("img", /^Belief was/).waitFor();
    await visitor.role("button", "Show as a table").click();
    const rows = await visitor.role("table", "Belief over time").locator("tbody tr").allInnerTexts();
    const read = rows.map((row) => {
      const [when = "", belief = ""] = row.split("\t");
      return { when, belief: Number.parseFloat(belief), isExpected: belief.endsWith("if nobody moves") };
    });
    const now = read.find(({ when }) => when === "Now");
    expect(now?.belief).to.be.closeTo(inPercent(await market.belief()), TOLERANCE);
    const past = read.slice(
      0,
      read.findIndex(({ when }) => when === "Now"),
    );
    expect(past).to.have.length(12);
    for (const { when, belief } of past) {
      const time = BigInt(Date.parse(when.replace(" at ", ", ")) / 1_000);
      expect(belief, when).to.be.closeTo(await beliefThen(time), TOLERANCE);
    }
    expect(read.filter(({ isExpected }) => isExpected)).to.have.length(4);
  });

  it("tells its rules, and asks for a wallet only where something is signed", async () => {
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.page.getByText("Connect a wallet to do this.").waitFor();
    await visitor.page.getByText("Connect a wallet to see your positions here.").waitFor();
    await visitor.role("button", "The rules of this market").click();
    const rules = factIn(visitor, "The rules of this market", "Stake");
    expect(await rules.innerText()).to.equal("5 USDC to 100,000 USDC in one commitment");
  });

  it("takes a commitment on Oppose with one signature more, and says fee and lock before", async () => {
    const { address } = await person(stage, 13);
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.connect(13);
    await visitor.page.getByRole("radio", { name: "Oppose", exact: true }).check();
    await visitor.page.getByLabel("Amount", { exact: true }).fill("1,000");
    const amount = 1_000n * DOLLAR;
    const [params, state] = await Promise.all([market.params(), market.state()]);
    const { fee, principal } = quoteCommit({ params, state, amount });
    const facts = "What the commitment comes to";
    expect(await factIn(visitor, facts, /^Entry fee/).innerText()).to.equal(paidText(fee, USDC));
    expect(await factIn(visitor, facts, "Your principal").innerText()).to.equal(amountText(principal, USDC));
    expect(await factIn(visitor, facts, "Locked for").innerText()).to.match(/^30 days, until \d/);

    const had = await usdc.balanceOf(address);
    const sent = await stage.node.getTransactionCount(address);
    await visitor.role("button", "Commit on Oppose").click();
    await visitor.confirmAll("Commit 1,000 USDC on Oppose");
    expect(had - (await usdc.balanceOf(address))).to.equal(amount);
    expect(await stage.node.getTransactionCount(address)).to.equal(sent + 1);
    expect(await usdc.allowance(address, market)).to.equal(0n);
    const after = await market.state();
    expect(after.opposePrincipal - state.opposePrincipal).to.equal(principal);
    expect(after.srp - state.srp).to.equal(fee);
    const positionId = await lastPositionOf(address);
    await visitor.role("heading", `Oppose, position ${positionId}`).waitFor();
    expect(await factIn(visitor, `Position ${positionId}`, "Principal").innerText()).to.equal(
      amountText(principal, USDC),
    );
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("says which amounts it takes", async () => {
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.connect(13);
    await visitor.page.getByRole("radio", { name: "Support", exact: true }).check();
    await visitor.page.getByLabel("Amount", { exact: true }).fill("1");
    await visitor.page.getByText("A commitment is 5 USDC to 100,000 USDC.").first().waitFor();
    expect(await visitor.role("button", "Commit on Support").isDisabled()).to.equal(true);
  });

  it("is left early after a second thought", async () => {
    const positionId = await commit(14, Side.Support, 500n * DOLLAR);
    const { address } = await person(stage, 14);
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.connect(14);
    const position = positionOn(visitor, positionId);
    await position.getByRole("button", { name: "Leave early…" }).click();
    await visitor.role("button", "Stay").click();
    await visitor.role("alertdialog", "Leave before the lock is over?").waitFor({ state: "detached" });

    await position.getByRole("button", { name: "Leave early…" }).click();
    const [params, state] = await Promise.all([market.params(), market.state()]);
    const { principal } = await market.position(positionId);
    const { penalty, returned } = quoteEarlyExit({ params, state, principal });
    const facts = "What leaving early comes to";
    expect(await factIn(visitor, facts, "Penalty").innerText()).to.equal(paidText(penalty, USDC));
    expect(await factIn(visitor, facts, "You get back").innerText()).to.equal(amountText(returned, USDC));

    const had = await usdc.balanceOf(address);
    const leave = visitor.page.getByRole("button", { name: "Leave early", exact: true });
    await leave.click();
    await visitor.reject();
    await visitor.page.getByText("You declined it in the wallet. Nothing was sent.").waitFor();
    expect(await usdc.balanceOf(address)).to.equal(had);
    await leave.click();
    await visitor.confirmAll(/^Leave early with/);
    await visitor.role("button", "1 closed position").click();
    await visitor.page
      .getByText(/left early/)
      .first()
      .waitFor();
    expect((await usdc.balanceOf(address)) - had).to.equal(returned);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("pays rewards to who has waited a week", async () => {
    const { account, claimId, positionId, earning } = await findReward(stage);
    const visitor = await stage.visit(`/claims/${claimId}`);
    await visitor.connect(account);
    const { address } = await person(stage, account);
    const had = await usdc.balanceOf(address);
    await positionOn(visitor, positionId).getByRole("button", { name: "Claim rewards" }).click();
    await visitor.confirmAll(/^Claim .* of rewards/);
    const [claimed] = await earning.queryFilter(earning.filters.RewardsClaimed(positionId));
    const reward = claimed?.args.reward ?? 0n;
    expect(reward > 0n).to.equal(true);
    expect((await usdc.balanceOf(address)) - had).to.equal(reward);
    const taken = factIn(visitor, `Position ${positionId}`, "Rewards taken so far");
    await taken.filter({ hasText: amountText(reward, USDC) }).waitFor();
  });

  it("that nobody has created says so", async () => {
    const visitor = await stage.visit(`/claims/0x${"00".repeat(32)}`);
    await visitor.role("heading", "No such claim").waitFor();
    await visitor.role("link", "Look for another one, or create it").click();
    await visitor.role("link", /Alabama/).waitFor();
  });

  it("gives the principal back when the lock is over", async () => {
    const positionId = await commit(15, Side.Support, 300n * DOLLAR);
    const { address } = await person(stage, 15);
    const visitor = await stage.visit(CLAIM_PATH);
    await visitor.connect(15);
    const position = positionOn(visitor, positionId);
    await position.getByText(/^The principal is locked for/).waitFor();
    const { lockPeriod } = await market.params();
    const { principal, depositedAt } = await market.position(positionId);
    await passUntil(stage, depositedAt + lockPeriod);

    const had = await usdc.balanceOf(address);
    await position.getByRole("button", { name: "Withdraw" }).click();
    await visitor.confirmAll(/^Withdraw/);
    const [withdrawn] = await market.queryFilter(market.filters.Withdrawn(positionId));
    expect(withdrawn?.args.principal).to.equal(principal);
    expect((await usdc.balanceOf(address)) - had).to.equal(principal + (withdrawn?.args.reward ?? 0n));
    await visitor.role("button", "1 closed position").click();
    await visitor.page.getByText(/^withdrawn/).waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });
});

function inPercent(wad: bigint): number {
  return Number(wad) / 1e16;
}

/** A position whose rewards can be claimed, on whatever claim, and the index of its owner's account. */
async function findReward(stage: Stage) {
  const { beliefFactory } = contractsOf(stage);
  const accounts = (await stage.node.listAccounts()).map(({ address }) => address);
  const now = await nowOf(stage);
  for (const { args } of await beliefFactory.queryFilter(beliefFactory.filters.MarketCreated())) {
    const { claimId } = args;
    const earning = await marketOf(stage, claimId);
    const { minRewardDuration } = await earning.params();
    for (const { args: of } of await earning.queryFilter(earning.filters.Committed())) {
      const { positionId, owner } = of;
      const { principal, depositedAt } = await earning.position(positionId).catch(() => NO_POSITION);
      if (principal === 0n || depositedAt + minRewardDuration > now) continue;
      if ((await earning.pendingRewards(positionId)) === 0n) continue;
      return { account: accounts.indexOf(owner), claimId, positionId, earning };
    }
  }
  throw new Error("no position has rewards that can be claimed");
}

const NO_POSITION = { principal: 0n, depositedAt: 0n };
