import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { indicesBelow, setOf } from "../../sdk/query/sets.ts";
import { payoutsOf } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { stakesFor } from "../../sdk/query/stakes.ts";
import { type Vote, winMatrixOf } from "../../sdk/query/weights.ts";
import { readSkating, type Skating, voteOf } from "./query-fixtures.ts";

/** Strengths as shares of their sum, as others solved them, to ten digits. */
const SHARES = {
  hughes: "0.2454300596",
  slutskaya: "0.2454300596",
  kwan: "0.1942791697",
  cohen: "0.1108535701",
  suguri: "0.0557900319",
  luca: "0.0001549295",
};

describe("query model on the skating judges of 2002", () => {
  let skating: Skating;
  let votes: readonly Vote[];
  let strengths: readonly bigint[];
  before(async () => {
    skating = await readSkating();
    const good = indicesBelow(5n);
    votes = skating.rankings.map((ranking) => voteOf({ ranking, good }));
    strengths = solveStrengths(winMatrixOf(votes, 23n));
  });

  const strengthOf = (skater: string) => strengths[skating.skaters.indexOf(skater)] ?? 0n;

  it("has nine judges of 23 skaters", () => {
    expect([skating.skaters.length, skating.rankings.map(({ length }) => length)]).to.deep.equal([
      23,
      Array.from({ length: 9 }, () => 23),
    ]);
  });

  for (const [skater, share] of Object.entries(SHARES)) {
    it(`gives ${skater} ${share} of all strength`, () => {
      const scaled = (strengthOf(skater) * 10n ** 18n) / sum(strengths);
      expect((Number(scaled) / 1e18).toFixed(10)).to.equal(share);
    });
  }

  it("ties hughes and slutskaya to the unit", () => {
    expect(strengthOf("hughes")).to.equal(strengthOf("slutskaya"));
  });

  it("pays the five whom all judges call good by these strengths, and nobody else", () => {
    const tally = { ...stakesFor(0n, 23n, 6n), openedAnswers: 23n, absentAnswerers: 0n, votes, absentJudges: 0n };
    expect(payoutsOf(tally, strengths).goodAnswers).to.equal(setOf(indicesBelow(5n)));
  });
});
