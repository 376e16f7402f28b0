import { parseMetrics } from "../test/keeper/metrics.ts";
import { start } from "../test/scripts-setup/command-line.ts";
import { until } from "./until.ts";

/** Milliseconds to wait for something that a keeper does. */
const PATIENCE = 40_000;

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
  /** Waits until so many passes of a job have ended from now on. */
  passes(job: string, times: number): Promise<void>;
  /** The status of an answer to the path. */
  status(path: string): Promise<number>;
  /** A metric, named without what all names begin with. */
  metric(sample: string): Promise<number | undefined>;
  /** Its exit code once it has ended. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and waits for it. */
  end(): Promise<number | null>;
  /** Ends it wherever it is. */
  kill(): Promise<void>;
}

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
    const [telling] = lines("telling how it goes at /metrics, /healthz and /readyz");
    return fetch(`${telling?.url}${path}`);
  };
  const metric = async (sample: string) =>
    parseMetrics(await (await read("/metrics")).text()).get(`credence_keeper_${sample}`);
  const passesOf = async (job: string) => (await metric(`pass_seconds_count{job="${job}"}`)) ?? 0;
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
    metric,
    passes: async (job, times) => {
      const before = await passesOf(job);
      await wait(`${times} passes of ${job}`, async () => (await passesOf(job)) >= before + times);
    },
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
