import { CredenceError } from "../../sdk/errors.ts";

/** What a row is measured against. Gas of whole transactions. */
export interface Target {
  /** The reference implementation on the same task, or the least and the most it needs; absent where there is none. */
  readonly reference?: bigint | readonly [least: bigint, most: bigint];
  /** What this project wants to stay within. */
  readonly goal: bigint;
  /** What it would like to come down to, where that is less than the goal. */
  readonly reach?: bigint;
  /** What no implementation gets below, where that is known. */
  readonly floor?: bigint;
}

/** One task whose gas is measured. */
export interface RowSpec {
  /** What is done, in words, unique within its suite. It names the row in the committed figures. */
  readonly task: string;
  /** The functions it stands for, as `Contract.function`; none where it only warms up another row. */
  readonly entryPoints: readonly string[];
  /** Absent where nobody named a figure. */
  readonly target?: Target;
}

/** Gas of each row of a suite, by task. */
export type RowGas = Readonly<Record<string, bigint>>;

/** Gas of each operation at each level, by operation and then by level. */
export type GrowthGas = Readonly<Record<string, Readonly<Record<string, bigint>>>>;

/** How many of something one transaction goes through, by what it does. */
export type Capacities = Readonly<Record<string, bigint>>;

/** Something that grows while the gas of every operation should not. */
export interface GrowthSpec {
  /** What grows, unique within its suite. */
  readonly dimension: string;
  /** How much gas may differ between two levels before growth is suspected: wider ids cost calldata bytes. */
  readonly toleranceGas: bigint;
  /** How much of it there is where gas is measured, rising. */
  readonly levels: readonly number[];
  /** Those of the levels that a check measures. */
  readonly checkLevels: readonly number[];
  /** Measures every operation at each of the rising `levels`. */
  measure(levels: readonly number[]): Promise<GrowthGas>;
}

/** What a transaction may have as much of as its gas allows. */
export interface CapacitySpec {
  /** What is counted, as a plural. */
  readonly unit: string;
  /** Measures how many fit into a transaction of so much gas. */
  measure(gas: bigint): Promise<Capacities>;
}

/** The measurements of one mechanism. */
export interface Suite {
  /** Name of the mechanism. */
  readonly name: string;
  /** The contracts whose every state-changing function must have a row. */
  readonly contracts: readonly string[];
  readonly rows: readonly RowSpec[];
  /** State-changing functions without a row, as `Contract.function`, and why. */
  readonly exempt: Readonly<Record<string, string>>;
  /** Measures every row on a fresh chain, the same gas each time. */
  measure(): Promise<RowGas>;
  readonly growth: readonly GrowthSpec[];
  /** Absent where no function takes as many as the caller likes. */
  readonly capacity?: CapacitySpec;
}

/** The suites of these names, in the order of `suites`; all of them for no names. Throws where there is no such suite. */
export function chooseSuites(suites: readonly Suite[], names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    const known = suites.map(({ name }) => name).join(", ");
    throw new CredenceError(`there is no such suite: name some of ${known}`, { unknown: unknown.join(", ") });
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}
