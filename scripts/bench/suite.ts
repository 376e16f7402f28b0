/** What a row is measured against. Gas of whole transactions. */
export interface Target {
  /** The reference implementation on the same task, or the least and the most it needs. */
  readonly reference: bigint | readonly [least: bigint, most: bigint];
  /** What this project wants to stay within. */
  readonly goal: bigint;
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

/** Something that grows while the gas of every operation should not. */
export interface GrowthSpec {
  /** What grows, unique within its suite. */
  readonly dimension: string;
  /** How much gas may differ between two levels before growth is suspected: wider ids cost calldata bytes. */
  readonly toleranceGas: bigint;
  /** Measures every operation at each of the rising `levels`. */
  measure(levels: readonly number[]): Promise<GrowthGas>;
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
}
