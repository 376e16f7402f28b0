import { sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import type { WinMatrix } from "./weights.ts";

/** Weakest strength that `settle` takes. */
export const MIN_STRENGTH = 1n;

/** Greatest strength that `settle` takes. */
export const MAX_STRENGTH = 2n ** 200n;

/** One, as a probability. */
const ONE = 2n ** 55n;

/** The likelihood equation of an answer holds to one part of this of the weight of its comparisons. */
const TOLERANCE_DIVISOR = 10n ** 9n;

/** How far strengths are from the likelihood equations, in wad of weight times 2^55. */
export interface Likelihood {
  /** Of each answer: by how much the wins differ from those foretold, either way. */
  readonly residuals: readonly bigint[];
  /** The most that is accepted, rounded down. */
  readonly tolerance: bigint;
}

/**
 * Compares the wins of each answer i with those foretold, `N * sum_k p_i / (p_i + p_k)`, where every pair weighs N. The
 * chance that the later of two answers wins is rounded down to a multiple of 2^-55; that of the earlier is the rest to 1.
 *
 * @param matrix `QueryEscrow.winMatrix`, of two or more answers.
 * @param strengths Of each answer, positive, in any scale.
 */
export function likelihoodOf(matrix: WinMatrix, strengths: readonly bigint[]): Likelihood {
  const pairWeight = (matrix[0]?.[1] ?? 0n) + (matrix[1]?.[0] ?? 0n);
  const residuals = matrix.map((row, i) => {
    const chances = strengths.map((_, k) => (k === i ? 0n : chanceOf(strengths, i, k)));
    const difference = sum(row) * ONE - pairWeight * sum(chances);
    return difference < 0n ? -difference : difference;
  });
  const comparisons = pairWeight * BigInt(matrix.length - 1);
  return { residuals, tolerance: (comparisons * ONE) / TOLERANCE_DIVISOR };
}

/**
 * Checks strengths as `QueryEscrow.settle` does. Throws `StrengthsLengthMismatch`, `StrengthOutOfRange` or
 * `StrengthsRejected`, in this order, for the first answer concerned.
 *
 * @param matrix `QueryEscrow.winMatrix`, of two or more answers.
 * @param strengths Of each answer, 1 to 2^200 in any scale.
 */
export function checkStrengths(matrix: WinMatrix, strengths: readonly bigint[]): void {
  const [given, needed] = [BigInt(strengths.length), BigInt(matrix.length)];
  if (given !== needed) revertWith("StrengthsLengthMismatch", { given, needed });
  for (const [index, strength] of strengths.entries()) {
    if (strength < MIN_STRENGTH || strength > MAX_STRENGTH) {
      revertWith("StrengthOutOfRange", { index: BigInt(index), strength, min: MIN_STRENGTH, max: MAX_STRENGTH });
    }
  }
  const { residuals, tolerance } = likelihoodOf(matrix, strengths);
  for (const [index, residual] of residuals.entries()) {
    if (residual > tolerance) revertWith("StrengthsRejected", { index: BigInt(index), residual, tolerance });
  }
}

/** Chance that answer i wins against answer k, times 2^55. */
function chanceOf(strengths: readonly bigint[], i: number, k: number): bigint {
  if (i < k) return ONE - chanceOf(strengths, k, i);
  const [own, other] = [strengths[i] ?? 0n, strengths[k] ?? 0n];
  return (own * ONE) / (own + other);
}
