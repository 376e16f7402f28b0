import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, atAge, atUnlock, type CouncilWorld, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import {
  accountOf,
  describeOwnerChecks,
  describeWhatClosingLeaves,
  ODD,
  positionOf,
  powerOf,
  stakingUnder,
  TIERS,
} from "../fixtures/council-checks.ts";
import { load } from "../fixtures/protocol.ts";

/** 10 % of `ODD`, rounded up: 10 ACT and 0.7 units. */
const PENALTY = ACT(10) + 1n;

describe("CouncilStaking.unstakeEarly", () => {
  describeOwnerChecks(({ councilStaking }, by, positionId) => councilStaking.connect(by).unstakeEarly(positionId));

  let world: CouncilWorld;

  const unstakeEarly = (positionId: bigint) => world.councilStaking.connect(world.staker).unstakeEarly(positionId);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  for (const { days } of TIERS.slice(1)) {
    describe(`when a lock of ${days} days is running`, () => {
      let positionId: bigint;

      beforeEach(async () => {
        positionId = await stake(world, { amount: ODD, lockDays: days });
        await stake(world, { by: world.whale, lockDays: days });
        await atUnlock(world, positionId, -1n);
      });

      it("emits Unstaked with the penalty, in the last second", async () => {
        await expect(unstakeEarly(positionId))
          .to.emit(world.councilStaking, "Unstaked")
          .withArgs(world.staker, positionId, ODD, PENALTY);
      });

      it("pays the penalty to the distributor and the rest to the owner", async () => {
        await expect(unstakeEarly(positionId)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.staker, world.councilStaking, world.rewardsDistributor],
          [ODD - PENALTY, -ODD, PENALTY],
        );
      });

      describeWhatClosingLeaves(
        () => world,
        () => unstakeEarly(positionId),
      );
    });
  }

  describe("when the lock is over", () => {
    for (const { days } of TIERS) {
      it(`reverts in the first second after ${days} days`, async () => {
        const positionId = await stake(world, { lockDays: days });
        const { unlocksAt } = await positionOf(world, positionId);
        await atUnlock(world, positionId);
        await expect(unstakeEarly(positionId))
          .to.be.revertedWithCustomError(world.councilStaking, "PositionNotLocked")
          .withArgs(positionId, unlocksAt);
      });
    }
  });

  describe("when a lock was extended", () => {
    it("emits Unstaked with the penalty after the first lock is over", async () => {
      const positionId = await stake(world, { amount: ODD, lockDays: 7n });
      await world.councilStaking.connect(world.staker).extendLock(positionId, 30n);
      await atAge(world, positionId, 7n * DAY);
      await expect(unstakeEarly(positionId))
        .to.emit(world.councilStaking, "Unstaked")
        .withArgs(world.staker, positionId, ODD, PENALTY);
    });
  });

  describe("when the account has another long position", () => {
    it("keeps what that counts", async () => {
      await stake(world, { lockDays: 180n });
      await unstakeEarly(await stake(world, { amount: ODD, lockDays: 180n }));
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: PLEDGE,
        power: powerOf(PLEDGE, 180n),
        openedPositions: 2n,
        longTermPositions: 1n,
      });
    });
  });

  describe("when the penalty is worked out", () => {
    for (const { amount, penalty } of [
      { amount: ACT(100), penalty: ACT(10) },
      { amount: ACT(100) + 1n, penalty: ACT(10) + 1n },
      { amount: ACT(100) + 9n, penalty: ACT(10) + 1n },
      { amount: ACT(100) + 10n, penalty: ACT(10) + 1n },
      { amount: ACT(100) + 11n, penalty: ACT(10) + 2n },
      { amount: ACT(10_000_000), penalty: ACT(1_000_000) },
    ]) {
      it(`returns ${amount - penalty} of ${amount} units`, async () => {
        const positionId = await stake(world, { amount, lockDays: 7n });
        const returned = await world.councilStaking.connect(world.staker).unstakeEarly.staticCall(positionId);
        expect(returned).to.equal(amount - penalty);
      });
    }

    it("joins what the next period streams", async () => {
      await unstakeEarly(await stake(world, { amount: ODD, lockDays: 7n }));
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(PENALTY);
    });

    it("pays everything back where there is none", async () => {
      const free = await stakingUnder(world, { earlyExitPenaltyBps: 0n });
      const positionId = await stake(free, { amount: ODD, lockDays: 7n });
      await expect(free.councilStaking.connect(free.staker).unstakeEarly(positionId)).to.changeTokenBalances(
        free.ethers,
        free.token,
        [free.staker, free.rewardsDistributor],
        [ODD, 0n],
      );
    });

    it("sends nothing to the distributor where there is none", async () => {
      const free = await stakingUnder(world, { earlyExitPenaltyBps: 0n });
      const positionId = await stake(free, { amount: ODD, lockDays: 7n });
      await free.councilStaking.connect(free.staker).unstakeEarly(positionId);
      const paid = await free.token.queryFilter(free.token.filters.Transfer(free.councilStaking));
      expect(paid.map(({ args: { to, value } }) => [to, value])).to.deep.equal([[free.staker.address, ODD]]);
    });

    it("takes half where it is the most", async () => {
      const dear = await stakingUnder(world, { earlyExitPenaltyBps: 5_000n });
      const positionId = await stake(dear, { amount: ODD, lockDays: 7n });
      await expect(dear.councilStaking.connect(dear.staker).unstakeEarly(positionId)).to.changeTokenBalances(
        dear.ethers,
        dear.token,
        [dear.staker, dear.rewardsDistributor],
        [ACT(50) + 3n, ACT(50) + 4n],
      );
    });

    it("takes all of a single unit", async () => {
      const tiny = await stakingUnder(world, { minStake: 1n });
      const positionId = await stake(tiny, { amount: 1n, lockDays: 7n });
      await expect(tiny.councilStaking.connect(tiny.staker).unstakeEarly(positionId)).to.changeTokenBalances(
        tiny.ethers,
        tiny.token,
        [tiny.staker, tiny.rewardsDistributor],
        [0n, 1n],
      );
    });
  });
});
