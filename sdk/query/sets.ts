/** Indices in a set that the contract keeps as bits, in ascending order: bit i for index i. */
export function indicesIn(set: bigint): number[] {
  const bits = [...set.toString(2)].reverse();
  return bits.flatMap((bit, index) => (bit === "1" ? [index] : []));
}

/** A set of indices as the contract keeps it: bit i for index i. */
export function setOf(indices: Iterable<number>): bigint {
  let set = 0n;
  for (const index of new Set(indices)) set += 2n ** BigInt(index);
  return set;
}

/** The indices below `count`. */
export function indicesBelow(count: bigint): number[] {
  return Array.from({ length: Number(count) }, (_, index) => index);
}
