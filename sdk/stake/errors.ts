import { ModelError } from "../model-error.ts";

/**
 * The custom errors of `IStakeVault`, `IConvictionMarket` and `ITruthSerum` that depend on the mechanism alone, and
 * those of the contracts they build on that a call can meet; facts in ABI order.
 */
export interface StakeErrorFacts {
  AmountZero: Record<never, never>;
  NotVenue: { caller: string; venue: string };
  NotSerum: { caller: string; serum: string };
  WithdrawableExceeded: { amount: bigint; withdrawable: bigint };
  StakeTooLarge: { total: bigint; max: bigint };
  EncumbranceTooLarge: { total: bigint; max: bigint };
  PotsExceeded: { amount: bigint; pots: bigint };

  ClaimUnknown: { claimId: string };
  PoolAlreadyExists: { claimId: string };
  PoolUnknown: { claimId: string };
  AmountTooSmall: { amount: bigint; min: bigint };
  TokensZero: Record<never, never>;
  SkimTooLarge: { skim: bigint; amount: bigint };
  SlippageExceeded: { received: bigint; minimum: bigint };
  HoldingExceeded: { tokens: bigint; held: bigint };
  ReserveTooLarge: { reserve: bigint; max: bigint };

  BeforeFirstEpoch: { timestamp: bigint; startsAt: bigint };
  EpochNotCurrent: { epoch: bigint; currentEpoch: bigint };
  LockMissing: { claimId: string; user: string };
  EarlierVoiceUnsettled: { claimId: string; user: string; oldestEpoch: bigint };
  EpochFull: { claimId: string; epoch: bigint; max: bigint };
  BeliefOutOfRange: { value: bigint; max: bigint };
  RevealNotOpen: { epoch: bigint; opensAt: bigint };
  RevealClosed: { epoch: bigint; closedAt: bigint };
  NotParticipant: { claimId: string; epoch: bigint; user: string };
  AlreadyRevealed: { claimId: string; epoch: bigint; user: string };
  SealMismatch: { claimId: string; epoch: bigint; user: string; computedSeal: string };
  EpochNotJoined: { claimId: string; epoch: bigint };
  EpochNotSettleable: { epoch: bigint; settleableAt: bigint };
  EpochNotSettled: { claimId: string; epoch: bigint };
  ConsensusMissing: { claimId: string; epoch: bigint };
  AlreadyDistributed: { claimId: string; epoch: bigint; user: string };

  EnforcedPause: Record<never, never>;
  ExpectedPause: Record<never, never>;
  ERC20InsufficientBalance: { sender: string; balance: bigint; needed: bigint };
}

/** Name of a contract error that the model can throw. */
export type StakeErrorName = keyof StakeErrorFacts;

/** Throws the `ModelError` called `name`; the compiler checks that the facts are those of that error. */
export function revertWith<N extends StakeErrorName>(name: N, facts: StakeErrorFacts[N]): never {
  throw new ModelError(name, { ...facts });
}
