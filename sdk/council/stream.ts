import { min } from "../math.ts";

/** A period of rewards. Amounts in token units, instants in unix seconds. */
export interface RewardPeriod {
  readonly amount: bigint;
  readonly startedAt: bigint;
  readonly endsAt: bigint;
}

/**
 * What a period has streamed until `now`, in token units: evenly, rounded down, and all of it in the end. Nothing where
 * there is no period yet: all of it is zero then.
 */
export function streamedDown({ amount, startedAt, endsAt }: RewardPeriod, now: bigint): bigint {
  if (now <= startedAt || amount === 0n) return 0n;
  return (amount * (min(now, endsAt) - startedAt)) / (endsAt - startedAt);
}

/**
 * What an account will earn of a period from one instant to another if no weight changes, in token units, rounded down;
 * 0 where nobody shares. What the contract pays can be a unit more, for what earlier divisions left.
 */
export function projectedRewardDown(
  period: RewardPeriod,
  share: { readonly weight: bigint; readonly totalWeight: bigint },
  span: { readonly from: bigint; readonly to: bigint },
): bigint {
  const { weight, totalWeight } = share;
  if (totalWeight === 0n) return 0n;
  return ((streamedDown(period, span.to) - streamedDown(period, span.from)) * weight) / totalWeight;
}
