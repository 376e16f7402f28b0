import type { Log } from "../../../keeper/log.ts";
import type { Progress } from "../../demo/progress.ts";
import type { Call } from "../chain.ts";
import type { Stage } from "../suites/stage.ts";
import { type KeeperRun, openBenchKeeper } from "./bench-keeper.ts";

/** Work for the keeper, all of it due at once. */
export interface Load {
  /** What is due, as a plural, unique. */
  readonly name: string;
  /** How many transactions prepare one of it, at most. */
  readonly transactionsEach: number;
  /** Sets up so many on a chain of their own, and lets the time come when all of them are due. */
  prepare(count: number, watch: Watch): Promise<DueLoad>;
}

/** Makes a stage tell how many transactions it has sent. */
export type Watch = <T extends Stage>(stage: T) => T;

/** A chain on which a load is due. */
export interface DueLoad {
  readonly stage: Stage;
  /** How many of it are done, as the contracts have it. */
  countDone(): Promise<number>;
}

/** What became of a load. */
export interface LoadResult extends KeeperRun {
  readonly name: string;
  readonly count: number;
  /** How many were done before the keeper began, and after it ended. */
  readonly doneBefore: number;
  readonly done: number;
}

/** Prepares a load, and measures one pass of a keeper over it. */
export async function measureLoad(load: Load, count: number, progress: Progress, log: Log): Promise<LoadResult> {
  progress.start(count * load.transactionsEach);
  let sent = 0;
  const watch: Watch = (stage) => ({
    ...stage,
    sendBlock: async (at: bigint, calls: readonly Call[]) => {
      await stage.sendBlock(at, calls);
      sent += calls.length;
      progress.update(sent, `preparing ${load.name}`);
    },
  });
  const { stage, countDone } = await load.prepare(count, watch);
  progress.stop();
  const keeper = await openBenchKeeper(stage, log);
  try {
    const doneBefore = await countDone();
    const run = await keeper.run();
    return { ...run, name: load.name, count, doneBefore, done: await countDone() };
  } finally {
    await keeper.close();
    await stage.connection.close();
  }
}

/** What is wrong with a result, in words; `undefined` where the keeper has done all of the load, and by itself. */
export function problemOf({ name, count, doneBefore, done, isAllDone }: LoadResult): string | undefined {
  if (doneBefore !== 0) return `of the ${name} ${doneBefore} were done before the keeper began`;
  if (done !== count) return `of the ${name} the keeper has done ${done} of ${count}`;
  return isAllDone ? undefined : `of the ${name} all are done, and yet the keeper says that something failed`;
}
