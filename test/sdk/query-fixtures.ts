import { readFile } from "node:fs/promises";
import { getAddress, id, toBeHex } from "ethers";
import type { QueryErrorName } from "../../sdk/query/errors.ts";
import type { QueryEvent } from "../../sdk/query/events.ts";
import { type AnswerOpening, QueryModel, type VoteOpening } from "../../sdk/query/model.ts";
import type { Question } from "../../sdk/query/records.ts";
import { sealAnswer, sealVote } from "../../sdk/query/seal.ts";
import { indicesBelow, setOf } from "../../sdk/query/sets.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { MAX_PARTICIPANTS } from "../../sdk/query/stakes.ts";
import type { Timing } from "../../sdk/query/timing.ts";
import type { QuerySetup } from "../../sdk/query/views.ts";
import type { Vote } from "../../sdk/query/weights.ts";
import { TIMING, usdc } from "../fixtures/amounts.ts";
import type { Random } from "../fixtures/random.ts";
import { expectRefusal } from "./refusals.ts";

const addressOf = (number: number): string => getAddress(toBeHex(number, 20));
/** One more than a query takes. */
const crowdFrom = (first: number): string[] => indicesBelow(MAX_PARTICIPANTS + 1n).map((i) => addressOf(first + i));

export const ESCROW = addressOf(0xa);
export const OTHER_ESCROW = addressOf(0xb);
/** Who asks, and who has no part in the query. */
export const [ASKER, OUTSIDER] = [addressOf(1), addressOf(2)] as const;
export const ANSWERERS = crowdFrom(0x100);
export const JUDGES = crowdFrom(0x200);
export const [FIRST_ANSWERER, SECOND_ANSWERER, THIRD_ANSWERER] = ANSWERERS as [string, string, string];
export const [FIRST_JUDGE, SECOND_JUDGE, THIRD_JUDGE] = JUDGES as [string, string, string];
/** Holds nothing. */
export const PAUPER = addressOf(3);

export const SALT = id("a salt");
export const OTHER_SALT = id("another salt");

/** What is submitted where it is not opened; one that begins with the 28 bytes of zeros that the contract would keep. */
export const SEAL = id("a seal");
export const SEAL_OF_ZEROS = `0x${"0".repeat(56)}12345678`;

/** When a test begins, in unix seconds. */
export const START = 1_000_000n;

/** When the windows of `QUESTION` end, asked when a test begins. */
export const ENDS: Timing = {
  answering: 1_100_000n,
  opening: 1_120_000n,
  judging: 1_420_000n,
  revealing: 1_424_000n,
};

export const SETUP: QuerySetup = { chainId: 31_337n, queryEscrow: ESCROW, decimals: 6n, defaultTiming: TIMING };

/** A question with the default windows. */
export const QUESTION: Question = {
  contentHash: id("a question"),
  uri: "ipfs://question",
  minRank: 0n,
  minAnswers: 7n,
  maxAnswers: 32n,
  timing: { answering: 0n, opening: 0n, judging: 0n, revealing: 0n },
};

/** The stakes of `QUESTION`. */
export const STAKES = { submitStake: usdc(35), answerStake: usdc("3.5"), judgeStake: usdc("2.1") } as const;

/** The query that tests ask first, and one that they do not ask. */
export const [ID, UNKNOWN_ID] = [1n, 2n] as const;

/** A ranking and the indices of good answers; the rank of whoever votes so, 0 where there is none. */
export interface Ballot {
  readonly ranking: readonly number[];
  readonly good: readonly number[];
  readonly rank?: bigint;
}

/** The second of two answers is better, and good. */
export const SECOND_IS_GOOD: Ballot = { ranking: [1, 0], good: [1] };

/** A ballot as settlements take it. */
export const voteOf = ({ ranking, good, rank = 0n }: Ballot): Vote => ({ rank, ranking, goodAnswers: setOf(good) });

/** What everyone but the pauper holds when a test begins. */
export const WEALTH = usdc(1_000_000);

/** A model in which everyone is rich. */
export function queryModel(): QueryModel {
  const model = new QueryModel(SETUP);
  for (const account of [ASKER, OUTSIDER, ...ANSWERERS, ...JUDGES]) model.token.mint(account, WEALTH);
  return model;
}

/** Somebody's answer, opened as it was sealed. */
export const openingOf = (answerer: string, queryId = ID): AnswerOpening => ({
  queryId,
  answerer,
  contentHash: id(`the answer of ${answerer}`),
  uri: "ipfs://answer",
  salt: SALT,
});

