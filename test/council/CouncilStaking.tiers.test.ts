import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { DAY } from "../fixtures/amounts.ts";
import {
  ACT,
  atAge,
  atPeriodEnd,
  atUnlock,
  type CouncilWorld,
  openCouncil,
  sendStake,
  stake,
  startPeriod,
} from "../fixtures/council.ts";
import { accountOf, knownOf, ODD, OTHER_TIERS, positionOf, stakingUnder } from "../fixtures/council-checks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

/** The highest tier. */
const LONG_TERM = OTHER_TIERS[4].lockDays;

describe("CouncilStaking, with tiers other than the defaults", () => {
  let world: CouncilWorld;

  async function openOthers(connection: NetworkConnection): Promise<CouncilWorld> {
    return stakingUnder(await openCouncil(connection), { tiers: OTHER_TIERS });
  }

  const open = (lockDays: bigint) => stake(world, { amount: ODD, lockDays });
  /** A position of the staker's, to be acted on at an age. */
  const openTo = async (lockDays: bigint, age: bigint): Promise<bigint> => {
    const positionId = await open(lockDays);
    await atAge(world, positionId, age);
    return positionId;
  };
  const boosterOf = (lockDays: bigint) => (lockDays === LONG_TERM ? 2_000n : 0n);

  beforeEach(async () => {
    world = await load(openOthers);
  });

  for (const [tier, { lockDays, multiplierBps }] of OTHER_TIERS.entries()) {
    const power = (ODD * multiplierBps) / 10_000n;

    describe(`when somebody stakes for ${lockDays} days`, () => {
      it("emits Staked", async () => {
        const stakedAt = (await now()) + 100n;
        await nextAt(stakedAt);
        await expect(sendStake(world, { amount: ODD, lockDays }))
          .to.emit(world.councilStaking, "Staked")
          .withArgs(
            world.staker,
            await world.councilStaking.positionIdOf(world.staker, 0n),
            ODD,
            lockDays,
            stakedAt + lockDays * DAY,
            power,
          );
      });

      it("keeps tier and power of the position", async () => {
        const { tierDays, power: kept } = await positionOf(world, await open(lockDays));
        expect([tierDays, kept]).to.deep.equal([lockDays, power]);
      });

      it(`counts ${multiplierBps} basis points as votes, rounded down`, async () => {
        await open(lockDays);
        expect(await world.councilStaking.getVotes(world.staker)).to.equal(power);
      });

      it("updates the account", async () => {
        await open(lockDays);
        expect(await accountOf(world, world.staker)).to.deep.equal({
          staked: ODD,
          power,
          openedPositions: 1n,
          longTermPositions: lockDays === LONG_TERM ? 1n : 0n,
        });
      });

      it("tells the distributor", async () => {
        await open(lockDays);
        expect(await knownOf(world, world.staker)).to.deep.equal({ power, boosterBps: boosterOf(lockDays) });
      });

      it("pays all of it back when the lock is over", async () => {
        await atUnlock(world, await open(lockDays));
        await expect(
          world.councilStaking.connect(world.staker).unstake(await world.councilStaking.positionIdOf(world.staker, 0n)),
        ).to.changeTokenBalance(world.ethers, world.token, world.staker, ODD);
      });

      it("takes all of its power back with the position", async () => {
        const positionId = await open(lockDays);
        await atUnlock(world, positionId);
        await world.councilStaking.connect(world.staker).unstake(positionId);
        expect(await accountOf(world, world.staker)).to.deep.equal({
          staked: 0n,
          power: 0n,
          openedPositions: 1n,
          longTermPositions: 0n,
        });
      });
    });

    const below = OTHER_TIERS[tier - 1];
    if (below === undefined) continue;

    describe(`when a position without a lock becomes ${lockDays} days old`, () => {
      it("emits TierReached at a poke", async () => {
        const positionId = await openTo(0n, lockDays * DAY);
        await expect(world.councilStaking.poke(positionId))
          .to.emit(world.councilStaking, "TierReached")
          .withArgs(positionId, lockDays, power);
      });

      it("reaches only the tier below a second before", async () => {
        const positionId = await openTo(0n, lockDays * DAY - 1n);
        await world.councilStaking.poke(positionId);
        expect((await positionOf(world, positionId)).tierDays).to.equal(below.lockDays);
      });

      it("updates the votes", async () => {
        await world.councilStaking.poke(await openTo(0n, lockDays * DAY));
        expect(await world.councilStaking.getVotes(world.staker)).to.equal(power);
      });

      it("tells the distributor", async () => {
        await world.councilStaking.poke(await openTo(0n, lockDays * DAY));
        expect(await knownOf(world, world.staker)).to.deep.equal({ power, boosterBps: boosterOf(lockDays) });
      });
    });

    describe(`when a position is locked for ${lockDays} days after ${below.lockDays}`, () => {
      it("emits LockExtended", async () => {
        const positionId = await openTo(below.lockDays, 1n);
        const { stakedAt } = await positionOf(world, positionId);
        await atAge(world, positionId, 1n);
        await expect(world.councilStaking.connect(world.staker).extendLock(positionId, lockDays))
          .to.emit(world.councilStaking, "LockExtended")
          .withArgs(positionId, lockDays, (stakedAt as bigint) + 1n + lockDays * DAY);
      });

      it("emits TierReached", async () => {
        const positionId = await openTo(below.lockDays, 1n);
        await expect(world.councilStaking.connect(world.staker).extendLock(positionId, lockDays))
          .to.emit(world.councilStaking, "TierReached")
          .withArgs(positionId, lockDays, power);
      });
    });
  }

  describe("when a tier counts no more than the one before", () => {
    it("emits no DelegateVotesChanged when it is reached", async () => {
      const positionId = await openTo(0n, DAY);
      await expect(world.councilStaking.poke(positionId)).not.to.emit(world.councilStaking, "DelegateVotesChanged");
    });

    it("emits no WeightChanged when it is reached", async () => {
      const positionId = await openTo(0n, DAY);
      await expect(world.councilStaking.poke(positionId)).not.to.emit(world.rewardsDistributor, "WeightChanged");
    });
  });

  describe("when the lock is one of the defaults", () => {
    for (const lockDays of [7n, 30n, 90n, 180n]) {
      it(`reverts when ${lockDays} days are staked for`, async () => {
        await expect(sendStake(world, { lockDays }))
          .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
          .withArgs(lockDays);
      });
    }

    it("reverts when a position is to be locked for 180 days", async () => {
      const positionId = await open(0n);
      await expect(world.councilStaking.connect(world.staker).extendLock(positionId, 180n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
        .withArgs(180n);
    });

    it("gives no booster to a position that is 180 days old", async () => {
      await world.councilStaking.poke(await openTo(0n, 180n * DAY));
      expect(await knownOf(world, world.staker)).to.deep.equal({
        power: (ODD * 12_345n) / 10_000n,
        boosterBps: 0n,
      });
    });
  });

  describe("when two share rewards", () => {
    const REWARD = ACT("737.5");

    /**
     * The staker counts 1.1 times 1,000 tokens, the whale 4 times 1,000, and a booster of a fifth: 11 to 48. What streams
     * is an eighth of their 5,900, so that all shares are exact.
     */
    beforeEach(async () => {
      await stake(world, { amount: ACT(1_000) });
      await world.token.connect(world.whale).approve(world.councilStaking, ACT(1_000));
      await stake(world, { by: world.whale, amount: ACT(1_000), lockDays: LONG_TERM });
      await world.token.connect(world.outsider).approve(world.rewardsDistributor, REWARD);
      await startPeriod(world, REWARD);
      await atPeriodEnd(world);
    });

    it("pays the one without a lock 11 of 59", async () => {
      await expect(world.rewardsDistributor.connect(world.staker).claim())
        .to.emit(world.rewardsDistributor, "Claimed")
        .withArgs(world.staker, ACT("137.5"));
    });

    it("pays the one with the longest lock 48 of 59", async () => {
      await expect(world.rewardsDistributor.connect(world.whale).claim())
        .to.emit(world.rewardsDistributor, "Claimed")
        .withArgs(world.whale, ACT(600));
    });

    it("stakes a reward for 14 days", async () => {
      await world.rewardsDistributor.connect(world.staker).compound(14n);
      const positionId = await world.councilStaking.positionIdOf(world.staker, 1n);
      const { amount, tierDays, power } = await positionOf(world, positionId);
      expect([amount, tierDays, power]).to.deep.equal([ACT("137.5"), 14n, ACT("169.74375")]);
    });

    it("reverts when a reward is to be staked for 7 days", async () => {
      await expect(world.rewardsDistributor.connect(world.staker).compound(7n))
        .to.be.revertedWithCustomError(world.councilStaking, "LockUnknown")
        .withArgs(7n);
    });
  });
});
