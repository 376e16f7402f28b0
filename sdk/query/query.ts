import type { Stakes } from "./stakes.ts";
import type { Outcome } from "./state.ts";

/** A query, as `Query` of `IQueryEscrow.sol`; stakes in asset units. */
export interface Query extends Stakes {
  /** Who asked. */
  readonly asker: string;
  /** Hash of the question, as the asker gave it. */
  readonly contentHash: string;
  /** The least rank of an answerer. */
  readonly minRank: bigint;
  /** What the stakes were computed from. */
  readonly minAnswers: bigint;
  /** The most answerers. */
  readonly maxAnswers: bigint;
  /** Who joined as answerers. */
  readonly answerers: bigint;
  /** Of those, who sealed an answer. */
  readonly sealedAnswers: bigint;
  /** Of those, who had it opened. */
  readonly openedAnswers: bigint;
  /** Who joined as judges. */
  readonly judges: bigint;
  /** Of those, who sealed a vote. */
  readonly sealedVotes: bigint;
  /** Of those, who had it opened. */
  readonly openedVotes: bigint;
  /** How it ended. */
  readonly outcome: Outcome;
  /** Ends of the four windows, in unix seconds. */
  readonly answeringEndsAt: bigint;
  readonly openingEndsAt: bigint;
  readonly judgingEndsAt: bigint;
  readonly revealingEndsAt: bigint;
}

/** An answerer of a query, as `Answer` of `IQueryEscrow.sol`. */
export interface Answer {
  /** Who. */
  readonly answerer: string;
  /** Whether they sealed an answer. */
  readonly isSealed: boolean;
  /** Whether it was opened. */
  readonly isOpened: boolean;
  /** Its place in the order of opening, from 0; 0 where it was not opened. */
  readonly index: bigint;
  /** Hash of the answer; 0 where it was not opened. */
  readonly contentHash: string;
}

/** A judge of a query, as `Judge` of `IQueryEscrow.sol`. */
export interface Judge {
  /** Who. */
  readonly judge: string;
  /** Their rank when they joined. */
  readonly rank: bigint;
  /** Whether they sealed a vote. */
  readonly isSealed: boolean;
  /** Whether it was opened. */
  readonly isOpened: boolean;
  /** Indices of answers, the best first; empty where it was not opened. */
  readonly ranking: readonly bigint[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}
