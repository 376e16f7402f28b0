import { expect } from "chai";
import type { QueryOutcome } from "../../scripts/demo/queries/figures.ts";
import { modelChecks, shareChecks } from "../../scripts/demo/queries/model.ts";
import { type PlannedQuery, planQueries } from "../../scripts/demo/queries/plan.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { winMatrixOf } from "../../sdk/query/weights.ts";
import { usdc } from "../fixtures/amounts.ts";
import { smallSkating } from "./queries-fixtures.ts";

const { people, queries } = planQueries(smallSkating());
const [, , single, , allBad] = queries as [PlannedQuery, PlannedQuery, PlannedQuery, PlannedQuery, PlannedQuery];

/** The query that one answer is opened to, as the escrow settles it. */
function outcome(): QueryOutcome {
  const partOf = (person: number, staked: bigint, credited: bigint) => {
    return { person, name: people[person] as string, staked, credited };
  };
  const credits = [usdc(35), 0n, 0n];
  const asker = partOf(single.asker, usdc(35), usdc("10.5"));
  const answerers = single.answers.map(({ person, reach }, index) => {
    const isGood = reach === "opened" ? true : null;
    return { ...partOf(person, usdc("3.5"), credits[index] as bigint), reach, isGood, share: null, callers: 0 };
  });
  return {
    plan: single,
    queryId: 3n,
    outcome: Outcome.SingleAnswer,
    goodAnswers: 1n,
    goodJudges: 0n,
    strengths: [],
    winMatrix: [[0n]],
    asker,
    answerers,
    judges: [],
    parts: [asker, ...answerers],
    credited: usdc("45.5"),
    settleGas: 0n,
  };
}

/** Equations that fail where a settlement differs from the one of the reference, and by how much. */
function failures(changed: Partial<QueryOutcome>): [string, bigint][] {
  return modelChecks({ ...outcome(), ...changed })
    .filter(({ difference }) => difference !== 0n)
    .map(({ equation, difference }) => [equation, difference]);
}

describe("the reference settlement of the queries demo", () => {
  it("agrees with the escrow", () => {
    const checks = modelChecks(outcome());
    expect(checks).to.have.lengthOf(4 + 1 + 3 + 4);
    expect(failures({})).to.deep.equal([]);
  });

  it("notices a unit more staked than the rules have it", () => {
    const asker = { ...outcome().asker, staked: usdc(35) + 1n };
    expect(failures({ asker })).to.deep.equal([["#3: asker's stake = asker's stake in the model", 1n]]);
  });

  it("notices a unit that was credited to one instead of another", () => {
    const { asker, answerers } = outcome();
    const [first, ...others] = answerers;
    const more = [{ ...first, credited: usdc(35) + 1n }, ...others] as QueryOutcome["answerers"];
    const less = { ...asker, credited: asker.credited - 1n };
    expect(failures({ asker: less, answerers: more })).to.deep.equal([
      ["#3: asker's credit = asker's credit in the model", -1n],
      ["#3: hana's credit = hana's credit in the model", 1n],
    ]);
  });

  it("notices a unit credited to somebody absent", () => {
    const [first, second, ...others] = outcome().answerers;
    const answerers = [first, { ...second, credited: 1n }, ...others] as QueryOutcome["answerers"];
    expect(failures({ answerers })).to.deep.equal([["#3: sara's credit = sara's credit in the model", 1n]]);
  });

  for (const [what, changed, difference] of [
    ["outcome", { outcome: Outcome.NoVotes }, 1n],
    ["good answers", { goodAnswers: 3n }, 2n],
    ["good judges", { goodJudges: 1n }, 1n],
  ] as const) {
    it(`notices other ${what}`, () => {
      expect(failures(changed)).to.deep.equal([[`#3: ${what} = ${what} in the model`, difference]]);
    });
  }

  it("notices another win matrix, entry by entry", () => {
    const winMatrix = [
      [0n, 3n],
      [4n, 0n],
    ];
    expect(failures({ winMatrix })).to.deep.equal([["#3: win matrix = win matrix in the model", 7n]]);
  });

  it("fails where it would refuse the strengths that settled the query", () => {
    const votes = allBad.votes.filter(({ reach }) => reach === "opened");
    const winMatrix = winMatrixOf(votes, 4n);
    const strengths = solveStrengths(winMatrix).map((strength, index) => (index === 0 ? 2n * strength : strength));
    const [refusal] = modelChecks({ ...outcome(), plan: allBad, winMatrix, strengths }).slice(-1);
    expect(refusal?.difference).to.equal(1n);
    expect(refusal?.equation).to.match(
      /^#3: settled = refused by the model: StrengthsRejected \(index=0, residual=\d+/,
    );
  });

  it("compares shares of strength with those calculated elsewhere", () => {
    const [first] = outcome().answerers;
    const answerers = [{ ...first, name: "hughes", share: 2_454_300_597n }] as QueryOutcome["answerers"];
    const [hughes, slutskaya] = shareChecks({ ...outcome(), answerers });
    expect([hughes, slutskaya]).to.deep.equal([
      { equation: "hughes's share of strength = reference, in 1e-10", difference: 1n },
      { equation: "slutskaya's share of strength = reference, in 1e-10", difference: -2_454_300_596n },
    ]);
  });
});
