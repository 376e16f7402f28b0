import { revertWith } from "./errors.ts";

/** Ranks are 0 to this. */
export const MAX_RANK = 42n;

/** A query wants this many answers or more. */
export const MIN_ANSWERS = 7n;

/** The most answerers of a query, and the most judges. */
export const MAX_PARTICIPANTS = 32n;

/** The most decimals of an asset. */
export const MAX_DECIMALS = 18n;

/** What a query costs those who take part in it, in asset units. */
export interface Stakes {
  /** Of whoever asks. */
  readonly submitStake: bigint;
  /** Of each answerer. */
  readonly answerStake: bigint;
  /** Of each judge. */
  readonly judgeStake: bigint;
}

/**
 * The stakes of a query, each floored to the unit once. In whole tokens: `5 * 1.1^minRank * minAnswers` of whoever asks,
 * 0.7 of that for each answer wanted of an answerer, 0.06 of that of a judge. Throws `DecimalsTooMany`, `RankOutOfRange`
 * or `AnswersOutOfRange`, in this order.
 *
 * @param minRank The least rank of an answerer, 0 to 42.
 * @param minAnswers 7 to 32.
 * @param decimals Of the asset, 0 to 18.
 */
export function stakesFor(minRank: bigint, minAnswers: bigint, decimals: bigint): Stakes {
  validateDecimals(decimals);
  if (minRank < 0n || minRank > MAX_RANK) revertWith("RankOutOfRange", { rank: minRank, max: MAX_RANK });
  validateAnswers(minAnswers, MIN_ANSWERS);
  // submit stake in units: numerator / denominator, exactly
  const numerator = 5n * 11n ** minRank * minAnswers * 10n ** decimals;
  const denominator = 10n ** minRank;
  return {
    submitStake: numerator / denominator,
    answerStake: (7n * numerator) / (10n * denominator * minAnswers),
    judgeStake: (6n * numerator) / (100n * denominator),
  };
}

/** Throws `DecimalsTooMany` for an asset whose stakes cannot be computed. */
export function validateDecimals(decimals: bigint): void {
  if (decimals > MAX_DECIMALS) revertWith("DecimalsTooMany", { decimals, max: MAX_DECIMALS });
}

/** Throws `AnswersOutOfRange` where a query would want fewer than `min` answers, or more than 32. */
export function validateAnswers(answers: bigint, min: bigint): void {
  if (answers < min || answers > MAX_PARTICIPANTS) {
    revertWith("AnswersOutOfRange", { answers, min, max: MAX_PARTICIPANTS });
  }
}
