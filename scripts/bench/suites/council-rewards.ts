import { DAY, HOUR } from "../chain.ts";
import type { CouncilTask } from "./council.ts";
import { beginPeriod, type CouncilStage } from "./council-stage.ts";
import { recordVote } from "./recorder.ts";

/** After this, what was recorded at the same time has lapsed. */
const LAPSE = 31n * DAY;

/** Gas of rewards from second `at` on. The author has staked a day before, and taken nothing. */
export async function measureRewards(stage: CouncilStage, at: bigint) {
  const { aside, cast, rewardsDistributor, send } = stage;
  const author = rewardsDistributor.connect(cast.author);
  const later = await aside(() => beginPeriod(stage, at + 7n * DAY));
  return {
    fund: later.fund,
    startPeriod: later.start,
    "compound, without a lock": await aside(() => send(at, () => author.compound(0n))),
    "compound, for 180 days": await aside(() => send(at, () => author.compound(180n))),
    ...(await aside(() => measureLapse(stage, at))),
    "claim, first of a user": await send(at, () => author.claim()),
    "claim, again": await send(at + HOUR, () => author.claim()),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** The author's booster lapses after the period. */
async function measureLapse(stage: CouncilStage, at: bigint) {
  const { aside, cast, rewardsDistributor, send } = stage;
  const poke = (second: bigint) =>
    aside(() => send(second, () => rewardsDistributor.connect(cast.latecomer).poke(cast.author)));
  const nothing = await poke(at + HOUR);
  await recordVote(stage, cast.author, at);
  const earned = await poke(at + HOUR);
  await send(at + HOUR, () => rewardsDistributor.poke(cast.author));
  return {
    "poke of an account, nothing changes": nothing,
    "poke of an account, a booster was earned": earned,
    "poke of an account, a booster has lapsed": await poke(at + LAPSE),
    "claim, a booster has lapsed": await aside(() =>
      send(at + LAPSE, () => rewardsDistributor.connect(cast.author).claim()),
    ),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}
