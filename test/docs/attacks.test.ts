import { readdir } from "node:fs/promises";
import { expect } from "chai";
import { PROCESSED_BEFORE_SLASH } from "../../sdk/argument/model.ts";
import { MAX_ERAS } from "../../sdk/argument/queue.ts";
import { MAX_PARTICIPANTS } from "../../sdk/stake/serum.ts";
import { ACT, MIN_AGENT_STAKE } from "../fixtures/council.ts";
import { MOST } from "../fixtures/queries.ts";
import { missingOf, type NamedTest, numbersIn, rowsOf, testsIn, textOf } from "./named-tests.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = "test/economics/";

/** What rows tell beside the figures of `test/economics/`: of tests elsewhere. */
const CONSTANTS = [PROCESSED_BEFORE_SLASH, BigInt(MAX_ERAS), MAX_PARTICIPANTS, BigInt(MOST), MIN_AGENT_STAKE / ACT(1)];

/** A row of any table of the page. */
interface Row {
  attack: string;
  mechanism: string;
  told: string;
  tests: NamedTest[];
}

/** All rows of all tables of the page. */
const rows: readonly Row[] = rowsOf(await textOf("docs/attacks.md")).map(
  ([attack = "", mechanism = "", told = "", tests = ""]) => ({
    attack,
    mechanism,
    told,
    tests: testsIn(tests, FOLDER),
  }),
);

/** A file of tests without the titles: a title proves no number. */
const bodyOf = (text: string): string => text.replaceAll(/(it|describe)\((["`]).*?\2/g, "");

describe("docs/attacks.md", () => {
  it("has rows that name a mechanism and a test", () => {
    const broken = rows.filter(({ mechanism, tests }) => mechanism === "" || tests.some(({ title }) => title === ""));
    expect(broken).to.deep.equal([]);
    expect(rows.length).to.be.greaterThan(50);
  });

  for (const { attack, told, tests } of rows) {
    it(`names tests that exist: ${attack}`, async () => {
      expect(await missingOf(tests)).to.deep.equal([]);
    });

    it(`tells numbers that its tests compare: ${attack}`, async () => {
      const own = tests.filter(({ path }) => path.startsWith(FOLDER));
      const compared = numbersIn(
        (await Promise.all(own.map(async ({ path }) => bodyOf(await textOf(path))))).join("\n"),
      );
      for (const constant of CONSTANTS) compared.add(String(constant));
      expect([...numbersIn(told)].filter((number) => !compared.has(number))).to.deep.equal([]);
    });
  }

  it("names every file of test/economics", async () => {
    const named = new Set(rows.flatMap(({ tests }) => tests.map(({ path }) => path)));
    const files = await readdir(new URL(FOLDER, ROOT));
    expect(files.map((file) => FOLDER + file).filter((file) => !named.has(file))).to.deep.equal([]);
  });

  it("is about tests whose titles tell numbers that they compare", async () => {
    const untold: string[] = [];
    for (const file of await readdir(new URL(FOLDER, ROOT))) {
      const text = await textOf(FOLDER + file);
      const compared = numbersIn(bodyOf(text));
      for (const [, title = ""] of text.matchAll(/it\("([^"]+)"/g))
        untold.push(
          ...[...numbersIn(title)].filter((number) => !compared.has(number)).map((number) => `${title}: ${number}`),
        );
    }
    expect(untold).to.deep.equal([]);
  });
});
