import { ZeroHash } from "ethers";
import type { AssetBook } from "../assets.ts";
import { CredenceError } from "../errors.ts";
import { max, sum } from "../math.ts";
import { phaseOf } from "./clock.ts";
import { revertWith } from "./errors.ts";
import type { Answer, Judge, Query } from "./query.ts";
import type { CreditRecord, QueryRecord } from "./records.ts";
import { type Stakes, stakesFor, validateDecimals } from "./stakes.ts";
import { Outcome, Phase } from "./state.ts";
import { tallyOf } from "./tally.ts";
import { type Timing, validateTiming } from "./timing.ts";
import { type WinMatrix, winMatrixOf } from "./weights.ts";

/** Where the escrow is, and what it was deployed with. */
export interface QuerySetup {
  readonly chainId: bigint;
  /** Address of the `QueryEscrow`. */
  readonly queryEscrow: string;
  /** Of the asset. */
  readonly decimals: bigint;
  /** Windows of queries that do not ask for others. */
  readonly defaultTiming: Timing;
}

/**
 * What happened in `QueryEscrow`, as lists, and the contract's views computed from them. Amounts are asset units,
 * instants unix seconds, ids count from 1.
 */
export abstract class QueryViews {
  readonly setup: QuerySetup;
  /** The token that is staked, in which everybody has allowed everything. */
  readonly token: AssetBook;

  protected readonly queries: QueryRecord[] = [];
  protected readonly credits: CreditRecord[] = [];
  protected readonly ranks = new Map<string, bigint>();

  protected constructor(setup: QuerySetup, token: AssetBook) {
    validateTiming(setup.defaultTiming);
    validateDecimals(setup.decimals);
    this.setup = setup;
    this.token = token;
  }

  /* READ */

  /** How many queries were asked. */
  get queryCount(): bigint {
    return BigInt(this.queries.length);
  }

  /** The rank of an account; 0 where it has none. */
  rankOf(account: string): bigint {
    return this.ranks.get(account) ?? 0n;
  }

  /** What somebody can withdraw. */
  credited(account: string): bigint {
    return amountOf(this.credits.filter((credit) => credit.account === account));
  }

  /** Throws `RankOutOfRange`, `AnswersOutOfRange`, in this order. */
  stakesFor(minRank: bigint, minAnswers: bigint): Stakes {
    return stakesFor(minRank, minAnswers, this.setup.decimals);
  }

  /** Throws `QueryUnknown`. */
  query(queryId: bigint): Query {
    return viewOf(this.queryAt(queryId));
  }

  /** Where a query is at `now`. Throws `QueryUnknown`. */
  phase(queryId: bigint, now: bigint): Phase {
    return phaseOf(this.query(queryId), now);
  }

  /** In the order of joining. Throws `QueryUnknown`. */
  answers(queryId: bigint): Answer[] {
    const { answerers, opened } = this.queryAt(queryId);
    return answerers.map((answerer) => ({
      answerer: answerer.account,
      isSealed: answerer.submission !== null,
      isOpened: opened.includes(answerer),
      index: max(BigInt(opened.indexOf(answerer))),
      contentHash: answerer.contentHash ?? ZeroHash,
    }));
  }

  /** In the order of joining. Throws `QueryUnknown`. */
  judges(queryId: bigint): Judge[] {
    return this.queryAt(queryId).judges.map(({ account, rank, submission, vote }) => ({
      judge: account,
      rank,
      isSealed: submission !== null,
      isOpened: vote !== null,
      ranking: vote?.ranking.map(BigInt) ?? [],
      goodAnswers: vote?.goodAnswers ?? 0n,
    }));
  }

  /** How the votes opened so far compare answers, in wad. Throws `QueryUnknown`. */
  winMatrix(queryId: bigint): WinMatrix {
    const { votes, openedAnswers } = tallyOf(this.query(queryId), this.judges(queryId));
    return winMatrixOf(votes, openedAnswers);
  }

