import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { Interface, type JsonFragment } from "ethers";
import hre from "hardhat";
import { checkFigures, checkLimits, formatChange, riseOf } from "../../scripts/bench/check.ts";
import {
  type Figures,
  parseFigures,
  sameFigures,
  selectSuites,
  serializeFigures,
} from "../../scripts/bench/figures.ts";
import { updatePage } from "../../scripts/bench/page.ts";
import { chooseSuites, type Suite } from "../../scripts/bench/suite.ts";
import { suites } from "../../scripts/bench/suites.ts";
import { drawTable, formatFigure, tablesOf } from "../../scripts/bench/tables.ts";
import { CredenceError } from "../../sdk/errors.ts";

const notMeasured = () => Promise.reject(new Error("tests of the check measure nothing"));

const bakery: Suite = {
  name: "bakery",
  contracts: [],
  rows: [
    { task: "bake", entryPoints: ["Oven.bake"], target: { reference: 200_000n, goal: 100_500n, floor: 90_000n } },
    { task: "sell", entryPoints: ["Shop.sell"] },
  ],
  exempt: {},
  measure: notMeasured,
  growth: [
    {
      dimension: "loaves",
      levels: [10, 100, 1_000],
      checkLevels: [10, 1_000],
      toleranceGas: 50n,
      measure: notMeasured,
    },
  ],
  capacity: { unit: "loaves", measure: notMeasured },
};

const brewery: Suite = {
  name: "brewery",
  contracts: [],
  rows: [{ task: "brew", entryPoints: ["Kettle.brew"], target: { goal: 45_000n, reach: 30_000n } }],
  exempt: {},
  measure: notMeasured,
  growth: [],
};

function figures(changes: { bake?: bigint; at1000?: bigint; loaves?: bigint; oven?: bigint } = {}): Figures {
  const { bake = 100_000n, at1000 = 70_050n, loaves = 1_000n, oven = 20_000n } = changes;
  return {
    gas: { bakery: { bake, sell: 50_000n } },
    growth: { bakery: { loaves: { sell: { 10: 70_000n, 1000: at1000 } } } },
    capacities: { bakery: { bake: loaves } },
    sizes: { Oven: oven },
  };
}

function without(task: string): Figures {
  const rows = Object.entries(figures().gas.bakery ?? {}).filter(([name]) => name !== task);
  return { ...figures(), gas: { bakery: Object.fromEntries(rows) } };
}

