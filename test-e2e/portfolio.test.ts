import { expect } from "chai";
import { amountText } from "../dapp/src/format/amounts.ts";
import { claimIdOf } from "../sdk/claims.ts";
import { ACT } from "../sdk/council/params.ts";
import { Side } from "../sdk/market/side.ts";
import { BeliefMarket__factory } from "../typechain-types/index.ts";
import { askQuery, type Contracts, contractsOf, factIn, passUntil, person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** The claim of the seed on which people argue. */
const CLAIM = "Chicago is the capital of Illinois";

describe("the portfolio", () => {
  let stage: Stage;
  let chain: Contracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    chain = contractsOf(stage);
  });

  /** Upvotes an argument, commits to a claim and buys LONG of it, and locks a stake in the council: one after the other. */
  async function takePart(account: number): Promise<void> {
    const [user, claimId] = [await person(stage, account), claimIdOf(CLAIM)];
    const [usdc, act] = [chain.usdc.connect(user), chain.act.connect(user)];
    const market = BeliefMarket__factory.connect(await chain.beliefFactory.marketOf(claimId), user);
    const [argumentId = 0n] = await chain.argumentStaking.claimArguments(claimId, 0n, 1n);
    await (await act.approve(chain.argumentStaking, 10n * ACT)).wait();
    await (await chain.argumentStaking.connect(user).upvote(argumentId)).wait();
    await (await usdc.approve(market, 200_000_000n)).wait();
    await (await market.commit(Side.Support, 200_000_000n, 10_000n)).wait();
    await (await usdc.approve(chain.convictionMarket, 50_000_000n)).wait();
    await (await chain.convictionMarket.connect(user).buy(claimId, Side.Support, 50_000_000n, 0n)).wait();
    await (await act.approve(chain.councilStaking, 1_000n * ACT)).wait();
    await (await chain.councilStaking.connect(user).stake(1_000n * ACT, 90n)).wait();
  }

  const section = ({ page }: Visitor, name: string) => page.getByRole("region", { name, exact: true });

  /** What somebody is told to do, in the order in which it is told; all of it. */
  async function agenda({ page }: Visitor, label: "Now" | "Ahead"): Promise<string[]> {
    return page.getByRole("list", { name: label }).getByRole("link").allTextContents();
  }

  it("tells who is not connected what would be there", async () => {
    const visitor = await stage.visit("/portfolio");
    await visitor.page.getByText("Connect a wallet to see here").waitFor();
    await visitor.page
      .getByText("your positions in belief markets, LONG and SHORT, and the stake behind them")
      .waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("tells who has done nothing yet that there is nothing", async () => {
    const visitor = await stage.visit("/portfolio");
    await visitor.connect(0);
    await visitor.page.getByText("Nothing needs you now.").waitFor();
    await visitor.page.getByText("You have no open position: commit to a side of a claim.").waitFor();
    await visitor.page.getByText("You have neither asked, nor answered, nor judged a query.").waitFor();
  });

  it("shows what somebody has in every mechanism, and what needs them next, in order", async () => {
    await takePart(19);
    const queryId = await askQuery(stage, 17, "Which portfolio is complete?");
    const user = await person(stage, 19);
    await (await chain.usdc.connect(user).approve(chain.queryEscrow, 3_500_000n)).wait();
    await (await chain.queryEscrow.connect(user).joinAnswer(queryId)).wait();

    const visitor = await stage.visit("/portfolio");
    await visitor.connect(19);
    const beliefs = section(visitor, "Positions in belief markets");
    await beliefs.getByRole("heading", { name: CLAIM }).waitFor();
    const trade = section(visitor, "LONG and SHORT").getByRole("row").filter({ hasText: CLAIM });
    const tokens = await chain.convictionMarket.balanceOf(user, claimIdOf(CLAIM), Side.Support);
    await trade.getByText(amountText(tokens, { symbol: "LONG", decimals: 6 })).waitFor();
    await section(visitor, "Arguments").getByRole("row").filter({ hasText: "upvote" }).getByText("10 ACT").waitFor();
    await section(visitor, "Queries").getByRole("link", { name: "Which portfolio is complete?" }).waitFor();
    await section(visitor, "Council")
      .getByRole("row")
      .filter({ hasText: "90 days" })
      .getByText("2,000 votes")
      .waitFor();
    expect(await factIn(section(visitor, "Council"), "Staked")).to.equal("1,000 ACT");

    const mine = [/^Have a stake credited: 10/, /^Withdraw .* and its rewards$/, /^Unstake 1,000 ACT$/];
    // What others did with this account may be ahead too.
    const more = visitor.role("button", /^Show \d+ more$/);
    await visitor.role("link", "Unstake 1,000 ACT").or(more).first().waitFor();
    if (await more.isVisible()) await more.click();
    for (const what of mine) await visitor.role("link", what).waitFor();
    const [first] = await agenda(visitor, "Now");
    expect(first).to.equal(`Submit your answer to query ${queryId}`);
    await section(visitor, "What needs you next").getByText("or 3.50 USDC is lost").waitFor();
    const ahead = (await agenda(visitor, "Ahead")).map((what) => mine.findIndex((words) => words.test(what)));
    expect(ahead.filter((index) => index >= 0)).to.deep.equal([0, 1, 2]);
    await visitor.role("link", `Submit your answer to query ${queryId}`).click();
    await visitor.role("heading", `Query ${queryId}`).waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("pays out what was credited", async () => {
    const asker = await person(stage, 1);
    const queryId = await askQuery(stage, 1, "Does nobody answer?");
    await passUntil(stage, (await chain.queryEscrow.query(queryId)).openingEndsAt);
    const visitor = await stage.visit("/portfolio");
    await visitor.connect(1);
    // The keeper settles it.
    await visitor.role("link", "Withdraw 35 USDC from queries").waitFor();
    const before = await chain.usdc.balanceOf(asker);
    await section(visitor, "What you can take").getByRole("button", { name: "Withdraw your credit" }).click();
    await visitor.confirmAll(/^Withdraw 35 USDC from queries/);
    await visitor.page.getByText("Nothing is credited to you.").waitFor();
    expect(await chain.usdc.balanceOf(asker)).to.equal(before + 35_000_000n);
    expect(visitor.complaints).to.deep.equal([]);
  });
});
