import { expect } from "chai";
import { rowsOf, sectionOf, textOf } from "./named-tests.ts";

/** Where rules of solhint are, and what the page calls that. */
const PLACES = new Map([
  ["", "all"],
  ["contracts/mocks/", "mocks"],
  ["test/", "tests"],
]);

describe("what solhint does not ask", () => {
  it("is every rule that is off, and no other, each with its reason", async () => {
    const rows = rowsOf(sectionOf(await textOf("CONTRIBUTING.md"), "What solhint does not ask"));
    expect(rows.filter(([, , reason = ""]) => reason.length < 10)).to.deep.equal([]);
    const told = rows.flatMap(([rule = "", places = ""]) =>
      places.split(", ").map((place) => `${rule.replaceAll("`", "")} in ${place}`),
    );
    expect(told.toSorted()).to.deep.equal((await rulesOff()).toSorted());
  });
});

async function rulesOff(): Promise<string[]> {
  const off: string[] = [];
  for (const [folder, place] of PLACES) {
    const { rules } = JSON.parse(await textOf(`${folder}.solhint.json`));
    for (const [rule, setting] of Object.entries(rules)) if (setting === "off") off.push(`${rule} in ${place}`);
  }
  return off;
}
