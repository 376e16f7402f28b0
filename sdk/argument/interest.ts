import { BPS } from "../bounds.ts";
import { YEAR } from "../time.ts";
import type { ArgumentParams } from "./params.ts";

/**
 * What a stake of `amount` token units earns until it ends: `floor(amount * interestRateBps * period / (10,000 * 365
 * days))` token units, rounded down in favour of the reserve.
 *
 * @param params The rules in force when the stake is made.
 */
export function interestDown(amount: bigint, params: Pick<ArgumentParams, "interestRateBps" | "period">): bigint {
  return (amount * params.interestRateBps * params.period) / (BPS * YEAR);
}

/**
 * The interest of an upvote in two parts, in token units: the creator's is rounded down, so that the odd unit is the
 * upvoter's.
 */
export function splitInterest(interest: bigint, creatorShareBps: bigint): { creator: bigint; upvoter: bigint } {
  const creator = (interest * creatorShareBps) / BPS; // rounded down, in favour of who upvoted
  return { creator, upvoter: interest - creator };
}

/**
 * A slashed stake in parts, in token units: each of `marks` (at least 1) markers gets `floor(floor(amount *
 * curatorShareBps / 10,000) / marks)`, and the reserve the rest, all that is rounded off included.
 */
export function splitSlash(
  amount: bigint,
  curatorShareBps: bigint,
  marks: bigint,
): { curatorReward: bigint; toReserve: bigint } {
  const curatorReward = (amount * curatorShareBps) / BPS / marks; // rounded down twice, in favour of the reserve
  return { curatorReward, toReserve: amount - curatorReward * marks };
}
