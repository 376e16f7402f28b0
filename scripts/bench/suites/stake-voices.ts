import { id } from "ethers";
import { Side } from "../../../sdk/market/side.ts";
import { HOUR } from "../chain.ts";
import { type Cast, type Stage, USDC } from "./stage.ts";
import type { StakeTask } from "./stake.ts";
import type { Crowd, Opinion } from "./stake-crowd.ts";

const AMOUNT = 500n * USDC;
const OPINION: Opinion = { belief: 73n * 10n ** 16n, meta: 58n * 10n ** 16n, salt: id("credence benchmark: a salt") };

/** One of the cast buys a position on the crowd's claim, which sets their lock. */
export async function takePosition(stage: Stage, { claimId }: Crowd, who: keyof Cast, amount = AMOUNT): Promise<void> {
  await stage.convictionMarket.connect(stage.cast[who]).buy(claimId, Side.Support, amount, 1n);
}

/** One of the cast speaks in an epoch, `after` seconds after the crowd does; `isNamed`: with `commitBeliefIn`. */
export function speak(
  stage: Stage,
  crowd: Crowd,
  who: keyof Cast,
  epoch: bigint,
  after: bigint,
  isNamed = false,
): Promise<bigint> {
  const { claimId } = crowd;
  const sealed = crowd.seal(epoch, stage.cast[who].address, OPINION);
  const serum = stage.truthSerum.connect(stage.cast[who]);
  return stage.send(crowd.committingAt(epoch) + after, () =>
    isNamed ? serum.commitBeliefIn(claimId, epoch, sealed) : serum.commitBelief(claimId, sealed),
  );
}

/** One of the cast opens what they said, `after` seconds after the crowd does. */
export function openUp(stage: Stage, crowd: Crowd, who: keyof Cast, epoch: bigint, after: bigint): Promise<bigint> {
  const { belief, meta, salt } = OPINION;
  const user = stage.cast[who].address;
  const serum = stage.truthSerum.connect(stage.cast[who]);
  return stage.send(crowd.revealingAt(epoch) + after, () =>
    serum.revealBelief(user, crowd.claimId, epoch, belief, meta, salt),
  );
}

/** Gas of speaking where a crowd speaks, from one epoch to the next. */
export async function measureVoices(stage: Stage, crowd: Crowd) {
  const { aside } = stage;
  const { firstEpoch: epoch } = crowd;
  const speakIn = (inEpoch: bigint, after = HOUR) => speak(stage, crowd, "supporter", inEpoch, after);
  await takePosition(stage, crowd, "supporter");
  await takePosition(stage, crowd, "skeptic");

  const first = await aside(() => speakIn(epoch, -HOUR));
  await crowd.commit(epoch);
  const freshNamed = await aside(() => speak(stage, crowd, "supporter", epoch, HOUR, true));
  const fresh = await speakIn(epoch);
  await speak(stage, crowd, "skeptic", epoch, 2n * HOUR);
  const replaced = await aside(() => speakIn(epoch, 3n * HOUR));
  const replacedAfter = (amount: bigint) =>
    aside(async () => {
      await takePosition(stage, crowd, "supporter", amount);
      return speakIn(epoch, 3n * HOUR);
    });
  const replacedLarger = await replacedAfter(2n * AMOUNT);
  const replacedSmaller = await replacedAfter(AMOUNT / 2n);

  const firstOpened = await aside(() => openUp(stage, crowd, "supporter", epoch, 0n));
  await crowd.reveal(epoch);
  const opened = await openUp(stage, crowd, "supporter", epoch, HOUR);

  const returningFree = await aside(async () => {
    await finish(stage, crowd, epoch);
    await crowd.commit(epoch + 2n);
    return speakIn(epoch + 2n);
  });
  await crowd.commit(epoch + 1n);
  const returning = await speakIn(epoch + 1n);
  await crowd.commit(epoch + 2n);
  const returningLate = () => speak(stage, crowd, "skeptic", epoch + 2n, 2n * HOUR);
  const returningLarger = await aside(async () => {
    await takePosition(stage, crowd, "skeptic", 2n * AMOUNT);
    return returningLate();
  });
  return {
    "commitBelief, first of an epoch": first,
    "commitBelief, new participant": fresh,
    "commitBeliefIn, new participant": freshNamed,
    "commitBelief, returning, no voice at risk": returningFree,
    "commitBelief, returning, last epoch's voice at risk": returning,
    "commitBelief, returning, older voice at risk": await returningLate(),
    "commitBelief, returning, older voice at risk, larger lock": returningLarger,
    "commitBelief, replaced, same lock": replaced,
    "commitBelief, replaced, larger lock": replacedLarger,
    "commitBelief, replaced, smaller lock": replacedSmaller,
    "revealBelief, first of an epoch": firstOpened,
    revealBelief: opened,
  } satisfies Partial<Record<StakeTask, bigint>>;
}

/** Settles and distributes an epoch. */
async function finish({ truthSerum, send }: Stage, crowd: Crowd, epoch: bigint): Promise<void> {
  const { claimId } = crowd;
  const { joined } = await truthSerum.epochState(claimId, epoch);
  await send(crowd.settlingAt(epoch), () => truthSerum.settle(claimId, epoch, joined));
  await send(crowd.settlingAt(epoch) + 1n, () => truthSerum.distribute(claimId, epoch, joined));
}
