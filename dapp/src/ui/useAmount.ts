import { useState } from "react";
import { amountText, parseAmount, type Unit } from "../format/amounts.ts";

/** An amount that somebody types and has to have. */
export interface TypedAmount {
  /** In units; 0 while it is none. */
  readonly amount: bigint;
  /** Why it cannot be paid. */
  readonly problem: string | undefined;
  /** What an `AmountField` needs beside its label. */
  readonly field: {
    readonly unit: Unit;
    readonly text: string;
    readonly onText: (text: string) => void;
    readonly available: bigint | undefined;
    readonly problem: string | undefined;
  };
  clear(): void;
}

/**
 * The amount in a field.
 *
 * @param available What there is of it, in units; `undefined` where that is not known.
 */
export function useAmount(unit: Unit, available: bigint | undefined): TypedAmount {
  const [text, onText] = useState("");
  const parsed = parseAmount(text, unit);
  const amount = "units" in parsed ? parsed.units : 0n;
  const tooMuch =
    available !== undefined && amount > available ? `You have ${amountText(available, unit)}.` : undefined;
  const problem = "problem" in parsed ? parsed.problem : amount === 0n ? "Enter an amount." : tooMuch;
  return { amount, problem, field: { unit, text, onText, available, problem: tooMuch }, clear: () => onText("") };
}
