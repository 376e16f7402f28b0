import { ModelError } from "../model-error.ts";

/**
 * The custom errors of `IArgumentStaking` that depend on the mechanism alone, and those of the contracts it builds on
 * that a call can meet; facts in ABI order.
 */
export interface ArgumentErrorFacts {
  ClaimUnknown: { claimId: string };
  ArgumentUnknown: { argumentId: bigint };
  StakeUnknown: { stakeId: bigint };
  CreatorJailed: { user: string; until: bigint };
  SummaryLengthOutOfRange: { length: bigint; min: bigint; max: bigint };
  BodyLengthOutOfRange: { length: bigint; min: bigint; max: bigint };
  TooManyArguments: { claimId: string; user: string; max: bigint };
  StakeLimitReached: { staked: bigint; total: bigint; limitBps: bigint };
  RewardReserveTooLow: { free: bigint; needed: bigint };
  HoldingsTooLarge: { total: bigint; max: bigint };
  OwnArgument: { argumentId: bigint; creator: string };
  AlreadyUpvoted: { argumentId: bigint; user: string };
  AlreadyMarked: { argumentId: bigint; user: string };
  ArgumentIsDeleted: { argumentId: bigint };
  ArgumentIsUnhelpful: { argumentId: bigint };
  NotCreator: { argumentId: bigint; caller: string; creator: string };
  ArgumentNotUntouched: { argumentId: bigint; upvotes: bigint; marks: bigint };
  StakeHasEnded: { stakeId: bigint; endsAt: bigint };
  StakeBacksMark: { stakeId: bigint; markedAt: bigint };
  NotCurator: { user: string; staked: bigint; min: bigint };
  ExpiredStakesLeft: { nextEndsAt: bigint };
  TooManyPeriods: { max: bigint };
  AmountZero: Record<never, never>;
  CreditZero: { user: string };
  ParameterOutOfBounds: { parameter: string; value: bigint; min: bigint; max: bigint };

  EnforcedPause: Record<never, never>;
  ExpectedPause: Record<never, never>;
  ERC20InsufficientBalance: { sender: string; balance: bigint; needed: bigint };
}

/** Name of a contract error that the model can throw. */
export type ArgumentErrorName = keyof ArgumentErrorFacts;

/** Throws the `ModelError` called `name`; the compiler checks that the facts are those of that error. */
export function revertWith<N extends ArgumentErrorName>(name: N, facts: ArgumentErrorFacts[N]): never {
  throw new ModelError(name, { ...facts });
}
