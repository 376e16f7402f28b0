import { createHash } from "node:crypto";
import { groupBy } from "./group-by.ts";
import type { Mutant } from "./mutant.ts";

/**
 * Some of the changes of every file: up to `sample` of each, spread over its functions. The same for the same seed, and a
 * larger sample has every change of a smaller one.
 */
export function choose(mutants: readonly Mutant[], sample: number, seed: number): Mutant[] {
  const chosen = new Set<Mutant>();
  for (const ofFile of groupBy(mutants, ({ file }) => file).values()) {
    const rounds = [...groupBy(ofFile, ({ where }) => where).values()]
      .flatMap((ofFunction) => byLot(ofFunction, seed).map((mutant, round) => ({ mutant, round })))
      .toSorted((a, b) => a.round - b.round || compare(lotOf(a.mutant, seed), lotOf(b.mutant, seed)));
    for (const { mutant } of rounds.slice(0, sample)) chosen.add(mutant);
  }
  return mutants.filter((mutant) => chosen.has(mutant));
}

const byLot = (mutants: readonly Mutant[], seed: number) =>
  mutants.toSorted((a, b) => compare(lotOf(a, seed), lotOf(b, seed)));

const lotOf = ({ id }: Mutant, seed: number) => createHash("sha256").update(`${seed} ${id}`).digest("hex");

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
