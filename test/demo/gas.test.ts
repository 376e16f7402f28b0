import { expect } from "chai";
import { averageGas } from "../../scripts/demo/gas.ts";

describe("the gas of a demo", () => {
  const byKind = new Map([["vote", [1_000n, 1_001n]]]);

  it("is averaged by kind, rounded down", () => {
    expect(averageGas(byKind, "vote")).to.equal("1,000");
  });

  it("is a dash for a kind that nobody sent", () => {
    expect(averageGas(byKind, "stake")).to.equal("–");
  });
});
