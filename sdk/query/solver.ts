/** The likelihood equations hold to this part of the weight of an answer's comparisons; the contract asks for 1e-9. */
const PRECISION = 1e-14;

/** Newman's iteration needs tens of rounds, 107 for 32 answers that 32 judges rank alike. */
const MAX_ROUNDS = 10_000;

/** The weakest answer's strength: 53 binary digits of the others', which are at most 2^27 times it, survive. */
const WEAKEST = 2n ** 110n;
const FRACTION_BITS = 50n;

/** What is wrong with a win matrix, or that the iteration did not converge. */
export class SolverError extends Error {
  override readonly name = "SolverError";
}

/**
 * Bradley-Terry strengths from a win matrix: the p for which each answer i wins as often as foretold,
 * `sum_k W[i][k] = N * sum_k p_i / (p_i + p_k)`, where every pair weighs N. For `QueryEscrow.settle`.
 *
 * By the iteration of M. E. J. Newman, "Efficient computation of rankings from pairwise comparisons", Journal of Machine
 * Learning Research 24 (2023), in floating point, up to 1e-14 of an answer's comparisons. As every pair
 * weighs the same, answers that win as much are as strong, to the unit.
 *
 * @param wins `QueryEscrow.winMatrix`: in wad, `wins[i][k] + wins[k][i]` the same positive weight for every pair, each win
 * positive.
 * @returns A strength for each answer, the weakest 2^110; empty for an empty matrix.
 * @throws SolverError for a matrix that is no such one.
 */
export function solveStrengths(wins: readonly (readonly bigint[])[]): bigint[] {
  checkMatrix(wins);
  const matrix = wins.map((row) => row.map(inWhole));
  const firstAlike = firstWithAsManyWins(wins);
  const strengths = wins.map(() => 1);
  for (let round = 0; !areSolved(matrix, strengths); round++) {
    if (round === MAX_ROUNDS) throw new SolverError(`no solution after ${MAX_ROUNDS} rounds`);
    for (const i of matrix.keys()) {
      const first = firstAlike[i] ?? i;
      strengths[i] = first < i ? (strengths[first] ?? 1) : improved(matrix, strengths, i);
    }
  }
  return scaled(strengths);
}

function improved(matrix: readonly (readonly number[])[], strengths: readonly number[], i: number): number {
  const own = strengths[i] ?? 1;
  let won = 0;
  let lost = 0;
  for (const [k, other] of strengths.entries()) {
    if (k === i) continue;
    won += ((matrix[i]?.[k] ?? 0) * other) / (own + other);
    lost += (matrix[k]?.[i] ?? 0) / (own + other);
  }
  return won / lost;
}

function areSolved(matrix: readonly (readonly number[])[], strengths: readonly number[]): boolean {
  return strengths.every((own, i) => {
    let surplus = 0;
    let comparisons = 0;
    for (const [k, other] of strengths.entries()) {
      if (k === i) continue;
      const won = matrix[i]?.[k] ?? 0;
      const weight = won + (matrix[k]?.[i] ?? 0);
      surplus += won - (weight * own) / (own + other);
      comparisons += weight;
    }
    return Math.abs(surplus) <= PRECISION * comparisons;
  });
}

/** For each answer, the first that wins as much. */
function firstWithAsManyWins(wins: readonly (readonly bigint[])[]): number[] {
  const totals = wins.map((row) => row.reduce((sum, won) => sum + won, 0n));
  return totals.map((total) => totals.indexOf(total));
}

function scaled(strengths: readonly number[]): bigint[] {
  const weakest = Math.min(...strengths);
  const toWhole = (strength: number) => BigInt(Math.round((strength / weakest) * 2 ** Number(FRACTION_BITS)));
  return strengths.map((strength) => (toWhole(strength) * WEAKEST) >> FRACTION_BITS);
}

function checkMatrix(wins: readonly (readonly bigint[])[]): void {
  const pairWeight = (wins[0]?.[1] ?? 0n) + (wins[1]?.[0] ?? 0n);
  for (const [i, row] of wins.entries()) {
    if (row.length !== wins.length)
      throw new SolverError(`row ${i} has ${row.length} entries for ${wins.length} answers`);
    for (const [k, won] of row.entries()) {
      if (k === i) continue;
      const lost = wins[k]?.[i] ?? 0n;
      if (won <= 0n || won + lost !== pairWeight) {
        throw new SolverError(
          `answers ${i} and ${k} win ${won} and ${lost} against each other, not ${pairWeight} in all`,
        );
      }
    }
  }
}

/** In wad, as a floating-point number. */
function inWhole(wad: bigint): number {
  return Number(wad) / 1e18;
}
