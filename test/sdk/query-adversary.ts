import { ModelError } from "../../sdk/model-error.ts";
import { checkStrengths } from "../../sdk/query/likelihood.ts";
import type { WinMatrix } from "../../sdk/query/weights.ts";

type Matrix = readonly (readonly number[])[];

/** Changes of strengths, as parts of each. */
export type Direction = readonly number[];

/**
 * The change of strengths that moves the ratio of two answers most, while no likelihood equation is off by more than it:
 * to first order, changes x of logarithms put the equations off by H x, where H is the Hessian. As the equations' errors
 * add up to 0, half of them are as far off as is accepted one way, and half the other.
 *
 * @param matrix Of two or more answers.
 * @param strengths Those that satisfy the equations.
 * @param pair The answers whose ratio is to move.
 * @returns Parts by which strengths change where the tolerance is 1e-9 of the weight of an answer's comparisons.
 */
export function softestDirection(
  matrix: WinMatrix,
  strengths: readonly bigint[],
  [one, other]: readonly [number, number],
): Direction {
  const inverse = invertedHessian(strengths.map(Number));
  const leverage = inverse.map((row) => (row[one] ?? 0) - (row[other] ?? 0));
  const byLeverage = [...leverage.keys()].sort((a, b) => (leverage[b] ?? 0) - (leverage[a] ?? 0));
  const middle = (matrix.length - 1) / 2;
  // the weight of a pair is in the tolerance as it is in the Hessian
  const tolerance = 1e-9 * (matrix.length - 1);
  const errors = byLeverage.map((answer, place) => [answer, Math.sign(middle - place) * tolerance] as const);
  return inverse.map((row) => errors.reduce((sum, [answer, error]) => sum + (row[answer] ?? 0) * error, 0));
}

/** Strengths `times` along a direction. */
export function movedAlong(strengths: readonly bigint[], direction: Direction, times: number): bigint[] {
  return strengths.map((p, i) => p + (p * BigInt(Math.round((direction[i] ?? 0) * times * 1e24))) / 10n ** 24n);
}

/** Whether votes bear strengths out. Throws what is wrong with them otherwise. */
export function isAccepted(matrix: WinMatrix, strengths: readonly bigint[]): boolean {
  try {
    checkStrengths(matrix, strengths);
    return true;
  } catch (error) {
    if (error instanceof ModelError && error.name === "StrengthsRejected") return false;
    throw error;
  }
}

/** Inverse of the Hessian of the log-likelihood in the logarithms of strengths, where each pair weighs 1; 0 on scalings. */
function invertedHessian(strengths: readonly number[]): Matrix {
  const count = strengths.length;
  const curvature = (p: number, q: number) => (p * q) / (p + q) ** 2;
  const hessian = strengths.map((p, i) => {
    const row = strengths.map((q, k) => (k === i ? 0 : -curvature(p, q)));
    row[i] = -row.reduce((sum, each) => sum + each, 0);
    return row;
  });
  // scalings change nothing: with 1 / count on them the matrix can be inverted, and they cancel in differences
  return inverted(hessian.map((row) => row.map((each) => each + 1 / count)));
}

/** By Gauss and Jordan; the matrix is positive definite, so that no rows need be swapped. */
function inverted(matrix: Matrix): Matrix {
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, k) => (k === i ? 1 : 0))]);
  for (const [column, pivot] of rows.entries()) {
    const scale = pivot[column] ?? 1;
    for (const [place, each] of pivot.entries()) pivot[place] = each / scale;
    for (const row of rows) {
      const factor = row === pivot ? 0 : (row[column] ?? 0);
      for (const [place, each] of pivot.entries()) row[place] = (row[place] ?? 0) - factor * each;
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}
