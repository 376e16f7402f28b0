import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import { atSecond, openEmptyStream, record, type StreamWorld, WINDOW } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("RewardsDistributor, boosters together", () => {
  let world: StreamWorld;

  const boosters = async () => {
    const { boosterBps, currentBoosterBps } = await world.rewardsDistributor.account(world.staker);
    return [boosterBps, currentBoosterBps];
  };

  beforeEach(async () => {
    world = await load(openEmptyStream);
    await atSecond(world, 100n);
    await stake(world, { amount: ACT(1_000), lockDays: 180n });
    await atSecond(world, 200n);
    await record(world, "recordParticipation", world.staker);
    await atSecond(world, 300n);
    await record(world, "recordVote", world.staker);
    await world.rewardsDistributor.poke(world.staker);
  });

  it("adds up to 4,500", async () => {
    expect(await boosters()).to.deep.equal([4_500n, 4_500n]);
  });

  it("leaves 3,500 when participation has lapsed", async () => {
    await atSecond(world, 200n + WINDOW);
    await world.rewardsDistributor.poke(world.staker);
    expect(await boosters()).to.deep.equal([3_500n, 3_500n]);
  });

  it("leaves 2,000 when the vote has lapsed as well", async () => {
    await atSecond(world, 300n + WINDOW);
    await world.rewardsDistributor.poke(world.staker);
    expect(await boosters()).to.deep.equal([2_000n, 2_000n]);
  });

  it("drops what has lapsed, and counts what was recorded again", async () => {
    await atSecond(world, 300n + WINDOW);
    await record(world, "recordParticipation", world.staker);
    await world.rewardsDistributor.poke(world.staker);
    expect(await boosters()).to.deep.equal([3_000n, 3_000n]);
  });

  it("drops the long-term booster with the last position at the tier", async () => {
    await atSecond(world, 400n);
    await stake(world, { amount: ACT(500) });
    await world.councilStaking
      .connect(world.staker)
      .unstakeEarly(await world.councilStaking.positionIdOf(world.staker, 0n));
    expect(await boosters()).to.deep.equal([2_500n, 2_500n]);
  });

  it("counts the long-term booster of a single position for all of the power", async () => {
    await atSecond(world, 400n);
    await stake(world, { amount: ACT(1_000) });
    // (3,000 + 1,000) * 1.45
    expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT(5_800));
  });

  it("counts the long-term booster of a position that has sat 180 days, once it is poked", async () => {
    await atSecond(world, 400n);
    const positionId = await stake(world, { by: world.whale, amount: ACT(1_000) });
    await atSecond(world, 400n + 180n * 86_400n);
    await world.councilStaking.poke(positionId);
    expect((await world.rewardsDistributor.account(world.whale)).weight).to.equal(ACT(3_600));
  });
});
