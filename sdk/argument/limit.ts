import { BPS } from "../bounds.ts";
import type { ArgumentParams } from "./params.ts";

/** What the stake limit compares, as `stakeLimit` of `IArgumentStaking.sol`; amounts in token units. */
export interface StakeLimit {
  /** A user's stakes that run and were made less than `stakeLimitWindow` seconds ago. */
  readonly staked: bigint;
  /** Their balance of the token, their credit, and `staked`. */
  readonly total: bigint;
}

/** Where a user stands with the stake limit. */
export interface StakeLimitQuote {
  /** `floor(staked * 10,000 / total)`, to show; 0 where there is nothing. */
  readonly stakedBps: bigint;
  /** Whether they can stake nothing more for now; decided without rounding. */
  readonly isReached: boolean;
}

/** Says whether somebody may still stake: not where `staked * 10,000 >= total * stakeLimitBps`, unless both are 0. */
export function quoteStakeLimit(
  { staked, total }: StakeLimit,
  { stakeLimitBps }: Pick<ArgumentParams, "stakeLimitBps">,
): StakeLimitQuote {
  if (total === 0n) return { stakedBps: 0n, isReached: false };
  return { stakedBps: (staked * BPS) / total, isReached: staked * BPS >= total * stakeLimitBps };
}
