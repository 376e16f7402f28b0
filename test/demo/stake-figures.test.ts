import { expect } from "chai";
import { figuresOf, hasMoved, movesOf, verdictsOf } from "../../scripts/demo/stake/figures.ts";
import { wadOf } from "../../scripts/demo/stake/plan.ts";
import { outcome, voice } from "./stake-fixtures.ts";

describe("the figures of the stake demo", () => {
  it("take the three verdicts each from its own source", () => {
    const verdicts = [
      outcome({ heads: [2, 1], consensus: 0.4, isSurprisinglyPopular: false }),
      outcome({ heads: [1, 2], consensus: 0.6, isSurprisinglyPopular: false }),
      outcome({ heads: [1, 2], consensus: 0.4, isSurprisinglyPopular: true }),
    ].map(verdictsOf);
    expect(verdicts).to.deep.equal([
      { majority: true, meanBelief: false, surprisinglyPopular: false },
      { majority: false, meanBelief: true, surprisinglyPopular: false },
      { majority: false, meanBelief: false, surprisinglyPopular: true },
    ]);
  });

  it("have no verdict where heads or beliefs are tied", () => {
    expect(verdictsOf(outcome({ heads: [2, 2], consensus: 0.5 }))).to.include({ majority: null, meanBelief: null });
  });

  it("count the verdicts that are those of the truth, a tie for none", () => {
    const claims = [
      outcome({ actual: true, heads: [2, 1], consensus: 0.6, isSurprisinglyPopular: true }),
      outcome({ actual: false, heads: [2, 1], consensus: 0.6, isSurprisinglyPopular: false }),
      outcome({ actual: false, heads: [1, 1], consensus: 0.4, isSurprisinglyPopular: false }),
    ];
    expect(figuresOf(claims).rightVerdicts).to.deep.equal({ majority: 1, meanBelief: 2, surprisinglyPopular: 3 });
  });

  it("average what right and wrong voices gained or lost in parts of their lock", () => {
    const voices = [voice(true, 0n, 30n), voice(true, 10n, 0n), voice(false, 50n, 0n), voice(false, 0n, 0n)];
    expect(movesOf(voices)).to.deep.equal({ right: wadOf(0.1), wrong: -wadOf(0.25) });
  });

  it("weigh every answer alike, however many a claim has", () => {
    const few = outcome({ voices: [voice(true, 0n, 90n)] });
    const many = outcome({ voices: [voice(true, 0n, 0n), voice(true, 0n, 0n)] });
    expect(figuresOf([few, many]).moves).to.deep.equal({ right: wadOf(0.3), wrong: null });
  });

  it("have no average of nobody", () => {
    expect(movesOf([voice(false, 1n, 0n)]).right).to.equal(null);
  });

  for (const [moved, name, given] of [
    [true, "somebody pays and somebody wins", { pot: 1n }],
    [false, "the epoch is void, whatever was taken and given back", { isVoid: true, pot: 1n }],
    [false, "nobody pays", { pot: 0n }],
  ] as const) {
    it(`say that stake ${moved ? "moved" : "did not move"} where ${name}`, () => {
      expect(hasMoved(outcome(given))).to.equal(moved);
    });
  }
});
