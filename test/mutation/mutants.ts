import type { Mutant } from "../../mutation/mutant.ts";

/** Changes of a contract, one for each of the functions that are named. */
export function someMutants(contract: string, functions: readonly string[]): Mutant[] {
  return functions.map((name, index) => ({
    id: `${contract}${index}`,
    file: `contracts/${contract}.sol`,
    line: index + 1,
    where: `${contract}.${name}`,
    operator: "arithmetic",
    original: "a + b",
    replacement: "a - b",
    form: "expression",
    start: 10 * index,
    end: 10 * index + 5,
  }));
}
