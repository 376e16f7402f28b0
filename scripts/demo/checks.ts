import { count, plural } from "./format.ts";

/** One equation that must hold to the unit. */
export interface Check {
  readonly equation: string;
  /** Left side less right side, in units of the token. */
  readonly difference: bigint;
}

/** Whether every equation holds. */
export function allHold(checks: readonly Check[]): boolean {
  return checks.every((check) => check.difference === 0n);
}

/**
 * How many equations were checked and how many failed, as the end of a sentence, and a line for each that failed.
 *
 * @param between What the equations compare.
 */
export function checkLines(checks: readonly Check[], between: string): string[] {
  const failed = checks.filter((check) => check.difference !== 0n);
  return [
    `${plural(checks.length, "equation")} between ${between}, ${count(failed.length)} failed.`,
    ...failed.map((check) => `  ${check.equation}: off by ${plural(check.difference, "unit")}`),
  ];
}

/** Adds up one amount of each item. */
export function sumOf<T>(items: Iterable<T>, amountOf: (item: T) => bigint): bigint {
  let total = 0n;
  for (const item of items) total += amountOf(item);
  return total;
}