describe("gas check", () => {
  const check = (committed: Figures, measured: Figures) => checkFigures(committed, measured, [bakery]);

  it("finds nothing where nothing changed", () => {
    expect(check(figures(), figures())).to.deep.equal([]);
  });

  it("lets a row rise by 1 % exactly", () => {
    expect(check(figures({ bake: 200_000n }), figures({ bake: 202_000n }))).to.deep.equal([]);
  });

  it("fails a row that rises by more than 1 %, with was, is and percent", () => {
    expect(check(figures({ bake: 200_000n }), figures({ bake: 202_001n }))).to.deep.equal([
      { row: "bakery: bake", problem: "was 200000, is 202001, +1.0 %", isFailure: true },
    ]);
  });

  it("fails a row that rises above its goal within 1 %", () => {
    expect(check(figures(), figures({ bake: 100_501n }))).to.deep.equal([
      { row: "bakery: bake", problem: "was 100000, is 100501, +0.5 %, above the goal of 100500", isFailure: true },
    ]);
  });

  it("notes a row that falls by more than 1 % without failing", () => {
    expect(check(figures(), figures({ bake: 97_000n }))).to.deep.equal([
      {
        row: "bakery: bake",
        problem: "was 100000, is 97000, -3.0 %: commit the better figure with --update",
        isFailure: false,
      },
    ]);
  });

  it("fails a committed row that is not measured any more", () => {
    expect(check(figures(), without("sell"))).to.deep.equal([
      { row: "bakery: sell", problem: "was 50000, not measured any more", isFailure: true },
    ]);
  });

  it("fails a measured row without a committed figure", () => {
    expect(check(without("sell"), figures())).to.deep.equal([
      { row: "bakery: sell", problem: "is 50000, no committed figure", isFailure: true },
    ]);
  });

  it("fails a suite without committed figures", () => {
    const findings = check({ ...figures(), gas: {} }, figures());
    expect(findings.map(({ row, isFailure }) => [row, isFailure])).to.deep.equal([
      ["bakery: bake", true],
      ["bakery: sell", true],
    ]);
  });

  it("fails gas that grows by more than its tolerance, with the gas at each level", () => {
    expect(check(figures(), figures({ at1000: 70_051n }))).to.deep.equal([
      {
        row: "bakery: growth of sell with loaves",
        problem: "70000 at 10, 70051 at 1000; may rise by 50",
        isFailure: true,
      },
    ]);
  });

  it("lets gas fall from level to level", () => {
    expect(check(figures(), figures({ at1000: 60_000n }))).to.deep.equal([]);
  });

  it("finds the greatest rise between any two levels", () => {
    expect(riseOf({ 10: 900n, 100: 500n, 1000: 650n, 10000: 600n })).to.equal(150n);
    expect(riseOf({ 10: 900n, 100: 500n })).to.equal(0n);
  });

  it("lets a capacity fall by 1 % exactly", () => {
    expect(check(figures(), figures({ loaves: 990n }))).to.deep.equal([]);
  });

  it("fails a capacity that falls by more than 1 %", () => {
    expect(check(figures(), figures({ loaves: 989n }))).to.deep.equal([
      { row: "bakery: capacity of bake", problem: "was 1000, is 989, -1.1 %", isFailure: true },
    ]);
  });

  it("notes a capacity that rises by more than 1 % without failing", () => {
    expect(check(figures(), figures({ loaves: 1_011n }))).to.deep.equal([
      {
        row: "bakery: capacity of bake",
        problem: "was 1000, is 1011, +1.1 %: commit the better figure with --update",
        isFailure: false,
      },
    ]);
  });

  it("fails a capacity without a committed figure", () => {
    expect(check({ ...figures(), capacities: {} }, figures())).to.deep.equal([
      { row: "bakery: capacity of bake", problem: "is 1000, no committed figure", isFailure: true },
    ]);
  });

  it("lets a run leave out capacities as a whole", () => {
    expect(check(figures(), { ...figures(), capacities: {} })).to.deep.equal([]);
  });

  it("fails a committed growth that is not measured any more", () => {
    const measured = { ...figures(), growth: { bakery: { loaves: { bake: { 10: 1n } } } } };
    expect(check(figures(), measured)).to.deep.equal([
      { row: "bakery: growth of sell with loaves", problem: "not measured any more", isFailure: true },
    ]);
  });

  it("lets a run leave out growth as a whole", () => {
    expect(check(figures(), { ...figures(), growth: { bakery: {} } })).to.deep.equal([]);
  });

  it("fails code that grows by more than 1 %", () => {
    expect(check(figures(), figures({ oven: 20_201n }))).to.deep.equal([
      { row: "code size of Oven", problem: "was 20000, is 20201, +1.0 %", isFailure: true },
    ]);
  });

  it("fails code above 24,576 bytes whatever was committed", () => {
    expect(checkLimits(figures({ oven: 24_577n }), [bakery])).to.deep.equal([
      { row: "code size of Oven", problem: "is 24577, the limit is 24576", isFailure: true },
    ]);
  });

  it("allows code of 24,576 bytes", () => {
    expect(checkLimits(figures({ oven: 24_576n }), [bakery])).to.deep.equal([]);
  });

  it("writes changes in percent with one decimal, towards zero", () => {
    expect(formatChange(300n, 301n)).to.equal("+0.3 %");
    expect(formatChange(300n, 299n)).to.equal("-0.3 %");
    expect(formatChange(100n, 250n)).to.equal("+150.0 %");
  });
});

