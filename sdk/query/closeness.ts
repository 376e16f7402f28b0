import { sqrtDown } from "../stake/math.ts";
import { areTied } from "./weights.ts";

/** How near a judge's ranking is to the order that all votes make. */
export interface Closeness {
  /** Two for a pair of answers that both order alike, one for a pair that tied, none for one ordered the other way. */
  readonly halves: bigint;
  /** The most halves there could be: `n * (n - 1)` for n answers. */
  readonly of: bigint;
}

/**
 * Kendall concordance of a ranking with the order of total wins, in which wins that are all but equal are a tie.
 *
 * @param ranking Indices of all answers, the best first; two or more.
 * @param wins Of each answer by index, over all others together.
 */
export function closenessOf(ranking: readonly number[], wins: readonly bigint[]): Closeness {
  let halves = 0n;
  for (const [place, better] of ranking.entries()) {
    for (const worse of ranking.slice(place + 1)) {
      const [won, other] = [wins[better] ?? 0n, wins[worse] ?? 0n];
      if (areTied(won, other)) halves += 1n;
      else if (won > other) halves += 2n;
    }
  }
  const answers = BigInt(ranking.length);
  return { halves, of: answers * (answers - 1n) };
}

/** Closeness as a fraction of one, to display. */
export function closenessAsFraction({ halves, of }: Closeness): number {
  return Number(halves) / Number(of);
}

/** What a good judge's share is proportional to: `floor(halves^1.5 * 2^64)`. */
export function closenessWeightDown({ halves }: Closeness): bigint {
  return sqrtDown(halves ** 3n * 2n ** 128n);
}

/**
 * Which of n judges who voted are good: those who are at least as close as the one at place `floor(n / 2) + 1`, and so a
 * majority. Indices in ascending order.
 */
export function goodJudgesOf(closeness: readonly Closeness[]): number[] {
  const descending = closeness.map(({ halves }) => halves).sort((a, b) => Number(b - a));
  const last = descending[Math.floor(closeness.length / 2)] ?? 0n;
  return closeness.flatMap(({ halves }, judge) => (halves >= last ? [judge] : []));
}
