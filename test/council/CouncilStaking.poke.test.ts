import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import { atAge, type CouncilWorld, openCouncil, stake } from "../fixtures/council.ts";
import { accountOf, knownOf, ODD, positionOf, powerOf, TIERS } from "../fixtures/council-checks.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilStaking.poke", () => {
  let world: CouncilWorld;

  const poke = (positionId: bigint) => world.councilStaking.connect(world.outsider).poke(positionId);
  /** A position of the staker's, to be poked at an age. */
  const openTo = async (lockDays: bigint, age: bigint): Promise<bigint> => {
    const positionId = await stake(world, { amount: ODD, lockDays });
    await atAge(world, positionId, age);
    return positionId;
  };
  const expectNothing = async (positionId: bigint) => {
    const before = await positionOf(world, positionId);
    const receipt = await (await poke(positionId)).wait();
    expect([receipt?.logs, await positionOf(world, positionId)]).to.deep.equal([[], before]);
  };

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  for (const [tier, { days }] of TIERS.entries()) {
    const below = TIERS[tier - 1]?.days;
    if (below === undefined) continue;
    describe(`when a position without a lock becomes ${days} days old`, () => {
      const power = powerOf(ODD, days);

      it("emits TierReached", async () => {
        const positionId = await openTo(0n, days * DAY);
        await expect(poke(positionId)).to.emit(world.councilStaking, "TierReached").withArgs(positionId, days, power);
      });

      it("reaches only the tier below a second before", async () => {
        const positionId = await openTo(0n, days * DAY - 1n);
        await poke(positionId);
        expect((await positionOf(world, positionId)).tierDays).to.equal(below);
      });

      it("updates tier and power of the position, and nothing else", async () => {
        const positionId = await openTo(0n, days * DAY);
        const before = await positionOf(world, positionId);
        await poke(positionId);
        expect(await positionOf(world, positionId)).to.deep.equal({ ...before, tierDays: days, power });
      });

      it("updates the account", async () => {
        await poke(await openTo(0n, days * DAY));
        expect(await accountOf(world, world.staker)).to.deep.equal({
          staked: ODD,
          power,
          openedPositions: 1n,
          longTermPositions: days === 180n ? 1n : 0n,
        });
      });

      it("updates the votes", async () => {
        await poke(await openTo(0n, days * DAY));
        expect(await world.councilStaking.getVotes(world.staker)).to.equal(power);
      });

      it("tells the distributor", async () => {
        await poke(await openTo(0n, days * DAY));
        const boosterBps = days === 180n ? 2_000n : 0n;
        expect(await knownOf(world, world.staker)).to.deep.equal({ power, boosterBps });
      });

      it("does nothing the second time", async () => {
        const positionId = await openTo(0n, days * DAY);
        await poke(positionId);
        await expectNothing(positionId);
      });

      it("does nothing when the position was locked for as long", async () => {
        await expectNothing(await openTo(days, days * DAY));
      });
    });
  }

  describe("when a lock gave a tier and time gives a higher one", () => {
    it("emits TierReached", async () => {
      const positionId = await openTo(30n, 90n * DAY);
      await expect(poke(positionId))
        .to.emit(world.councilStaking, "TierReached")
        .withArgs(positionId, 90n, powerOf(ODD, 90n));
    });

    it("does nothing a second before", async () => {
      await expectNothing(await openTo(30n, 90n * DAY - 1n));
    });
  });

  describe("when time gives a lower tier than the lock", () => {
    it("does nothing", async () => {
      await expectNothing(await openTo(180n, 100n * DAY));
    });
  });

  describe("when the highest tier is long past", () => {
    it("emits TierReached with it", async () => {
      const positionId = await openTo(0n, 4_000n * DAY);
      await expect(poke(positionId))
        .to.emit(world.councilStaking, "TierReached")
        .withArgs(positionId, 180n, powerOf(ODD, 180n));
    });
  });

  describe("when the owner has other positions", () => {
    it("adds the difference to their power", async () => {
      await stake(world, { amount: ODD, lockDays: 7n });
      await poke(await openTo(0n, 30n * DAY));
      expect((await accountOf(world, world.staker)).power).to.equal(powerOf(ODD, 7n) + powerOf(ODD, 30n));
    });

    it("counts both when a second reaches 180 days", async () => {
      await stake(world, { amount: ODD, lockDays: 180n });
      await poke(await openTo(0n, 180n * DAY));
      expect((await accountOf(world, world.staker)).longTermPositions).to.equal(2n);
    });

    it("leaves those as they are", async () => {
      const other = await stake(world, { amount: ODD });
      const before = await positionOf(world, other);
      await poke(await openTo(0n, 30n * DAY));
      expect(await positionOf(world, other)).to.deep.equal(before);
    });
  });

  describe("when the owner pokes", () => {
    it("emits TierReached as well", async () => {
      const positionId = await openTo(0n, 7n * DAY);
      await expect(world.councilStaking.connect(world.staker).poke(positionId))
        .to.emit(world.councilStaking, "TierReached")
        .withArgs(positionId, 7n, powerOf(ODD, 7n));
    });
  });

  describe("when no position has the id", () => {
    it("reverts when there never was one", async () => {
      const positionId = await world.councilStaking.positionIdOf(world.staker, 0n);
      await expect(poke(positionId))
        .to.be.revertedWithCustomError(world.councilStaking, "PositionUnknown")
        .withArgs(positionId);
    });

    it("reverts when it is closed", async () => {
      const positionId = await stake(world);
      await world.councilStaking.connect(world.staker).unstake(positionId);
      await expect(poke(positionId))
        .to.be.revertedWithCustomError(world.councilStaking, "PositionUnknown")
        .withArgs(positionId);
    });
  });
});
