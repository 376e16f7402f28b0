import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import {
  atSecond,
  openEmptyStream,
  openRecords,
  openStream,
  PERIOD,
  STREAMED,
  type StreamWorld,
  soon,
  unstakeFirst,
  viewAtSecond,
} from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/** The most that a period streams. */
const MOST = 2n ** 80n - 1n;

describe("RewardsDistributor.startPeriod", () => {
  let world: StreamWorld;

  const start = (by = world.outsider) => world.rewardsDistributor.connect(by).startPeriod();
  const fund = (amount: bigint) => world.rewardsDistributor.connect(world.deployer).fund(amount);

  describe("when it is the first", () => {
    beforeEach(async () => {
      world = await load(openRecords);
    });

    it("emits PeriodStarted with all that was funded", async () => {
      await fund(ACT(70));
      const startedAt = await soon();
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(1n, ACT(70), startedAt + PERIOD);
    });

    it("says the amount", async () => {
      await fund(ACT(70));
      expect(await world.rewardsDistributor.startPeriod.staticCall()).to.equal(ACT(70));
    });

    it("updates the stream", async () => {
      await fund(ACT(70));
      const startedAt = await soon();
      await start();
      expect(await world.rewardsDistributor.stream()).to.deep.equal([1n, ACT(70), startedAt, startedAt + PERIOD, 0n]);
    });

    it("updates what is owed", async () => {
      await fund(ACT(70));
      await start();
      expect(await world.rewardsDistributor.owed()).to.equal(ACT(70));
    });

    it("leaves nothing for the next", async () => {
      await fund(ACT(70));
      await start();
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(0n);
    });

    it("emits PeriodStarted with what was sent unasked", async () => {
      await world.token.connect(world.staker).transfer(world.rewardsDistributor, 3n);
      const startedAt = await soon();
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(1n, 3n, startedAt + PERIOD);
    });

    it("emits PeriodStarted with the penalty of who left early, rounded up", async () => {
      const positionId = await stake(world, { amount: ACT(100) + 1n, lockDays: 7n });
      await world.councilStaking.connect(world.staker).unstakeEarly(positionId);
      const startedAt = await soon();
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(1n, ACT(10) + 1n, startedAt + PERIOD);
    });

    it("reverts when there is nothing to stream", async () => {
      await expect(start()).to.be.revertedWithCustomError(world.rewardsDistributor, "NothingToStream").withArgs();
    });
  });

  describe("when one streams", () => {
    beforeEach(async () => {
      world = await load(openStream);
      await fund(ACT(70));
    });

    it("reverts when it has just begun", async () => {
      await expect(start())
        .to.be.revertedWithCustomError(world.rewardsDistributor, "PeriodNotOver")
        .withArgs(world.startedAt + PERIOD);
    });

    it("reverts a second before its end", async () => {
      await atSecond(world, PERIOD - 1n);
      await expect(start())
        .to.be.revertedWithCustomError(world.rewardsDistributor, "PeriodNotOver")
        .withArgs(world.startedAt + PERIOD);
    });

    it("emits PeriodStarted at its end", async () => {
      await atSecond(world, PERIOD);
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(2n, ACT(70), world.startedAt + 2n * PERIOD);
    });

    it("emits PeriodStarted when anyone calls at its end", async () => {
      await atSecond(world, PERIOD);
      await expect(start(world.proposer)).to.emit(world.rewardsDistributor, "PeriodStarted");
    });

    it("updates what is owed by the new amount", async () => {
      await atSecond(world, PERIOD);
      await start();
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED + ACT(70));
    });

    it("leaves all that has streamed to who staked", async () => {
      await atSecond(world, PERIOD);
      await start();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(STREAMED / 4n);
    });
  });

  describe("when one is long over", () => {
    beforeEach(async () => {
      world = await load(openStream);
    });

    it("reverts when there is nothing to stream", async () => {
      await atSecond(world, 2n * PERIOD);
      await expect(start()).to.be.revertedWithCustomError(world.rewardsDistributor, "NothingToStream").withArgs();
    });

    it("begins when it is started, not at the end of the last", async () => {
      await fund(ACT(70));
      await atSecond(world, 3n * PERIOD + 5n);
      await start();
      expect((await world.rewardsDistributor.stream()).startedAt).to.equal(world.startedAt + 3n * PERIOD + 5n);
    });

    it("streams nothing between the two", async () => {
      await fund(STREAMED);
      await atSecond(world, 3n * PERIOD);
      await start();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(STREAMED / 4n);
    });

    it("streams the second at its own rate", async () => {
      await fund(2n * STREAMED);
      await atSecond(world, 3n * PERIOD);
      await start();
      await viewAtSecond(world, 3n * PERIOD + 8n);
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(STREAMED / 4n + ACT(4));
    });

    it("counts periods, not weeks", async () => {
      await fund(ACT(70));
      await atSecond(world, 3n * PERIOD);
      await start();
      expect((await world.rewardsDistributor.stream()).period).to.equal(2n);
    });
  });

  describe("when nobody staked", () => {
    beforeEach(async () => {
      world = await load(openEmptyStream);
    });

    it("emits PeriodStarted with all of the last period again", async () => {
      await atSecond(world, PERIOD);
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(2n, STREAMED, world.startedAt + 2n * PERIOD);
    });

    it("emits PeriodStarted with that and what was funded since", async () => {
      await fund(ACT(70));
      await atSecond(world, PERIOD + 1n);
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(2n, STREAMED + ACT(70), world.startedAt + 2n * PERIOD + 1n);
    });

    it("leaves what is owed at the new amount", async () => {
      await atSecond(world, PERIOD);
      await start();
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED);
    });
  });

  describe("when everyone left", () => {
    it("emits PeriodStarted with what streamed to nobody", async () => {
      world = await load(openEmptyStream);
      await atSecond(world, 20n);
      await stake(world, { amount: ACT(1_024) });
      await atSecond(world, PERIOD - 1_000n);
      await unstakeFirst(world, world.staker);
      await atSecond(world, PERIOD);
      await expect(start())
        .to.emit(world.rewardsDistributor, "PeriodStarted")
        .withArgs(2n, ACT(1_020), world.startedAt + 2n * PERIOD);
    });
  });

  describe("when there is more than a period streams", () => {
    it("emits PeriodStarted with 2^80 - 1 units, and keeps the rest for the next", async () => {
      world = await load(openRecords);
      const { rewardsDistributor, ethers, token } = world;
      const slot = ethers.solidityPackedKeccak256(["uint256", "uint256"], [await rewardsDistributor.getAddress(), 0n]);
      await ethers.provider.send("hardhat_setStorageAt", [
        await token.getAddress(),
        slot,
        ethers.toBeHex(MOST + 5n, 32),
      ]);
      await start();
      expect([(await rewardsDistributor.stream()).amount, await rewardsDistributor.nextPeriodAmount()]).to.deep.equal([
        MOST,
        5n,
      ]);
    });
  });
});
