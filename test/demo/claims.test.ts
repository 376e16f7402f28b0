import { expect } from "chai";
import { keccak256 } from "ethers";
import { claimIdOf } from "../../sdk/claims.ts";

describe("claim ids", () => {
  it("are keccak256 of the claim's text in UTF-8", () => {
    const text = "Bogotá is the capital of Colombia";
    expect(claimIdOf(text)).to.equal(keccak256(Buffer.from(text, "utf8")));
  });

  it("keep apart texts that differ by a space", () => {
    expect(claimIdOf("Reno is the capital of Nevada")).to.not.equal(claimIdOf("Reno is the capital of Nevada "));
  });
});
