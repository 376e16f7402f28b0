import CliTable from "cli-table3";
import { MAX_CODE_SIZE, MAX_TRANSACTION_GAS, riseOf, spreadOf } from "./check.ts";
import type { Figures } from "./figures.ts";
import type { GrowthGas, GrowthSpec, RowSpec, Suite, Target } from "./suite.ts";

/** A table before it is drawn; every column but the first holds figures. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NOTHING = "-";

/** Everything a run measured, as tables: those of each suite, and code sizes. */
export function tablesOf(figures: Figures, suites: readonly Suite[]): Table[] {
  return [...suites.flatMap((suite) => suiteTables(figures, suite)), sizeTable(figures)];
}

/** What a run measured of one suite: its rows, growth and capacities. */
export function suiteTables(figures: Figures, suite: Suite): Table[] {
  return [
    entryTable(figures, suite),
    ...suite.growth.flatMap((growth) => growthTable(figures, suite, growth)),
    ...capacityTable(figures, suite),
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

/** Without the columns in which no row has anything. */
function entryTable(figures: Figures, suite: Suite): Table {
  const head = ["task", "gas", "reference", "saved", "floor", "reach", "goal", "verdict"];
  const rows = suite.rows.map((spec) => entryCells(spec, figures.gas[suite.name]?.[spec.task]));
  const isUsed = head.map((_, column) => column < 2 || rows.some((cells) => cells[column] !== NOTHING));
  const used = (cells: readonly string[]) => cells.filter((_, column) => isUsed[column]);
  return { title: `Gas of whole transactions: ${suite.name}`, head: used(head), rows: rows.map(used) };
}

function entryCells({ task, target }: RowSpec, gas: bigint | undefined): string[] {
  if (gas === undefined) return [task, "not measured", ...targetCells(target), ""];
  const verdict = target === undefined ? "" : gas <= target.goal ? "ok" : "over";
  return [task, formatFigure(gas), ...targetCells(target, gas), verdict];
}

/** Reference, saved, floor, reach, goal. `saved` is measured against the least the reference needs, rounded down. */
function targetCells(target: Target | undefined, gas?: bigint): string[] {
  const { reference = [], goal, reach, floor } = target ?? {};
  const range: readonly bigint[] = typeof reference === "bigint" ? [reference] : reference;
  const least = range[0] ?? 0n;
  const figureOrNothing = (figure: bigint | undefined) => (figure === undefined ? NOTHING : formatFigure(figure));
  return [
    range.map(formatFigure).join(" to ") || NOTHING,
    gas === undefined || least === 0n ? NOTHING : `${((least - gas) * 100n) / least} %`,
    figureOrNothing(floor),
    figureOrNothing(reach),
    figureOrNothing(goal),
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
        growthVerdict(gas, toleranceGas),
      ]),
    },
  ];
}

/** What every transaction shares among its participants weighs less the more they are: gas may fall. */
function growthVerdict(gas: GrowthGas[string], toleranceGas: bigint): string {
  if (riseOf(gas) > toleranceGas) return "grows";
  return spreadOf(gas) > toleranceGas ? "falls" : "flat";
}

function capacityTable(figures: Figures, { name, capacity }: Suite): Table[] {
  const measured = figures.capacities[name];
  if (capacity === undefined || measured === undefined) return [];
  return [
    {
      title: `Most ${capacity.unit} in one transaction of ${formatFigure(MAX_TRANSACTION_GAS)} gas: ${name}`,
      head: ["function", capacity.unit],
      rows: Object.entries(measured).map(([task, count]) => [task, formatFigure(count)]),
    },
  ];
}

/** Bytes of runtime code of every contract beside what EIP-170 allows. */
export function sizeTable(figures: Figures): Table {
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
