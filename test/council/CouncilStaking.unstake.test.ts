import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import { atAge, atUnlock, type CouncilWorld, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import {
  accountOf,
  describeOwnerChecks,
  describeWhatClosingLeaves,
  knownOf,
  ODD,
  positionOf,
  powerOf,
  TIERS,
} from "../fixtures/council-checks.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilStaking.unstake", () => {
  describeOwnerChecks(({ councilStaking }, by, positionId) => councilStaking.connect(by).unstake(positionId));

  let world: CouncilWorld;

  const unstake = (positionId: bigint) => world.councilStaking.connect(world.staker).unstake(positionId);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  for (const { days } of TIERS) {
    describe(`when a lock of ${days} days is over`, () => {
      let positionId: bigint;

      beforeEach(async () => {
        positionId = await stake(world, { amount: ODD, lockDays: days });
        await stake(world, { by: world.whale, lockDays: days });
        await atUnlock(world, positionId, days === 0n ? DAY : 0n);
      });

      it("emits Unstaked without a penalty", async () => {
        await expect(unstake(positionId))
          .to.emit(world.councilStaking, "Unstaked")
          .withArgs(world.staker, positionId, ODD, 0n);
      });

      it("pays all of it back", async () => {
        await expect(unstake(positionId)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.staker, world.councilStaking, world.rewardsDistributor],
          [ODD, -ODD, 0n],
        );
      });

      describeWhatClosingLeaves(
        () => world,
        () => unstake(positionId),
      );
    });
  }

  describe("when the lock is not over", () => {
    for (const { days } of TIERS.slice(1)) {
      it(`reverts in the last second of ${days} days`, async () => {
        const positionId = await stake(world, { lockDays: days });
        const { unlocksAt } = await positionOf(world, positionId);
        await atUnlock(world, positionId, -1n);
        await expect(unstake(positionId))
          .to.be.revertedWithCustomError(world.councilStaking, "PositionLocked")
          .withArgs(positionId, unlocksAt);
      });
    }

    it("reverts until the end of a lock that was extended", async () => {
      const positionId = await stake(world, { lockDays: 7n });
      await world.councilStaking.connect(world.staker).extendLock(positionId, 30n);
      const { unlocksAt } = await positionOf(world, positionId);
      await atUnlock(world, positionId, -1n);
      await expect(unstake(positionId))
        .to.be.revertedWithCustomError(world.councilStaking, "PositionLocked")
        .withArgs(positionId, unlocksAt);
    });
  });

  describe("when there is no lock", () => {
    it("emits Unstaked in the second of staking", async () => {
      const positionId = await stake(world, { amount: ODD });
      await atAge(world, positionId, 0n);
      await expect(unstake(positionId))
        .to.emit(world.councilStaking, "Unstaked")
        .withArgs(world.staker, positionId, ODD, 0n);
    });

    it("returns the amount", async () => {
      const positionId = await stake(world, { amount: ODD });
      expect(await world.councilStaking.connect(world.staker).unstake.staticCall(positionId)).to.equal(ODD);
    });
  });

  describe("when the position has reached a tier by its time", () => {
    it("leaves no power when it was poked", async () => {
      const positionId = await stake(world, { amount: ODD });
      await atAge(world, positionId, 180n * DAY);
      await world.councilStaking.poke(positionId);
      await unstake(positionId);
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: 0n,
        power: 0n,
        openedPositions: 1n,
        longTermPositions: 0n,
      });
    });

    it("leaves no power when it was not", async () => {
      const positionId = await stake(world, { amount: ODD });
      await atAge(world, positionId, 180n * DAY);
      await unstake(positionId);
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: 0n,
        power: 0n,
        openedPositions: 1n,
        longTermPositions: 0n,
      });
    });
  });

  describe("when the account has other positions", () => {
    const OTHER = PLEDGE + 3n;
    let positionId: bigint;

    beforeEach(async () => {
      await stake(world, { amount: OTHER, lockDays: 180n });
      positionId = await stake(world, { amount: ODD });
    });

    it("keeps what they count", async () => {
      await unstake(positionId);
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: OTHER,
        power: powerOf(OTHER, 180n),
        openedPositions: 2n,
        longTermPositions: 1n,
      });
    });

    it("tells the distributor that one is still long", async () => {
      await unstake(positionId);
      expect(await knownOf(world, world.staker)).to.deep.equal({ power: powerOf(OTHER, 180n), boosterBps: 2_000n });
    });

    it("leaves the other position as it was", async () => {
      const before = await positionOf(world, positionId - 1n);
      await unstake(positionId);
      expect(await positionOf(world, positionId - 1n)).to.deep.equal(before);
    });
  });
});
