import { BPS } from "../bounds.ts";
import type { RewardParams } from "./rules.ts";

/** What boosters depend on. Instants in unix seconds; 0 where it never happened. */
export interface Activity {
  /** When the account last took part in a debate, or with an argument, an answer or a judgement. */
  readonly participatedAt: bigint;
  /** When it last voted on a proposal. */
  readonly votedAt: bigint;
  /** Whether it has a position at the tier of 180 days. */
  readonly isLongTerm: boolean;
}

/** Each booster that counts for a touch at `now`, in basis points; 0 for those that do not. */
export function boostersAt(
  activity: Activity,
  params: RewardParams,
  now: bigint,
): { participation: bigint; longTerm: bigint; governance: bigint } {
  const isRecent = (at: bigint) => at > 0n && now < at + params.activityWindow;
  return {
    participation: isRecent(activity.participatedAt) ? params.participationBps : 0n,
    longTerm: activity.isLongTerm ? params.longTermBps : 0n,
    governance: isRecent(activity.votedAt) ? params.governanceBps : 0n,
  };
}

/** All boosters that count for a touch at `now`, in basis points. */
export function boosterBpsAt(activity: Activity, params: RewardParams, now: bigint): bigint {
  const { participation, longTerm, governance } = boostersAt(activity, params, now);
  return participation + longTerm + governance;
}

/**
 * When the first of the boosters that count at `now` will end, in unix seconds, and a poke takes it away; null where
 * none of them ends by itself.
 */
export function nextLapseAt(activity: Activity, params: RewardParams, now: bigint): bigint | null {
  const ends = [activity.participatedAt, activity.votedAt]
    .filter((at) => at > 0n)
    .map((at) => at + params.activityWindow);
  const [next] = ends.filter((end) => end > now).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return next ?? null;
}

/** What an account shares rewards by: power x (1 + boosters), rounded down. */
export function weightDown(power: bigint, boosterBps: bigint): bigint {
  return (power * (BPS + boosterBps)) / BPS;
}
