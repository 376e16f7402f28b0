import { sumOf } from "./checks.ts";
import { count } from "./format.ts";

/** Gas that transactions of a kind used on average, rounded down; a dash where there was none. */
export function averageGas<K>(byKind: ReadonlyMap<K, readonly bigint[]>, kind: K): string {
  const used = byKind.get(kind) ?? [];
  return used.length === 0 ? "–" : count(sumOf(used, (each) => each) / BigInt(used.length));
}
