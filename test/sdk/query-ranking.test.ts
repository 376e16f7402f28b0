import { expect } from "chai";
import { packRanking, unpackRanking, validateRanking } from "../../sdk/query/ranking.ts";
import { indicesBelow, indicesIn, setOf } from "../../sdk/query/sets.ts";
import { expectQueryRevert } from "./query-fixtures.ts";

const THIRTY_TWO = indicesBelow(32n);

describe("query rankings", () => {
  it("may name every answer once in any order", () => {
    expect(() => validateRanking([3, 0, 2, 1], 4n)).to.not.throw();
  });

  for (const [what, ranking] of Object.entries({
    "leaves out an answer": [0, 1],
    "names an answer twice": [0, 1, 1],
    "names an answer twice and all others": [0, 1, 2, 1],
    "names an answer that there is not": [0, 1, 3],
    "is empty": [],
  })) {
    it(`reverts when a ranking of three answers ${what}`, () => {
      expectQueryRevert(() => validateRanking(ranking, 3n), "NotPermutation", [3n]);
    });
  }

  // 2 + 0 * 32 + 1 * 1,024
  it("are packed five bits a place, the best lowest", () => {
    expect(packRanking([2, 0, 1])).to.equal(1_026n);
  });

  it("of 32 answers fit in 160 bits", () => {
    expect(packRanking(THIRTY_TWO) >> 155n).to.equal(31n);
  });

  it("are unpacked as they were packed", () => {
    const ranking = [...THIRTY_TWO].reverse();
    expect(unpackRanking(packRanking(ranking), 32n)).to.deep.equal(ranking);
  });
});

describe("query sets", () => {
  it("have bit i for index i", () => {
    expect(setOf([0, 2, 31])).to.equal(0x80000005n);
  });

  it("have an index once that is named twice", () => {
    expect(setOf([1, 1])).to.equal(0b10n);
  });

  it("list their indices in ascending order", () => {
    expect(indicesIn(0x80000005n)).to.deep.equal([0, 2, 31]);
  });

  it("may be empty", () => {
    expect(indicesIn(setOf([]))).to.deep.equal([]);
  });
});
