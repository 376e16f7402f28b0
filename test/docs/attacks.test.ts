import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { PROCESSED_BEFORE_SLASH } from "../../sdk/argument/model.ts";
import { MAX_ERAS } from "../../sdk/argument/queue.ts";
import { MAX_PARTICIPANTS } from "../../sdk/stake/serum.ts";
import { ACT, MIN_AGENT_STAKE } from "../fixtures/council.ts";
import { MOST } from "../fixtures/queries.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = "test/economics/";

/** What rows tell beside the figures of `test/economics/`: of tests elsewhere. */
const CONSTANTS = [PROCESSED_BEFORE_SLASH, BigInt(MAX_ERAS), MAX_PARTICIPANTS, BigInt(MOST), MIN_AGENT_STAKE / ACT(1)];

const textOf = (path: string): Promise<string> => readFile(new URL(path, ROOT), "utf8");

const page = await textOf("docs/attacks.md");

/** A test that a row names. */
interface Named {
  path: string;
  title: string;
}

/** A row of any table of the page. */
interface Row {
  attack: string;
  mechanism: string;
  told: string;
  tests: Named[];
}

/** All rows of all tables of the page. */
const rows: readonly Row[] = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| attack |"))
  .map((line) => {
    const [attack = "", mechanism = "", told = "", tests = ""] = line.slice(2, -2).split(" | ");
    return { attack, mechanism, told, tests: tests.split("<br>").map(namedIn) };
  });

/** A test as a cell names it: its file and its title. */
function namedIn(cell: string): Named {
  const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/.exec(cell) ?? [];
  return { path: file.includes("/") ? file : `${FOLDER}${file}`, title };
}

/** Whether a file has a test, or a group of tests, of that title. */
function hasTitle(text: string, title: string): boolean {
  const titles = [`it("${title}"`, `describe("${title}"`, `it(\`${title}\``, `function ${title}(`];
  return titles.some((each) => text.includes(each));
}

/** The numbers of a text, each as plain digits: 1,490 and 1_490 are 1490, and 0.034140 is 0.03414. */
function numbersIn(text: string): Set<string> {
  const found = text.match(/\d[\d,_]*(\.\d+)?/g) ?? [];
  return new Set(found.map((each) => plain(each.replaceAll(/[,_]/g, ""))));
}

const plain = (digits: string): string => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);

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
      const found = await Promise.all(tests.map(async ({ path, title }) => hasTitle(await textOf(path), title)));
      expect(tests.filter((_, index) => !found[index])).to.deep.equal([]);
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
