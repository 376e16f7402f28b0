import { expect } from "chai";
import { areTied, EQUAL_WITHIN, goodAnswersOf, weightsOf, winMatrixOf, winsOf } from "../../sdk/query/weights.ts";
import { WAD } from "../fixtures/amounts.ts";
import { type Ballot, voteOf } from "./query-fixtures.ts";

/** `floor(1e18 * 10 / 21)`: one rank below the highest. */
const ONE_BELOW = 476_190_476_190_476_190n;
const HALF = WAD / 2n;

const ranked = (...ranks: bigint[]) => ranks.map((rank) => ({ rank }));
const goodBy = (...ballots: Omit<Ballot, "ranking">[]) =>
  goodAnswersOf(
    ballots.map((ballot) => voteOf({ ranking: [0, 1], ...ballot })),
    2n,
  );

describe("query weights", () => {
  it("of judges of one rank are 1", () => {
    expect(weightsOf(ranked(7n, 7n))).to.deep.equal([WAD, WAD]);
  });

  // 10 / 21 and 100 / 221
  it("of lower ranks are the chance of beating the highest, rounded down", () => {
    expect(weightsOf(ranked(4n, 6n, 5n))).to.deep.equal([452_488_687_782_805_429n, WAD, ONE_BELOW]);
  });

  // 1 / (1 + 1.1^42) = 1 / 55.76369...
  it("are at least a 56th", () => {
    expect(weightsOf(ranked(42n, 0n))[1]).to.be.greaterThan(WAD / 56n);
  });

  it("of nobody are none", () => {
    expect(weightsOf([])).to.deep.equal([]);
  });
});

describe("query weights: good answers", () => {
  it("are called so by half of the weight", () => {
    expect(goodBy({ good: [0] }, { good: [0, 1] }, { good: [1] }, { good: [0] })).to.deep.equal([0, 1]);
  });

  it("are not called so by less than half of the weight", () => {
    expect(goodBy({ good: [0] }, { good: [1] }, { good: [1] })).to.deep.equal([1]);
  });

  it("are not those that a judge of a lower rank alone calls good", () => {
    expect(goodBy({ good: [0], rank: 1n }, { good: [1], rank: 0n })).to.deep.equal([0]);
  });

  // 10 / 21 + 10 / 21 < 1, and a third makes them more than the highest
  it("are those that many judges of a lower rank call good", () => {
    const lower = { good: [1], rank: 0n };
    expect(goodBy({ good: [0], rank: 1n }, lower, lower, lower)).to.deep.equal([1]);
  });

  // 21 * 10/21 = 10, though each of the 21 weights is rounded down
  it("are called so by half of the weight but for what rounding took", () => {
    const higher = Array.from({ length: 10 }, () => ({ good: [0], rank: 1n }));
    const lower = Array.from({ length: 21 }, () => ({ good: [1], rank: 0n }));
    expect(goodBy(...higher, ...lower)).to.deep.equal([0, 1]);
  });

  it("may be none", () => {
    expect(goodBy({ good: [] })).to.deep.equal([]);
  });
});

describe("query weights: ties", () => {
  it("are of equal wins", () => {
    expect(areTied(WAD, WAD)).to.equal(true);
  });

  for (const sign of [1n, -1n]) {
    it(`are of wins that differ by ${sign * EQUAL_WITHIN}`, () => {
      expect(areTied(WAD, WAD + sign * EQUAL_WITHIN)).to.equal(true);
    });

    it(`are not of wins that differ by ${sign * (EQUAL_WITHIN + 1n)}`, () => {
      expect(areTied(WAD, WAD + sign * (EQUAL_WITHIN + 1n))).to.equal(false);
    });
  }
});

describe("query weights: win matrix", () => {
  const votes = [
    voteOf({ ranking: [1, 2, 0], good: [], rank: 1n }),
    voteOf({ ranking: [0, 1, 2], good: [], rank: 0n }),
  ];
  const matrix = winMatrixOf(votes, 3n);

  it("adds the weights of those who rank one above another, and half", () => {
    expect(matrix).to.deep.equal([
      [0n, ONE_BELOW + HALF, ONE_BELOW + HALF],
      [WAD + HALF, 0n, WAD + ONE_BELOW + HALF],
      [WAD + HALF, HALF, 0n],
    ]);
  });

  it("weighs every pair the same", () => {
    const pairs = [0, 1, 2].flatMap((i) => [0, 1, 2].filter((k) => k < i).map((k) => [i, k] as const));
    const weights = pairs.map(([i, k]) => (matrix[i]?.[k] ?? 0n) + (matrix[k]?.[i] ?? 0n));
    expect(weights).to.deep.equal(pairs.map(() => WAD + ONE_BELOW + WAD));
  });

  it("makes wins over all others", () => {
    expect(winsOf(matrix)).to.deep.equal([WAD + 2n * ONE_BELOW, 3n * WAD + ONE_BELOW, 2n * WAD]);
  });

  it("has halves where nobody voted", () => {
    expect(winMatrixOf([], 2n)).to.deep.equal([
      [0n, HALF],
      [HALF, 0n],
    ]);
  });

  it("is empty without answers", () => {
    expect(winMatrixOf([], 0n)).to.deep.equal([]);
  });
});
