import { formatFigure, type Table } from "../tables.ts";
import { type LoadResult, problemOf } from "./load.ts";
import { growthOf, MOST_GROWTH, type Soaking } from "./soak.ts";

/** A pass over each load. */
export function loadTable(results: readonly LoadResult[]): Table {
  return {
    title: "One pass of the keeper over all that is due",
    head: ["due", "items", "done", "transactions", "gas", "gas an item", "seconds", "rss, MiB", "heap, MiB", "verdict"],
    rows: results.map((result) => [
      result.name,
      figure(result.count),
      figure(result.done),
      figure(result.transactions),
      formatFigure(result.gas),
      formatFigure(result.gas / BigInt(result.count)),
      result.seconds.toFixed(1),
      inMebibytes(result.peak.rss),
      inMebibytes(result.peak.heap),
      problemOf(result) === undefined ? "done" : "not done",
    ]),
  };
}

/** The heap while blocks were mined. */
export function soakTable({ samples }: Soaking): Table {
  return {
    title: "Heap in use after a collection, while blocks are mined and the keeper passes",
    head: ["blocks", "passes", "transactions", "heap, MiB"],
    rows: samples.map(({ blocks, passes, transactions, heap }) => [
      ...[blocks, passes, transactions].map(figure),
      inMebibytes(heap),
    ]),
  };
}

/** What is wrong with the results, a sentence each; none where all was done and memory is flat. */
export function problemsOf(results: readonly LoadResult[], soaking: Soaking): string[] {
  const growth = growthOf(soaking);
  return [
    ...results.map(problemOf).filter((problem) => problem !== undefined),
    ...(soaking.isAllDone ? [] : ["while blocks were mined the keeper left something undone"]),
    ...(growth <= MOST_GROWTH
      ? []
      : [`the heap grew by ${inMebibytes(growth)} MiB, allowed are ${inMebibytes(MOST_GROWTH)}`]),
  ];
}

/** Bytes as mebibytes with a decimal. */
export function inMebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function figure(count: number): string {
  return formatFigure(BigInt(count));
}
