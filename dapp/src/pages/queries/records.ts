import type { LogDescription } from "ethers";
import type { Content } from "../../../../sdk/query/content.ts";
import type { Answer, Judge, Query } from "../../../../sdk/query/query.ts";
import { unpackRanking } from "../../../../sdk/query/ranking.ts";
import { stakesFor } from "../../../../sdk/query/stakes.ts";
import { Outcome } from "../../../../sdk/query/state.ts";
import type { Timing } from "../../../../sdk/query/timing.ts";
import { readable } from "../../format/readable.ts";

/** A query and who takes part in it, as the escrow's views tell it. */
export interface QueryState {
  readonly queryId: bigint;
  readonly query: Query;
  /** In the order of joining. */
  readonly answers: readonly Answer[];
  readonly judges: readonly Judge[];
}

/** A query as the escrow's events tell it: its state, and what the views do not know. */
export interface QueryRecord extends QueryState {
  readonly question: Content;
  /** Unix seconds. */
  readonly askedAt: bigint;
  /** The opened answers by index. */
  readonly answerContents: readonly Content[];
  /** What was sealed, by account. */
  readonly seals: ReadonlyMap<string, string>;
  /** What the settlement credited, by account, in asset units. */
  readonly credits: ReadonlyMap<string, bigint>;
}

/** What a settlement credited to an account; `undefined` where it is not known that the query is settled. */
export function gotBy(record: QueryRecord | undefined, account: string | undefined): bigint | undefined {
  if (record === undefined || account === undefined || record.query.outcome === Outcome.Pending) return undefined;
  return record.credits.get(account) ?? 0n;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Draft {
  readonly queryId: bigint;
  readonly query: Writable<Query>;
  readonly timing: Timing;
  readonly answers: Writable<Answer>[];
  readonly judges: Writable<Judge>[];
  readonly question: Content;
  readonly askedAt: bigint;
  readonly answerContents: Content[];
  readonly seals: Map<string, string>;
  readonly credits: Map<string, bigint>;
}

/** An event of the escrow, as far as it is read for queries. */
export interface Told {
  readonly name: string;
  readonly args: LogDescription["args"];
  /** Unix seconds. */
  readonly time: bigint;
}

/**
 * All queries, the newest first, from the escrow's events in the order in which they happened.
 *
 * @param decimals Of the asset.
 */
export function recordsOf(events: readonly Told[], decimals: bigint): QueryRecord[] {
  const drafts = new Map<bigint, Draft>();
  for (const event of events) {
    const { queryId } = event.args;
    if (typeof queryId !== "bigint") continue;
    const known = drafts.get(queryId);
    if (event.name === "QueryAsked") drafts.set(queryId, asked(event, decimals));
    else if (known !== undefined) CHANGES[event.name]?.(known, event);
  }
  return [...drafts.values()].reverse();
}

function asked({ args, time }: Told, decimals: bigint): Draft {
  const { queryId, asker, contentHash, minRank, minAnswers, maxAnswers } = args;
  const { answering, opening, judging, revealing } = args.timing;
  const timing = { answering, opening, judging, revealing };
  const counts = {
    ...{ answerers: 0n, sealedAnswers: 0n, openedAnswers: 0n, judges: 0n, sealedVotes: 0n, openedVotes: 0n },
    outcome: Outcome.Pending,
  };
  const query = {
    ...{ asker, contentHash, minRank, minAnswers, maxAnswers },
    ...counts,
    ...endsOf(timing, time + answering),
    ...stakesFor(minRank, minAnswers, decimals),
  };
  return {
    ...{ queryId, query, timing, question: contentIn(args), askedAt: time },
    ...{ answers: [], judges: [], answerContents: [], seals: new Map(), credits: new Map() },
  };
}

/** What is told of a text; where its bytes are no UTF-8, nothing is. */
function contentIn(args: Told["args"]): Content {
  return { contentHash: args.contentHash, uri: readable(() => args.uri) ?? "" };
}

/** The ends of all windows where the first ends at an instant. */
function endsOf({ opening, judging, revealing }: Timing, answeringEndsAt: bigint) {
  const openingEndsAt = answeringEndsAt + opening;
  const judgingEndsAt = openingEndsAt + judging;
  return { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt: judgingEndsAt + revealing };
}

const CHANGES: Readonly<Record<string, (draft: Draft, event: Told) => void>> = {
  AnswererJoined({ query, answers }, { args }) {
    query.answerers += 1n;
    answers.push({ answerer: args.answerer, isSealed: false, isOpened: false, index: 0n, contentHash: ZERO_HASH });
  },
  AnswerSealed({ query, answers, seals }, { args }) {
    query.sealedAnswers += 1n;
    seals.set(args.answerer, args.sealedAnswer);
    const answer = answers.find(({ answerer }) => answerer === args.answerer);
    if (answer !== undefined) answer.isSealed = true;
  },
  AnsweringEnded({ query, timing }, { args }) {
    Object.assign(query, endsOf(timing, args.endedAt));
  },
  AnswerOpened({ query, answers, answerContents }, { args }) {
    query.openedAnswers += 1n;
    const { contentHash, index } = args;
    answerContents.push(contentIn(args));
    const answer = answers.find(({ answerer }) => answerer === args.answerer);
    if (answer !== undefined) Object.assign(answer, { isOpened: true, index, contentHash });
  },
  JudgeJoined({ query, judges }, { args }) {
    query.judges += 1n;
    const { judge, rank } = args;
    judges.push({ judge, rank, isSealed: false, isOpened: false, ranking: [], goodAnswers: 0n });
  },
  VoteSealed({ query, judges, seals }, { args }) {
    query.sealedVotes += 1n;
    seals.set(args.judge, args.sealedVote);
    const judge = judges.find((each) => each.judge === args.judge);
    if (judge !== undefined) judge.isSealed = true;
  },
  VoteOpened({ query, judges }, { args }) {
    query.openedVotes += 1n;
    const ranking = unpackRanking(args.ranking, query.openedAnswers).map(BigInt);
    const judge = judges.find((each) => each.judge === args.judge);
    if (judge !== undefined) Object.assign(judge, { isOpened: true, ranking, goodAnswers: args.goodAnswers });
  },
  Credited({ credits }, { args }) {
    credits.set(args.account, (credits.get(args.account) ?? 0n) + args.amount);
  },
  QuerySettled({ query }, { args }) {
    query.outcome = args.outcome;
  },
};

const ZERO_HASH = `0x${"0".repeat(64)}`;
