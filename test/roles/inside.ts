import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { CLAIM, DAY, HOUR, NO_LIMIT, usdc } from "../fixtures/amounts.ts";
import { BODY, SUMMARY } from "../fixtures/arguments.ts";
import { ACT } from "../fixtures/council.ts";
import type { Stage } from "./stage.ts";
import { ASKED, each, playersOf } from "./stories/query.ts";
import { opening, sealOf } from "./stories/stake.ts";

/** Positions and stakes of people who have put money into every mechanism. */
export interface Inside {
  /** Of the outsider: one to keep, one to leave early. */
  positions: readonly [bigint, bigint];
  /** Of the partner, on the other side. */
  opposed: bigint;
  epoch: bigint;
  /** Written by the outsider: one that the partner has upvoted, one that nobody has touched. */
  argumentIds: readonly [bigint, bigint];
  /** One that is answered and judged, one that nobody answers. */
  queryIds: readonly [bigint, bigint];
  /** Of the outsider: without a lock, and locked for 180 days. */
  pledges: readonly [bigint, bigint];
  /** One with a member, one for which nobody can be drawn. */
  sessionIds: readonly [bigint, bigint];
}

/** Everybody puts money into everything. */
export async function enterEverything(stage: Stage): Promise<Inside> {
  return {
    ...(await enterMarket(stage)),
    ...(await enterCouncil(stage)),
    ...(await enterEpoch(stage)),
    ...(await enterArguments(stage)),
    ...(await enterQueries(stage)),
  };
}

async function enterMarket({ market, partner }: Stage): Promise<Pick<Inside, "positions" | "opposed">> {
  const commit = async (side: bigint, by = market) => {
    const id = await by.commit.staticCall(side, usdc(1_000), NO_LIMIT);
    await by.commit(side, usdc(1_000), NO_LIMIT);
    return id;
  };
  const positions = [await commit(0n), await commit(0n)] as const;
  return { positions, opposed: await commit(1n, market.connect(partner)) };
}

async function enterEpoch(stage: Stage): Promise<Pick<Inside, "epoch">> {
  const { convictionMarket, stakeVault, truthSerum, outsider, partner, connection } = stage;
  await convictionMarket.connect(outsider).createPool(CLAIM);
  for (const person of [outsider, partner]) {
    await stakeVault.connect(person).deposit(usdc(500));
    await convictionMarket.connect(person).buy(CLAIM, 0n, usdc(5_000), 0n);
  }
  const epoch = (await truthSerum.currentEpoch()) + 1n;
  await connection.networkHelpers.time.increaseTo((await truthSerum.scheduleOf(epoch)).startsAt);
  for (const person of [outsider, partner]) {
    await truthSerum.connect(person).commitBelief(CLAIM, await sealOf(stage, person.address, epoch));
  }
  return { epoch };
}

async function enterArguments(stage: Stage): Promise<Pick<Inside, "argumentIds">> {
  const { argumentStaking, outsider, partner, team } = stage;
  await argumentStaking.connect(team).fundRewards(ACT(1_000));
  const forum = argumentStaking.connect(outsider);
  for (const _ of [1, 2]) await forum.createArgument(CLAIM, 0n, SUMMARY, BODY);
  await argumentStaking.connect(partner).upvote(1n);
  return { argumentIds: [1n, 2n] };
}

async function enterQueries(stage: Stage): Promise<Pick<Inside, "queryIds">> {
  const { queryEscrow, outsider } = stage;
  const windows = { answering: 6n * HOUR, opening: HOUR, judging: HOUR, revealing: HOUR };
  const question = [...ASKED.slice(0, 5), windows] as unknown as typeof ASKED;
  for (const _ of [1, 2]) await queryEscrow.connect(outsider).ask(...question);
  const play = await playersOf(stage, 1n);
  await each(play.answerers, play.join);
  await each(play.answerers, play.answer);
  return { queryIds: [1n, 2n] };
}

async function enterCouncil(stage: Stage): Promise<Pick<Inside, "pledges" | "sessionIds">> {
  const { councilStaking, councilChamber, rewardsDistributor, outsider, partner, team, connection } = stage;
  const { time, mine } = connection.networkHelpers;
  const staking = councilStaking.connect(outsider);
  await staking.stake(ACT(1_000), 0n);
  await staking.stake(ACT(1_000), 180n);
  await councilStaking.connect(partner).stake(ACT(2_000), 0n);
  await rewardsDistributor.connect(team).fund(ACT(10_000));
  await rewardsDistributor.startPeriod();
  await councilChamber.connect(partner).registerAgent("ipfs://partner");
  await time.increase(HOUR);
  const chamber = councilChamber.connect(outsider);
  await chamber.openSession("A topic", 1n, ["yes", "no"], 30n * DAY, ACT(100));
  await mine(3);
  await chamber.drawSession(1n);
  await chamber.openSession("Another", 2n, ["yes", "no"], DAY, ACT(100));
  const pledges = [await staking.positionIdOf(outsider, 0n), await staking.positionIdOf(outsider, 1n)] as const;
  return { pledges, sessionIds: [1n, 2n] };
}

/** The beliefs of the epoch are opened, and it is settled and distributed. */
export async function finishEpoch({ truthSerum, outsider, partner, connection }: Stage, epoch: bigint): Promise<void> {
  const { time } = connection.networkHelpers;
  const [, endsAt, settleableAt] = await truthSerum.scheduleOf(epoch);
  const serum = truthSerum.connect(partner);
  await time.increaseTo(endsAt);
  for (const { address } of [outsider, partner]) await serum.revealBelief(...opening(address, epoch));
  await time.increaseTo(settleableAt);
  await serum.settle(CLAIM, epoch, 10n);
  await serum.distribute(CLAIM, epoch, 10n);
}

/** The answers of the first query are opened, judged, and paid for; of the second there are none. */
export async function finishQueries(stage: Stage, [judged, unanswered]: Inside["queryIds"]): Promise<void> {
  const { queryEscrow, partner, connection } = stage;
  const { time } = connection.networkHelpers;
  const ends = await queryEscrow.query(judged);
  const play = await playersOf(stage, judged);
  await time.increaseTo(ends.answeringEndsAt);
  await each(play.answerers, play.open);
  await time.increaseTo(ends.openingEndsAt);
  await each(play.judges, play.sit);
  await each(play.judges, play.vote);
  await time.increaseTo(ends.judgingEndsAt);
  await each(play.judges, play.openVote);
  await time.increaseTo(ends.revealingEndsAt);
  await queryEscrow.connect(partner).settle(judged, await play.strengths());
  await queryEscrow.connect(partner).settle(unanswered, []);
}

/** What somebody's balance of a token grows by. */
export async function paidTo(
  token: { balanceOf(account: HardhatEthersSigner): Promise<bigint> },
  person: HardhatEthersSigner,
  act: () => Promise<unknown>,
): Promise<bigint> {
  const before = await token.balanceOf(person);
  await act();
  return (await token.balanceOf(person)) - before;
}
