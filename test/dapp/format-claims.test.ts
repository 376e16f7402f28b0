import { expect } from "chai";
import { briefClaim, claimProblem, shownClaim, tidyClaim } from "../../dapp/src/format/claims.ts";

const CLAIM = "Juneau is the capital of Alaska";

describe("texts of claims", () => {
  it("are the same where they look the same", () => {
    for (const text of [
      ` ${CLAIM}\n`,
      CLAIM.replace(" ", "  "),
      CLAIM.replaceAll(" ", "\u00a0"),
      CLAIM.replace(" ", "\r\n"),
    ]) {
      expect(tidyClaim(text)).to.equal(CLAIM);
    }
    expect(tidyClaim("Cafe\u0301s")).to.equal("Caf\u00e9s");
  });

  it("have something in them", () => {
    for (const text of ["", " \n "]) expect(claimProblem(text)).to.equal("Say what is claimed.");
    expect(claimProblem(` ${CLAIM} `)).to.equal(undefined);
    expect(claimProblem("Œuvres: 漢字, שלום, 100 %")).to.equal(undefined);
  });

  it("have no characters that nobody sees", () => {
    for (const unseen of ["\u200b", "\u202e", "\u0000", "\u00ad", "\u2066", "\u3164", "\ud800", "\u{e0041}"]) {
      expect(claimProblem(`Juneau${unseen} is the capital`), unseen.codePointAt(0)?.toString(16)).to.be.a("string");
    }
  });

  it("are cut off in lists, between characters", () => {
    expect(briefClaim(CLAIM)).to.equal(CLAIM);
    expect(briefClaim("👩".repeat(300))).to.equal(`${"👩".repeat(280)}…`);
  });

  describe("of others", () => {
    it("are shown as they are", () => {
      expect(shownClaim(CLAIM)).to.deep.equal({ text: CLAIM, isDoubtful: false });
    });

    it("are doubtful where they look like another claim", () => {
      const disguises = [`${CLAIM} `, CLAIM.replace(" ", "\u00a0"), `Juneau\u200b${CLAIM.slice(6)}`, `\u202e${CLAIM}`];
      for (const text of disguises) expect(shownClaim(text)).to.deep.equal({ text: CLAIM, isDoubtful: true });
      expect(shownClaim("Juneau\u200d is").isDoubtful).to.equal(true);
      expect(shownClaim("Cafe\u0301s")).to.deep.equal({ text: "Caf\u00e9s", isDoubtful: true });
    });
  });
});
