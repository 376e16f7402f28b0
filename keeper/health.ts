import type { Pass, PassWatcher } from "./run.ts";

/** Milliseconds without a sign of life after which the keeper counts as hung, where five intervals are not longer. */
export const LONGEST_SILENCE = 600_000;

/** Intervals without a sign of life after which the keeper counts as hung. */
export const SILENT_INTERVALS = 5;

/** Knows whether the keeper is alive, and whether its work goes well. */
export class Health implements PassWatcher {
  readonly #patience: number;
  readonly #clock: () => number;
  /** Why the last pass of each job failed; `undefined` where it did not, `null` where there was none yet. */
  readonly #jobs = new Map<string, string | undefined | null>();
  #aliveAt: number;

  /**
   * @param interval Milliseconds between two passes of a job.
   * @param clock Milliseconds of any epoch.
   */
  constructor(interval: number, clock: () => number = Date.now) {
    this.#patience = Math.max(SILENT_INTERVALS * interval, LONGEST_SILENCE);
    this.#clock = clock;
    this.#aliveAt = clock();
  }

  /** The node has answered, and these jobs are going to be done. */
  expect(jobs: readonly string[]): void {
    for (const job of jobs) this.#jobs.set(job, null);
  }

  /** A sign of life: a pass begins, or the node is asked something, as long passes do again and again. */
  pulse(): void {
    this.#aliveAt = this.#clock();
  }

  passBegan(): void {
    this.pulse();
  }

  passEnded(job: string, { reason }: Pass): void {
    this.#jobs.set(job, reason);
  }

  /** Why the keeper counts as hung; `undefined` where it does not. */
  whyHung(): string | undefined {
    const silence = this.#clock() - this.#aliveAt;
    if (silence <= this.#patience) return undefined;
    return `no sign of life for ${Math.round(silence / 1_000)} s`;
  }

  /** Why the keeper is not ready; `undefined` where the node answers and the last pass of each job did not fail. */
  whyUnready(): string | undefined {
    if (this.#jobs.size === 0) return "the node has not answered yet";
    const reasons = [...this.#jobs].flatMap(([job, reason]) => {
      if (reason === undefined) return [];
      return reason === null ? `no pass of \`${job}\` has ended yet` : `the last pass of \`${job}\` failed: ${reason}`;
    });
    return reasons.length === 0 ? undefined : reasons.join("\n");
  }
}
