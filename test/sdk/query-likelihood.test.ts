import { expect } from "chai";
import { max, sum } from "../../sdk/math.ts";
import { checkStrengths, likelihoodOf, MAX_STRENGTH } from "../../sdk/query/likelihood.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { type WinMatrix, winMatrixOf } from "../../sdk/query/weights.ts";
import { WAD } from "../fixtures/amounts.ts";
import { isAccepted } from "./query-adversary.ts";
import { CROWDS, SIZES } from "./query-crowds.ts";
import { expectQueryRevert, voteOf } from "./query-fixtures.ts";

/** One judge, who ranks answer 0 above answer 1: wins 1.5 and 0.5, pairs weigh 2, strengths 3 to 1. */
const PAIR = winMatrixOf([voteOf({ ranking: [0, 1], good: [] })], 2n);
const PAIR_WEIGHT = 2n * WAD;
const ONE = 2n ** 55n;
/** 1e-9 of the weight of one comparison, times 2^55. */
const TOLERANCE = (PAIR_WEIGHT * ONE) / 10n ** 9n;

describe("query likelihood", () => {
  it("has no residual for exact strengths", () => {
    expect(likelihoodOf(PAIR, [3n, 1n])).to.deep.equal({ residuals: [0n, 0n], tolerance: TOLERANCE });
  });

  // 2^56 / 3 rounded down is (2^56 - 1) / 3
  it("rounds the chance of the later of two answers down, and that of the earlier up", () => {
    const { residuals } = likelihoodOf(PAIR, [1n, 2n]);
    const [chance, rest] = [(2n ** 56n - 1n) / 3n, (ONE + 1n) / 3n];
    const differences = [(3n * WAD * ONE) / 2n - PAIR_WEIGHT * rest, PAIR_WEIGHT * chance - (WAD * ONE) / 2n];
    expect(residuals).to.deep.equal(differences);
  });

  it("has residuals that cancel: what some answers have too much, others have too little", () => {
    const matrix = winMatrixOf(CROWDS.random?.(7, 5) ?? [], 7n);
    const { residuals } = likelihoodOf(matrix, [1n, 2n, 3n, 4n, 5n, 6n, 7n]);
    expect(2n * max(...residuals) <= sum(residuals)).to.equal(true);
  });
});

describe("query likelihood: check", () => {
  /** Strengths that sum to 2^55, so that chances are exact: `off` steps of 2^-55 from the solution. */
  const offBy = (off: bigint) => [ONE - ONE / 4n - off, ONE / 4n + off];

  // 2^55 / 1e9 = 36,028,797.02
  it("accepts strengths as far off as the tolerance", () => {
    expect(() => checkStrengths(PAIR, offBy(36_028_797n))).to.not.throw();
  });

  it("reverts when strengths are a step further off than the tolerance", () => {
    const residual = 36_028_798n * PAIR_WEIGHT;
    expectQueryRevert(() => checkStrengths(PAIR, offBy(36_028_798n)), "StrengthsRejected", [0n, residual, TOLERANCE]);
  });

  it("reverts when strengths are a step further off to the other side", () => {
    const residual = 36_028_798n * PAIR_WEIGHT;
    expectQueryRevert(() => checkStrengths(PAIR, offBy(-36_028_798n)), "StrengthsRejected", [0n, residual, TOLERANCE]);
  });

  // the wins are 2, 3 and 1; equal strengths foretell 2 to each
  it("reverts for the first answer that is too far off", () => {
    const matrix = winMatrixOf([voteOf({ ranking: [1, 0, 2], good: [] })], 3n);
    const tolerance = (2n * PAIR_WEIGHT * ONE) / 10n ** 9n;
    expectQueryRevert(() => checkStrengths(matrix, [1n, 1n, 1n]), "StrengthsRejected", [1n, WAD * ONE, tolerance]);
  });

  for (const [given, strengths] of [
    [0n, []],
    [1n, [1n]],
    [3n, [3n, 1n, 1n]],
  ] as const) {
    it(`reverts when there are ${given} strengths for two answers`, () => {
      expectQueryRevert(() => checkStrengths(PAIR, strengths), "StrengthsLengthMismatch", [given, 2n]);
    });
  }

  it("reverts when a strength is 0", () => {
    expectQueryRevert(() => checkStrengths(PAIR, [3n, 0n]), "StrengthOutOfRange", [1n, 0n, 1n, 2n ** 200n]);
  });

  it("reverts when a strength is above 2^200", () => {
    const above = 2n ** 200n + 1n;
    expectQueryRevert(() => checkStrengths(PAIR, [above, 1n]), "StrengthOutOfRange", [0n, above, 1n, 2n ** 200n]);
  });

  for (const [kind, crowd] of Object.entries(CROWDS)) {
    for (const [answers, judges] of SIZES) {
      describe(`of ${answers} answers and ${judges} judges, ${kind}`, () => {
        let matrix: WinMatrix;
        let strengths: bigint[];
        before(() => {
          matrix = winMatrixOf(crowd(answers, judges), BigInt(answers));
          strengths = solveStrengths(matrix);
        });

        it("accepts the solution", () => {
          expect(isAccepted(matrix, strengths)).to.equal(true);
        });

        it("refuses it with any one strength a millionth greater", () => {
          expect(accepted(matrix, moved(strengths, 1_000_001n))).to.deep.equal([]);
        });

        it("refuses it with any one strength a millionth smaller", () => {
          expect(accepted(matrix, moved(strengths, 999_999n))).to.deep.equal([]);
        });

        it("accepts it in any scale up to 2^200", () => {
          const strongest = max(...strengths);
          const scales = [1n, 3n, 2n ** 20n, 10n ** 15n, MAX_STRENGTH / strongest].map((by) =>
            strengths.map((p) => by * p),
          );
          const greatest = strengths.map((p) => (p * MAX_STRENGTH) / strongest);
          const small = strengths.map((p) => p / 2n ** 60n);
          expect(accepted(matrix, [...scales, greatest, small])).to.have.length(scales.length + 2);
        });
      });
    }
  }
});

/** Those of some strengths that are accepted. */
function accepted(matrix: WinMatrix, candidates: readonly (readonly bigint[])[]): (readonly bigint[])[] {
  return candidates.filter((strengths) => isAccepted(matrix, strengths));
}

/** Strengths with each of them in turn made `millionths` of itself. */
function moved(strengths: readonly bigint[], millionths: bigint): bigint[][] {
  return strengths.map((_, i) => strengths.map((p, k) => (k === i ? (p * millionths) / 1_000_000n : p)));
}