describe("committed figures", () => {
  it("are read as they were written", () => {
    expect(parseFigures(serializeFigures(figures()))).to.deep.equal(figures());
  });

  it("differ where one figure differs by one unit", () => {
    expect(sameFigures(figures(), figures())).to.equal(true);
    expect(sameFigures(figures(), figures({ bake: 100_001n }))).to.equal(false);
  });

  for (const [what, text, message] of [
    ["text that is no JSON", "{", "the committed figures are no JSON"],
    ["a missing part", '{"gas":{},"growth":{},"capacities":{}}', "at=sizes"],
    ["a number in place of digits", '{"gas":{"bakery":{"bake":1}},"growth":{},"sizes":{}}', "at=gas > bakery > bake"],
    ["a figure too high up", '{"gas":{"bakery":"1"},"growth":{},"sizes":{}}', "at=gas > bakery"],
    ["a figure too deep", '{"gas":{},"growth":{},"capacities":{},"sizes":{"Oven":{"code":"1"}}}', "at=sizes > Oven"],
  ] as const) {
    it(`are refused with ${what}`, () => {
      expect(() => parseFigures(text)).to.throw(CredenceError, message);
    });
  }
});

describe("choice of gas suites", () => {
  const both = [bakery, brewery];

  it("is all of them for no names", () => {
    expect(chooseSuites(both, [])).to.deep.equal(both);
  });

  it("is those that are named", () => {
    expect(chooseSuites(both, ["brewery"])).to.deep.equal([brewery]);
  });

  it("is refused with a name that no suite has", () => {
    expect(() => chooseSuites(both, ["bakery", "dairy"])).to.throw(CredenceError, "unknown=dairy");
  });

  it("leaves the figures of other suites out, and keeps the sizes", () => {
    const { sizes } = figures();
    expect(selectSuites(figures(), [brewery])).to.deep.equal({ gas: {}, growth: {}, capacities: {}, sizes });
  });
});

describe("gas tables", () => {
  const tables = tablesOf(figures({ bake: 100_501n }), [bakery]);

  it("put gas beside reference, saving, floor and goal, and say which goal is missed", () => {
    expect(tables[0]?.rows).to.deep.equal([
      ["bake", "100,501", "200,000", "49 %", "90,000", "100,500", "over"],
      ["sell", "50,000", "-", "-", "-", "-", ""],
    ]);
  });

  it("put the gas of an operation at each level beside their spread", () => {
    expect(tables[1]?.rows).to.deep.equal([["sell", "70,000", "70,050", "50", "flat"]]);
  });

  it("say where gas grows and where it falls", () => {
    const verdictAt = (at1000: bigint) => tablesOf(figures({ at1000 }), [bakery])[1]?.rows[0]?.at(-1);
    expect([70_051n, 60_000n].map(verdictAt)).to.deep.equal(["grows", "falls"]);
  });

  it("put what fits into a transaction beside what it does", () => {
    expect(tables[2]?.rows).to.deep.equal([["bake", "1,000"]]);
  });

  it("leave out the columns that no row has", () => {
    const [rows] = tablesOf({ ...figures(), gas: { brewery: { brew: 35_000n } } }, [brewery]);
    expect([rows?.head, ...(rows?.rows ?? [])]).to.deep.equal([
      ["task", "gas", "reach", "goal", "verdict"],
      ["brew", "35,000", "30,000", "45,000", "ok"],
    ]);
  });

  it("put code beside its limit", () => {
    expect(tables[3]?.rows).to.deep.equal([["Oven", "20,000", "24,576", "81 %", "ok"]]);
  });

  it("leave out the growth and the capacities of a run that did not measure them", () => {
    expect(tablesOf({ ...figures(), growth: {}, capacities: {} }, [bakery])).to.have.length(2);
  });

  it("are drawn with every cell", () => {
    const drawn = tables.map(drawTable).join("\n");
    for (const cell of tables.flatMap(({ rows }) => rows.flat())) expect(drawn).to.include(cell);
  });

  it("group digits by three", () => {
    expect([7n, 999n, 1_000n, 16_777_216n].map(formatFigure)).to.deep.equal(["7", "999", "1,000", "16,777,216"]);
  });
});

