import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ROOT } from "./compiler.ts";
import type { Job, Message, Outcome } from "./messages.ts";
import type { Mutant } from "./mutant.ts";

/** What is told while jobs run. */
export interface Listener {
  /** Something came of a change. */
  onOutcome(mutant: Mutant, outcome: Outcome, milliseconds: number): void;
  /** Tests are not run: they fail while no change is on. */
  onLeftOut(titles: readonly string[]): void;
  /** What came of changes does not count, or nothing comes of them. */
  onVoid(mutants: readonly Mutant[], problem: string): void;
}

/** The longest that a worker may say nothing, in milliseconds: then what it was at is taken for endless. */
export const PATIENCE = 600_000;

/** How often a job is given to a new worker after one that ended before its time. */
const MOST_TRIES = 5;

/** Runs jobs, so many at a time, each in a process of its own, which is ended when it hangs or `stopped` says so. */
export async function runJobs(
  jobs: readonly Job[],
  workers: number,
  listener: Listener,
  stopped: AbortSignal,
): Promise<void> {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined && !stopped.aborted; job = waiting.shift()) {
      await runToEnd(job, listener, stopped);
    }
  };
  await Promise.all(Array.from({ length: workers }, lane));
}

async function runToEnd(job: Job, listener: Listener, stopped: AbortSignal): Promise<void> {
  let left = job;
  for (let tries = 0; left.parts.length > 0 && tries < MOST_TRIES && !stopped.aborted; tries++) {
    left = withoutTold(left, await runOnce(left, listener, stopped));
  }
  if (left.parts.length === 0 || stopped.aborted) return;
  listener.onVoid(mutantsOf(left), `${mutantsOf(left).length} changes were given up`);
}

const mutantsOf = ({ parts }: Job) => parts.flatMap(({ mutants }) => mutants);

function withoutTold({ parts, ...job }: Job, told: ReadonlySet<string>): Job {
  const left = parts.map((part) => ({ ...part, mutants: part.mutants.filter(({ id }) => !told.has(id)) }));
  return { ...job, parts: left.filter(({ mutants }) => mutants.length > 0) };
}

/** Runs a job in a new process, until that ends, and says which changes it has told of. */
function runOnce(job: Job, listener: Listener, stopped: AbortSignal): Promise<ReadonlySet<string>> {
  const mutants = new Map(mutantsOf(job).map((mutant) => [mutant.id, mutant]));
  const told = new Set<string>();
  let at: string | undefined;
  const tell = (id: string, outcome: Outcome, milliseconds: number) => {
    const mutant = mutants.get(id);
    if (mutant === undefined || told.has(id)) return;
    told.add(id);
    listener.onOutcome(mutant, outcome, milliseconds);
  };
  return new Promise((resolve) => {
    const worker = start();
    const stop = () => worker.kill("SIGKILL");
    const giveUp = () => {
      if (at !== undefined) tell(at, { status: "timeout" }, PATIENCE);
      stop();
    };
    let patience = setTimeout(giveUp, PATIENCE);
    stopped.addEventListener("abort", stop);
    worker.on("message", (message: Message) => {
      clearTimeout(patience);
      patience = setTimeout(giveUp, PATIENCE);
      if (message.kind === "started") at = message.id;
      if (message.kind === "ended") tell(message.id, message.outcome, message.milliseconds);
      if (message.kind === "leftOut") listener.onLeftOut(message.titles);
      if (message.kind === "broken") {
        listener.onVoid(mutantsOf(withoutTold(job, told)), message.problem);
        for (const id of mutants.keys()) told.add(id);
      }
      if (message.kind === "void") {
        listener.onVoid(
          mutantsOf(job).filter(({ id }) => message.ids.includes(id)),
          message.problem,
        );
      }
    });
    worker.on("exit", () => {
      clearTimeout(patience);
      stopped.removeEventListener("abort", stop);
      resolve(told);
    });
    worker.send(job);
  });
}

function start(): ChildProcess {
  return fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [], {
    cwd: ROOT,
    execArgv: ["--import", "tsx"],
    env: { ...process.env, HARDHAT_CONFIG: "mutation/hardhat.config.ts" },
  });
}
