import type { Payouts } from "./settlement.ts";
import type { Stakes } from "./stakes.ts";
import type { Timing } from "./timing.ts";

/** What somebody asks. */
export interface Question {
  /** Hash of the question, 32 bytes in hexadecimal. */
  readonly contentHash: string;
  /** Where the question is. */
  readonly uri: string;
  /** The least rank of an answerer, 0 to 42. */
  readonly minRank: bigint;
  /** What the stakes are computed from, 7 to 32. */
  readonly minAnswers: bigint;
  /** The most answerers, `minAnswers` to 32. */
  readonly maxAnswers: bigint;
  /** The four windows; 0 for that of the default. */
  readonly timing: Timing;
}

/** A sealed answer or vote. */
export interface SealRecord {
  /** As submitted, 32 bytes in hexadecimal. */
  readonly seal: string;
  /** When, in unix seconds. */
  readonly sealedAt: bigint;
}

/** Who joined as an answerer. */
export interface AnswererRecord {
  readonly account: string;
  /** Null until submitted. */
  submission: SealRecord | null;
  /** Hash of the answer; null until opened. */
  contentHash: string | null;
}

/** Who joined as a judge. */
export interface JudgeRecord {
  readonly account: string;
  /** When they joined. */
  readonly rank: bigint;
  /** Null until submitted. */
  submission: SealRecord | null;
  /** Null until opened. */
  vote: { readonly ranking: readonly number[]; readonly goodAnswers: bigint } | null;
}

/** A query: what was asked, and lists of what happened. */
export interface QueryRecord {
  readonly id: bigint;
  readonly asker: string;
  /** With windows of the default in place of those that are 0. */
  readonly question: Question;
  readonly stakes: Stakes;
  /** In unix seconds. */
  readonly askedAt: bigint;
  /** In the order of joining. */
  readonly answerers: AnswererRecord[];
  /** Those of them whose answer was opened, in the order of opening. */
  readonly opened: AnswererRecord[];
  /** In the order of joining. */
  readonly judges: JudgeRecord[];
  /** Null until settled. */
  payouts: Payouts | null;
}

/** What somebody was credited, or withdrew where it is negative; in asset units. */
export interface CreditRecord {
  readonly account: string;
  readonly amount: bigint;
}
