import { DAY } from "../chain.ts";
import { measureLevels } from "../growth.ts";
import type { GrowthGas } from "../suite.ts";
import { openThread, type Thread } from "./argument-debate.ts";
import { expire, stakeAll, upvotings } from "./argument-people.ts";
import { type ArgumentStage, openArgumentStage, REASON, upvote, write } from "./argument-stage.ts";
import { each } from "./people.ts";

/** People who go on upvoting, in turn. */
const UPVOTERS = 100;
/** The last argument is for those who are measured: the others go up to the most stakes that run. */
const ARGUMENTS = 11;
/** How many stakes are credited last, where that is measured. */
const LAST = 5;
/** How many are credited in a transaction. */
const BATCH = 100;

/** A thread with nothing in the queue, whose readers have all upvoted and been credited before. */
interface Growing extends Thread {
  /** The second from which on a caller may choose timestamps. */
  readonly openedAt: bigint;
}

/** Gas of every operation of a newcomer, and of crediting stakes, with `levels` stakes in the queue. */
export async function growQueue(levels: readonly number[]): Promise<GrowthGas> {
  const stage = await openArgumentStage();
  try {
    const growing = await openGrowing(stage);
    let running = 0;
    return await measureLevels(levels, async (level) => {
      await fill(growing, running, level);
      running = level;
      return measureQueue(growing, level);
    });
  } finally {
    await stage.connection.close();
  }
}

async function openGrowing(stage: ArgumentStage): Promise<Growing> {
  const thread = await openThread(stage, "a growing debate", ARGUMENTS, UPVOTERS);
  const { readers, writtenAt, period } = thread;
  await stakeAll(thread, writtenAt + 1n, await upvotings(thread, readers, () => BigInt(ARGUMENTS)));
  const openedAt = writtenAt + DAY + period;
  await expire(thread, openedAt - 1n, ARGUMENTS + UPVOTERS);
  return { ...thread, openedAt };
}

/** Makes the stakes above the first `from` up to `to`: each of the people upvotes one argument after the other. */
async function fill(growing: Growing, from: number, to: number): Promise<void> {
  const { readers, openedAt } = growing;
  const turns = Array.from({ length: to - from }, (_, index) => from + index);
  const people = turns.map((turn) => readers[turn % UPVOTERS] ?? "");
  const calls = await upvotings(growing, people, (index) => BigInt(Math.floor((from + index) / UPVOTERS)) + 1n);
  await stakeAll(growing, openedAt + BigInt(from), calls);
}

async function measureQueue(growing: Growing, level: number): Promise<Record<string, bigint>> {
  const { aside, argumentStaking, cast, claimId, openedAt, period, send } = growing;
  const at = openedAt + DAY;
  const last = BigInt(ARGUMENTS);
  const [written, deleted] = await aside(async () => [
    await send(at, () => write(growing, "supporter", claimId)),
    await send(at + 1n, () => argumentStaking.connect(cast.supporter).deleteArgument(last + 1n)),
  ]);
  const slasher = argumentStaking.connect(cast.signatory);
  return {
    createArgument: written,
    deleteArgument: deleted,
    upvote: await aside(() => upvote(growing, at, "supporter", last)),
    "markUnhelpful, a slasher decides": await aside(() => send(at, () => slasher.markUnhelpful(last, REASON))),
    [`processExpired, the last ${LAST}`]: await aside(async () => {
      await expireInBatches(growing, at + period, level - LAST);
      return expire(growing, at + period + DAY, LAST);
    }),
    "processExpired, each in batches of 100": await aside(async () =>
      each(await expireInBatches(growing, at + period, level), level),
    ),
  };
}

/** Gas of crediting `count` stakes, from second `at` on. */
async function expireInBatches(growing: Growing, at: bigint, count: number): Promise<bigint> {
  let gas = 0n;
  for (let done = 0; done < count; done += BATCH) {
    gas += await expire(growing, at + BigInt(done), Math.min(BATCH, count - done));
  }
  return gas;
}
