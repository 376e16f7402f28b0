import type { TransactionResponse } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { HOUR } from "../chain.ts";
import { measureLevels } from "../growth.ts";
import type { GrowthGas } from "../suite.ts";
import type { Stage } from "./stage.ts";
import { Crowd, type Member } from "./stake-crowd.ts";
import { BATCH } from "./stake-settling.ts";
import { openStakeStage } from "./stake-stage.ts";
import { openUp, speak, takePosition } from "./stake-voices.ts";

/** So many kinds of people, again and again: winners and losers are in the same proportion at every level. */
const VARIETY = 10;
/** How many of an epoch are settled and paid last, where that is measured. */
const LAST = 5n;
/** How many of those before them go into a transaction. */
const EARLIER = 300n;

/** Gas of every operation in an epoch that `levels` people joined; somebody new speaks after all of them. */
export async function growEpoch(levels: readonly number[]): Promise<GrowthGas> {
  const stage = await openStakeStage();
  try {
    const crowd = await Crowd.gather(stage, "a growing claim", Math.max(...levels), VARIETY);
    await takePosition(stage, crowd, "supporter");
    return await measureLevels(levels, (level) =>
      stage.aside(() => measureEpoch(stage, crowd, crowd.members.slice(0, level))),
    );
  } finally {
    await stage.connection.close();
  }
}

async function measureEpoch(stage: Stage, crowd: Crowd, members: readonly Member[]): Promise<Record<string, bigint>> {
  const { aside } = stage;
  const { firstEpoch: epoch } = crowd;
  await crowd.commit(epoch, members);
  const voice = await aside(async () => {
    const committed = await speak(stage, crowd, "supporter", epoch, HOUR);
    await crowd.reveal(epoch, members);
    return { commitBelief: committed, revealBelief: await openUp(stage, crowd, "supporter", epoch, HOUR) };
  });
  await crowd.reveal(epoch, members);
  const last = await aside(() => finishLast(stage, crowd, members));
  const alone = await aside(() => finishInBatches(stage, crowd, members));
  const overlapped = await aside(async () => {
    await crowd.commit(epoch + 1n, members);
    return finishInBatches(stage, crowd, members);
  });
  return {
    ...voice,
    ...last,
    "settle, each in batches of 100": alone.settled,
    "distribute, each in batches of 100": alone.distributed,
    "settle + distribute, each in batches of 100": alone.settled + alone.distributed,
    "settle + distribute, each, all at risk in the next epoch too": overlapped.settled + overlapped.distributed,
  };
}

/** Gas of whole transactions that settle and pay the last few of an epoch, and of a claim of the very last. */
async function finishLast({ truthSerum, aside, send }: Stage, crowd: Crowd, members: readonly Member[]) {
  const { claimId, firstEpoch: epoch } = crowd;
  const user = members.at(-1)?.user;
  if (user === undefined) throw new CredenceError("nobody joined the epoch");
  let now = crowd.settlingAt(epoch);
  const next = (act: () => Promise<TransactionResponse>) => send(now++, act);
  const goThrough = async (act: (count: bigint) => Promise<TransactionResponse>) => {
    for (let left = BigInt(members.length) - LAST; left > 0n; left -= EARLIER) {
      const count = left < EARLIER ? left : EARLIER;
      await next(() => act(count));
    }
    return next(() => act(LAST));
  };
  const settled = await goThrough((count) => truthSerum.settle(claimId, epoch, count));
  const claimed = await aside(() => next(() => truthSerum.claim(user, claimId, epoch)));
  const distributed = await goThrough((count) => truthSerum.distribute(claimId, epoch, count));
  return { [`settle, the last ${LAST}`]: settled, [`distribute, the last ${LAST}`]: distributed, claim: claimed };
}

/** Gas of settling and of paying an epoch in batches, for each participant, rounded up. */
async function finishInBatches({ truthSerum, send }: Stage, crowd: Crowd, members: readonly Member[]) {
  const { claimId, firstEpoch: epoch } = crowd;
  const count = BigInt(members.length);
  let now = crowd.settlingAt(epoch);
  const inBatches = async (act: () => Promise<TransactionResponse>) => {
    let gas = 0n;
    for (let done = 0n; done < count; done += BATCH) gas += await send(now++, act);
    return (gas + count - 1n) / count;
  };
  return {
    settled: await inBatches(() => truthSerum.settle(claimId, epoch, BATCH)),
    distributed: await inBatches(() => truthSerum.distribute(claimId, epoch, BATCH)),
  };
}
