import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import { JOB_NAMES } from "../keeper/config.ts";
import { parseMetrics } from "../test/keeper/metrics.ts";
import { start } from "../test/scripts-setup/command-line.ts";
import { until } from "./until.ts";

/** Milliseconds to wait for something that a keeper does. */
const PATIENCE = 120_000;

/**
 * What a keeper counts of a job: items and transactions by outcome, and as `failures` the passes that have failed since
 * the last that did not. What is 0 is left out. Where items failed, so are those that were put off: how often a resting
 * one is passed over is a question of the clock.
 */
export type Figures = Readonly<Record<string, number>>;

/** A keeper as a process of its own. */
export interface Keeper {
  /** All that it has written. */
  output(): string;
  /** Its lines with this message. */
  lines(message: string): Record<string, unknown>[];
  /** The transactions that it counts as its own work. */
  readonly hashes: unknown[];
  /** Waits until it has written a line with this message, or so many of them. */
  says(message: string, times?: number): Promise<void>;
  /** Waits until something is so, while the keeper runs. */
  until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T>;
  /** Waits until so many passes of each of these jobs have ended from now on; of all jobs by default. */
  passes(times: number, jobs?: readonly string[]): Promise<void>;
  /** The status of an answer to the path. */
  status(path: string): Promise<number>;
  /** What it counts of a job. */
  figures(job: string): Promise<Figures>;
  /** Waits until it counts this of a job. Throws what it counts where it never does. */
  counts(job: string, wanted: Figures): Promise<void>;
  /** Waits until it counts this of each job, and still does after another pass of each: then nothing is left for it. */
  comesTo(wanted: Readonly<Record<string, Figures>>): Promise<void>;
  /** The process stops where it is; its lines stay open. */
  pause(): void;
  /** It goes on after `pause`. */
  resume(): void;
  /** Its exit code once it has ended. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and waits for it. */
  end(): Promise<number | null>;
  /** Ends it wherever it is. */
  kill(): Promise<void>;
}

/** What a keeper says with the address of its pages. */
const TELLING = "telling how it goes at /metrics, /healthz and /readyz";

/** Runs `npm run keeper` with these arguments. */
export function launchKeeper(args: readonly string[]): Keeper {
  const { child, output, ended } = start("../keeper/main.ts", args);
  const lines = (message: string) => linesIn(output()).filter(({ msg }) => msg === message);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const wait = <T>(what: string, look: () => Promise<T | undefined | false>) =>
    until(what, PATIENCE, async () => {
      const found = await look();
      if ((found === undefined || found === false) && hasEnded()) throw new Error(`the keeper ended before: ${what}`);
      return found;
    });
  const read = async (path: string) => {
    const telling = await wait("it tells where its metrics are", async () => lines(TELLING)[0]);
    return fetch(`${telling.url}${path}`);
  };
  const metrics = async () => parseMetrics(await (await read("/metrics")).text());
  const figures = async (job: string) => figuresIn(await metrics(), job);
  const passesOf = async (job: string) =>
    (await metrics()).get(`credence_keeper_pass_seconds_count{job="${job}"}`) ?? 0;
  const passes = async (times: number, jobs: readonly string[] = JOB_NAMES) => {
    const before = new Map<string, number>();
    for (const job of jobs) before.set(job, await passesOf(job));
    for (const [job, count] of before) {
      await wait(`${times} passes of ${job}`, async () => (await passesOf(job)) >= count + times);
    }
  };
  const counts = async (job: string, wanted: Figures) => {
    let found: Figures = {};
    const look = async () => {
      found = await figures(job);
      return isDeepStrictEqual(found, wanted);
    };
    await wait("the count", look).catch((cause: unknown) => {
      throw new Error(`${job}: counts ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`, { cause });
    });
  };
  return {
    output,
    lines,
    get hashes() {
      return linesIn(output()).flatMap(({ msg, hash }) => (String(msg).endsWith(": done") ? [hash] : []));
    },
    says: async (message, times = 1) => {
      await wait(`it says "${message}"`, async () => lines(message).length >= times);
    },
    until: wait,
    status: async (path) => (await read(path)).status,
    figures,
    counts,
    passes,
    comesTo: async (wanted) => {
      for (const [job, figures] of Object.entries(wanted)) await counts(job, figures);
      await passes(1, Object.keys(wanted));
      const found = await Promise.all(Object.keys(wanted).map(async (job) => [job, await figures(job)]));
      expect(Object.fromEntries(found)).to.deep.equal(wanted);
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    ended,
    end: () => {
      child.kill("SIGTERM");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The lines of a log that are complete. */
function linesIn(output: string): Record<string, unknown>[] {
  const whole = output.slice(0, output.lastIndexOf("\n") + 1).split("\n");
  return whole.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** The figures of a job among all metrics. */
function figuresIn(metrics: ReadonlyMap<string, number>, job: string): Figures {
  const found: Record<string, number> = { failures: metrics.get(`credence_keeper_job_failures{job="${job}"}`) ?? 0 };
  for (const [sample, value] of metrics) {
    const [, of, outcome = ""] = OUTCOME.exec(sample) ?? [];
    if (of === job) found[outcome] = value;
  }
  const { due = 0, left = 0, failed = 0 } = found;
  const counted = failed === 0 ? found : { ...found, due: due - left, left: 0 };
  return Object.fromEntries(Object.entries(counted).filter(([, value]) => value !== 0));
}

/** A sample of what happened to items or transactions. */
const OUTCOME = /^credence_keeper_(?:items|transactions)_total\{job="(\w+)",outcome="(\w+)"\}$/;
