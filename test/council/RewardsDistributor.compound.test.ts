import { expect } from "chai";
import { ACT, PLEDGE, STAKING_RULES, stake } from "../fixtures/council.ts";
import { atSecond, openStream, STREAMED, type StreamWorld, viewAtSecond } from "../fixtures/council-stories.ts";
import { load, sharedChain } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("RewardsDistributor.compound", () => {
  let world: StreamWorld;

  const compound = (lockDays = 0n, by = world.staker) => world.rewardsDistributor.connect(by).compound(lockDays);
  const positionOf = (index: bigint) => world.councilStaking.positionIdOf(world.staker, index);

  beforeEach(async () => {
    world = await load(openStream);
    await atSecond(world, 1_000n);
  });

  describe("when the reward is 250 tokens", () => {
    it("moves it from the distributor to staking", async () => {
      await expect(compound()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.rewardsDistributor, world.councilStaking, world.staker],
        [-ACT(250), ACT(250), 0n],
      );
    });

    it("emits Compounded", async () => {
      await expect(compound())
        .to.emit(world.rewardsDistributor, "Compounded")
        .withArgs(world.staker, ACT(250), await positionOf(1n));
    });

    it("emits no Claimed", async () => {
      await expect(compound()).not.to.emit(world.rewardsDistributor, "Claimed");
    });

    it("emits Staked by the caller", async () => {
      await expect(compound(30n))
        .to.emit(world.councilStaking, "Staked")
        .withArgs(
          world.staker,
          await positionOf(1n),
          ACT(250),
          30n,
          world.startedAt + 1_000n + 30n * 86_400n,
          ACT(375),
        );
    });

    it("opens a position", async () => {
      await compound(90n);
      expect(fieldsOf(await world.councilStaking.position(await positionOf(1n)))).to.deep.include({
        owner: world.staker.address,
        amount: ACT(250),
        tierDays: 90n,
        power: ACT(500),
      });
    });

    it("adds to the weight", async () => {
      await compound(90n);
      expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT(1_524));
    });

    it("counts the long-term booster from then on", async () => {
      await compound(180n);
      // (1,024 + 750) * 1.2
      expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT("2128.8"));
    });

    it("owes less by it", async () => {
      await compound();
      expect(await world.rewardsDistributor.owed()).to.equal(STREAMED - ACT(250));
    });

    it("leaves nothing to claim", async () => {
      await compound();
      expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(0n);
    });

    it("says the amount and the position", async () => {
      await viewAtSecond(world, 1_000n);
      expect(await world.rewardsDistributor.connect(world.staker).compound.staticCall(0n)).to.deep.equal([
        ACT(250),
        await positionOf(1n),
      ]);
    });
  });

  describe("when it is compared with claiming and staking in the same second", () => {
    const claimAndStake = async () => {
      await world.rewardsDistributor.connect(world.staker).claim();
      await atSecond(world, 1_000n);
      await stake(world, { amount: ACT(250), lockDays: 30n });
    };
    const compoundAll = () => compound(30n);

    const stateAfter = async (act: () => Promise<unknown>) => {
      const { networkHelpers } = await sharedChain();
      const snapshot = await networkHelpers.takeSnapshot();
      await atSecond(world, 1_000n);
      await act();
      const { rewardsDistributor, councilStaking, token, staker } = world;
      const state = [
        await rewardsDistributor.account(staker),
        await rewardsDistributor.claimable(staker),
        await rewardsDistributor.owed(),
        await rewardsDistributor.totalWeight(),
        await councilStaking.account(staker),
        await councilStaking.position(await positionOf(1n)),
        await councilStaking.totalStaked(),
        await token.balanceOf(staker),
        await token.balanceOf(rewardsDistributor),
        await token.balanceOf(councilStaking),
      ].flat();
      await snapshot.restore();
      return state;
    };

    it("leaves the same", async () => {
      expect(await stateAfter(compoundAll)).to.deep.equal(await stateAfter(claimAndStake));
    });
  });

  describe("when it cannot be staked", () => {
    it("reverts when the reward is below the least position", async () => {
      await world.rewardsDistributor.connect(world.staker).claim();
      await atSecond(world, 1_396n);
      await expect(compound())
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooSmall")
        .withArgs(ACT(99), ACT(100));
    });

    it("emits Compounded when it is exactly that", async () => {
      await world.rewardsDistributor.connect(world.staker).claim();
      await atSecond(world, 1_400n);
      await expect(compound())
        .to.emit(world.rewardsDistributor, "Compounded")
        .withArgs(world.staker, ACT(100), await positionOf(1n));
    });

    it("reverts when there is no such lock", async () => {
      await expect(compound(8n)).to.be.revertedWithCustomError(world.councilStaking, "LockUnknown").withArgs(8n);
    });

    it("reverts when the guardian has paused staking", async () => {
      await world.councilStaking.connect(world.guardian).pauseEntries();
      await expect(compound()).to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause").withArgs();
    });

    it("reverts when the account has staked all that it can", async () => {
      const staked = STAKING_RULES.maxStake;
      await stake(world, { amount: staked - ACT(1_024) });
      await viewAtSecond(world, 2_000n);
      const reward = await world.rewardsDistributor.claimable(world.staker);
      await atSecond(world, 2_000n);
      await expect(compound())
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, staked, reward, staked);
    });

    it("reverts when the reward is too small to be paid", async () => {
      await world.rewardsDistributor.connect(world.staker).claim();
      await atSecond(world, 1_003n);
      await expect(compound())
        .to.be.revertedWithCustomError(world.rewardsDistributor, "RewardTooSmall")
        .withArgs(world.staker, ACT("0.75"), ACT(1));
    });

    it("reverts when the caller never staked", async () => {
      await expect(compound(0n, world.delegate))
        .to.be.revertedWithCustomError(world.rewardsDistributor, "RewardTooSmall")
        .withArgs(world.delegate, 0n, ACT(1));
    });
  });

  describe("when anyone else stakes for others", () => {
    for (const actor of ["deployer", "staker", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        await expect(world.councilStaking.connect(world[actor]).stakeFor(world.staker, PLEDGE, 0n))
          .to.be.revertedWithCustomError(world.councilStaking, "NotDistributor")
          .withArgs(world[actor]);
      });
    }
  });
});
