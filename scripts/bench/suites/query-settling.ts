import { Outcome } from "../../../sdk/query/state.ts";
import { HOUR } from "../chain.ts";
import type { QueryTask } from "./query.ts";
import type { Vote } from "./query-crowd.ts";
import { LIFE, type Plot, play, settle } from "./query-inquiry.ts";
import { LEAST, MOST, type QueryStage, setRanks } from "./query-stage.ts";
import { withdraw } from "./query-steps.ts";
import { randomVotes, skatingVotes, unanimousVotes } from "./query-votes.ts";

const FEW_JUDGES = 5;

/** Gas of settling queries that begin at second `at`, each with the same people and apart from the others. */
export async function measureSettling(stage: QueryStage, at: bigint) {
  return {
    ...(await measureWithoutVotes(stage, at)),
    ...(await measureFew(stage, at)),
    ...(await measureSkating(stage, at)),
    ...(await measureMost(stage, at)),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureWithoutVotes(stage: QueryStage, at: bigint) {
  const measure = (plot: Omit<Plot, "votes">) => measureOnce(stage, at, { ...plot, votes: [] });
  const noVotes = { outcome: Outcome.NoVotes, silentJudges: FEW_JUDGES };
  return {
    "settle, no answer opened": await measure({ answers: LEAST, opened: 0, outcome: Outcome.Cancelled }),
    "settle, 1 answer of 7 opened": await measure({ answers: LEAST, opened: 1, outcome: Outcome.SingleAnswer }),
    "settle, 7 answers, no vote of 5 opened": await measure({ answers: LEAST, ...noVotes }),
    "settle, 32 answers, no judge": await measure({ answers: MOST, outcome: Outcome.NoVotes }),
    withdraw: await stage.aside(async () => {
      const queryId = await play(stage, at, { answers: 0, votes: [], outcome: Outcome.Cancelled });
      await settle(stage, at + LIFE, queryId, Outcome.Cancelled);
      return withdraw(stage, "author", at + LIFE + HOUR);
    }),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureFew(stage: QueryStage, at: bigint) {
  const votes = randomVotes(LEAST, FEW_JUDGES);
  const plot = { answers: LEAST, votes, outcome: Outcome.Normal };
  const unanimous = { ...plot, votes: unanimousVotes(LEAST, FEW_JUDGES) };
  const bad = { ...plot, votes: condemning(votes), outcome: Outcome.AllBad };
  const silent = { ...unanimous, answers: MOST, opened: LEAST, silentJudges: MOST - FEW_JUDGES };
  const mixed = await measureTwice(stage, at, plot);
  return {
    "settle, 7 answers and 5 judges": mixed.fresh,
    "settle, 7 answers and 5 judges, credited before": mixed.again,
    "settle, 7 answers and 5 judges, unanimous": await measureOnce(stage, at, unanimous),
    "settle, 7 answers and 5 judges, all bad": await measureOnce(stage, at, bad),
    "settle, 7 answers of 32 opened and 5 votes of 32, unanimous": await measureOnce(stage, at, silent),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureSkating(stage: QueryStage, at: bigint) {
  const votes = await skatingVotes();
  const answers = votes[0]?.ranking.length ?? 0;
  const { fresh, again } = await measureTwice(stage, at, { answers, votes, outcome: Outcome.Normal });
  return {
    "settle, 23 skaters and 9 judges": fresh,
    "settle, 23 skaters and 9 judges, credited before": again,
  } satisfies Partial<Record<QueryTask, bigint>>;
}

async function measureMost(stage: QueryStage, at: bigint) {
  const votes = randomVotes(MOST, MOST);
  const plot = { answers: MOST, votes, outcome: Outcome.Normal };
  const bad = { ...plot, votes: condemning(votes), outcome: Outcome.AllBad };
  const mixed = await measureTwice(stage, at, plot);
  const unanimous = await measureTwice(stage, at, { ...plot, votes: unanimousVotes(MOST, MOST) });
  const ranked = await stage.aside(async () => {
    await setRanks(stage, at, stage.judges, (index) => index);
    return measureOnce(stage, at + HOUR, plot);
  });
  return {
    "settle, 32 answers and 32 judges": mixed.fresh,
    "settle, 32 answers and 32 judges, credited before": mixed.again,
    "settle, 32 answers and 32 judges of 32 ranks": ranked,
    "settle, 32 answers and 32 judges, unanimous": unanimous.fresh,
    "settle, 32 answers and 32 judges, unanimous, credited before": unanimous.again,
    "settle, 32 answers and 32 judges, all bad": await measureOnce(stage, at, bad),
  } satisfies Partial<Record<QueryTask, bigint>>;
}

/** Gas of settling a plot among people to whom nothing is credited. */
function measureOnce(stage: QueryStage, at: bigint, plot: Plot): Promise<bigint> {
  return stage.aside(() => playAndSettle(stage, at, plot));
}

/** The same, and once more when everybody has been credited. */
function measureTwice(stage: QueryStage, at: bigint, plot: Plot): Promise<{ fresh: bigint; again: bigint }> {
  return stage.aside(async () => ({
    fresh: await playAndSettle(stage, at, plot),
    again: await playAndSettle(stage, at + LIFE + HOUR, plot),
  }));
}

async function playAndSettle(stage: QueryStage, at: bigint, plot: Plot): Promise<bigint> {
  return settle(stage, at + LIFE, await play(stage, at, plot), plot.outcome);
}

/** The same rankings, with every answer bad. */
function condemning(votes: readonly Vote[]): readonly Vote[] {
  return votes.map((vote) => ({ ...vote, goodAnswers: 0n }));
}
