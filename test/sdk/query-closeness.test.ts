import { expect } from "chai";
import { closenessAsFraction, closenessOf, closenessWeightDown, goodJudgesOf } from "../../sdk/query/closeness.ts";
import { EQUAL_WITHIN } from "../../sdk/query/weights.ts";
import { WAD } from "../fixtures/amounts.ts";

/** Wins in wad. */
const whole = (...wins: bigint[]) => wins.map((each) => each * WAD);

/** Closeness of judges of four answers, who have twelve halves to gain. */
const closenessOfAll = (...halves: bigint[]) => halves.map((each) => ({ halves: each, of: 12n }));

describe("query closeness", () => {
  it("is all halves for the same order", () => {
    expect(closenessOf([2, 0, 1], whole(20n, 10n, 30n))).to.deep.equal({ halves: 6n, of: 6n });
  });

  it("is nothing for the opposite order", () => {
    expect(closenessOf([1, 0, 2], whole(20n, 10n, 30n))).to.deep.equal({ halves: 0n, of: 6n });
  });

  it("loses two halves for each pair ordered the other way", () => {
    expect(closenessOf([2, 1, 0], whole(20n, 10n, 30n))).to.deep.equal({ halves: 4n, of: 6n });
  });

  for (const ranking of [
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    it(`gains one half of a tie, ordered as in ${ranking.join(", ")}`, () => {
      expect(closenessOf(ranking, whole(10n, 10n, 30n))).to.deep.equal({ halves: 5n, of: 6n });
    });
  }

  it("gains one half of wins that differ by a billionth, one way", () => {
    expect(closenessOf([0, 1], [WAD, WAD + EQUAL_WITHIN])).to.deep.equal({ halves: 1n, of: 2n });
  });

  it("gains one half of wins that differ by a billionth, the other way", () => {
    expect(closenessOf([0, 1], [WAD + EQUAL_WITHIN, WAD])).to.deep.equal({ halves: 1n, of: 2n });
  });

  it("gains both halves of wins that differ by more than a billionth", () => {
    expect(closenessOf([0, 1], [WAD + EQUAL_WITHIN + 1n, WAD])).to.deep.equal({ halves: 2n, of: 2n });
  });

  it("is half where all tie", () => {
    expect(closenessOf([0, 1, 2], whole(10n, 10n, 10n))).to.deep.equal({ halves: 3n, of: 6n });
  });

  it("is shown as a fraction of one", () => {
    expect(closenessAsFraction({ halves: 9n, of: 12n })).to.equal(0.75);
  });

  it("weighs 2^64 for a half", () => {
    expect(closenessWeightDown({ halves: 1n, of: 12n })).to.equal(2n ** 64n);
  });

  it("weighs eight times that for four halves", () => {
    expect(closenessWeightDown({ halves: 4n, of: 12n })).to.equal(2n ** 67n);
  });

  it("weighs nothing where it is 0", () => {
    expect(closenessWeightDown({ halves: 0n, of: 12n })).to.equal(0n);
  });

  // 12^3 = 1,728
  it("weighs its power of 1.5, rounded down", () => {
    const weight = closenessWeightDown({ halves: 12n, of: 12n });
    const square = 1_728n * 2n ** 128n;
    expect([weight ** 2n <= square, (weight + 1n) ** 2n > square]).to.deep.equal([true, true]);
  });
});

describe("query closeness: good judges", () => {
  for (const [what, halves, good] of [
    ["the one of one", [0n], [0]],
    ["both of two", [3n, 12n], [0, 1]],
    ["two of three", [4n, 2n, 6n], [0, 2]],
    ["three of four", [4n, 2n, 6n, 8n], [0, 2, 3]],
    ["three of five", [2n, 10n, 4n, 6n, 8n], [1, 3, 4]],
    ["seventeen of 32", Array.from({ length: 32 }, (_, i) => BigInt(i)), Array.from({ length: 17 }, (_, i) => 15 + i)],
    ["all who tie at the cut", [6n, 2n, 4n, 4n, 4n], [0, 2, 3, 4]],
    ["not those who tie below the cut", [6n, 6n, 6n, 4n, 4n], [0, 1, 2]],
    ["all of three who tie", [6n, 6n, 6n], [0, 1, 2]],
  ] as const) {
    it(`are ${what}`, () => {
      expect(goodJudgesOf(closenessOfAll(...halves))).to.deep.equal(good);
    });
  }

  it("are none where nobody voted", () => {
    expect(goodJudgesOf([])).to.deep.equal([]);
  });
});
