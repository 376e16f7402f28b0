/** A life that the tests live: one for each hostile token, and every one that ever failed. */
export interface Seed {
  readonly seed: number;
  readonly steps: number;
  /** The last step, where the life is too long to be lived to its end. */
  readonly until?: number;
}

/** A seed that failed stays in the list for good. */
export const SEEDS: readonly Seed[] = [
  { seed: 3, steps: 120 },
  { seed: 4, steps: 120 },
  { seed: 5, steps: 120 },
  { seed: 107, steps: 2_000 }, // reading all callbacks of a token at once took too much gas
];
