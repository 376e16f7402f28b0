import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { MOST_FIRST_LOAD } from "../../scripts/dapp/budget.ts";
import { ASSET } from "../../scripts/dapp/networks.ts";
import { SEEDED_DAYS } from "../../scripts/start/seed.ts";
import { inWords } from "./words.ts";

const textOf = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const [page, readme, start] = await Promise.all(["docs/dapp.md", "README.md", "scripts/start/main.ts"].map(textOf));

describe("docs/dapp.md", () => {
  it("says how long the history of a local chain is", () => {
    expect(page).to.include(`history of ${inWords(BigInt(SEEDED_DAYS))} days`);
  });

  it("names the budget of the first load", () => {
    expect(page).to.include(`over ${MOST_FIRST_LOAD / 1_000} KB of script, gzipped`);
  });

  it("names the port that the app is served at", () => {
    const [, port] = /"--dapp-port <number>", [^,]+, toPort, (\d+)/.exec(start ?? "") ?? [];
    expect(page).to.include(`http://127.0.0.1:${port}`);
    expect(readme).to.include(`127.0.0.1:${port}`);
  });

  it("says what asset the app shows amounts of", () => {
    expect(page).to.include(`as ${ASSET.symbol} with ${ASSET.decimals} decimals`);
  });

  it("has a row for each part of the app", async () => {
    const parts = await readdir(new URL("../../dapp/src/", import.meta.url), { withFileTypes: true });
    const folders = parts.filter((part) => part.isDirectory()).map(({ name }) => name);
    const told = [...(page ?? "").matchAll(/`src\/(\w+)\/`/g)].map(([, name]) => name);
    expect(told).to.have.members(folders);
  });
});

describe("README.md on the app", () => {
  it("shows pictures that are there", async () => {
    const shown = [...(readme ?? "").matchAll(/!\[[^\]]+\]\((docs\/images\/\w+\.png)\)/g)].map(
      ([, path]) => path ?? "",
    );
    expect(shown).to.have.length.above(3);
    const there = await readdir(new URL("../../docs/images/", import.meta.url));
    expect(there.map((name) => `docs/images/${name}`)).to.include.members(shown);
  });
});
