import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { projectBelief } from "../../../../../sdk/market/projection.ts";
import { type CommitQuote, type PoolState, quoteCommit } from "../../../../../sdk/market/quote.ts";
import { Side } from "../../../../../sdk/market/side.ts";
import { amountText, paidText, parseAmount, type Unit } from "../../../format/amounts.ts";
import type { Weights } from "./beliefHistory.ts";

/** A commitment that somebody is about to make. */
export interface Draft {
  readonly side: Side | undefined;
  /** What is in the field for the amount. */
  readonly typed: string;
}

/** A market and a purse that a draft is checked against. */
export interface DraftContext {
  readonly rules: MarketParams;
  readonly unit: Unit;
  /** What the account has; `undefined` where that is not known. */
  readonly balance: bigint | undefined;
}

/** The amount of a draft, in units; `undefined` where what was typed is none. */
export function amountIn({ typed }: Pick<Draft, "typed">, unit: Unit): bigint | undefined {
  const parsed = parseAmount(typed, unit);
  return "units" in parsed ? parsed.units : undefined;
}

/** Why an amount cannot be committed to a market. */
export function amountProblem(amount: bigint | undefined, { rules, unit, balance }: DraftContext): string | undefined {
  if (amount === undefined) return "Enter an amount.";
  const { minStake, maxStake } = rules;
  if (amount < minStake || amount > maxStake) {
    return `A commitment is ${paidText(minStake, unit)} to ${amountText(maxStake, unit)}.`;
  }
  if (balance !== undefined && amount > balance) return `You have ${amountText(balance, unit)}.`;
  return undefined;
}

/** Why a draft cannot be committed. */
export function draftProblem(draft: Draft, context: DraftContext): string | undefined {
  if (draft.side === undefined) return "Choose a side.";
  return amountProblem(amountIn(draft, context.unit), context);
}

/** What a commitment comes to. */
export interface Outlook extends CommitQuote {
  /** When its principal can be withdrawn, in unix seconds. */
  readonly unlocksAt: bigint;
  /** Belief then if nobody else moves, with it and without it; in wad. */
  readonly beliefWith: bigint;
  readonly beliefWithout: bigint;
}

/** What committing an amount now comes to, if nobody else moves. */
export function outlookOf(
  { side, amount }: { readonly side: Side; readonly amount: bigint },
  { state, rules, now }: { readonly state: Weights & PoolState; readonly rules: MarketParams; readonly now: bigint },
): Outlook {
  const quote = quoteCommit({ params: rules, state, amount });
  const unlocksAt = now + rules.lockPeriod;
  const joined =
    side === Side.Support
      ? { ...state, supportPrincipal: state.supportPrincipal + quote.principal }
      : { ...state, opposePrincipal: state.opposePrincipal + quote.principal };
  return {
    ...quote,
    unlocksAt,
    beliefWith: projectBelief(joined, now, unlocksAt),
    beliefWithout: projectBelief(state, now, unlocksAt),
  };
}
