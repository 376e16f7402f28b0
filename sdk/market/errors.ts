import { ModelError } from "../model-error.ts";

/** The custom errors of `IBeliefMarket` and `IBeliefFactory` that depend on the mechanism alone; facts in ABI order. */
export interface MarketErrorFacts {
  StakeOutOfRange: { amount: bigint; min: bigint; max: bigint };
  EntryFeeAboveLimit: { feeBps: bigint; maxFeeBps: bigint };
  TotalPrincipalTooLarge: { totalPrincipal: bigint; max: bigint };
  PositionUnknown: { positionId: bigint; positionCount: bigint };
  PositionClosed: { positionId: bigint };
  NotPositionOwner: { positionId: bigint; caller: string; owner: string };
  PrincipalLocked: { positionId: bigint; unlocksAt: bigint };
  LockEnded: { positionId: bigint; unlockedAt: bigint };
  EarlyExitDisabled: Record<never, never>;
  RewardsNotClaimableYet: { positionId: bigint; claimableAt: bigint };
  ParameterOutOfBounds: { parameter: string; value: bigint; min: bigint; max: bigint };
}

/** Name of a contract error that the model can throw. */
export type MarketErrorName = keyof MarketErrorFacts;

/** Throws the `ModelError` called `name`; the compiler checks that the facts are those of that error. */
export function revertWith<N extends MarketErrorName>(name: N, facts: MarketErrorFacts[N]): never {
  throw new ModelError(name, { ...facts });
}
