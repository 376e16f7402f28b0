import { messageOf } from "../sdk/errors.ts";
import { restAfter } from "./breaker.ts";
import { pauseFor } from "./chain.ts";
import type { Job, JobReport } from "./jobs/job.ts";
import type { Log } from "./log.ts";

/** What running jobs needs. */
export interface RunOptions {
  readonly log: Log;
  /** Given when the process is to end. */
  readonly signal: AbortSignal;
  /** Told of every pass. */
  readonly watchers?: readonly PassWatcher[];
  /** Done before the first pass and after each round of passes. */
  readonly betweenRounds?: () => Promise<void>;
}

/** Whoever wants to know how the passes go. */
export interface PassWatcher {
  passBegan(job: string): void;
  passEnded(job: string, pass: Pass): void;
}

/** A pass that is over. */
export interface Pass {
  /** What it came to; `undefined` where it failed. */
  readonly report: JobReport | undefined;
  /** Why it failed. */
  readonly reason: string | undefined;
  /** How many passes of the job have failed in a row. */
  readonly failures: number;
  /** How long it took. */
  readonly seconds: number;
}

/** The longest rest of a job whose passes fail, in milliseconds, where `--interval` is not longer: nodes come back. */
export const LONGEST_PAUSE = 300_000;

/**
 * Does each job once.
 *
 * @returns Whether everything that was due has been done, or planned by a dry run.
 */
export async function runOnce(jobs: readonly Job[], isDryRun: boolean, options: RunOptions): Promise<boolean> {
  let isAllDone = true;
  await options.betweenRounds?.();
  for (const job of jobs) {
    const { report } = await pass(job, 0, options);
    // Who was interrupted may not have found all that is due.
    isAllDone &&= !options.signal.aborted;
    isAllDone &&= report !== undefined && report.failed === 0 && (isDryRun || report.left === 0);
  }
  await options.betweenRounds?.();
  return isAllDone;
}

/**
 * Does the jobs again and again, until `signal` is given. One that fails is tried again later and later; the others
 * keep their time.
 *
 * @param interval Milliseconds between two passes of a job.
 */
export async function runForever(jobs: readonly Job[], interval: number, options: RunOptions): Promise<void> {
  const { signal, betweenRounds } = options;
  const turns = jobs.map((job) => ({ job, failures: 0, at: 0 }));
  await betweenRounds?.();
  while (!signal.aborted) {
    for (const turn of turns) {
      if (signal.aborted || Date.now() < turn.at) continue;
      turn.failures = (await pass(turn.job, turn.failures, options)).failures;
      turn.at = Date.now() + restAfter(turn.failures, interval, LONGEST_PAUSE);
    }
    await betweenRounds?.();
    await pauseFor(Math.max(Math.min(...turns.map(({ at }) => at)) - Date.now(), 0), signal);
  }
}

async function pass(job: Job, failuresBefore: number, options: RunOptions): Promise<Pass> {
  const { watchers = [] } = options;
  for (const watcher of watchers) watcher.passBegan(job.name);
  const beganAt = performance.now();
  const outcome = await outcomeOf(job, options.log);
  const failures = outcome.report === undefined ? failuresBefore + 1 : 0;
  const ended = { ...outcome, failures, seconds: (performance.now() - beganAt) / 1_000 };
  for (const watcher of watchers) watcher.passEnded(job.name, ended);
  return ended;
}

async function outcomeOf(job: Job, log: Log): Promise<Pick<Pass, "report" | "reason">> {
  try {
    const report = await job.run();
    if (report.due === 0) log.debug({ job: job.name }, "nothing is due");
    else log.info({ job: job.name, ...report }, "pass ended");
    return { report, reason: undefined };
  } catch (error) {
    const reason = messageOf(error);
    log.error({ job: job.name, reason }, "the pass failed");
    log.debug({ job: job.name, err: error }, "the failure in full");
    return { report: undefined, reason };
  }
}
