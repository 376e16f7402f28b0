/** Longest rest of an item that keeps failing, in milliseconds. */
export const LONGEST_REST = 3_600_000;

/** Share by which a rest is shortened or prolonged at random, so that keepers do not retry in step. */
export const JITTER = 0.2;

/**
 * How long to rest after so many failures in a row: doubling from `base`, give or take a fifth.
 *
 * @param longest The longest rest, where it is not shorter than `base`: by default an hour.
 */
export function restAfter(failures: number, base: number, longest = LONGEST_REST): number {
  return jitter(Math.min(base * 2 ** Math.max(failures - 1, 0), Math.max(longest, base)));
}

/** A time, shortened or prolonged at random. */
export function jitter(milliseconds: number): number {
  return Math.round(milliseconds * (1 + JITTER * (2 * Math.random() - 1)));
}

/** Lets an item that failed rest, longer each time, so that it does not take the others' time. */
export class Breaker {
  readonly #base: number;
  readonly #clock: () => number;
  readonly #failures = new Map<string, { count: number; restsUntil: number }>();

  /**
   * @param base Rest after the first failure, in milliseconds.
   * @param clock Milliseconds of any epoch.
   */
  constructor(base: number, clock: () => number = Date.now) {
    this.#base = base;
    this.#clock = clock;
  }

  /** Whether an item rests. */
  isOpen(key: string): boolean {
    return this.#clock() < (this.#failures.get(key)?.restsUntil ?? 0);
  }

  failed(key: string): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, restsUntil: this.#clock() + restAfter(count, this.#base) });
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
