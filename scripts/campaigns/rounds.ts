import type { SuiteResult } from "@nomicfoundation/edr";
import type { HardhatUserConfig } from "hardhat/types/config";

/** What has a campaign of its own; each has its folder of Solidity tests. */
export const MECHANISMS = ["market", "stake", "argument", "query", "council"] as const;

export type Mechanism = (typeof MECHANISMS)[number];

/** How runs are laid out in a round: runs of each invariant, and calls of a run. */
export interface Shape {
  runs: number;
  depth: number;
}

/**
 * A run is deep enough for markets to end and begin again and for histories to grow, and mostly no deeper: what a call
 * costs grows with the history, and worlds that have grown old (a clock that has run out, a queue that is full) stay
 * as they are. Every eighth round is deeper all the same, and as many calls.
 */
export const SHAPES = { most: { runs: 100, depth: 512 }, eighth: { runs: 25, depth: 2_048 } } as const;

/** Inputs of each fuzz test. */
export const INPUTS = 20_000;

const DEEP_INTERVAL = 8;

/** Handler calls of a mechanism, unless the command line says otherwise. */
export const DEFAULT_CALLS = 10_000_000;

/** What a round did for one mechanism. */
export interface Calls {
  campaigns: number;
  calls: number;
}

/** The largest seed of the command line; a round's is made of it and of the round's number. */
export const MAX_SEED = 2 ** 32 - 1;

/** What the test runner draws from in a round: another number for each seed and round. */
export function seedOfRound(seed: number, round: number): string {
  const word = (BigInt(seed) << 32n) | BigInt(round);
  return `0x${word.toString(16).padStart(64, "0")}`;
}

/** The shape of a round. */
export function shapeOfRound(round: number): Shape {
  return round % DEEP_INTERVAL === 0 ? SHAPES.eighth : SHAPES.most;
}

/** The project's configuration with the shape and the seed of a round. */
export function configOfRound(base: HardhatUserConfig, seed: number, round: number): HardhatUserConfig {
  const { fuzz, invariant, ...rest } = solidityOf(base);
  return {
    ...base,
    test: {
      ...base.test,
      solidity: {
        ...rest,
        fuzz: { ...fuzz, runs: INPUTS, seed: seedOfRound(seed, round) },
        invariant: { ...invariant, ...shapeOfRound(round) },
      },
    },
  };
}

/** The mechanism that a test file belongs to, by its folder; `undefined` for files that all share. */
export function mechanismOf(source: string): Mechanism | undefined {
  return MECHANISMS.find((name) => source.replaceAll("\\", "/").includes(`test/solidity/${name}/`));
}

/** The handler calls of a round, by mechanism. */
export function countCalls(suites: readonly SuiteResult[]): Map<Mechanism, Calls> {
  const counts = new Map<Mechanism, Calls>();
  for (const { id, testResults } of suites) {
    const mechanism = mechanismOf(id.source);
    if (mechanism === undefined) continue;
    for (const { kind } of testResults) {
      if (!("calls" in kind)) continue;
      const { campaigns, calls } = counts.get(mechanism) ?? { campaigns: 0, calls: 0 };
      counts.set(mechanism, { campaigns: campaigns + 1, calls: calls + Number(kind.calls) });
    }
  }
  return counts;
}

function solidityOf(base: HardhatUserConfig) {
  const solidity = base.test?.solidity ?? {};
  if ("profiles" in solidity) throw new TypeError("the configuration of Solidity tests has profiles");
  return solidity;
}
