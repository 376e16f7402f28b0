import { expect } from "chai";
import { randomSalt } from "../../sdk/salt.ts";

describe("randomSalt", () => {
  it("draws 32 bytes, others each time", () => {
    const salts = Array.from({ length: 100 }, randomSalt);
    expect(new Set(salts).size).to.equal(100);
    for (const salt of salts) expect(salt).to.match(/^0x[0-9a-f]{64}$/);
  });
});
