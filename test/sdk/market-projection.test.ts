import { expect } from "chai";

import { CredenceError } from "../../sdk/errors.ts";
import { WAD } from "../../sdk/market/params.ts";
import { beliefAt, buildBeliefCurve, projectBelief, sampleBelief } from "../../sdk/market/projection.ts";
import { Side } from "../../sdk/market/side.ts";
import { at, CREATED_AT, market, NO_LIMIT, SMALL } from "./market-fixtures.ts";

describe("belief", () => {
  it("is one half without weight, and whole one second after the first support", () => {
    const model = market(SMALL);
    expect(model.belief(CREATED_AT)).to.equal(WAD / 2n);
    model.commit("alice", Side.Support, 300n, NO_LIMIT, CREATED_AT);
    expect(model.belief(CREATED_AT)).to.equal(WAD / 2n);
    expect(model.belief(at(1n))).to.equal(WAD);
  });

  it("weighs principal by age, rounded down", () => {
    const model = market({ ...SMALL, lateEntryFeeBaseBps: 0n, lateEntryFeeMaxBps: 0n });
    model.commit("alice", Side.Support, 300n, NO_LIMIT, CREATED_AT);
    model.commit("bob", Side.Oppose, 100n, NO_LIMIT, at(50n));
    expect(model.weight(Side.Oppose, at(100n))).to.equal(5_000n);
    expect(model.belief(at(100n))).to.equal(857_142_857_142_857_142n); // 30,000 / 35,000
    expect(projectBelief(model.state(at(50n)), at(50n), at(100n))).to.equal(857_142_857_142_857_142n);
  });

  it("is a curve that breaks where principal moves", () => {
    const curve = buildBeliefCurve([
      { time: 0n, side: Side.Support, principalDelta: 300n, depositedAt: 0n },
      { time: 50n, side: Side.Oppose, principalDelta: 100n, depositedAt: 50n },
      { time: 100n, side: Side.Support, principalDelta: -300n, depositedAt: 0n },
    ]);
    expect(curve.map(({ from, to }) => [from, to])).to.deep.equal([
      [0n, 50n],
      [50n, 100n],
      [100n, null],
    ]);
    const values = [-1n, 0n, 1n, 50n, 75n, 100n].map((time) => beliefAt(curve, time));
    // 75: 22,500 / (22,500 + 2,500)
    expect(values).to.deep.equal([WAD / 2n, WAD / 2n, WAD, WAD, (9n * WAD) / 10n, 0n]);
    expect(sampleBelief(curve, 0n, 100n, 3)).to.deep.equal([
      { time: 0n, wad: WAD / 2n },
      { time: 1n, wad: WAD },
      { time: 50n, wad: WAD },
      { time: 100n, wad: 857_142_857_142_857_142n }, // just before the exit
      { time: 100n, wad: 0n },
    ]);
  });

  it("refuses a history out of order, a projection into the past and a chart without span", () => {
    const change = { side: Side.Support, principalDelta: 1n, depositedAt: 0n };
    const history = [1n, 0n].map((time) => ({ ...change, time }));
    expect(() => buildBeliefCurve(history)).to.throw(CredenceError);
    expect(() => projectBelief(market(SMALL).state(CREATED_AT), 1n, 0n)).to.throw(CredenceError);
    expect(() => sampleBelief([], 1n, 1n, 2)).to.throw(CredenceError);
    expect(() => market(SMALL).state(at(-1n))).to.throw(CredenceError);
  });
});