describe("gas page", () => {
  const begin = (name: string) => `<!-- figures of ${name}: written by npm run bench -- --update -->`;
  const end = (name: string) => `<!-- end of figures of ${name} -->`;
  const [bakeryBegin, bakeryEnd] = [begin("bakery"), end("bakery")];
  const code = `${begin("code")}${end("code")}`;

  it("has the figures of each suite, and of the code, where their markers are", () => {
    const page = updatePage(`${code}${bakeryBegin}${bakeryEnd}`, figures(), [bakery]);
    const [ofCode, ofBakery] = page.split(end("code"));
    expect(ofCode).to.include("| Oven | 20,000 |").and.not.include("| sell |");
    expect(ofBakery).to.include("| sell | 50,000 |").and.not.include("| Oven |");
  });

  it("keeps what stands around the markers", () => {
    const page = updatePage(`Before.\n${bakeryBegin}\nold\n${bakeryEnd}\nAfter.\n${code}`, figures(), [bakery]);
    expect(page)
      .to.match(/^Before\.\n/)
      .and.match(/\nAfter\.\n/)
      .and.not.match(/\nold\n/);
  });

  it("is the same when it is written again", () => {
    const page = updatePage(`${bakeryBegin}${bakeryEnd}${code}`, figures(), [bakery]);
    expect(updatePage(page, figures(), [bakery])).to.equal(page);
  });

  for (const markers of [
    "",
    bakeryBegin,
    bakeryEnd,
    `${bakeryEnd}${bakeryBegin}`,
    `${bakeryBegin}${bakeryEnd}${bakeryBegin}${bakeryEnd}`,
    `${bakeryBegin}${bakeryEnd}${bakeryEnd}`,
  ]) {
    it(`is refused with the markers ${JSON.stringify(markers)}`, () => {
      expect(() => updatePage(`${markers}${code}`, figures(), [bakery])).to.throw(CredenceError, "each marker once");
    });
  }

  it("is refused with markers of a suite that there is not", () => {
    const page = `${bakeryBegin}${bakeryEnd}${begin("dairy")}${end("dairy")}${code}`;
    expect(() => updatePage(page, figures(), [bakery])).to.throw(CredenceError, "unknown=dairy");
  });

  it("of the project shows the committed figures", async () => {
    const page = await readFile(new URL("../../docs/gas.md", import.meta.url), "utf8");
    const baseline = await readFile(new URL("../../scripts/bench/baseline.json", import.meta.url), "utf8");
    expect(updatePage(page, parseFigures(baseline), suites)).to.equal(page);
  });
});

for (const suite of suites) {
  describe(`gas suite ${suite.name}`, () => {
    const measured = suite.rows.flatMap(({ entryPoints }) => entryPoints);

    it("names each task once", () => {
      const tasks = suite.rows.map(({ task }) => task);
      expect(tasks).to.deep.equal([...new Set(tasks)]);
    });

    it("checks growth at some of the levels that are committed, which rise", () => {
      for (const { levels, checkLevels } of suite.growth) {
        expect(levels).to.deep.equal([...levels].sort((a, b) => a - b));
        expect(levels).to.include.members([...checkLevels]);
        expect(checkLevels).to.have.length.above(1);
      }
    });

    it("has a row, or a reason to have none, for every state-changing function and for nothing else", async () => {
      const functions = await Promise.all(suite.contracts.map(stateChangingFunctions));
      const named = new Set([...measured, ...Object.keys(suite.exempt)]);
      expect([...named].sort()).to.deep.equal(functions.flat().sort());
    });
  });
}

async function stateChangingFunctions(contract: string): Promise<string[]> {
  const { abi } = await hre.artifacts.readArtifact(contract);
  const names: string[] = [];
  new Interface(abi as readonly JsonFragment[]).forEachFunction(({ constant, name }) => {
    if (!constant) names.push(`${contract}.${name}`);
  });
  return names;
}
