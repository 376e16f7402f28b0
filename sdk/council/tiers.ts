import { BPS } from "../bounds.ts";
import { divUp, max } from "../math.ts";
import { DAY } from "../time.ts";
import { revertWith } from "./errors.ts";
import { COUNCIL_DEFAULTS, type CouncilParams } from "./params.ts";
import type { StakingParams } from "./rules.ts";

/** A tier of locks, as `LockTier` of `ICouncilStaking.sol`. */
export interface LockTier {
  /** From so many days on. */
  readonly lockDays: bigint;
  /** A position counts so much of its amount. */
  readonly multiplierBps: bigint;
}

/** Five tiers, from the lowest, which is 0 days, to the highest. */
export type LockTiers = [LockTier, LockTier, LockTier, LockTier, LockTier];

/** The tiers that staking is deployed with. */
export function lockTiersOf(params: CouncilParams): LockTiers {
  return [
    { lockDays: 0n, multiplierBps: params.multiplier0Bps },
    { lockDays: params.lock1Days, multiplierBps: params.multiplier1Bps },
    { lockDays: params.lock2Days, multiplierBps: params.multiplier2Bps },
    { lockDays: params.lock3Days, multiplierBps: params.multiplier3Bps },
    { lockDays: params.lock4Days, multiplierBps: params.multiplier4Bps },
  ];
}

/** The tiers of the defaults: 0, 7, 30, 90 and 180 days for 1.0, 1.2, 1.5, 2.0 and 3.0. */
export const DEFAULT_TIERS: LockTiers = lockTiersOf(COUNCIL_DEFAULTS);

/** The highest tier, in days: a position there makes its owner a long-term staker. */
export function longTermDays(tiers: LockTiers): bigint {
  return tiers[4].lockDays;
}

/** What decides about a position's tier. */
export interface TierHistory {
  /** When it was opened, in unix seconds. */
  readonly stakedAt: bigint;
  /** The tier that it counts as already, in days. */
  readonly tierDays: bigint;
}

/** Whether a lock of so many days can be chosen. */
export function isLock(lockDays: bigint, tiers: LockTiers): boolean {
  return tiers.some((tier) => tier.lockDays === lockDays);
}

/** Throws `LockUnknown` where a lock of so many days cannot be chosen. */
export function validateLock(lockDays: bigint, tiers: LockTiers): void {
  if (!isLock(lockDays, tiers)) revertWith("LockUnknown", { lockDays });
}

/** The tier, in days, that `served` seconds earn by themselves. */
export function tierOfTime(served: bigint, tiers: LockTiers): bigint {
  return max(...tiers.map(({ lockDays }) => lockDays).filter((lockDays) => served >= lockDays * DAY));
}

/** The tier, in days, that a position counts as once it is poked at `now`: it never falls. */
export function tierAt(position: TierHistory, now: bigint, tiers: LockTiers): bigint {
  return max(position.tierDays, tierOfTime(now - position.stakedAt, tiers));
}

/**
 * When a poke will next raise a position, and to which tier: at once where its time has earned one that it does not
 * count as yet. Null at the highest tier.
 */
export function nextTierAt(
  position: TierHistory,
  now: bigint,
  tiers: LockTiers,
): { at: bigint; tierDays: bigint } | null {
  const earned = tierAt(position, now, tiers);
  if (earned > position.tierDays) return { at: now, tierDays: earned };
  const next = tiers.find(({ lockDays }) => lockDays > earned);
  return next === undefined ? null : { at: position.stakedAt + next.lockDays * DAY, tierDays: next.lockDays };
}

/**
 * Voting power of `amount` token units at a tier, rounded down in favour of the others. Throws `LockUnknown` where there
 * is no such tier.
 */
export function powerDown(amount: bigint, tierDays: bigint, tiers: LockTiers): bigint {
  const tier = tiers.find(({ lockDays }) => lockDays === tierDays);
  return tier === undefined ? revertWith("LockUnknown", { lockDays: tierDays }) : (amount * tier.multiplierBps) / BPS;
}

/** What leaving early costs of `amount` token units: rounded up, in favour of the rewards. */
export function earlyExitPenaltyUp(
  amount: bigint,
  { earlyExitPenaltyBps }: Pick<StakingParams, "earlyExitPenaltyBps">,
): bigint {
  return divUp(amount * earlyExitPenaltyBps, BPS);
}

/** What closing a position would pay at `now`, in token units, and what it would cost. */
export function quoteExit(
  position: { readonly amount: bigint; readonly unlocksAt: bigint },
  params: Pick<StakingParams, "earlyExitPenaltyBps">,
  now: bigint,
): { paid: bigint; penalty: bigint } {
  const penalty = now < position.unlocksAt ? earlyExitPenaltyUp(position.amount, params) : 0n;
  return { paid: position.amount - penalty, penalty };
}
