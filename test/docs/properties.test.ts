import { access, readdir } from "node:fs/promises";
import { expect } from "chai";
import config from "../../hardhat.config.ts";
import { DEFAULT_CALLS, INPUTS, MECHANISMS, SHAPES } from "../../scripts/campaigns/rounds.ts";
import { rowsOf, textOf } from "./named-tests.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine } from "./words.ts";

const ROOT = new URL("../../", import.meta.url);
const SOLIDITY = "test/solidity/";

const page = await textOf("docs/properties.md");

/** Rows of properties: id, sentence, where it is tested, strength. */
const properties = rowsOf(page).filter(([id = ""]) => /^[A-Z]\d+$/.test(id));

const solidityFiles = (await readdir(new URL(SOLIDITY, ROOT), { recursive: true }))
  .map((file) => `${SOLIDITY}${file.replaceAll("\\", "/")}`)
  .filter((file) => file.endsWith(".sol"));

const grouped = (value: number) => value.toLocaleString("en");

/** The ids in the name of an invariant, `S1toS3B1` for S1, S2, S3 and B1. */
function idsOf(name: string): string[] {
  return [...name.matchAll(/([A-Z])(\d+)(?:to\1(\d+))?/g)].flatMap(([, letter, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${letter}${Number(first) + i}`),
  );
}

/** The files that a row names, those of Solidity tests without their folder. */
async function isThere(file: string): Promise<boolean> {
  if (!file.includes("/")) return solidityFiles.some((path) => path.endsWith(`/${file}`));
  return access(new URL(file, ROOT)).then(
    () => true,
    () => false,
  );
}

describe("docs/properties.md", () => {
  it("gives each property an id of its own, a sentence, a test and a strength", () => {
    expect(properties.length).to.be.greaterThan(80);
    expect(new Set(properties.map(([id]) => id))).to.have.length(properties.length);
    for (const [id, sentence = "", tests = "", strength = ""] of properties) {
      expect(sentence, id).to.match(/\.$/);
      expect(tests, id).to.match(/`[^`]+`/);
      expect(strength, id).to.match(/^(invariant|fuzz|example|random histories)\b/);
    }
  });

  it("names only files that exist", async () => {
    const named = properties.flatMap(([, , tests = ""]) =>
      [...tests.matchAll(/`([\w./-]+\.(?:sol|ts))`/g)].map(([, file = ""]) => file),
    );
    const found = await Promise.all(named.map(isThere));
    expect(named.filter((_, i) => !found[i])).to.deep.equal([]);
  });

  it("names every file of Solidity tests", () => {
    const tests = solidityFiles.filter((file) => file.endsWith(".t.sol")).map((file) => file.split("/").at(-1));
    expect(tests.filter((file) => !page.includes(`\`${file}\``))).to.deep.equal([]);
  });

  it("has every property that an invariant names", async () => {
    const campaigns = solidityFiles.filter((file) => file.endsWith(".invariants.t.sol"));
    const names = (await Promise.all(campaigns.map(textOf))).flatMap((text) =>
      [...text.matchAll(/function invariant_(\w+?)_/g)].map(([, name = ""]) => name),
    );
    expect(names).to.have.length.greaterThan(10);
    expect(properties.map(([id]) => id)).to.include.members(names.flatMap(idsOf));
  });

  it("says how long usual and long campaigns are", () => {
    const { fuzz, invariant } = (config.test?.solidity ?? {}) as Record<"fuzz" | "invariant", Record<string, number>>;
    const said = inOneLine(page);
    expect(said).to.include(`${invariant.runs} runs x ${invariant.depth} calls`);
    expect(said).to.include(`${fuzz.runs} inputs`);
    for (const { runs, depth } of Object.values(SHAPES)) {
      expect(said).to.include(`${runs} runs x ${grouped(depth)} calls`);
    }
    expect(said).to.include(`${grouped(INPUTS)} inputs`);
    expect(said).to.include(`${grouped(DEFAULT_CALLS)} calls`);
  });

  it("tells of the campaigns of every mechanism, with calls that are rounds of their shape", () => {
    const rows = tableAfter(page, "<!-- campaigns");
    expect(rows.map(([name]) => name)).to.deep.equal(MECHANISMS);
    for (const [name, campaigns, rounds, calls] of rows) {
      const product = Number(campaigns) * Number(rounds) * SHAPES.most.runs * SHAPES.most.depth;
      expect(calls, name).to.equal(grouped(product));
    }
  });
});
