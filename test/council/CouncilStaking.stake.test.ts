import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import {
  ACT,
  type CouncilWorld,
  HOLDINGS,
  openCouncil,
  PLEDGE,
  STAKING_RULES,
  sendStake,
  stake,
} from "../fixtures/council.ts";
import { accountOf, knownOf, ODD, positionOf, powerOf, STAKE_REFUSALS, TIERS } from "../fixtures/council-checks.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

const { maxStake, minStake } = STAKING_RULES;

describe("CouncilStaking.stake", () => {
  let world: CouncilWorld;
  let firstId: bigint;

  beforeEach(async () => {
    world = await load(openCouncil);
    firstId = await world.councilStaking.positionIdOf(world.staker, 0n);
  });

  for (const { days, tenths } of TIERS) {
    describe(`when the lock is ${days} days`, () => {
      const power = (ODD * tenths) / 10n;

      it("emits Staked", async () => {
        const stakedAt = (await now()) + 100n;
        await nextAt(stakedAt);
        await expect(sendStake(world, { amount: ODD, lockDays: days }))
          .to.emit(world.councilStaking, "Staked")
          .withArgs(world.staker, firstId, ODD, days, stakedAt + days * DAY, power);
      });

      it("keeps the position", async () => {
        const stakedAt = (await now()) + 100n;
        await nextAt(stakedAt);
        await stake(world, { amount: ODD, lockDays: days });
        expect(await positionOf(world, firstId)).to.deep.equal({
          owner: world.staker.address,
          amount: ODD,
          stakedAt,
          unlocksAt: stakedAt + days * DAY,
          tierDays: days,
          power,
        });
      });

      it(`counts ${tenths} tenths as votes, rounded down`, async () => {
        await stake(world, { amount: ODD, lockDays: days });
        expect(await world.councilStaking.getVotes(world.staker)).to.equal(power);
      });

      it("updates the account", async () => {
        await stake(world, { amount: ODD, lockDays: days });
        const longTermPositions = days === 180n ? 1n : 0n;
        expect(await accountOf(world, world.staker)).to.deep.equal({
          staked: ODD,
          power,
          openedPositions: 1n,
          longTermPositions,
        });
      });

      it("tells the distributor", async () => {
        await stake(world, { amount: ODD, lockDays: days });
        expect(await knownOf(world, world.staker)).to.deep.equal({ power, boosterBps: days === 180n ? 2_000n : 0n });
      });

      it("emits DelegateVotesChanged, of the staker's own votes", async () => {
        await expect(sendStake(world, { amount: ODD, lockDays: days }))
          .to.emit(world.councilStaking, "DelegateVotesChanged")
          .withArgs(world.staker, 0n, power);
      });
    });
  }

  describe("when the amount is paid", () => {
    it("takes exactly it from the caller", async () => {
      await expect(sendStake(world, { amount: ODD, lockDays: 180n })).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.staker, world.councilStaking, world.rewardsDistributor],
        [-ODD, ODD, 0n],
      );
    });

    it("updates the total", async () => {
      await stake(world, { by: world.whale });
      await stake(world, { amount: ODD });
      expect(await world.councilStaking.totalStaked()).to.equal(PLEDGE + ODD);
    });

    it("returns the id", async () => {
      expect(await world.councilStaking.connect(world.staker).stake.staticCall(ODD, 7n)).to.equal(firstId);
    });

    it("reverts when the caller allows a unit less", async () => {
      const { token, staker, councilStaking } = world;
      await token.connect(staker).approve(councilStaking, PLEDGE - 1n);
      await expect(sendStake(world))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(councilStaking, PLEDGE - 1n, PLEDGE);
    });

    it("reverts when the caller has a unit less", async () => {
      const { token, staker, outsider } = world;
      await token.connect(staker).transfer(outsider, HOLDINGS - PLEDGE + 1n);
      await expect(sendStake(world))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(staker, PLEDGE - 1n, PLEDGE);
    });
  });

  describe("when the caller has staked before", () => {
    const FIRST = ACT(300) + 1n;

    beforeEach(async () => {
      await stake(world, { amount: FIRST, lockDays: 180n });
    });

    it("emits Staked with the next id", async () => {
      const stakedAt = (await now()) + 100n;
      await nextAt(stakedAt);
      await expect(sendStake(world, { amount: ODD, lockDays: 30n }))
        .to.emit(world.councilStaking, "Staked")
        .withArgs(world.staker, firstId + 1n, ODD, 30n, stakedAt + 30n * DAY, powerOf(ODD, 30n));
    });

    it("leaves the first position as it was", async () => {
      const before = await positionOf(world, firstId);
      await stake(world, { amount: ODD, lockDays: 30n });
      expect(await positionOf(world, firstId)).to.deep.equal(before);
    });

    it("sums the account", async () => {
      await stake(world, { amount: ODD, lockDays: 30n });
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: FIRST + ODD,
        power: powerOf(FIRST, 180n) + powerOf(ODD, 30n),
        openedPositions: 2n,
        longTermPositions: 1n,
      });
    });

    it("counts each position that is locked for 180 days", async () => {
      await stake(world, { amount: ODD, lockDays: 180n });
      expect((await accountOf(world, world.staker)).longTermPositions).to.equal(2n);
    });

    it("tells the distributor of the sum, and that one is long", async () => {
      await stake(world, { amount: ODD, lockDays: 30n });
      const power = powerOf(FIRST, 180n) + powerOf(ODD, 30n);
      expect(await knownOf(world, world.staker)).to.deep.equal({ power, boosterBps: 2_000n });
    });

    it("goes on counting after one was closed", async () => {
      await world.councilStaking.connect(world.staker).unstakeEarly(firstId);
      expect(await stake(world)).to.equal(firstId + 1n);
    });
  });

  describe("when the amount is at a bound", () => {
    it("emits Staked for the least", async () => {
      await expect(sendStake(world, { amount: minStake })).to.emit(world.councilStaking, "Staked");
    });

    it("emits Staked for the most", async () => {
      await expect(sendStake(world, { amount: maxStake })).to.emit(world.councilStaking, "Staked");
    });

    it("reverts when it is a unit more", async () => {
      await expect(sendStake(world, { amount: maxStake + 1n }))
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, 0n, maxStake + 1n, maxStake);
    });

    it("reverts when it is the largest number", async () => {
      await expect(sendStake(world, { amount: 2n ** 256n - 1n }))
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, 0n, 2n ** 256n - 1n, maxStake);
    });

    it("emits Staked when all positions together are the most", async () => {
      await stake(world, { amount: maxStake - minStake });
      await expect(sendStake(world, { amount: minStake })).to.emit(world.councilStaking, "Staked");
    });

    it("reverts when all positions together are a unit more", async () => {
      await stake(world, { amount: maxStake - minStake });
      await expect(sendStake(world, { amount: minStake + 1n }))
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, maxStake - minStake, minStake + 1n, maxStake);
    });

    it("reverts when the account has the most already", async () => {
      await stake(world, { amount: maxStake, lockDays: 180n });
      await expect(sendStake(world, { amount: minStake }))
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, maxStake, minStake, maxStake);
    });

    it("emits Staked for the most again, once the first is closed", async () => {
      const positionId = await stake(world, { amount: maxStake });
      await world.councilStaking.connect(world.staker).unstake(positionId);
      await expect(sendStake(world, { amount: maxStake })).to.emit(world.councilStaking, "Staked");
    });

    it("emits Staked for another's most", async () => {
      await stake(world, { amount: maxStake });
      await expect(sendStake(world, { by: world.whale, amount: maxStake })).to.emit(world.councilStaking, "Staked");
    });
  });

  describe("when the stake is refused", () => {
    for (const { name, pledge, error, facts } of STAKE_REFUSALS) {
      it(`reverts when ${name}`, async () => {
        await expect(sendStake(world, pledge))
          .to.be.revertedWithCustomError(world.councilStaking, error)
          .withArgs(...facts);
      });
    }
  });
});
