import type { PositionRecord } from "../../../../../sdk/market/history.ts";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { max } from "../../../../../sdk/math.ts";

/** The positions of an account: those that are open first, each kind the newest first. */
export function positionsOf(
  positions: ReadonlyMap<bigint, PositionRecord>,
  account: string,
): { readonly open: readonly PositionRecord[]; readonly closed: readonly PositionRecord[] } {
  const own = [...positions.values()].filter(({ owner }) => owner === account).toReversed();
  return {
    open: own.filter(({ closing }) => closing === undefined),
    closed: own.filter(({ closing }) => closing !== undefined),
  };
}

/** When the principal of a position can be withdrawn, and its rewards be claimed; unix seconds. */
export function datesOf(position: Pick<PositionRecord, "depositedAt">, rules: MarketParams) {
  return {
    unlocksAt: position.depositedAt + rules.lockPeriod,
    claimableAt: position.depositedAt + rules.minRewardDuration,
  };
}

/** Seconds that are left until an instant; 0 once it is there. */
export function secondsLeft(at: bigint, now: bigint): bigint {
  return max(0n, at - now);
}

/** The open positions of everybody, the oldest first: those that have earned longest. */
export function openPositions(positions: ReadonlyMap<bigint, PositionRecord>): readonly PositionRecord[] {
  return [...positions.values()].filter(({ closing }) => closing === undefined);
}
