import { sum } from "../math.ts";
import { revertWith } from "./errors.ts";
import { indicesBelow } from "./sets.ts";

/** Throws `NotPermutation` for a ranking that does not name each of `answers` answers once. */
export function validateRanking(ranking: readonly number[], answers: bigint): void {
  const ascending = [...ranking].sort((a, b) => a - b);
  const all = indicesBelow(answers);
  if (ascending.length !== all.length || ascending.some((index, place) => index !== all[place])) {
    revertWith("NotPermutation", { answers });
  }
}

/** A ranking as the event `VoteOpened` tells it: five bits for each index, the best lowest. */
export function packRanking(ranking: readonly number[]): bigint {
  return sum(ranking.map((index, place) => BigInt(index) * 32n ** BigInt(place)));
}

/**
 * The ranking that `VoteOpened` tells.
 *
 * @param packed Five bits for each index, the best lowest.
 * @param answers How many there are.
 */
export function unpackRanking(packed: bigint, answers: bigint): number[] {
  return indicesBelow(answers).map((place) => Number((packed / 32n ** BigInt(place)) % 32n));
}
