import { ModelError } from "../model-error.ts";
import type { Phase } from "./state.ts";

/**
 * The custom errors of `IQueryEscrow` and `IRankRegistry` that depend on the mechanism alone, and those of the contracts
 * they build on that a call can meet; facts in ABI order.
 */
export interface QueryErrorFacts {
  DecimalsTooMany: { decimals: bigint; max: bigint };
  WindowOutOfRange: { window: string; duration: bigint; min: bigint; max: bigint };
  LengthMismatch: { accounts: bigint; ranks: bigint };
  RankOutOfRange: { rank: bigint; max: bigint };
  AnswersOutOfRange: { answers: bigint; min: bigint; max: bigint };
  QueryUnknown: { queryId: bigint };
  WrongPhase: { queryId: bigint; phase: Phase; needed: Phase };
  RankTooLow: { account: string; rank: bigint; minRank: bigint };
  AlreadyInQuery: { queryId: bigint; account: string };
  AnswerersFull: { queryId: bigint; max: bigint };
  JudgesFull: { queryId: bigint; max: bigint };
  NotAnswerer: { queryId: bigint; account: string };
  NotJudge: { queryId: bigint; account: string };
  SealZero: Record<never, never>;
  AlreadySubmitted: { queryId: bigint; account: string };
  NotSubmitted: { queryId: bigint; account: string };
  AlreadyOpened: { queryId: bigint; account: string };
  SealMismatch: { queryId: bigint; account: string; computedSeal: string };
  NotPermutation: { answers: bigint };
  GoodAnswersUnknown: { goodAnswers: bigint; answers: bigint };
  NotSettleable: { queryId: bigint; settleableAt: bigint };
  AlreadySettled: { queryId: bigint };
  StrengthsLengthMismatch: { given: bigint; needed: bigint };
  StrengthOutOfRange: { index: bigint; strength: bigint; min: bigint; max: bigint };
  StrengthsRejected: { index: bigint; residual: bigint; tolerance: bigint };
  CreditZero: { account: string };

  EnforcedPause: Record<never, never>;
  ExpectedPause: Record<never, never>;
  ERC20InsufficientBalance: { sender: string; balance: bigint; needed: bigint };
}

/** Name of a contract error that the model can throw. */
export type QueryErrorName = keyof QueryErrorFacts;

/** Throws the `ModelError` called `name`; the compiler checks that the facts are those of that error. */
export function revertWith<N extends QueryErrorName>(name: N, facts: QueryErrorFacts[N]): never {
  throw new ModelError(name, { ...facts });
}
