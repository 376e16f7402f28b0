import { expect } from "chai";
import { max } from "../../sdk/math.ts";
import { likelihoodOf } from "../../sdk/query/likelihood.ts";
import { SolverError, solveStrengths } from "../../sdk/query/solver.ts";
import { type WinMatrix, winMatrixOf, winsOf } from "../../sdk/query/weights.ts";
import { WAD } from "../fixtures/amounts.ts";
import { randomFrom } from "../fixtures/random.ts";
import { CROWDS, SIZES } from "./query-crowds.ts";
import { shuffled, voteOf } from "./query-fixtures.ts";

/** The largest residual is at most this part of what the contract accepts. */
const MARGIN = 1_000n;

const WEAKEST = 2n ** 110n;
const MAX_SPAN = 2n ** 27n;

const weakestOf = (strengths: readonly bigint[]) => strengths.reduce((least, each) => (each < least ? each : least));

describe("query solver", () => {
  for (const [kind, crowd] of Object.entries(CROWDS)) {
    for (const [answers, judges] of SIZES) {
      describe(`on ${answers} answers and ${judges} judges, ${kind}`, () => {
        let matrix: WinMatrix;
        let strengths: bigint[];
        before(() => {
          matrix = winMatrixOf(crowd(answers, judges), BigInt(answers));
          strengths = solveStrengths(matrix);
        });

        it("leaves a residual far below the tolerance", () => {
          const { residuals, tolerance } = likelihoodOf(matrix, strengths);
          expect(MARGIN * max(...residuals) <= tolerance, `${max(...residuals)} of ${tolerance}`).to.equal(true);
        });

        it("makes strengths from 2^110 to 2^137", () => {
          expect([weakestOf(strengths), max(...strengths) <= WEAKEST * MAX_SPAN]).to.deep.equal([WEAKEST, true]);
        });

        it("orders strengths as wins, to the unit where they are equal", () => {
          const wins = winsOf(matrix);
          const pairs = wins.flatMap((_, i) => wins.map((_, k) => [i, k] as const));
          const compare = (values: readonly bigint[]) =>
            pairs.map(([i, k]) => Math.sign(Number((values[i] ?? 0n) - (values[k] ?? 0n))));
          expect(compare(strengths)).to.deep.equal(compare(wins));
        });
      });
    }
  }

  it("finds the ratio of wins of two answers", () => {
    const matrix = winMatrixOf([voteOf({ ranking: [1, 0], good: [] })], 2n);
    expect(solveStrengths(matrix)).to.deep.equal([WEAKEST, 3n * WEAKEST]);
  });

  it("finds the same strengths to a part in 1e10 under other indices", () => {
    const matrix = winMatrixOf(CROWDS["random of any ranks"]?.(23, 9) ?? [], 23n);
    const order = shuffled(randomFrom(1), 23);
    const relabelled = order.map((i) => order.map((k) => matrix[i]?.[k] ?? 0n));
    const [expected, found] = [solveStrengths(matrix), solveStrengths(relabelled)];
    const differences = order.map((i, place) => Number(found[place]) / Number(expected[i]) - 1);
    expect(Math.max(...differences.map(Math.abs))).to.be.lessThan(1e-10);
  });

  for (const [count, matrix, strengths] of [
    ["no", [], []],
    ["one", [[0n]], [WEAKEST]],
  ] as const) {
    it(`takes a matrix of ${count} answer${count === "no" ? "s" : ""}`, () => {
      expect(solveStrengths(matrix)).to.deep.equal(strengths);
    });
  }

  for (const [what, matrix, message] of [
    ["is not square", [[0n, WAD], [WAD, 0n], []], "row 0 has 2 entries for 3 answers"],
    [
      "has rows of other lengths",
      [
        [0n, WAD],
        [WAD, 0n, WAD],
      ],
      "row 1 has 3 entries for 2 answers",
    ],
    [
      "has an answer without a win",
      [
        [0n, WAD],
        [0n, 0n],
      ],
      `answers 1 and 0 win 0 and ${WAD} against each other, not ${WAD} in all`,
    ],
    [
      "has pairs of other weights",
      [
        [0n, WAD, WAD],
        [WAD, 0n, WAD],
        [WAD, 2n * WAD, 0n],
      ],
      `answers 1 and 2 win ${WAD} and ${2n * WAD} against each other, not ${2n * WAD} in all`,
    ],
  ] as const satisfies readonly (readonly [string, WinMatrix, string])[]) {
    it(`throws for a matrix that ${what}`, () => {
      expect(() => solveStrengths(matrix)).to.throw(SolverError, message);
    });
  }
});
