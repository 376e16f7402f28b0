import { sum } from "../math.ts";

/**
 * Splits a pool in proportion to weights, or equally where all of them are 0: each share is rounded down, and what that
 * leaves goes to the first of the largest shares. The shares add up to the pool.
 *
 * @param pool In asset units.
 * @param weights One or more, in any unit.
 * @returns A share for each weight, in asset units.
 */
export function splitPool(pool: bigint, weights: readonly bigint[]): bigint[] {
  const total = sum(weights);
  const parts = total > 0n ? weights : weights.map(() => 1n);
  const shares = parts.map((part) => (pool * part) / sum(parts));
  const largest = shares.reduce((best, share) => (share > best ? share : best));
  const first = shares.indexOf(largest);
  return shares.map((share, index) => (index === first ? share + pool - sum(shares) : share));
}
