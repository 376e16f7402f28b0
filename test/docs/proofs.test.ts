import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { propertiesOf } from "../../scripts/prove/check.ts";
import { describeOutcome, readProofs } from "../../scripts/prove/main.ts";
import { tableAfter } from "./tables.ts";

describe("docs/proofs.md", () => {
  it("lists every property of test/proofs/, once", async () => {
    const page = await readFile(new URL("../../docs/proofs.md", import.meta.url), "utf8");
    const listed = tableAfter(page, "<!-- proofs:").map(([property]) => property);
    const stated = (await readProofs()).flatMap(propertiesOf).map((property) => `\`${property}\``);
    expect(listed).to.have.members(stated);
  });

  it("finds a property in every contract of test/proofs/", async () => {
    for (const proofs of await readProofs()) {
      expect(propertiesOf(proofs)).to.have.length(proofs.source.match(/^contract /gm)?.length ?? 0);
      expect(propertiesOf(proofs)).to.have.length(proofs.source.match(/^ {4}function prove\(/gm)?.length ?? 0);
    }
  });
});

describe("npm run prove", () => {
  it("tells of a proof, and of how many conditions", () => {
    expect(describeOutcome("A", { holding: 3, open: [] }, false)).to.equal("  A: proved (3 conditions)");
  });

  it("tells what could not be proved, each reason once", () => {
    const outcome = { holding: 3, open: ["Overflow might happen here.", "Overflow might happen here."] };
    expect(describeOutcome("A", outcome, false)).to.equal("  A: NOT PROVED (Overflow might happen here.)");
  });

  it("tells that a proof is to no purpose", () => {
    const said = "  A: PROVES NOTHING (its assumptions contradict one another)";
    expect(describeOutcome("A", { holding: 3, open: [] }, true)).to.equal(said);
  });
});
