import { expect } from "chai";
import { ACT, atPeriodEnd, stake, startPeriod } from "../fixtures/council.ts";
import {
  atSecond,
  openRecords,
  openStream,
  PERIOD,
  record,
  STREAMED,
  type StreamWorld,
  unstakeFirst,
  viewAtSecond,
  WINDOW,
} from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("RewardsDistributor.claim", () => {
  let world: StreamWorld;

  const claim = (by = world.staker) => world.rewardsDistributor.connect(by).claim();
  const expectTooSmall = (sent: Promise<unknown>, reward: bigint, by = world.staker) =>
    expect(sent).to.be.revertedWithCustomError(world.rewardsDistributor, "RewardTooSmall").withArgs(by, reward, ACT(1));

  beforeEach(async () => {
    world = await load(openStream);
  });

  describe("when there is a reward", () => {
    beforeEach(async () => {
      await atSecond(world, 1_000n);
    });

    it("pays it to the caller", async () => {
      await expect(claim()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.rewardsDistributor, world.staker],
        [-ACT(250), ACT(250)],
      );
    });

    it("emits Claimed", async () => {
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT(250));
    });

    it("leaves nothing to claim", async () => {
      await claim();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(0n);
    });

    it("owes less by it", async () => {
      await claim();
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED - ACT(250));
    });

    it("leaves what the next period streams at nothing", async () => {
      await claim();
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(0n);
    });

    it("leaves the reward of others as it is", async () => {
      await claim();
      expect(await world.rewardsDistributor.claimable(world.whale)).to.equal(ACT(750));
    });

    it("leaves the weight as it is", async () => {
      await claim();
      expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT(1_024));
    });

    it("pays when the guardian has paused staking", async () => {
      await world.councilStaking.connect(world.guardian).pauseEntries();
      await atSecond(world, 1_000n);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT(250));
    });
  });

  describe("when it was claimed before", () => {
    beforeEach(async () => {
      await atSecond(world, 1_000n);
      await claim();
    });

    it("reverts in the same second", async () => {
      await atSecond(world, 1_000n);
      await expectTooSmall(claim(), 0n);
    });

    it("pays what streamed since", async () => {
      await atSecond(world, 1_400n);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT(100));
    });

    it("lets nobody claim more in the end than if it had not been", async () => {
      await atSecond(world, PERIOD);
      await expect(claim())
        .to.emit(world.rewardsDistributor, "Claimed")
        .withArgs(world.staker, STREAMED / 4n - ACT(250));
    });
  });

  describe("when the reward is about a token", () => {
    it("reverts when it is three quarters of one", async () => {
      await atSecond(world, 3n);
      await expectTooSmall(claim(), ACT("0.75"));
    });

    it("pays exactly one", async () => {
      await atSecond(world, 4n);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT(1));
    });
  });

  describe("when the caller has delegated all power, and has the stake still", () => {
    it("reverts at less than a token", async () => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      await atSecond(world, 3n);
      await expectTooSmall(claim(), ACT("0.75"));
    });
  });

  describe("when the caller never staked", () => {
    it("reverts", async () => {
      await atSecond(world, 1_000n);
      await expectTooSmall(claim(world.delegate), 0n, world.delegate);
    });
  });

  describe("when the caller has unstaked", () => {
    it("pays less than a token, which nobody who stakes is paid", async () => {
      await atSecond(world, 3n);
      await unstakeFirst(world, world.staker);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT("0.75"));
    });

    it("reverts when they have taken all", async () => {
      await atSecond(world, 3n);
      await unstakeFirst(world, world.staker);
      await claim();
      await expectTooSmall(claim(), 0n);
    });

    it("reverts at less than a token when they have staked again", async () => {
      await atSecond(world, 3n);
      await unstakeFirst(world, world.staker);
      await atSecond(world, 3n);
      await stake(world);
      await atSecond(world, 3n);
      await expectTooSmall(claim(), ACT("0.75"));
    });

    it("pays a single unit, of one and three quarters", async () => {
      world = await load(openRecords);
      await stake(world, { amount: ACT(100) });
      await stake(world, { by: world.whale, amount: ACT(300) });
      await startPeriod(world, 7n);
      await atPeriodEnd(world);
      await unstakeFirst(world, world.staker);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, 1n);
    });

    it("pays what they earned until then", async () => {
      await atSecond(world, 1_000n);
      await unstakeFirst(world, world.staker);
      await atSecond(world, 5_000n);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, ACT(250));
    });
  });

  describe("when all have claimed at the end", () => {
    it("leaves nothing in the contract", async () => {
      await atSecond(world, PERIOD);
      await claim();
      await claim(world.whale);
      expect(await world.token.balanceOf(world.rewardsDistributor)).to.equal(0n);
    });

    it("owes nothing", async () => {
      await atSecond(world, PERIOD);
      await claim();
      await claim(world.whale);
      expect(await world.rewardsDistributor.owed()).to.equal(0n);
    });
  });

  describe("when a booster has lapsed", () => {
    beforeEach(async () => {
      await atSecond(world, 100n);
      await record(world, "recordVote", world.staker);
      await world.rewardsDistributor.poke(world.staker);
    });

    it("emits WeightChanged", async () => {
      await atSecond(world, 100n + WINDOW);
      await expect(claim()).to.emit(world.rewardsDistributor, "WeightChanged").withArgs(world.staker, ACT(1_024), 0n);
    });

    it("pays with the booster what streamed until now", async () => {
      await viewAtSecond(world, 100n + WINDOW);
      const reward = await world.rewardsDistributor.claimable(world.staker);
      await expect(claim()).to.emit(world.rewardsDistributor, "Claimed").withArgs(world.staker, reward);
    });
  });
});
