import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import type { Position } from "../../../../../sdk/council/staking.ts";
import type { LockTier } from "../../../../../sdk/council/tiers.ts";
import { DAY } from "../../../../../sdk/time.ts";
import { ACT, amountText, paidText } from "../../../format/amounts.ts";

/** What staking an amount depends on. */
export interface StakeLimits {
  readonly rules: Pick<StakingParams, "minStake" | "maxStake">;
  /** What the account has staked already, and what it has to stake; `undefined` where nobody knows. */
  readonly staked: bigint | undefined;
  readonly balance: bigint | undefined;
}

/** Why an amount cannot be staked; `undefined` where it can. */
export function stakeProblem(amount: bigint, { rules, staked = 0n, balance }: StakeLimits): string | undefined {
  if (amount < rules.minStake) return `A position is at least ${paidText(rules.minStake, ACT)}.`;
  if (staked + amount > rules.maxStake) {
    return `An account stakes at most ${amountText(rules.maxStake, ACT)}, all positions together.`;
  }
  if (balance !== undefined && amount > balance) return `You have ${amountText(balance, ACT)}.`;
  return undefined;
}

/** The locks that a position can be given at `now`: those that end later than its own. */
export function longerLocks(
  { unlocksAt }: Pick<Position, "unlocksAt">,
  tiers: readonly LockTier[],
  now: bigint,
): readonly LockTier[] {
  return tiers.filter(({ lockDays }) => lockDays > 0n && now + lockDays * DAY > unlocksAt);
}
