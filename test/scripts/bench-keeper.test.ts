import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { TURNS_PER_POSITION } from "../../scripts/bench/keeper/life.ts";
import type { LoadResult } from "../../scripts/bench/keeper/load.ts";
import {
  JUDGES,
  MOST_ANSWERS,
  participantsLoad,
  queriesLoad,
  STAKES_PER_ARGUMENT,
  stakesLoad,
} from "../../scripts/bench/keeper/loads.ts";
import { benchKeeper, USUAL_SIZES } from "../../scripts/bench/keeper/main.ts";
import { MEASURED_AT, MOST_GROWTH, MOST_PASSES, type Soaking, SPAN } from "../../scripts/bench/keeper/soak.ts";
import { loadTable, problemsOf, soakTable } from "../../scripts/bench/keeper/tables.ts";
import { LEAST } from "../../scripts/bench/suites/query-stage.ts";
import { DAY } from "../../sdk/time.ts";
import { Collector } from "../demo/fixtures.ts";
import { tableAfter } from "../docs/tables.ts";
import { inOneLine, inWords } from "../docs/words.ts";

const page = await readFile(new URL("../../docs/keeper.md", import.meta.url), "utf8");

const MEBIBYTE = 2 ** 20;

/** A pass over four queries, all settled by it unless `given` says otherwise. */
function result(given: Partial<LoadResult> = {}): LoadResult {
  const run = { transactions: 5, gas: 1_234_567n, seconds: 1.25, isAllDone: true };
  const peak = { rss: 300 * MEBIBYTE, heap: 50.5 * MEBIBYTE };
  return { name: "queries", count: 4, doneBefore: 0, done: 4, ...run, peak, ...given };
}

/** A run over 2,000 blocks in which the heap grew by `growth` bytes. */
function soaking(growth = 0, isAllDone = true): Soaking {
  const sample = (blocks: number, heap: number) => ({ blocks, passes: blocks / 10, transactions: blocks / 5, heap });
  return { samples: [sample(200, 40 * MEBIBYTE), sample(2_000, 40 * MEBIBYTE + growth)], isAllDone };
}

