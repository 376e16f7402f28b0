import { ModelError } from "../model-error.ts";

/**
 * The custom errors of `ICouncilStaking`, `IRewardsDistributor` and `ICouncilToken` that depend on the mechanism alone,
 * and those of the contracts they build on that a call can meet; facts in ABI order.
 */
export interface CouncilErrorFacts {
  LockUnknown: { lockDays: bigint };
  StakeTooSmall: { amount: bigint; min: bigint };
  StakeTooLarge: { account: string; staked: bigint; amount: bigint; max: bigint };
  PositionUnknown: { positionId: bigint };
  NotPositionOwner: { positionId: bigint; caller: string; owner: string };
  PositionLocked: { positionId: bigint; unlocksAt: bigint };
  PositionNotLocked: { positionId: bigint; unlocksAt: bigint };
  LockNotLonger: { positionId: bigint; unlocksAt: bigint; proposed: bigint };

  AmountZero: Record<never, never>;
  PeriodNotOver: { endsAt: bigint };
  NothingToStream: Record<never, never>;
  RewardTooSmall: { account: string; reward: bigint; min: bigint };

  InflationExceeded: { amount: bigint; remaining: bigint };

  EnforcedPause: Record<never, never>;
  ExpectedPause: Record<never, never>;
  ERC5805FutureLookup: { timepoint: bigint; clock: bigint };
  ERC20InsufficientBalance: { sender: string; balance: bigint; needed: bigint };
}

/** Name of a contract error that the model can throw. */
export type CouncilErrorName = keyof CouncilErrorFacts;

/** Throws the `ModelError` called `name`; the compiler checks that the facts are those of that error. */
export function revertWith<N extends CouncilErrorName>(name: N, facts: CouncilErrorFacts[N]): never {
  throw new ModelError(name, { ...facts });
}
