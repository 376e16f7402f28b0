import { expect } from "chai";
import { contentOf } from "../sdk/query/content.ts";
import { sealAnswer } from "../sdk/query/seal.ts";
import { Outcome } from "../sdk/query/state.ts";
import { randomSalt } from "../sdk/salt.ts";
import { HOUR } from "../sdk/time.ts";
import { askQuery, type Contracts, contractsOf, factIn, passUntil, person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

/** Windows of a query that is over in four hours of the chain's time. */
const WINDOWS = { answering: HOUR, opening: HOUR, judging: HOUR, revealing: HOUR };

/** The stake of an answerer of rank 0, in units of a dollar with 6 decimals. */
const ANSWER_STAKE = 3_500_000n;

describe("queries", () => {
  let stage: Stage;
  let chain: Contracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    chain = contractsOf(stage);
  });

  /** Joins as an answerer and submits a sealed answer without a page; returns how it is opened. */
  async function answer(account: number, queryId: bigint, text: string): Promise<() => Promise<unknown>> {
    const [answerer, { chainId }] = [await person(stage, account), await stage.node.getNetwork()];
    const escrow = chain.queryEscrow.connect(answerer);
    const [{ contentHash, uri }, salt] = [contentOf(text), randomSalt()];
    await (await chain.usdc.connect(answerer).approve(escrow, ANSWER_STAKE)).wait();
    await (await escrow.joinAnswer(queryId)).wait();
    const context = { chainId, queryEscrow: await escrow.getAddress(), queryId, account: answerer.address, salt };
    await (await escrow.submitAnswer(queryId, sealAnswer({ ...context, contentHash, uri }))).wait();
    return async () => (await escrow.openAnswer(queryId, answerer.address, contentHash, uri, salt)).wait();
  }

  /** Somebody at a query's page. */
  async function at(queryId: bigint, account: number): Promise<Visitor> {
    const visitor = await stage.visit(`/queries/${queryId}`);
    await visitor.connect(account);
    return visitor;
  }

  async function joinAndAnswer(visitor: Visitor, text: string): Promise<void> {
    await visitor.role("button", "Join as an answerer").click();
    await visitor.confirmAll(/^Join query/);
    await visitor.page.getByLabel("Write your answer").fill(text);
    await visitor.role("button", "Seal and submit the answer").click();
    await visitor.confirmAll(/^Submit a sealed answer/);
    await visitor.page.getByText("Your answer is sealed. Come back to open it").waitFor();
  }

  async function open(visitor: Visitor, kind: "answer" | "vote"): Promise<void> {
    await visitor.page
      .getByRole("alert")
      .filter({ hasText: `Open your ${kind}.` })
      .waitFor();
    await visitor.role("button", `Open your ${kind}`).click();
    await visitor.confirmAll(new RegExp(`^Open the ${kind}`));
  }

  const firstInRanking = (visitor: Visitor) =>
    visitor.page.getByLabel("Answers, the best first").getByRole("listitem").first();

  async function joinAsJudge(visitor: Visitor): Promise<void> {
    await visitor.role("button", "Join as a judge").click();
    await visitor.confirmAll(/^Join query/);
    await firstInRanking(visitor).filter({ hasText: "1st: answer 1" }).waitFor();
  }

  /** Says that only the first of the ranking, which has to be the second answer, is good. */
  async function voteForSecond(visitor: Visitor): Promise<void> {
    await firstInRanking(visitor).filter({ hasText: "1st: answer 2" }).waitFor();
    await visitor.page.getByLabel("Good answers").selectOption("1");
    await visitor.role("button", "Seal and submit the vote").click();
    await visitor.confirmAll(/^Submit a sealed vote/);
    await visitor.page.getByText("Your vote is sealed. Come back to open it").waitFor();
  }

  it("are asked with a permit", async () => {
    const asker = await person(stage, 9);
    const [before, count] = await Promise.all([chain.usdc.balanceOf(asker), chain.queryEscrow.queryCount()]);
    const visitor = await stage.visit("/queries");
    await visitor.connect(9);
    await visitor.role("button", "Ask a query").click();
    await visitor.page.getByLabel("Question").fill("Which capital is the oldest?");
    await visitor.page.getByLabel("Least rank of an answerer").fill("2");
    await visitor.page.getByLabel("Answers you pay for").fill("10");
    await visitor.page.getByLabel("Places for answers").fill("8");
    await visitor.page.getByText("You pay for 10 answers: let at least as many people answer.").waitFor();
    await visitor.page.getByLabel("Answers you pay for").fill("7");
    await visitor.page.getByLabel("Opening the answers", { exact: true }).fill("36");
    await visitor.page.getByLabel("Opening the answers: unit of time").selectOption("hours");
    expect(await factIn(visitor.page, "You pay")).to.equal("42.35 USDC");
    await visitor.role("button", "Ask the query").click();
    await visitor.confirmAll("Ask a query");
    await visitor.role("link", "Which capital is the oldest?").waitFor();

    expect(await visitor.transaction(/^Allow/).count()).to.equal(0);
    expect(await chain.usdc.balanceOf(asker)).to.equal(before - 42_350_000n);
    const query = await chain.queryEscrow.query(count + 1n);
    const { minRank, minAnswers, maxAnswers, answeringEndsAt, openingEndsAt } = query;
    expect(query.asker).to.equal(asker.address);
    expect([minRank, minAnswers, maxAnswers]).to.deep.equal([2n, 7n, 8n]);
    expect(openingEndsAt - answeringEndsAt).to.equal(36n * HOUR);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("need the rank that they ask for", async () => {
    const asker = await person(stage, 9);
    const { contentHash, uri } = contentOf("Who has a high rank?");
    const { submitStake } = await chain.queryEscrow.stakesFor(5n, 7n);
    await (await chain.usdc.connect(asker).approve(chain.queryEscrow, submitStake)).wait();
    await (await chain.queryEscrow.connect(asker).ask(contentHash, uri, 5n, 7n, 7n, WINDOWS)).wait();
    const visitor = await at(await chain.queryEscrow.queryCount(), 4);
    await visitor.page.getByText("Answerers need rank 5, and yours is 4.").waitFor();
    expect(await visitor.role("button", "Join as an answerer").isDisabled()).to.equal(true);
  });

  it("pay good answers and good judges", async function () {
    this.timeout(240_000);
    const queryId = await askQuery(stage, 14, "Which capital do people get wrong?");
    const [first, second] = [await at(queryId, 15), await at(queryId, 16)];
    await joinAndAnswer(first, "Chicago");
    await joinAndAnswer(second, "New York");
    const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = await chain.queryEscrow.query(queryId);

    await passUntil(stage, answeringEndsAt);
    await open(first, "answer");
    await open(second, "answer");
    await second.role("heading", /^Answer 2 by/).waitFor();
    await passUntil(stage, openingEndsAt);

    const [keyboard, mouse] = [await at(queryId, 17), await at(queryId, 18)];
    await joinAsJudge(keyboard);
    await keyboard.role("button", "Drag answer 2, or move it with the arrow keys").press("ArrowUp");
    await voteForSecond(keyboard);
    await joinAsJudge(mouse);
    await mouse.role("button", "Move answer 1 down").click();
    await mouse.page.reload();
    await voteForSecond(mouse);
    await passUntil(stage, judgingEndsAt);
    await open(keyboard, "vote");
    await open(mouse, "vote");
    await passUntil(stage, revealingEndsAt);

    // Nobody but the keeper settles it.
    await second.role("heading", "Outcome").waitFor();
    await second.page.getByText("The judges found good answers.").waitFor();
    const ranking = second.page.getByRole("region", { name: "Ranking of the answers" }).getByRole("row");
    expect(await ranking.nth(1).textContent()).to.match(/^Answer 2.* %Good$/);
    expect(await ranking.nth(2).textContent()).to.match(/^Answer 1.* %Not good$/);
    await second.page.getByText("You were an answerer, and got 31.50 USDC.").waitFor();
    await keyboard.page.getByText("You were a judge, and got 7.35 USDC.").waitFor();
    await first.page.getByText("You were an answerer, and got 0 USDC.").waitFor();

    const { result } = await chain.queryEscrow.outcome(queryId);
    expect(result).to.equal(Outcome.Normal);
    const winner = await person(stage, 16);
    const before = await chain.usdc.balanceOf(winner);
    expect(await chain.queryEscrow.credited(winner)).to.equal(31_500_000n);
    await second.role("button", "Withdraw your credit").click();
    await second.confirmAll(/^Withdraw 31.50 USDC from queries/);
    await second.role("button", "Withdraw your credit").waitFor({ state: "detached" });
    expect(await chain.usdc.balanceOf(winner)).to.equal(before + 31_500_000n);
    expect(await chain.queryEscrow.credited(winner)).to.equal(0n);
    for (const visitor of [first, second, keyboard, mouse]) expect(visitor.complaints).to.deep.equal([]);
  });

  it("warn in another browser of an answer that is sealed, which a backup file opens", async () => {
    const queryId = await askQuery(stage, 14, "Are backups of any use?");
    const home = await at(queryId, 13);
    await joinAndAnswer(home, "They are");
    const [saved] = await Promise.all([
      home.page.waitForEvent("download"),
      home.role("button", "Save a backup file").click(),
    ]);
    await passUntil(stage, (await chain.queryEscrow.query(queryId)).answeringEndsAt);

    const abroad = await stage.visit("/queries");
    await abroad.connect(13);
    const urgent = abroad.page.getByRole("region", { name: "What you must do now" });
    await urgent.getByRole("alert").filter({ hasText: "Open your answer." }).waitFor();
    await urgent.getByRole("link", { name: "Are backups of any use?" }).click();
    await abroad.page.getByText("What opens your answer is not in this browser.").waitFor();
    await abroad.page.getByLabel("Restore from a backup file").setInputFiles(await saved.path());
    await open(abroad, "answer");
    await abroad.page.getByText("They are", { exact: true }).waitFor();

    const [only] = await chain.queryEscrow.answers(queryId);
    expect(only?.isOpened).to.equal(true);
    expect(only?.contentHash).to.equal(contentOf("They are").contentHash);
    expect(abroad.complaints).to.deep.equal([]);
  });

  it("take the stake of who does not open in time", async () => {
    const queryId = await askQuery(stage, 14, "Who comes too late?");
    const visitor = await at(queryId, 12);
    await joinAndAnswer(visitor, "I do");
    const openings = [await answer(10, queryId, "Not I"), await answer(11, queryId, "Nor I")];
    const { answeringEndsAt, openingEndsAt } = await chain.queryEscrow.query(queryId);
    await passUntil(stage, answeringEndsAt);
    for (const openAnswer of openings) await openAnswer();
    await visitor.page.getByText("is not delivered, and your stake of 3.50 USDC is lost.").waitFor();
    await passUntil(stage, openingEndsAt);
    await visitor.page.getByText("was not opened in time: your stake of 3.50 USDC is forfeited.").waitFor();
    await visitor.role("button", "Open your answer").waitFor({ state: "detached" });
  });
});
