import { expect } from "chai";
import { splitPool } from "../../sdk/query/shares.ts";

describe("query shares", () => {
  it("are in proportion to weights", () => {
    expect(splitPool(80n, [5n, 3n])).to.deep.equal([50n, 30n]);
  });

  it("are rounded down, the rest going to the largest", () => {
    expect(splitPool(10n, [1n, 2n, 1n])).to.deep.equal([2n, 6n, 2n]);
  });

  it("are rounded down, the rest going to the first of the largest", () => {
    expect(splitPool(11n, [1n, 2n, 2n])).to.deep.equal([2n, 5n, 4n]);
  });

  it("are largest after rounding, whatever the weights", () => {
    expect(splitPool(11n, [999n, 1_000n])).to.deep.equal([6n, 5n]);
  });

  it("are equal where all weights are 0", () => {
    expect(splitPool(8n, [0n, 0n, 0n])).to.deep.equal([4n, 2n, 2n]);
  });

  it("are nothing for a weight of 0 among others", () => {
    expect(splitPool(9n, [0n, 2n])).to.deep.equal([0n, 9n]);
  });

  it("go to the first where there is less than a unit for each", () => {
    expect(splitPool(1n, [1n, 1n])).to.deep.equal([1n, 0n]);
  });
});
