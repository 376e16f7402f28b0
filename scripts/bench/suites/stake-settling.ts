import { CredenceError } from "../../../sdk/errors.ts";
import { HOUR } from "../chain.ts";
import type { Stage } from "./stage.ts";
import type { StakeTask } from "./stake.ts";
import type { Crowd } from "./stake-crowd.ts";

/** How many people an epoch has, and how many `settle` and `distribute` go through in a transaction. */
export const BATCH = 100n;

/** Gas of scoring and paying an epoch of 100 people in one batch each, as it ordinarily is and as it can be. */
export async function measureSettling(stage: Stage, crowd: Crowd) {
  const { aside } = stage;
  const { firstEpoch: epoch, members } = crowd;
  await crowd.commit(epoch);
  const unheard = await aside(() => settle(stage, crowd));
  const silent = await aside(async () => {
    await crowd.reveal(epoch, members.slice(0, 2));
    const settled = await settle(stage, crowd);
    await expectVoid(stage, crowd);
    return { settled, distributed: await distribute(stage, crowd) };
  });

  await crowd.reveal(epoch);
  const lowered = await aside(async () => {
    await crowd.lowerLocks(crowd.revealingAt(epoch) + HOUR);
    await settle(stage, crowd);
    return distribute(stage, crowd);
  });
  const [oneMore, twoMore] = await aside(async () => {
    await crowd.commit(epoch + 1n);
    await settle(stage, crowd);
    const besideOne = await aside(() => distribute(stage, crowd));
    await crowd.commit(epoch + 2n);
    return [besideOne, await distribute(stage, crowd, crowd.committingAt(epoch + 2n) + HOUR)];
  });

  const settled = await settle(stage, crowd);
  await expectOrdinaryMix(stage);
  const settledAlready = await aside(() => settle(stage, crowd, crowd.settlingAt(epoch) + HOUR));
  const claims = await aside(() => measureClaims(stage, crowd));
  const distributed = await distribute(stage, crowd);
  return {
    "settle + distribute, each of 100": each(settled + distributed),
    "settle, each of 100": each(settled),
    "distribute, each of 100": each(distributed),
    "distribute, each of 100, next epoch at risk too": each(oneMore),
    "distribute, each of 100, two more epochs at risk": each(twoMore),
    "distribute, each of 100, locks lowered meanwhile": each(lowered),
    "settle, 100 at once": settled,
    "settle, 100 at once, 2 of them opened": silent.settled,
    "distribute, 100 at once": distributed,
    "distribute, 100 at once, a void epoch": silent.distributed,
    "settle, nothing opened": unheard,
    "settle, settled already": settledAlready,
    "distribute, distributed already": await distribute(stage, crowd, crowd.settlingAt(epoch) + 2n * HOUR),
    ...claims,
  } satisfies Partial<Record<StakeTask, bigint>>;
}

async function measureClaims({ truthSerum, aside, send }: Stage, crowd: Crowd) {
  const { claimId, firstEpoch: epoch, members } = crowd;
  const voices = await Promise.all(members.map(({ user }) => truthSerum.participant(claimId, epoch, user)));
  const claimOf = (index: number) => {
    const user = members[index]?.user;
    if (user === undefined) throw new CredenceError("nobody in the epoch is as told", { index });
    return send(crowd.settlingAt(epoch) + 2n * HOUR, () => truthSerum.claim(user, claimId, epoch));
  };
  return {
    "claim, a winner": await aside(() => claimOf(voices.findIndex(({ payout }) => payout > 0n))),
    "claim, a loser": await aside(() => claimOf(voices.findIndex(({ taken }) => taken > 0n))),
    "claim, last of an epoch": await aside(async () => {
      await send(crowd.settlingAt(epoch) + HOUR, () => truthSerum.distribute(claimId, epoch, BATCH - 1n));
      return claimOf(members.length - 1);
    }),
  } satisfies Partial<Record<StakeTask, bigint>>;
}

function settle({ truthSerum, send }: Stage, crowd: Crowd, at?: bigint): Promise<bigint> {
  const { claimId, firstEpoch: epoch } = crowd;
  return send(at ?? crowd.settlingAt(epoch), () => truthSerum.settle(claimId, epoch, BATCH));
}

function distribute({ truthSerum, send }: Stage, crowd: Crowd, at?: bigint): Promise<bigint> {
  const { claimId, firstEpoch: epoch } = crowd;
  return send(at ?? crowd.settlingAt(epoch) + HOUR, () => truthSerum.distribute(claimId, epoch, BATCH));
}

/** Throws unless the crowd's epoch is void. */
async function expectVoid({ truthSerum }: Stage, { claimId, firstEpoch }: Crowd): Promise<void> {
  const { isVoid, pot } = await truthSerum.epochState(claimId, firstEpoch);
  if (!isVoid || pot === 0n) throw new CredenceError("the epoch that is measured has nothing to give back", { pot });
}

/** Throws unless winners and losers are two to three fifths each. */
async function expectOrdinaryMix({ truthSerum }: Stage): Promise<void> {
  const scored = await truthSerum.queryFilter(truthSerum.filters.BeliefScored());
  const winners = scored.filter(({ args }) => args.score > 0n).length;
  const losers = scored.filter(({ args }) => args.score < 0n).length;
  if (2 * winners > 3 * losers || 2 * losers > 3 * winners) {
    throw new CredenceError("winners and losers are no ordinary mix", { winners, losers });
  }
}

/** Gas for each of a batch, rounded up. */
function each(gas: bigint): bigint {
  return (gas + BATCH - 1n) / BATCH;
}
