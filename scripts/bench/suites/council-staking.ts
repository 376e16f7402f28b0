import { DAY, HOUR } from "../chain.ts";
import type { CouncilTask } from "./council.ts";
import { type CouncilStage, positionOf, STAKE, stake } from "./council-stage.ts";
import { type Cast, permitAhead } from "./stage.ts";

/** Gas of staking at second `at`. The author has staked a day before, the supporter never. */
export async function measureStaking(stage: CouncilStage, at: bigint) {
  const { aside } = stage;
  const stakeAs = (who: keyof Cast, lockDays?: bigint) => aside(() => stake(stage, who, at, lockDays));
  return {
    "stake, newcomer": await stakeAs("supporter"),
    "stake, newcomer, for 7 days": await stakeAs("supporter", 7n),
    "stake, newcomer, for 30 days": await stakeAs("supporter", 30n),
    "stake, newcomer, for 90 days": await stakeAs("supporter", 90n),
    "stake, newcomer, for 180 days": await stakeAs("supporter", 180n),
    "stake, returning": await stakeAs("author"),
    "stake, returning, for 180 days": await stakeAs("author", 180n),
    stakeWithPermit: await aside(() => stakeWithPermit(stage, at, false)),
    "stakeWithPermit, permit sent ahead by another": await aside(() => stakeWithPermit(stage, at, true)),
    ...(await aside(() => measureLeaving(stage, at))),
    ...(await aside(() => measureTiers(stage, at))),
    ...(await aside(() => measureDuties(stage, at))),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

async function measureLeaving(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilStaking, send } = stage;
  const leave = async (how: "unstake" | "unstakeEarly", second: bigint, index?: bigint) => {
    const positionId = await positionOf(stage, "author", index);
    return aside(() => send(second, () => councilStaking.connect(cast.author)[how](positionId)));
  };
  const last = await leave("unstake", at);
  await stake(stage, "author", at, 180n);
  return {
    "unstake, the last position": last,
    "unstake, one of two": await leave("unstake", at + HOUR),
    "unstake, one of two, after 180 days": await leave("unstake", at + 181n * DAY, 1n),
    unstakeEarly: await leave("unstakeEarly", at + HOUR, 1n),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

async function measureTiers(stage: CouncilStage, at: bigint) {
  const { aside, cast, councilStaking, send } = stage;
  const positionId = await positionOf(stage, "author");
  const owner = councilStaking.connect(cast.author);
  const other = councilStaking.connect(cast.latecomer);
  const extend = (lockDays: bigint) => aside(() => send(at, () => owner.extendLock(positionId, lockDays)));
  const pokeAfter = (days: bigint) => aside(() => send(at + days * DAY, () => other.poke(positionId)));
  return {
    "extendLock, to 30 days": await extend(30n),
    "extendLock, to 180 days": await extend(180n),
    "poke of a position, nothing to gain": await pokeAfter(1n),
    "poke of a position, reaches 7 days": await pokeAfter(7n),
    "poke of a position, reaches 180 days": await pokeAfter(180n),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** The contract is the deployer's, who is admin and guardian of a local deployment. */
async function measureDuties({ cast, councilStaking, send }: CouncilStage, at: bigint) {
  const owner = councilStaking.connect(cast.author);
  return {
    "delegate, to somebody without votes": await send(at, () => owner.delegate(cast.latecomer)),
    "delegate, back": await send(at + HOUR, () => owner.delegate(cast.author)),
    "pauseEntries of staking": await send(at + 2n * HOUR, () => councilStaking.pauseEntries()),
    "unpauseEntries of staking": await send(at + 3n * HOUR, () => councilStaking.unpauseEntries()),
  } satisfies Partial<Record<CouncilTask, bigint>>;
}

/** The signatory stakes at second `at`. `isSentAhead`: somebody else uses the permit first, an hour before. */
async function stakeWithPermit(stage: CouncilStage, at: bigint, isSentAhead: boolean): Promise<bigint> {
  const { cast, councilStaking, councilToken, send } = stage;
  const { deadline, v, r, s } = await permitAhead(stage, councilStaking, STAKE, at, isSentAhead, councilToken);
  return send(at, () => councilStaking.connect(cast.signatory).stakeWithPermit(STAKE, 0n, deadline, v, r, s));
}
