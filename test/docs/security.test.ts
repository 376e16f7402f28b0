import { expect } from "chai";
import { missingOf, numbersIn, rowsOf, sectionOf, testsIn, textOf } from "./named-tests.ts";
import { tableAfter } from "./tables.ts";

const SECTIONS = ["Whom it trusts, and with what", "Known limits", "Threats"] as const;

/** What a row without a test has to say. */
const UNBOUNDED = "Nothing here";

const page = await textOf("SECURITY.md");

const [parties = [], limits = [], threats = []] = SECTIONS.map((heading) => rowsOf(sectionOf(page, heading)));

/** The tests that a row names in its last cell. */
const testsOf = (row: readonly string[]) => testsIn(row.at(-1) ?? "");

/** Rows of docs/attacks.md: what each tells, and the tests that it names, as one word each. */
const attacks = rowsOf(await textOf("docs/attacks.md")).map(([, , told = "", tests = ""]) => ({
  told,
  tests: testsIn(tests, "test/economics/").map(nameOf),
}));

function nameOf({ path, title }: { readonly path: string; readonly title: string }): string {
  return `${path}: ${title}`;
}

describe("SECURITY.md", () => {
  it("has as many cells in each row as its table has columns", () => {
    expect(parties.filter((row) => row.length !== 5)).to.deep.equal([]);
    expect([...limits, ...threats].filter((row) => row.length !== 4)).to.deep.equal([]);
  });

  it("tells of parties, limits and threats", () => {
    expect(parties.length).to.be.greaterThan(12);
    expect(limits.length).to.be.greaterThan(15);
    expect(threats.length).to.be.greaterThan(40);
  });

  for (const row of [...parties, ...limits, ...threats]) {
    const [name = ""] = row;
    if (row.at(-1) === "–") {
      it(`says that nothing bounds what no test shows: ${name}`, () => {
        expect(row.at(-2)).to.include(UNBOUNDED);
      });
    } else {
      it(`names tests that exist: ${name}`, async () => {
        expect(await missingOf(testsOf(row))).to.deep.equal([]);
      });
    }
  }

  it("tells of every role of docs/roles.md", async () => {
    const told = parties.map(([party]) => party).join("\n");
    for (const [role = ""] of tableAfter(await textOf("docs/roles.md"), "<!-- roles:"))
      expect(told).to.match(new RegExp(`\\broles? (\\w+ and )?${role}\\b`));
  });

  for (const row of limits) {
    it(`names tests of docs/attacks.md: ${row[0]}`, () => {
      const known = attacks.flatMap(({ tests }) => tests);
      expect(known).to.include.members(testsOf(row).map(nameOf));
    });
  }

  for (const row of [...limits, ...threats]) {
    const [name = "", , told = ""] = row;
    it(`tells numbers of its tests' titles, or of the attacks that name the same tests: ${name}`, () => {
      const own = testsOf(row).map(nameOf);
      const titles = testsOf(row).map(({ title }) => title);
      const measured = attacks.filter(({ tests }) => tests.some((test) => own.includes(test)));
      const known = numbersIn([...titles, ...measured.map((attack) => attack.told)].join("\n"));
      expect([...numbersIn(told)].filter((number) => !known.has(number))).to.deep.equal([]);
    });
  }
});