/** A judge's vote, opened as it was sealed. */
export const votingOf = (judge: string, { ranking, good }: Ballot): VoteOpening => ({
  queryId: ID,
  judge,
  ranking,
  goodAnswers: setOf(good),
  salt: SALT,
});

/** Joins and submits `openingOf`, in the first second. */
export function answer(model: QueryModel, account: string, now = START): void {
  model.joinAnswer(account, ID, now);
  model.submitAnswer(account, ID, sealAnswer({ ...SETUP, ...openingOf(account), account }), now);
}

/** Joins and submits `votingOf`, in the first second of judging. */
export function vote(model: QueryModel, account: string, ballot: Ballot): void {
  model.joinJudge(account, ID, ENDS.opening);
  model.submitVote(account, ID, sealVote({ ...SETUP, ...votingOf(account, ballot), account }), ENDS.opening);
}

/** Opens `votingOf`, in the first second of revealing. */
export function openVote(model: QueryModel, account: string, ballot: Ballot): void {
  model.openVote(votingOf(account, ballot), ENDS.judging);
}

/** What happens to a query: whoever is absent joins last and submits nothing. */
export interface Story {
  /** Answers that are opened. */
  readonly answers: number;
  readonly absentAnswerers?: number;
  /** Votes that are opened. */
  readonly ballots?: readonly Ballot[];
  readonly absentJudges?: number;
}

/** The first query is asked, answered and judged; votes are opened in the first second of revealing. */
export function play(model: QueryModel, { answers, absentAnswerers = 0, ballots = [], absentJudges = 0 }: Story): void {
  model.ask(ASKER, QUESTION, START);
  const answerers = ANSWERERS.slice(0, answers);
  for (const account of answerers) answer(model, account);
  for (const account of ANSWERERS.slice(answers, answers + absentAnswerers)) model.joinAnswer(account, ID, START);
  for (const account of answerers) model.openAnswer(openingOf(account), ENDS.answering);

  const votes = ballots.map((ballot, place) => ({ ballot, account: JUDGES[place] ?? "" }));
  model.setRanks(
    votes.map(({ account }) => account),
    ballots.map(({ rank = 0n }) => rank),
  );
  for (const { account, ballot } of votes) vote(model, account, ballot);
  const absent = JUDGES.slice(votes.length, votes.length + absentJudges);
  for (const account of absent) model.joinJudge(account, ID, ENDS.opening);
  for (const { account, ballot } of votes) openVote(model, account, ballot);
}

/** Settles the first query at the end of its last window, with the strengths of its votes. */
export function settle(model: QueryModel): void {
  const { openedAnswers, openedVotes } = model.query(ID);
  const strengths = openedAnswers > 1n && openedVotes > 0n ? solveStrengths(model.winMatrix(ID)) : [];
  model.settle(ID, strengths, ENDS.revealing);
}

/** Names and arguments of events, as they were told. */
export function told(events: readonly QueryEvent[]): unknown[] {
  return events.map(({ name, facts }) => [name, ...Object.values(facts)]);
}

/** Expects `act` to throw the `ModelError` with this name and these arguments. */
export const expectQueryRevert = expectRefusal<QueryErrorName>;

/** Indices in any order. */
export function shuffled(random: Random, count: number): number[] {
  const order = indicesBelow(BigInt(count));
  for (const place of order.keys()) {
    const other = Number(random(0n, BigInt(place)));
    [order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0];
  }
  return order;
}

/** How the judges of `data/skating-2002.csv` rank its skaters. */
export interface Skating {
  /** In the order of the file. */
  readonly skaters: readonly string[];
  /** Of each judge: indices of skaters, the best first. */
  readonly rankings: readonly (readonly number[])[];
}

/** Reads `data/skating-2002.csv`. */
export async function readSkating(): Promise<Skating> {
  const text = await readFile("data/skating-2002.csv", "utf8");
  const rows = text.trim().split("\n").slice(1);
  const cells = rows.map((row) => row.split(","));
  const skaters = cells.map(([skater]) => skater ?? "");
  const places = cells.map(([, ...placed]) => placed.map(Number));
  const judges = places[0] ?? [];
  const rankings = judges.map((_, judge) =>
    [...skaters.keys()].sort((a, b) => (places[a]?.[judge] ?? 0) - (places[b]?.[judge] ?? 0)),
  );
  return { skaters, rankings };
}
