import type { Figures } from "./figures.ts";
import type { GrowthGas, Suite } from "./suite.ts";

/** Largest runtime code of a contract in bytes: EIP-170. */
export const MAX_CODE_SIZE = 24_576n;

/** Most gas of a transaction: EIP-7825. */
export const MAX_TRANSACTION_GAS = 16_777_216n;

/** A figure may rise or fall by this much before it counts: 1 %. */
const TOLERANCE_PERCENT = 1n;

/** Something a run shows about a row; `isFailure` where the check must not pass. */
export interface Finding {
  readonly row: string;
  /** What is the matter, with the numbers. */
  readonly problem: string;
  readonly isFailure: boolean;
}

interface Row {
  readonly name: string;
  readonly was: bigint | undefined;
  readonly is: bigint | undefined;
  readonly goal?: bigint | undefined;
  /** Whether the figure should be high, not low. */
  readonly isYield?: boolean;
}

/**
 * What a run shows against the committed figures: gas and code that rose by more than 1 % or above its goal, capacities
 * that fell by more than 1 %, rows that only one of the two has, gas that grows, code that is too large. Figures that
 * became better by more than 1 % are no failure.
 */
export function checkFigures(committed: Figures, measured: Figures, suites: readonly Suite[]): Finding[] {
  const rows = [
    ...gasRows(committed, measured, suites),
    ...capacityRows(committed, measured),
    ...sizeRows(committed, measured),
  ];
  return [...rows.flatMap(compareRow), ...missingGrowth(committed, measured), ...checkLimits(measured, suites)];
}

/** What must hold of any run, whatever was committed: flat growth, code within its limit. */
export function checkLimits(measured: Figures, suites: readonly Suite[]): Finding[] {
  return [...checkGrowth(measured, suites), ...checkSizes(measured)];
}

/** How much more an operation needs at a level than at a lower one, at most. */
export function riseOf(levels: GrowthGas[string]): bigint {
  const gas = Object.values(levels); // keys that are numbers come in rising order
  const rises = gas.flatMap((from, index) => gas.slice(index + 1).map((to) => to - from));
  return rises.reduce((a, b) => (b > a ? b : a), 0n);
}

/** Greatest less least gas of an operation over all levels. */
export function spreadOf(levels: GrowthGas[string]): bigint {
  const gas = Object.values(levels);
  const least = gas.reduce((a, b) => (b < a ? b : a), gas[0] ?? 0n);
  const most = gas.reduce((a, b) => (b > a ? b : a), 0n);
  return most - least;
}

/** The change from `was` to `is`, in percent of `was` with one decimal, rounded towards zero. */
export function formatChange(was: bigint, is: bigint): string {
  if (was === 0n) return "from nothing";
  const tenths = ((is - was) * 1_000n) / was;
  const size = tenths < 0n ? -tenths : tenths;
  return `${is < was ? "-" : "+"}${size / 10n}.${size % 10n} %`;
}

function gasRows(committed: Figures, measured: Figures, suites: readonly Suite[]): Row[] {
  return unionOfKeys(committed.gas, measured.gas).flatMap((suite) => {
    const specs = suites.find(({ name }) => name === suite)?.rows ?? [];
    const was = committed.gas[suite] ?? {};
    const is = measured.gas[suite] ?? {};
    return unionOfKeys(was, is).map((task) => ({
      name: `${suite}: ${task}`,
      was: was[task],
      is: is[task],
      goal: specs.find((spec) => spec.task === task)?.target?.goal,
    }));
  });
}

/** A run may leave out the capacities of a suite as a whole. */
function capacityRows(committed: Figures, measured: Figures): Row[] {
  return Object.entries(measured.capacities).flatMap(([suite, is]) => {
    const was = committed.capacities[suite] ?? {};
    return unionOfKeys(was, is).map((name) => ({
      name: `${suite}: capacity of ${name}`,
      was: was[name],
      is: is[name],
      isYield: true,
    }));
  });
}

function sizeRows(committed: Figures, measured: Figures): Row[] {
  return unionOfKeys(committed.sizes, measured.sizes).map((contract) => ({
    name: `code size of ${contract}`,
    was: committed.sizes[contract],
    is: measured.sizes[contract],
  }));
}

function compareRow({ name: row, was, is, goal, isYield = false }: Row): Finding[] {
  if (was === undefined) return [{ row, problem: `is ${is}, no committed figure`, isFailure: true }];
  if (is === undefined) return [{ row, problem: `was ${was}, not measured any more`, isFailure: true }];
  const problem = `was ${was}, is ${is}, ${formatChange(was, is)}`;
  const isUp = is * 100n > was * (100n + TOLERANCE_PERCENT);
  const isDown = is * 100n < was * (100n - TOLERANCE_PERCENT);
  if (isYield ? isDown : isUp) return [{ row, problem, isFailure: true }];
  if (goal !== undefined && was <= goal && is > goal) {
    return [{ row, problem: `${problem}, above the goal of ${goal}`, isFailure: true }];
  }
  if (isUp || isDown) {
    return [{ row, problem: `${problem}: commit the better figure with --update`, isFailure: false }];
  }
  return [];
}

/** Operations whose growth was committed and is not measured any more; a run may leave out growth as a whole. */
function missingGrowth(committed: Figures, measured: Figures): Finding[] {
  return Object.entries(committed.growth).flatMap(([suite, dimensions]) => {
    const measuredDimensions = measured.growth[suite] ?? {};
    if (Object.keys(measuredDimensions).length === 0) return [];
    return Object.entries(dimensions).flatMap(([dimension, operations]) =>
      Object.keys(operations)
        .filter((operation) => measuredDimensions[dimension]?.[operation] === undefined)
        .map((operation) => ({
          row: `${suite}: growth of ${operation} with ${dimension}`,
          problem: "not measured any more",
          isFailure: true,
        })),
    );
  });
}

function checkGrowth(measured: Figures, suites: readonly Suite[]): Finding[] {
  return suites.flatMap((suite) =>
    suite.growth.flatMap(({ dimension, toleranceGas }) =>
      Object.entries(measured.growth[suite.name]?.[dimension] ?? {}).flatMap(([operation, levels]) => {
        if (riseOf(levels) <= toleranceGas) return [];
        const listed = Object.entries(levels).map(([level, gas]) => `${gas} at ${level}`);
        const row = `${suite.name}: growth of ${operation} with ${dimension}`;
        return [{ row, problem: `${listed.join(", ")}; may rise by ${toleranceGas}`, isFailure: true }];
      }),
    ),
  );
}

function checkSizes(measured: Figures): Finding[] {
  return Object.entries(measured.sizes).flatMap(([contract, size]) =>
    size <= MAX_CODE_SIZE
      ? []
      : [{ row: `code size of ${contract}`, problem: `is ${size}, the limit is ${MAX_CODE_SIZE}`, isFailure: true }],
  );
}

function unionOfKeys(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}
