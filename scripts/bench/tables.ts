import CliTable from "cli-table3";
import { MAX_CODE_SIZE, spreadOf } from "./check.ts";
import type { Figures } from "./figures.ts";
import type { GrowthSpec, RowSpec, Suite, Target } from "./suite.ts";

/** A table before it is drawn; every column but the first holds figures. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NOTHING = "-";

/** Everything a run measured, as tables: rows of each suite, its growth, and code sizes. */
export function tablesOf(figures: Figures, suites: readonly Suite[]): Table[] {
  return [
    ...suites.flatMap((suite) => [
      entryTable(figures, suite),
      ...suite.growth.flatMap((growth) => growthTable(figures, suite, growth)),
    ]),
    sizeTable(figures),
  ];
}

/** A table for the terminal. */
export function drawTable({ title, head, rows }: Table): string {
  const table = new CliTable({
    head: [...head],
    colAligns: head.map((_, column) => (column === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return `${title}\n${table.toString()}\n`;
}

/** A table for a page in Markdown. */
export function writeTable({ title, head, rows }: Table): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  const lines = [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `### ${title}\n\n${lines.join("\n")}\n`;
}

/** Digits in groups of three. */
export function formatFigure(figure: bigint): string {
  return figure.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

function entryTable(figures: Figures, suite: Suite): Table {
  return {
    title: `Gas of whole transactions: ${suite.name}`,
    head: ["task", "gas", "reference", "saved", "floor", "goal", "verdict"],
    rows: suite.rows.map((spec) => entryCells(spec, figures.gas[suite.name]?.[spec.task])),
  };
}

function entryCells({ task, target }: RowSpec, gas: bigint | undefined): string[] {
  if (gas === undefined) return [task, "not measured", ...targetCells(target), ""];
  if (target === undefined) return [task, formatFigure(gas), NOTHING, NOTHING, NOTHING, NOTHING, ""];
  const [reference, saved, floor, goal] = targetCells(target, gas);
  return [task, formatFigure(gas), reference, saved, floor, goal, gas <= target.goal ? "ok" : "over"];
}

/** Reference, saved, floor, goal. `saved` is measured against the least the reference needs, rounded down. */
function targetCells(target: Target | undefined, gas?: bigint): [string, string, string, string] {
  if (target === undefined) return [NOTHING, NOTHING, NOTHING, NOTHING];
  const { reference, goal, floor } = target;
  const range: readonly bigint[] = typeof reference === "bigint" ? [reference] : reference;
  const least = range[0] ?? 0n;
  return [
    range.map(formatFigure).join(" to "),
    gas === undefined || least === 0n ? NOTHING : `${((least - gas) * 100n) / least} %`,
    floor === undefined ? NOTHING : formatFigure(floor),
    formatFigure(goal),
  ];
}

function growthTable(figures: Figures, suite: Suite, { dimension, toleranceGas }: GrowthSpec): Table[] {
  const operations = Object.entries(figures.growth[suite.name]?.[dimension] ?? {});
  const levels = Object.keys(operations[0]?.[1] ?? {});
  if (levels.length === 0) return [];
  return [
    {
      title: `Growth of gas: ${suite.name}, by number of ${dimension} (flat: within ${toleranceGas})`,
      head: ["operation", ...levels.map((level) => formatFigure(BigInt(level))), "spread", "verdict"],
      rows: operations.map(([operation, gas]) => [
        operation,
        ...levels.map((level) => (gas[level] === undefined ? NOTHING : formatFigure(gas[level]))),
        formatFigure(spreadOf(gas)),
        spreadOf(gas) <= toleranceGas ? "flat" : "grows",
      ]),
    },
  ];
}

function sizeTable(figures: Figures): Table {
  return {
    title: "Runtime code",
    head: ["contract", "bytes", "limit", "used", "verdict"],
    rows: Object.entries(figures.sizes).map(([contract, size]) => [
      contract,
      formatFigure(size),
      formatFigure(MAX_CODE_SIZE),
      `${(size * 100n) / MAX_CODE_SIZE} %`,
      size <= MAX_CODE_SIZE ? "ok" : "over",
    ]),
  };
}
