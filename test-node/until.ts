import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks. */
const PAUSE = 20;

/**
 * Looks until something is there: anything but `undefined` and `false`.
 *
 * @param what What is waited for, for the message where it does not come.
 * @param patience Milliseconds to wait at most.
 */
export async function until<T>(
  what: string,
  patience: number,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const endsAt = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > endsAt) throw new Error(`waited ${patience} ms in vain: ${what}`);
    await sleep(PAUSE);
  }
}
