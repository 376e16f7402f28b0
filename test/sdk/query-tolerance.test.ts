import { expect } from "chai";
import { setOf } from "../../sdk/query/sets.ts";
import { payoutsOf, type Tally } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { stakesFor } from "../../sdk/query/stakes.ts";
import { type Vote, type WinMatrix, winMatrixOf } from "../../sdk/query/weights.ts";
import { type Direction, isAccepted, movedAlong, softestDirection } from "./query-adversary.ts";
import { CROWDS, SIZES } from "./query-crowds.ts";

/** Whose strengths are moved against each other: far apart either way, next to each other, in between where a payout moves most. */
const pairsOf = (answers: number) =>
  [
    [0, answers - 1],
    [answers - 1, 0],
    [0, 1],
    [(5 * answers) >> 3, (3 * answers) >> 3],
  ] as const;

/** A query of 32 answerers, of whom some deliver nothing: the more is forfeited, the more depends on strengths. */
const tallyOf = (votes: readonly Vote[], answers: number): Tally => ({
  ...stakesFor(42n, 32n, 18n),
  openedAnswers: BigInt(answers),
  absentAnswerers: BigInt(32 - answers),
  votes,
  absentJudges: 0n,
});

describe("query tolerance", () => {
  for (const [kind, crowd] of Object.entries(CROWDS)) {
    for (const [answers, judges] of SIZES) {
      it(`leaves payouts to a millionth with ${answers} answers and ${judges} judges, ${kind}`, () => {
        const votes = crowd(answers, judges);
        const matrix = winMatrixOf(votes, BigInt(answers));
        const strengths = solveStrengths(matrix);
        const changes = pairsOf(answers).flatMap((pair) => {
          const direction = softestDirection(matrix, strengths, pair);
          const choices = [1, -1].map((sign) => furthestAccepted(matrix, strengths, direction, sign));
          // all answers are good, or the two alone, to whom all else is forfeited
          const onlyPair = votes.map((vote) => ({ ...vote, goodAnswers: setOf(pair) }));
          return [votes, onlyPair].flatMap((each) => changesBetween(tallyOf(each, answers), choices));
        });
        expect(changes.filter((change) => change > answers)).to.deep.equal([]);
      });
    }
  }
});

/** The strengths furthest along a direction that are accepted. */
function furthestAccepted(matrix: WinMatrix, strengths: readonly bigint[], direction: Direction, sign: number) {
  const strengthsAt = (times: number) => movedAlong(strengths, direction, sign * times);
  let [within, beyond] = [0, 64];
  for (let step = 0; step < 16; step++) {
    const between = (within + beyond) / 2;
    if (isAccepted(matrix, strengthsAt(between))) within = between;
    else beyond = between;
  }
  expect(within, "how far the tolerance was reached").to.be.greaterThan(0.9);
  return strengthsAt(within);
}

/**
 * By how many units the payouts of answerers differ between two choices of strengths, beyond a millionth of themselves.
 */
function changesBetween(tally: Tally, choices: readonly (readonly bigint[])[]): bigint[] {
  const [one, other] = choices.map((strengths) => payoutsOf(tally, strengths).answerers);
  return (one ?? []).map((paid, index) => {
    const change = paid - (other?.[index] ?? 0n);
    return (change < 0n ? -change : change) - paid / 1_000_000n;
  });
}
