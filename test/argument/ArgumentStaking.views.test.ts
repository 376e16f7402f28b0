import { expect } from "chai";
import { MaxUint256 } from "ethers";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, act, CLAIM, HOUR, MAX_UINT32 } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  CREATION_INTEREST,
  jail,
  openForum,
  setRules,
  slash,
  UNKNOWN_CLAIM,
  UPVOTE_INTEREST,
  upvote,
  viewAtEndOf,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

describe("ArgumentStaking, views", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking;
  });

  describe("when nothing was written", () => {
    it("shows an empty queue", async () => {
      expect(await staking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("shows no arguments of anyone on an unknown claim", async () => {
      expect(await staking.argumentsBy(UNKNOWN_CLAIM, world.author)).to.equal(0n);
    });

    it("shows no running stake", async () => {
      expect(await staking.runningStake(world.author)).to.equal(0n);
    });

    it("shows an empty account", async () => {
      expect(await staking.account(world.author)).to.deep.equal([0n, 0n, 0n, 0n]);
    });

    it("shows that nobody upvoted or marked what does not exist", async () => {
      const flags = [await staking.hasUpvoted(1n, world.author), await staking.hasMarked(1n, world.author)];
      expect(flags).to.deep.equal([false, false]);
    });
  });

  describe("when an argument is unknown", () => {
    for (const argumentId of [0n, 2n, MAX_UINT32 + 2n, MaxUint256]) {
      it(`reverts when argument is asked for ${argumentId}`, async () => {
        await argue(world);
        await expect(staking.argument(argumentId))
          .to.be.revertedWithCustomError(staking, "ArgumentUnknown")
          .withArgs(argumentId);
      });

      it(`reverts when argumentStakes is asked for ${argumentId}`, async () => {
        await argue(world);
        await expect(staking.argumentStakes(argumentId, 0n, 10n))
          .to.be.revertedWithCustomError(staking, "ArgumentUnknown")
          .withArgs(argumentId);
      });
    }
  });

  describe("when a stake is unknown", () => {
    for (const stakeId of [0n, 3n, MAX_UINT32 + 2n, MaxUint256]) {
      it(`reverts when stake is asked for ${stakeId}`, async () => {
        await upvote(world, await argue(world), world.supporter);
        await expect(staking.stake(stakeId)).to.be.revertedWithCustomError(staking, "StakeUnknown").withArgs(stakeId);
      });
    }
  });

  describe("when an argument was deleted", () => {
    beforeEach(async () => {
      await argue(world);
      await argue(world);
      await staking.connect(world.author).deleteArgument(1n);
    });

    it("shows it and its stake in all lists", async () => {
      const lists = [
        await staking.claimArguments(CLAIM, 0n, 10n),
        await staking.argumentStakes(1n, 0n, 10n),
        await staking.userArguments(world.author, 0n, 10n),
        await staking.userStakes(world.author, 0n, 10n),
      ];
      expect(lists).to.deep.equal([[1n, 2n], [1n], [1n, 2n], [1n, 2n]]);
    });

    it("shows the other one alone as a user's on the claim", async () => {
      expect(await staking.argumentsBy(CLAIM, world.author)).to.equal(1n);
    });
  });

  describe("activeStakes", () => {
    const endOf = async (stakeId: bigint) => (await staking.stake(stakeId)).endsAt;

    /** Two arguments for a week, then two upvotes of the first for an hour: stakes 1 to 4. */
    beforeEach(async () => {
      await argue(world);
      await argue(world, { by: world.challenger });
      await setRules(world, { period: HOUR });
      for (const user of [world.supporter, world.outsider]) await upvote(world, 1n, user);
    });

    it("shows the stakes that run, and the end of the shortest", async () => {
      expect(await staking.activeStakes()).to.deep.equal([4n, await endOf(3n)]);
    });

    it("shows stakes that have expired as long as nobody processes them", async () => {
      await viewAtEndOf(world, 4n, HOUR);
      expect(await staking.activeStakes()).to.deep.equal([4n, await endOf(3n)]);
    });

    it("shows the next when one is processed", async () => {
      await atEndOf(world, 4n);
      await staking.processExpired(1n);
      expect(await staking.activeStakes()).to.deep.equal([3n, await endOf(4n)]);
    });

    it("shows the longer ones when the shorter ones are processed", async () => {
      await atEndOf(world, 4n);
      await staking.processExpired(100n);
      expect(await staking.activeStakes()).to.deep.equal([2n, await endOf(1n)]);
    });

    it("shows no stake that was deleted, and still is at the head of its era", async () => {
      await atEndOf(world, 4n);
      await staking.processExpired(100n);
      await upvote(world, 2n, world.supporter);
      await slash(world, 1n);
      expect(await staking.activeStakes()).to.deep.equal([2n, await endOf(5n)]);
    });

    it("shows no end before that of the first stake that runs", async () => {
      await atEndOf(world, 4n);
      await staking.processExpired(100n);
      await slash(world, 1n);
      expect(await staking.activeStakes()).to.deep.equal([1n, await endOf(2n)]);
    });

    it("shows nothing when all have ended early, and nobody took them from the queue", async () => {
      await atEndOf(world, 4n);
      await staking.processExpired(100n);
      for (const argumentId of [1n, 2n]) await slash(world, argumentId);
      expect(await staking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("shows nothing when all are processed", async () => {
      await atEndOf(world, 2n);
      await staking.processExpired(100n);
      expect(await staking.activeStakes()).to.deep.equal([0n, 0n]);
    });
  });

  describe("runningStake", () => {
    beforeEach(async () => {
      await argue(world);
      await argue(world, { by: world.supporter });
      await upvote(world, 2n, world.author);
    });

    it("shows arguments and upvotes together", async () => {
      expect(await staking.runningStake(world.author)).to.equal(act(60));
    });

    it("shows all of them, whatever the window of the limit", async () => {
      await setRules(world, { stakeLimitWindow: HOUR });
      await viewAtEndOf(world, 1n, -1n);
      expect(await staking.runningStake(world.author)).to.equal(act(60));
    });

    it("shows nothing when they have ended, and nobody has processed them", async () => {
      await viewAtEndOf(world, 3n);
      expect(await staking.runningStake(world.author)).to.equal(0n);
    });

    it("shows what was staked, not what is staked today", async () => {
      await setRules(world, { creationStake: 1n, upvoteStake: 1n });
      expect(await staking.runningStake(world.author)).to.equal(act(60));
    });

    it("shows an upvote of an argument that was found unhelpful", async () => {
      await slash(world, 2n);
      expect(await staking.runningStake(world.author)).to.equal(act(60));
    });
  });

  describe("account", () => {
    it("shows a credit of principal and interest", async () => {
      await argue(world);
      await upvote(world, 1n, world.supporter);
      await atEndOf(world, 2n);
      await staking.processExpired(2n);
      expect(await staking.account(world.author)).to.deep.equal([
        ARGUMENT_RULES.creationStake + CREATION_INTEREST + UPVOTE_INTEREST / 2n,
        0n,
        0n,
        0n,
      ]);
    });

    it("shows slashes, the end of the jail and upvotes since", async () => {
      await setRules(world, { unjailUpvotes: 3n });
      await argue(world);
      const until = await jail(world, world.author);
      await upvote(world, 1n, world.supporter);
      expect(await staking.account(world.author)).to.deep.equal([0n, 1n, until, 1n]);
    });
  });

  describe("hasMarked", () => {
    it("shows who marked what", async () => {
      for (let count = 0; count < 2; count++) await argue(world);
      await staking.connect(world.curator).markUnhelpful(2n, 0n);
      const flags = [
        await staking.hasMarked(2n, world.curator),
        await staking.hasMarked(1n, world.curator),
        await staking.hasMarked(2n, world.slasher),
      ];
      expect(flags).to.deep.equal([true, false, false]);
    });
  });
});
