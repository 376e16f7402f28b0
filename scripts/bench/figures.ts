import { CredenceError } from "../../sdk/errors.ts";
import type { Capacities, GrowthGas, RowGas, Suite } from "./suite.ts";

/** All that one run measured, or what was committed of an earlier one. */
export interface Figures {
  /** Gas of whole transactions, by suite and task. */
  readonly gas: Readonly<Record<string, RowGas>>;
  /** Gas at each level, by suite, dimension, operation and level. */
  readonly growth: Readonly<Record<string, Readonly<Record<string, GrowthGas>>>>;
  /** How many fit into one transaction, by suite and function. */
  readonly capacities: Readonly<Record<string, Capacities>>;
  /** Bytes of runtime code, by contract. */
  readonly sizes: Readonly<Record<string, bigint>>;
}

interface Tree {
  readonly [key: string]: Tree | bigint;
}

/** Figures as JSON: numbers are decimal strings, which lose nothing. */
export function serializeFigures(figures: Figures): string {
  const text = JSON.stringify(figures, (_, value) => (typeof value === "bigint" ? value.toString() : value), 2);
  return `${text}\n`;
}

/** Reads what `serializeFigures` wrote. Throws a `CredenceError` that names the part which is not figures. */
export function parseFigures(text: string): Figures {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new CredenceError("the committed figures are no JSON: measure again with --update", {}, { cause });
  }
  const root = readTree(parsed, []);
  return {
    gas: branches(root, "gas", 2) as Figures["gas"],
    growth: branches(root, "growth", 4) as Figures["growth"],
    capacities: branches(root, "capacities", 2) as Figures["capacities"],
    sizes: branches(root, "sizes", 1) as Figures["sizes"],
  };
}

/** Whether two runs measured the same, to the unit. */
export function sameFigures(one: Figures, other: Figures): boolean {
  return serializeFigures(one) === serializeFigures(other);
}

/** The figures without those of other suites. Sizes belong to no suite: they stay. */
export function selectSuites(figures: Figures, suites: readonly Suite[]): Figures {
  const select = <T>(bySuite: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(bySuite).filter(([name]) => suites.some((suite) => suite.name === name)));
  const { gas, growth, capacities } = figures;
  return { ...figures, gas: select(gas), growth: select(growth), capacities: select(capacities) };
}

function readTree(value: unknown, path: readonly string[]): Tree {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(path);
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const isFigure = typeof child === "string" && /^\d+$/.test(child);
      return [key, isFigure ? BigInt(child) : readTree(child, [...path, key])];
    }),
  );
}

/** The branch `key`, with figures exactly `depth` keys below it. */
function branches(root: Tree, key: string, depth: number): Tree {
  const branch = root[key];
  if (branch === undefined || typeof branch === "bigint") throw malformed([key]);
  expectDepth(branch, depth, [key]);
  return branch;
}

function expectDepth(node: Tree | bigint, depth: number, path: readonly string[]): void {
  if (typeof node === "bigint") {
    if (depth !== 0) throw malformed(path);
    return;
  }
  if (depth === 0) throw malformed(path);
  for (const [key, child] of Object.entries(node)) expectDepth(child, depth - 1, [...path, key]);
}

function malformed(path: readonly string[]): CredenceError {
  return new CredenceError("the committed figures have another form: measure again with --update", {
    at: path.join(" > ") || "the top",
  });
}
