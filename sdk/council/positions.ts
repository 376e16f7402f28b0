import { getAddress, toBeHex } from "ethers";

const INDEX_BITS = 96n;

/** The id of the position that an account opens after `index` others: `uint160(owner) << 96 | index`. */
export function positionIdOf(owner: string, index: bigint): bigint {
  return (BigInt(owner) << INDEX_BITS) | index;
}

/** Whose position it is, and how many they opened before it. For any id of 256 bits, whether or not it was opened. */
export function positionOf(positionId: bigint): { owner: string; index: bigint } {
  const index = positionId & ((1n << INDEX_BITS) - 1n);
  return { owner: getAddress(toBeHex(positionId >> INDEX_BITS, 20)), index };
}
