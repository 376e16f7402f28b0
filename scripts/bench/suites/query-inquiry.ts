import { CredenceError } from "../../../sdk/errors.ts";
import { solveStrengths } from "../../../sdk/query/solver.ts";
import type { Outcome } from "../../../sdk/query/state.ts";
import { DAY, HOUR } from "../chain.ts";
import { joinings, openings, submissions, unsealings, type Vote, votings } from "./query-crowd.ts";
import { ask, type QueryStage, type Wish } from "./query-stage.ts";

/** Longer than the four windows of the deployment together. */
export const LIFE = 9n * DAY;

/** What happens in a query. */
export interface Plot {
  /** How many join as answerers, and submit. */
  readonly answers: number;
  /** How many of them open their answers, the first ones; all unless told. */
  readonly opened?: number;
  /** Those of the judges who vote, in order. */
  readonly votes: readonly Vote[];
  /** Judges who join first and do not vote; none unless told. */
  readonly silentJudges?: number;
  readonly outcome: Outcome;
}

/** Asks at second `at` and lets a plot happen. Returns the query's id; it is settleable after `LIFE`. */
export async function play(stage: QueryStage, at: bigint, plot: Plot): Promise<bigint> {
  const { queryEscrow, sendBlock, judges } = stage;
  const { votes, silentJudges = 0 } = plot;
  const queryId = await playAnswers(stage, at, plot);
  if (votes.length + silentJudges === 0) return queryId;
  const { openingEndsAt, judgingEndsAt } = await queryEscrow.query(queryId);
  const voters = judges.slice(silentJudges, silentJudges + votes.length);
  await sendBlock(openingEndsAt, joinings(stage, "joinJudge", queryId, judges.slice(0, silentJudges + votes.length)));
  await sendBlock(openingEndsAt + HOUR, votings(stage, queryId, voters, votes));
  await sendBlock(judgingEndsAt, unsealings(stage, queryId, voters, votes));
  await expectOpened(stage, queryId, "openedVotes", votes.length);
  return queryId;
}

/** Asks at second `at` and lets the answers of a plot be given and opened. Returns the query's id. */
export async function playAnswers(
  stage: QueryStage,
  at: bigint,
  { answers, opened = answers }: Pick<Plot, "answers" | "opened">,
): Promise<bigint> {
  const { queryEscrow, sendBlock, answerers } = stage;
  const queryId = await begin(stage, at);
  const writers = answerers.slice(0, answers);
  await sendBlock(at + HOUR, joinings(stage, "joinAnswer", queryId, writers));
  await sendBlock(at + 2n * HOUR, submissions(stage, queryId, writers));
  const { answeringEndsAt } = await queryEscrow.query(queryId);
  await sendBlock(answeringEndsAt + 1n, openings(stage, queryId, writers.slice(0, opened)));
  await expectOpened(stage, queryId, "openedAnswers", opened);
  return queryId;
}

/** Asks at second `at`, and returns the query's id. */
export async function begin(stage: QueryStage, at: bigint, wish?: Wish): Promise<bigint> {
  await ask(stage, at, wish);
  return stage.queryEscrow.queryCount();
}

/** Gas of settling a query at second `at`, by somebody with no part in it. Throws unless it ends as told. */
export async function settle(stage: QueryStage, at: bigint, queryId: bigint, outcome: Outcome): Promise<bigint> {
  const { cast, queryEscrow, send } = stage;
  const { openedVotes } = await queryEscrow.query(queryId);
  const strengths = openedVotes > 0n ? solveStrengths(await queryEscrow.winMatrix(queryId)) : [];
  const gas = await send(at, () => queryEscrow.connect(cast.latecomer).settle(queryId, strengths));
  const { result } = await queryEscrow.outcome(queryId);
  if (result !== outcome) throw new CredenceError("the query that is measured ended otherwise", { outcome, result });
  return gas;
}

/** Throws unless as many answers or votes of a query are opened as told. */
async function expectOpened(
  { queryEscrow }: QueryStage,
  queryId: bigint,
  what: "openedAnswers" | "openedVotes",
  expected: number,
): Promise<void> {
  const actual = (await queryEscrow.query(queryId))[what];
  if (actual !== BigInt(expected)) throw new CredenceError("the query is not as told", { what, expected, actual });
}
