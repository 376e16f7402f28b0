import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import { atAge, type CouncilWorld, openCouncil, stake } from "../fixtures/council.ts";
import {
  accountOf,
  describeOwnerChecks,
  knownOf,
  ODD,
  positionOf,
  powerOf,
  TIERS,
} from "../fixtures/council-checks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

describe("CouncilStaking.extendLock", () => {
  describeOwnerChecks(({ councilStaking }, by, positionId) => councilStaking.connect(by).extendLock(positionId, 180n));

  let world: CouncilWorld;

  const open = (lockDays: bigint) => stake(world, { amount: ODD, lockDays });
  const extend = (positionId: bigint, lockDays: bigint) =>
    world.councilStaking.connect(world.staker).extendLock(positionId, lockDays);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  for (const { days } of TIERS.slice(1)) {
    describe(`when a position without a lock is locked for ${days} days`, () => {
      let positionId: bigint;
      let extendedAt: bigint;

      beforeEach(async () => {
        positionId = await open(0n);
        extendedAt = (await now()) + DAY;
        await nextAt(extendedAt);
      });

      it("emits LockExtended", async () => {
        await expect(extend(positionId, days))
          .to.emit(world.councilStaking, "LockExtended")
          .withArgs(positionId, days, extendedAt + days * DAY);
      });

      it("emits TierReached", async () => {
        await expect(extend(positionId, days))
          .to.emit(world.councilStaking, "TierReached")
          .withArgs(positionId, days, powerOf(ODD, days));
      });

      it("updates lock, tier and power of the position, and nothing else", async () => {
        const before = await positionOf(world, positionId);
        await extend(positionId, days);
        expect(await positionOf(world, positionId)).to.deep.equal({
          ...before,
          unlocksAt: extendedAt + days * DAY,
          tierDays: days,
          power: powerOf(ODD, days),
        });
      });

      it("updates the power of the account", async () => {
        await extend(positionId, days);
        expect(await accountOf(world, world.staker)).to.deep.equal({
          staked: ODD,
          power: powerOf(ODD, days),
          openedPositions: 1n,
          longTermPositions: days === 180n ? 1n : 0n,
        });
      });

      it("updates the votes", async () => {
        await extend(positionId, days);
        expect(await world.councilStaking.getVotes(world.staker)).to.equal(powerOf(ODD, days));
      });

      it("tells the distributor", async () => {
        await extend(positionId, days);
        const boosterBps = days === 180n ? 2_000n : 0n;
        expect(await knownOf(world, world.staker)).to.deep.equal({ power: powerOf(ODD, days), boosterBps });
      });
    });
  }

  describe("when the lock is running", () => {
    it("emits LockExtended with the same lock a second later", async () => {
      const positionId = await open(30n);
      const { unlocksAt } = await positionOf(world, positionId);
      await atAge(world, positionId, 1n);
      await expect(extend(positionId, 30n))
        .to.emit(world.councilStaking, "LockExtended")
        .withArgs(positionId, 30n, (unlocksAt as bigint) + 1n);
    });

    it("reverts with the same lock in the same second", async () => {
      const positionId = await open(30n);
      const { unlocksAt } = await positionOf(world, positionId);
      await atAge(world, positionId, 0n);
      await expect(extend(positionId, 30n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockNotLonger")
        .withArgs(positionId, unlocksAt, unlocksAt);
    });

    it("reverts when it would end at the same second", async () => {
      const positionId = await open(30n);
      const { unlocksAt } = await positionOf(world, positionId);
      await atAge(world, positionId, 23n * DAY);
      await expect(extend(positionId, 7n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockNotLonger")
        .withArgs(positionId, unlocksAt, unlocksAt);
    });

    it("reverts when it would end earlier", async () => {
      const positionId = await open(180n);
      const { stakedAt, unlocksAt } = await positionOf(world, positionId);
      await atAge(world, positionId, DAY);
      await expect(extend(positionId, 90n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockNotLonger")
        .withArgs(positionId, unlocksAt, (stakedAt as bigint) + 91n * DAY);
    });

    it("emits no TierReached when the new lock is of a lower tier", async () => {
      const positionId = await open(30n);
      await atAge(world, positionId, 25n * DAY);
      await expect(extend(positionId, 7n)).not.to.emit(world.councilStaking, "TierReached");
    });

    it("keeps tier and power when the new lock is of a lower tier", async () => {
      const positionId = await open(30n);
      const before = await positionOf(world, positionId);
      await atAge(world, positionId, 25n * DAY);
      await extend(positionId, 7n);
      expect(await positionOf(world, positionId)).to.deep.equal({
        ...before,
        unlocksAt: (before.stakedAt as bigint) + 32n * DAY,
      });
    });
  });

  describe("when the position has earned a tier by its time", () => {
    it("emits TierReached with it when the lock is of a lower one", async () => {
      const positionId = await open(0n);
      await atAge(world, positionId, 90n * DAY);
      await expect(extend(positionId, 7n))
        .to.emit(world.councilStaking, "TierReached")
        .withArgs(positionId, 90n, powerOf(ODD, 90n));
    });

    it("emits TierReached with the lock's when that is higher", async () => {
      const positionId = await open(0n);
      await atAge(world, positionId, 30n * DAY);
      await expect(extend(positionId, 90n))
        .to.emit(world.councilStaking, "TierReached")
        .withArgs(positionId, 90n, powerOf(ODD, 90n));
    });
  });

  describe("when the account has another position", () => {
    it("adds the difference to its power", async () => {
      await stake(world, { amount: ODD, lockDays: 7n });
      const positionId = await open(0n);
      await extend(positionId, 180n);
      expect((await accountOf(world, world.staker)).power).to.equal(powerOf(ODD, 7n) + powerOf(ODD, 180n));
    });

    it("counts a second position that is locked for 180 days", async () => {
      await open(180n);
      await extend(await open(90n), 180n);
      expect((await accountOf(world, world.staker)).longTermPositions).to.equal(2n);
    });

    it("counts a position once that is locked for 180 days again", async () => {
      const positionId = await open(180n);
      await atAge(world, positionId, 1n);
      await extend(positionId, 180n);
      expect((await accountOf(world, world.staker)).longTermPositions).to.equal(1n);
    });
  });

  describe("when the lock is unknown", () => {
    for (const lockDays of [0n, 1n, 8n, 60n, 365n, 2n ** 255n, MaxUint256]) {
      it(`reverts when it is ${lockDays} days`, async () => {
        const positionId = await open(0n);
        await expect(extend(positionId, lockDays))
          .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
          .withArgs(lockDays);
      });
    }

    for (const lockDays of [0n, 1n]) {
      it(`reverts with the same error when ${lockDays} days are not longer either`, async () => {
        const positionId = await open(180n);
        await expect(extend(positionId, lockDays))
          .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
          .withArgs(lockDays);
      });
    }

    it("reverts with the same error when 0 days come after the lock is over", async () => {
      const positionId = await open(7n);
      await atAge(world, positionId, 8n * DAY);
      await expect(extend(positionId, 0n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
        .withArgs(0n);
    });
  });
});
