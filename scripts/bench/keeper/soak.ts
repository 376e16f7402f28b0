import type { Log } from "../../../keeper/log.ts";
import type { Progress } from "../../demo/progress.ts";
import { DAY } from "../chain.ts";
import { openBenchKeeper } from "./bench-keeper.ts";
import { openLife } from "./life.ts";
import { heapAfterCollection } from "./memory.ts";

/** How long the blocks take together, in seconds: ten epochs, and whatever else becomes due meanwhile. */
export const SPAN = 70n * DAY;

/** The most passes of the keeper: one for every 5 of 10,000 blocks. */
export const MOST_PASSES = 2_000;

/** Of the blocks, in per cent, how many have been mined when the heap is measured. */
export const MEASURED_AT = [10, 50, 100];

/** By how much the heap may grow between the first measurement and the last, in bytes. */
export const MOST_GROWTH = 4 * 2 ** 20;

/** What was in use after so many blocks. */
export interface Sample {
  readonly blocks: number;
  readonly passes: number;
  readonly transactions: number;
  /** Bytes that JavaScript used once nothing was left to collect. */
  readonly heap: number;
}

/** What a long run came to. */
export interface Soaking {
  readonly samples: readonly Sample[];
  /** Whether all that became due has been done. */
  readonly isAllDone: boolean;
}

/** Lets a keeper pass again and again while so many blocks are mined and the protocol is used a little. */
export async function soak(blocks: number, progress: Progress, log: Log): Promise<Soaking> {
  const passes = Math.min(blocks, MOST_PASSES);
  const minedAfter = (pass: number) => Math.floor((blocks * pass) / passes);
  const measured = new Set(MEASURED_AT.map((percent) => Math.ceil((passes * percent) / 100)));
  const interval = SPAN / BigInt(blocks);
  const { stage, eventsOf, isDoneAsOf } = await openLife(passes);
  const { ethers, networkHelpers } = stage.connection;
  const keeper = await openBenchKeeper(stage, log);
  const samples: Sample[] = [];
  let isAllDone = true;
  let transactions = 0;
  progress.start(blocks);
  try {
    for (let pass = 1; pass <= passes; pass++) {
      await stage.sendBlock(BigInt(await networkHelpers.time.latest()) + interval, eventsOf(pass - 1));
      const others = minedAfter(pass) - minedAfter(pass - 1) - 1;
      if (others > 0) await networkHelpers.mine(others, { interval });
      const head = await ethers.provider.getBlockNumber();
      const run = await keeper.run();
      transactions += run.transactions;
      isAllDone &&= run.isAllDone && (pass < passes || (await isDoneAsOf(head)));
      if (measured.has(pass)) {
        samples.push({ blocks: minedAfter(pass), passes: pass, transactions, heap: heapAfterCollection() });
      }
      progress.update(minedAfter(pass), "mining");
    }
  } finally {
    progress.stop();
    await keeper.close();
    await stage.connection.close();
  }
  return { samples, isAllDone };
}

/** By how many bytes the heap grew between the first measurement and the last; negative where it shrank. */
export function growthOf({ samples }: Soaking): number {
  return (samples.at(-1)?.heap ?? 0) - (samples[0]?.heap ?? 0);
}
