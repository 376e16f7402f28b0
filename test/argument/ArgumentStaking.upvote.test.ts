import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, act, MAX_UINT32, MAX_UINT96 } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  booksChange,
  booksOf,
  FORTUNE,
  jail,
  Kind,
  openForum,
  setRules,
  slash,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const { creationStake, creatorShareBps, period, upvoteStake } = ARGUMENT_RULES;

describe("ArgumentStaking.upvote", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;
  /** The author's, with stake 1. */
  let argumentId: bigint;

  beforeEach(async () => {
    world = await load(openForum);
    argumentId = await argue(world);
    staking = world.argumentStaking.connect(world.supporter);
  });

  /** Fixes the second of the next transaction. */
  const nextSecond = async () => {
    const instant = (await now()) + 10n;
    await nextAt(instant);
    return instant;
  };

  /** What counts of the argument. */
  const countersOf = async () => {
    const { upvotes, upvotedStake, totalStake } = await staking.argument(argumentId);
    return { upvotes, upvotedStake, totalStake };
  };

  describe("when it is the first of an argument", () => {
    it("emits ArgumentUpvoted with the stake and its terms", async () => {
      const instant = await nextSecond();
      await expect(staking.upvote(argumentId))
        .to.emit(staking, "ArgumentUpvoted")
        .withArgs(argumentId, world.supporter, 2n, upvoteStake, UPVOTE_INTEREST, creatorShareBps, instant + period);
    });

    it("emits no Unjailed, for the creator is not jailed", async () => {
      await expect(staking.upvote(argumentId)).not.to.emit(staking, "Unjailed");
    });

    it("returns the id of the stake", async () => {
      expect(await staking.upvote.staticCall(argumentId)).to.equal(2n);
    });

    it("takes the stake from the upvoter", async () => {
      await expect(staking.upvote(argumentId)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.supporter, world.author, staking],
        [-upvoteStake, 0n, upvoteStake],
      );
    });

    it("updates the counters of the argument", async () => {
      await staking.upvote(argumentId);
      expect(await countersOf()).to.deep.equal({
        upvotes: 1n,
        upvotedStake: upvoteStake,
        totalStake: creationStake + upvoteStake,
      });
    });

    it("leaves the rest of the argument as it is", async () => {
      const before = fieldsOf(await staking.argument(argumentId));
      await staking.upvote(argumentId);
      expect(fieldsOf(await staking.argument(argumentId))).to.deep.equal({ ...before, ...(await countersOf()) });
    });

    it("updates stake", async () => {
      const createdAt = await nextSecond();
      await staking.upvote(argumentId);
      expect(fieldsOf(await staking.stake(2n))).to.deep.equal({
        staker: world.supporter.address,
        argumentId,
        kind: Kind.Upvote,
        hasEnded: false,
        amount: upvoteStake,
        interest: UPVOTE_INTEREST,
        shareBps: creatorShareBps,
        createdAt,
        endsAt: createdAt + period,
      });
    });

    it("updates the books: the stake is owed, and its interest set aside from what was free", async () => {
      const before = await booksOf(world, world.token);
      await staking.upvote(argumentId);
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: upvoteStake,
        free: -UPVOTE_INTEREST,
        reserved: UPVOTE_INTEREST,
        running: 1n,
        balance: upvoteStake,
      });
    });

    it("updates hasUpvoted of the upvoter", async () => {
      const before = await staking.hasUpvoted(argumentId, world.supporter);
      await staking.upvote(argumentId);
      expect([before, await staking.hasUpvoted(argumentId, world.supporter)]).to.deep.equal([false, true]);
    });

    it("leaves hasUpvoted of others, and of the upvoter on other arguments, as it is", async () => {
      await staking.upvote(argumentId);
      const flags = [
        await staking.hasUpvoted(argumentId, world.challenger),
        await staking.hasUpvoted(argumentId + 1n, world.supporter),
        await staking.hasUpvoted(argumentId + 256n, world.supporter),
      ];
      expect(flags).to.deep.equal([false, false, false]);
    });

    it("updates the lists of the argument's and of the upvoter's stakes", async () => {
      await staking.upvote(argumentId);
      const lists = [
        await staking.argumentStakes(argumentId, 0n, 10n),
        await staking.userStakes(world.supporter, 0n, 10n),
        await staking.userArguments(world.supporter, 0n, 10n),
      ];
      expect(lists).to.deep.equal([[1n, 2n], [2n], []]);
    });

    it("updates runningStake of the upvoter, and leaves the creator's as it is", async () => {
      await staking.upvote(argumentId);
      const running = [await staking.runningStake(world.supporter), await staking.runningStake(world.author)];
      expect(running).to.deep.equal([upvoteStake, creationStake]);
    });

    it("leaves the total of the upvoter's stake limit as it is", async () => {
      await staking.upvote(argumentId);
      expect(await staking.stakeLimit(world.supporter)).to.deep.equal([upvoteStake, FORTUNE]);
    });

    it("leaves argumentsBy of the upvoter as it is", async () => {
      const { claimId } = await staking.argument(argumentId);
      await staking.upvote(argumentId);
      expect(await staking.argumentsBy(claimId, world.supporter)).to.equal(0n);
    });

    it("leaves the account of the creator as it is", async () => {
      await staking.upvote(argumentId);
      expect(await staking.account(world.author)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });

  describe("when others have upvoted it before", () => {
    beforeEach(async () => {
      for (const user of world.crowd.slice(0, 9)) await upvote(world, argumentId, user);
    });

    it("updates the counters by one upvote of today's stake", async () => {
      await setRules(world, { upvoteStake: act(7) });
      await staking.upvote(argumentId);
      expect(await countersOf()).to.deep.equal({ upvotes: 10n, upvotedStake: act(97), totalStake: act(147) });
    });

    it("updates the list of the argument's stakes at its end", async () => {
      await staking.upvote(argumentId);
      expect(await staking.argumentStakes(argumentId, 8n, 10n)).to.deep.equal([9n, 10n, 11n]);
    });

    it("leaves the counters as they are when the stakes end", async () => {
      await atEndOf(world, 10n);
      await staking.processExpired(100n);
      expect(await countersOf()).to.deep.equal({ upvotes: 9n, upvotedStake: act(90), totalStake: act(140) });
    });
  });

  describe("when the creator's share has changed", () => {
    for (const share of [0n, 1n, 9_999n, 10_000n]) {
      it(`emits ArgumentUpvoted with the one in force, ${share} bps`, async () => {
        await setRules(world, { creatorShareBps: share });
        const instant = await nextSecond();
        await expect(staking.upvote(argumentId))
          .to.emit(staking, "ArgumentUpvoted")
          .withArgs(argumentId, world.supporter, 2n, upvoteStake, UPVOTE_INTEREST, share, instant + period);
      });
    }

    it("keeps each upvote's own", async () => {
      await staking.upvote(argumentId);
      await setRules(world, { creatorShareBps: 1n });
      await upvote(world, argumentId, world.challenger);
      const shares = [(await staking.stake(2n)).shareBps, (await staking.stake(3n)).shareBps];
      expect(shares).to.deep.equal([creatorShareBps, 1n]);
    });
  });

  describe("when the creator's stake has ended", () => {
    it("emits ArgumentUpvoted when it is not processed yet", async () => {
      await atEndOf(world, 1n);
      await expect(staking.upvote(argumentId)).to.emit(staking, "ArgumentUpvoted");
    });

    it("updates the counters when it is paid", async () => {
      await atEndOf(world, 1n);
      await staking.processExpired(1n);
      await staking.upvote(argumentId);
      expect(await countersOf()).to.deep.equal({
        upvotes: 1n,
        upvotedStake: upvoteStake,
        totalStake: creationStake + upvoteStake,
      });
    });

    it("updates activeStakes to the end of the upvote, which is a period away", async () => {
      await atEndOf(world, 1n, 5n);
      await staking.processExpired(1n);
      const instant = await nextSecond();
      await staking.upvote(argumentId);
      expect(await staking.activeStakes()).to.deep.equal([1n, instant + period]);
    });
  });

  describe("when the upvoter is jailed", () => {
    beforeEach(async () => {
      await jail(world, world.supporter);
    });

    it("emits ArgumentUpvoted", async () => {
      await expect(staking.upvote(argumentId)).to.emit(staking, "ArgumentUpvoted");
    });

    it("leaves the upvoter jailed", async () => {
      const before = await staking.account(world.supporter);
      await staking.upvote(argumentId);
      expect(await staking.account(world.supporter)).to.deep.equal(before);
    });
  });

  describe("when the argument is unknown", () => {
    for (const unknown of [0n, 2n, MAX_UINT32 + 2n, MAX_UINT96]) {
      it(`reverts when its id is ${unknown}, of 1`, async () => {
        await expect(staking.upvote(unknown))
          .to.be.revertedWithCustomError(staking, "ArgumentUnknown")
          .withArgs(unknown);
      });
    }
  });

  describe("when the argument is the caller's own", () => {
    it("reverts", async () => {
      await expect(staking.connect(world.author).upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "OwnArgument")
        .withArgs(argumentId, world.author);
    });

    it("reverts when its stake has ended", async () => {
      await atEndOf(world, 1n);
      await expect(staking.connect(world.author).upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "OwnArgument")
        .withArgs(argumentId, world.author);
    });
  });

  describe("when the caller has upvoted it before", () => {
    beforeEach(async () => {
      await staking.upvote(argumentId);
    });

    it("reverts", async () => {
      await expect(staking.upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "AlreadyUpvoted")
        .withArgs(argumentId, world.supporter);
    });

    it("reverts when the first upvote has ended and is paid", async () => {
      await atEndOf(world, 2n);
      await staking.processExpired(2n);
      await expect(staking.upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "AlreadyUpvoted")
        .withArgs(argumentId, world.supporter);
    });

    it("emits ArgumentUpvoted when it is another argument of the same creator", async () => {
      const another = await argue(world, { side: Side.Oppose });
      await expect(staking.upvote(another)).to.emit(staking, "ArgumentUpvoted");
    });

    it("emits ArgumentUpvoted when somebody else does", async () => {
      await expect(staking.connect(world.challenger).upvote(argumentId)).to.emit(staking, "ArgumentUpvoted");
    });
  });

  describe("when the argument is gone", () => {
    it("reverts when its creator took it back", async () => {
      await staking.connect(world.author).deleteArgument(argumentId);
      await expect(staking.upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "ArgumentIsDeleted")
        .withArgs(argumentId);
    });

    it("reverts when it was found unhelpful", async () => {
      await slash(world, argumentId);
      await expect(staking.upvote(argumentId))
        .to.be.revertedWithCustomError(staking, "ArgumentIsUnhelpful")
        .withArgs(argumentId);
    });
  });

  describe("when entries are paused", () => {
    it("reverts", async () => {
      await staking.connect(world.guardian).pauseEntries();
      await expect(staking.upvote(argumentId)).to.be.revertedWithCustomError(staking, "EnforcedPause").withArgs();
    });
  });
});
