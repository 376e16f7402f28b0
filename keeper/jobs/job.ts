import { messageOf } from "../../sdk/errors.ts";
import type { Breaker } from "../breaker.ts";
import type { Log } from "../log.ts";

/** What one pass of a job came to, in items: an epoch to settle, a belief to open. */
export interface JobReport {
  /** Items that something had to be done about. */
  readonly due: number;
  /** Those about which nothing is left to do, whoever did it. */
  readonly done: number;
  /** Those that could not be done. */
  readonly failed: number;
  /** Those put off: planned by a dry run, interrupted, or resting after failures. */
  readonly left: number;
}

/** One kind of work, looked for and done again and again. */
export interface Job {
  readonly name: string;
  /** One pass. Throws where it cannot even find out what is due. */
  run(): Promise<JobReport>;
}

/** What became of an item; `idle` where nothing was due about it. */
export type ItemResult = "idle" | "done" | "left";

/** What `workThrough` needs besides the items. */
export interface Workplace {
  readonly breaker: Breaker;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Does something about each item, one after the other. One that fails is logged and put off; the others go on.
 *
 * @param items What to go through.
 * @param keyOf A name of an item that no other has.
 * @param run Does what is due about an item.
 * @returns The report, and the items with nothing left to do.
 */
export async function workThrough<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  run: (item: T) => Promise<ItemResult>,
  { breaker, log, signal }: Workplace,
): Promise<{ report: JobReport; finished: T[] }> {
  const report = { due: 0, done: 0, failed: 0, left: 0 };
  const finished: T[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (signal.aborted || breaker.isOpen(key)) {
      report.due++;
      report.left++;
      continue;
    }
    try {
      const result = await run(item);
      breaker.succeeded(key);
      if (result !== "left") finished.push(item);
      if (result === "idle") continue;
      report.due++;
      report[result]++;
    } catch (error) {
      breaker.failed(key);
      report.due++;
      report.failed++;
      log.error({ item: key, reason: messageOf(error) }, "could not be done, the others go on");
      log.debug({ item: key, err: error }, "the failure in full");
    }
  }
  return { report, finished };
}

/** Several reports as one. */
export function sumOf(...reports: readonly JobReport[]): JobReport {
  const sum = { due: 0, done: 0, failed: 0, left: 0 };
  for (const { due, done, failed, left } of reports) {
    sum.due += due;
    sum.done += done;
    sum.failed += failed;
    sum.left += left;
  }
  return sum;
}