/** Runs the command; its exit code, and what it wrote. */
async function run(...args: readonly string[]) {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const code = await benchKeeper(args, { stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** The cells of the row of a drawn table that begins with a cell. */
function rowOf(drawn: string, first: string): string[] {
  const lines = drawn.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
  return lines.find((cells) => cells[1] === first)?.slice(1, -1) ?? [];
}

describe("bench keeper", function () {
  this.timeout(120_000);

  it("prepares a little of everything, has the keeper do it, and prints what that took", async () => {
    const sizes = ["--participants", "3", "--stakes", "11", "--queries", "1", "--blocks", "20"];
    const { code, stdout, stderr } = await run(...sizes);
    expect(code, stdout).to.equal(0);
    for (const [name, count, transactions] of [
      ["participants of an epoch", "3", "2"], // settle, distribute
      ["expired stakes", "11", "1"],
      ["queries", "1", "1"],
    ] as const) {
      const cells = rowOf(stdout, name);
      expect([...cells.slice(0, 4), cells.at(-1)]).to.deep.equal([name, count, count, transactions, "done"]);
    }
    for (const [blocks, passes] of [
      ["2", "2"],
      ["10", "10"],
      ["20", "20"],
    ] as const) {
      expect(rowOf(stdout, blocks)[1]).to.equal(passes);
    }
    expect(stdout).to.include("All is done, and memory is flat");
    expect(stderr)
      .to.match(/^keeper: .* preparing participants of an epoch$/m)
      .and.match(/^keeper: 20 of 20 .* mining$/m);
  });

  for (const [flag, given, range] of [
    ["--participants", "0", "from 1 to 10000"],
    ["--stakes", "many", "from 1 to 5000"],
    ["--queries", "1001", "from 1 to 1000"],
    ["--blocks", "9", "from 10 to 1000000"],
  ] as const) {
    it(`refuses ${flag} ${given}, and measures nothing`, async () => {
      const { code, stdout, stderr } = await run(flag, given);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr).to.include(`option '${flag} <number>' argument '${given}' is invalid`).and.include(range);
    });
  }

  it("refuses a flag of the gas figures", async () => {
    expect(await run("--check")).to.deep.include({ code: 1, stderr: "error: unknown option '--check'\n" });
  });

  it("puts the figures of a pass into a row", () => {
    expect(loadTable([result()]).rows).to.deep.equal([
      ["queries", "4", "4", "5", "1,234,567", "308,641", "1.3", "300.0", "50.5", "done"],
    ]);
  });

  it("puts the heap beside the blocks", () => {
    expect(soakTable(soaking(MEBIBYTE)).rows).to.deep.equal([
      ["200", "20", "40", "40.0"],
      ["2,000", "200", "400", "41.0"],
    ]);
  });

  it("finds no fault where all was done and the heap grew by no more than is allowed", () => {
    expect(problemsOf([result()], soaking(MOST_GROWTH))).to.deep.equal([]);
  });

  for (const [when, given, problem] of [
    ["the contracts know of work left undone", { done: 3 }, "of the queries the keeper has done 3 of 4"],
    ["work was done before the keeper began", { doneBefore: 1 }, "of the queries 1 were done before the keeper began"],
    [
      "the keeper could not do something",
      { isAllDone: false },
      "of the queries all are done, and yet the keeper says that something failed",
    ],
  ] as const) {
    it(`fails where ${when}`, () => {
      expect(problemsOf([result(given)], soaking())).to.deep.equal([problem]);
      expect(loadTable([result(given)]).rows[0]?.at(-1)).to.equal("not done");
    });
  }

  it("fails where something was left undone while blocks were mined", () => {
    expect(problemsOf([], soaking(0, false))).to.deep.equal([
      "while blocks were mined the keeper left something undone",
    ]);
  });

  it("fails where the heap grew by more than is allowed", () => {
    expect(problemsOf([], soaking(MOST_GROWTH + MEBIBYTE))).to.deep.equal([
      "the heap grew by 5.0 MiB, allowed are 4.0",
    ]);
  });
});

describe("docs/keeper.md on the keeper's load", () => {
  const prose = inOneLine(page);
  const figure = (count: number) => count.toLocaleString("en");

  it("has a row for everything that is measured, in the usual sizes", () => {
    const { participants, stakes, queries } = USUAL_SIZES;
    const expected = Object.entries({
      [participantsLoad.name]: participants,
      [stakesLoad.name]: stakes,
      [queriesLoad.name]: queries,
    });
    const rows = tableAfter(page, "<!-- load:").map(([due, items]) => [due, items]);
    expect(rows).to.deep.equal(expected.map(([name, count]) => [name, figure(count)]));
  });

  it("says what is measured", () => {
    expect(prose).to.include(`one in ${inWords(STAKES_PER_ARGUMENT)} of the stakes is an argument's own`);
    expect(prose).to.include(`the queries have ${LEAST} to ${MOST_ANSWERS} answers and the votes of ${JUDGES} judges`);
    expect(prose).to.include(
      `${figure(USUAL_SIZES.blocks)} blocks are mined, over ${SPAN / DAY} days of the chain's time`,
    );
    expect(prose).to.include(`before one in ${TURNS_PER_POSITION} somebody stakes in the council`);
    expect(prose).to.include(`by more than ${MOST_GROWTH / MEBIBYTE} MiB`);
  });

  it("divides the gas by the items", () => {
    const bare = (cell = "") => Number(cell.replaceAll(",", ""));
    for (const [, items, , gas, each] of tableAfter(page, "<!-- load:")) {
      expect(bare(each)).to.equal(Math.floor(bare(gas) / bare(items)));
    }
  });

  it("has the heap at the blocks at which it is measured, within what is allowed", () => {
    const rows = tableAfter(page, "<!-- heap:");
    expect(rows.map(([blocks]) => blocks)).to.deep.equal(
      MEASURED_AT.map((percent) => figure((USUAL_SIZES.blocks * percent) / 100)),
    );
    expect(rows.at(-1)?.[1]).to.equal(figure(MOST_PASSES));
  });
});
