import { setOf } from "../../sdk/query/sets.ts";
import { pick, type Random } from "../fixtures/random.ts";

/** How the judges of a query rank: as they please, all alike, nearly alike, or so that answers tie or may do so. */
export const TASTES = ["random", "unanimous", "noisy", "noisy", "mirrored", "rotated", "opposed"] as const;
export type Taste = (typeof TASTES)[number];

/** What they call good: anything, the first few or the first of their ranking, nothing or everything. */
export const PRAISES = ["any", "first", "best", "nothing", "nothing", "everything"] as const;
export type Praise = (typeof PRAISES)[number];

/** The indices below `count` in any order. */
export function shuffled(random: Random, count: number): number[] {
  const order: number[] = [];
  for (let index = 0; index < count; index++) order.splice(Number(random(0n, BigInt(index))), 0, index);
  return order;
}

/**
 * How a judge ranks.
 *
 * @param order The order of the query that tastes are about, the best first.
 * @param place Of the judge among those of the query, from 0.
 * @param isHighest Whether none of them ranks higher.
 */
export function rankingOf(
  random: Random,
  taste: Taste,
  order: readonly number[],
  place: number,
  isHighest: boolean,
): number[] {
  const last = order.length - 1;
  switch (taste) {
    case "random":
      return shuffled(random, order.length);
    case "unanimous":
      return [...order];
    case "noisy": {
      const ranking = [...order];
      for (let swaps = random(0n, BigInt(order.length)); swaps > 0n && last > 0; swaps--) {
        const at = Number(random(0n, BigInt(last) - 1n));
        ranking.splice(at, 2, ...ranking.slice(at, at + 2).reverse());
      }
      return ranking;
    }
    case "mirrored":
      return place % 2 === 0 ? [...order] : order.toReversed();
    case "opposed":
      return isHighest ? [...order] : order.toReversed();
    case "rotated": {
      const start = place % order.length;
      return [...order.slice(start), ...order.slice(0, start)];
    }
  }
}

/** The answers that a judge calls good, bit i for index i. */
export function praisedBy(random: Random, praise: Praise, ranking: readonly number[]): bigint {
  const setOfFirst = (count: bigint) => setOf(ranking.slice(0, Number(count)));
  const all = BigInt(ranking.length);
  switch (praise) {
    case "any":
      return random(0n, setOfFirst(all));
    case "first":
      return setOfFirst(random(0n, all));
    case "best":
      return setOfFirst(1n);
    case "nothing":
      return 0n;
    case "everything":
      return setOfFirst(all);
  }
}

/** A list that is no ranking of `count` answers: one is missing, too many, there twice, or unknown. */
export function misranked(random: Random, count: number): number[] {
  const ranking = shuffled(random, count);
  const [first = 0, ...others] = ranking;
  return pick(random, [
    others,
    [...ranking, count],
    [...ranking, first],
    [others[0] ?? first + 1, ...others],
    [255, ...others],
    [...others, count],
  ]);
}
