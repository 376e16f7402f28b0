import { restAfter } from "./breaker.ts";
import { pauseFor } from "./chain.ts";
import { messageOf } from "./errors.ts";
import type { Job, JobReport } from "./jobs/job.ts";
import type { Log } from "./log.ts";

/** What running jobs needs. */
export interface RunOptions {
  readonly log: Log;
  /** Given when the process is to end. */
  readonly signal: AbortSignal;
}

/**
 * Does each job once.
 *
 * @returns Whether everything that was due has been done, or planned by a dry run.
 */
export async function runOnce(jobs: readonly Job[], isDryRun: boolean, { log }: RunOptions): Promise<boolean> {
  let isAllDone = true;
  for (const job of jobs) {
    const report = await pass(job, log);
    isAllDone &&= report !== undefined && report.failed === 0 && (isDryRun || report.left === 0);
  }
  return isAllDone;
}

/**
 * Does the jobs again and again, until `signal` is given. One that fails is tried again later and later; the others
 * keep their time.
 *
 * @param interval Milliseconds between two passes of a job.
 */
export async function runForever(jobs: readonly Job[], interval: number, { log, signal }: RunOptions): Promise<void> {
  const turns = jobs.map((job) => ({ job, failures: 0, at: 0 }));
  while (!signal.aborted) {
    for (const turn of turns) {
      if (signal.aborted || Date.now() < turn.at) continue;
      const report = await pass(turn.job, log);
      turn.failures = report === undefined ? turn.failures + 1 : 0;
      turn.at = Date.now() + restAfter(turn.failures, interval);
    }
    await pauseFor(Math.max(Math.min(...turns.map(({ at }) => at)) - Date.now(), 0), signal);
  }
}

async function pass(job: Job, log: Log): Promise<JobReport | undefined> {
  try {
    const report = await job.run();
    if (report.due === 0) log.debug({ job: job.name }, "nothing is due");
    else log.info({ job: job.name, ...report }, "pass ended");
    return report;
  } catch (error) {
    log.error({ job: job.name, reason: messageOf(error) }, "the pass failed");
    log.debug({ job: job.name, err: error }, "the failure in full");
    return undefined;
  }
}