  /** How a query ended; `Pending` and empty sets before the settlement. Throws `QueryUnknown`. */
  outcome(queryId: bigint): { readonly result: Outcome; readonly goodAnswers: bigint; readonly goodJudges: bigint } {
    const { payouts } = this.queryAt(queryId);
    return {
      result: payouts?.outcome ?? Outcome.Pending,
      goodAnswers: payouts?.goodAnswers ?? 0n,
      goodJudges: payouts?.goodJudges ?? 0n,
    };
  }

  /** Which of up to `maxCount` ids from `fromId` on can be settled at `now`, and the id after the last looked at. */
  settleableQueries(
    fromId: bigint,
    maxCount: bigint,
    now: bigint,
  ): { readonly queryIds: bigint[]; readonly nextId: bigint } {
    const first = max(fromId, 1n);
    const looked = this.queries.map(({ id }) => id).filter((id) => id >= first && id < first + maxCount);
    const queryIds = looked.filter((id) => this.phase(id, now) === Phase.Settleable);
    return { queryIds, nextId: first + BigInt(looked.length) };
  }

  /**
   * Throws a `CredenceError` where a unit is missing or too many: the escrow holds the stakes of open queries and the
   * credits, and each settled query paid what it took.
   */
  checkConservation(): void {
    const isOpen = ({ payouts }: QueryRecord) => payouts === null;
    const settled = this.queries.filter((query) => !isOpen(query));
    const stakes = sum(this.queries.filter(isOpen).map(paidIn));
    const books: Record<string, bigint> = {
      held: this.token.balanceOf(this.setup.queryEscrow) - stakes - amountOf(this.credits),
    };
    for (const query of settled) books[`query ${query.id}`] = paidOut(query) - paidIn(query);
    if (Object.values(books).some((difference) => difference !== 0n)) {
      throw new CredenceError("the books do not add up", books);
    }
  }

  /* INTERNAL */

  protected queryAt(queryId: bigint): QueryRecord {
    return this.queries[Number(queryId) - 1] ?? revertWith("QueryUnknown", { queryId });
  }
}

function viewOf({ asker, question, stakes, askedAt, answerers, opened, judges, payouts }: QueryRecord): Query {
  const { contentHash, minRank, minAnswers, maxAnswers, timing } = question;
  const sealedAt = answerers.flatMap(({ submission }) => submission?.sealedAt ?? []);
  const isFull = BigInt(sealedAt.length) === maxAnswers;
  const answeringEndsAt = isFull ? max(...sealedAt) : askedAt + timing.answering;
  const openingEndsAt = answeringEndsAt + timing.opening;
  const judgingEndsAt = openingEndsAt + timing.judging;
  return {
    asker,
    contentHash,
    minRank,
    minAnswers,
    maxAnswers,
    answerers: BigInt(answerers.length),
    sealedAnswers: BigInt(sealedAt.length),
    openedAnswers: BigInt(opened.length),
    judges: BigInt(judges.length),
    sealedVotes: BigInt(judges.filter(({ submission }) => submission !== null).length),
    openedVotes: BigInt(judges.filter(({ vote }) => vote !== null).length),
    outcome: payouts?.outcome ?? Outcome.Pending,
    answeringEndsAt,
    openingEndsAt,
    judgingEndsAt,
    revealingEndsAt: judgingEndsAt + timing.revealing,
    ...stakes,
  };
}

/** All stakes of a query. */
function paidIn({ stakes, answerers, judges }: QueryRecord): bigint {
  const { submitStake, answerStake, judgeStake } = stakes;
  return submitStake + answerStake * BigInt(answerers.length) + judgeStake * BigInt(judges.length);
}

/** All that a query's settlement paid. */
function paidOut({ payouts }: QueryRecord): bigint {
  return payouts === null ? 0n : payouts.asker + sum(payouts.answerers) + sum(payouts.judges);
}

function amountOf(credits: readonly CreditRecord[]): bigint {
  return sum(credits.map(({ amount }) => amount));
}
