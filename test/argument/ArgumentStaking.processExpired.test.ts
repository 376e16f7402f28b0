import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { act, DAY } from "../fixtures/amounts.ts";
import { creditOf, debate, expectExpired, OWN, UPVOTE } from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  booksChange,
  booksOf,
  CREATION_INTEREST,
  slash,
  UPVOTE_INTEREST,
  viewAtEndOf,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

let world: ActWorld;

const process = (maxCount: bigint, by: HardhatEthersSigner = world.outsider) =>
  world.argumentStaking.connect(by).processExpired(maxCount);

/** Whether each of some stakes has ended. */
const endedOf = async (...stakeIds: bigint[]) =>
  Promise.all(stakeIds.map(async (stakeId) => (await world.argumentStaking.stake(stakeId)).hasEnded));

describe("ArgumentStaking.processExpired", () => {
  beforeEach(async () => {
    world = await load(debate);
  });

  describe("when nothing is due", () => {
    beforeEach(async () => {
      await viewAtEndOf(world, OWN, -2n);
    });

    it("says that it processed none", async () => {
      expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(0n);
    });

    it("emits no StakeExpired a second before the first end", async () => {
      await atEndOf(world, OWN, -1n);
      await expect(process(10n)).not.to.emit(world.argumentStaking, "StakeExpired");
    });

    it("leaves the books as they are", async () => {
      const before = await booksOf(world, world.token);
      await process(10n);
      expect(await booksOf(world, world.token)).to.deep.equal(before);
    });

    it("leaves the queue as it is", async () => {
      const before = await world.argumentStaking.activeStakes();
      await process(10n);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal(before);
    });
  });

  describe("when an argument's own stake comes to its end", () => {
    it("emits StakeExpired with all its interest", async () => {
      await atEndOf(world, OWN);
      await expectExpired(world, process(1n), OWN, world.author, [act(50), CREATION_INTEREST, 0n]);
    });

    it("updates its maker's credit", async () => {
      await atEndOf(world, OWN);
      await process(1n);
      expect(await creditOf(world, world.author)).to.equal(act(50) + CREATION_INTEREST);
    });

    it("updates the stake to one that has ended, and leaves the next as it is", async () => {
      await atEndOf(world, OWN);
      await process(10n);
      expect(await endedOf(OWN, UPVOTE)).to.deep.equal([true, false]);
    });

    it("updates what is set aside, and leaves what is free and owed as it is", async () => {
      const before = await booksOf(world, world.token);
      await atEndOf(world, OWN);
      await process(1n);
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: 0n,
        free: 0n,
        reserved: -CREATION_INTEREST,
        running: -1n,
        balance: 0n,
      });
    });

    it("updates the queue: the upvote is next", async () => {
      await atEndOf(world, OWN);
      await process(1n);
      const { endsAt } = await world.argumentStaking.stake(UPVOTE);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([1n, endsAt]);
    });

    it("leaves all tokens where they are", async () => {
      await atEndOf(world, OWN);
      await expect(process(1n)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, world.outsider, world.argumentStaking],
        [0n, 0n, 0n],
      );
    });

    it("leaves what has ended, and was not processed, among the active ones", async () => {
      const { endsAt } = await world.argumentStaking.stake(OWN);
      await viewAtEndOf(world, OWN, DAY);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([2n, endsAt]);
    });
  });

  describe("when an upvote comes to its end", () => {
    it("emits StakeExpired with its interest in halves", async () => {
      await atEndOf(world, UPVOTE);
      const half = UPVOTE_INTEREST / 2n;
      await expectExpired(world, process(2n), UPVOTE, world.supporter, [act(10), half, half]);
    });

    it("updates the upvoter's credit by stake and half the interest", async () => {
      await atEndOf(world, UPVOTE);
      await process(2n);
      expect(await creditOf(world, world.supporter)).to.equal(act(10) + UPVOTE_INTEREST / 2n);
    });

    it("updates the argument's creator's credit by the other half", async () => {
      await atEndOf(world, UPVOTE);
      await process(2n);
      expect(await creditOf(world, world.author)).to.equal(act(50) + CREATION_INTEREST + UPVOTE_INTEREST / 2n);
    });

    it("updates what is set aside to nothing", async () => {
      await atEndOf(world, UPVOTE);
      await process(2n);
      expect((await world.argumentStaking.rewardReserve()).reserved).to.equal(0n);
    });

    it("updates the queue: none is left", async () => {
      await atEndOf(world, UPVOTE);
      await process(2n);
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("leaves the counters of the argument as they are", async () => {
      await atEndOf(world, UPVOTE);
      await process(2n);
      const { upvotes, upvotedStake, totalStake } = await world.argumentStaking.argument(1n);
      expect([upvotes, upvotedStake, totalStake]).to.deep.equal([1n, act(10), act(60)]);
    });
  });

  describe("when two stakes are due", () => {
    beforeEach(async () => {
      await viewAtEndOf(world, UPVOTE);
    });

    for (const { maxCount, processed } of [
      { maxCount: 0n, processed: 0n },
      { maxCount: 1n, processed: 1n },
      { maxCount: 2n, processed: 2n },
      { maxCount: 3n, processed: 2n },
      { maxCount: 2n ** 256n - 1n, processed: 2n },
    ]) {
      it(`says that it processed ${processed} when at most ${maxCount} are asked for`, async () => {
        expect(await world.argumentStaking.processExpired.staticCall(maxCount)).to.equal(processed);
      });

      it(`updates the first ${processed} when at most ${maxCount} are asked for`, async () => {
        await process(maxCount);
        expect(await endedOf(OWN, UPVOTE)).to.deep.equal([processed > 0n, processed > 1n]);
      });
    }

    it("emits the second when the first was processed before", async () => {
      await process(1n);
      const half = UPVOTE_INTEREST / 2n;
      await expectExpired(world, process(1n), UPVOTE, world.supporter, [act(10), half, half]);
    });

    it("emits nothing when both were processed before", async () => {
      await process(2n);
      await expect(process(2n)).not.to.emit(world.argumentStaking, "StakeExpired");
    });

    it("leaves the books as they are when both were processed before", async () => {
      await process(2n);
      const before = await booksOf(world, world.token);
      await process(2n);
      expect(await booksOf(world, world.token)).to.deep.equal(before);
    });

    it("leaves credits as they are when both were processed before", async () => {
      await process(2n);
      const before = [await creditOf(world, world.author), await creditOf(world, world.supporter)];
      await process(2n);
      expect([await creditOf(world, world.author), await creditOf(world, world.supporter)]).to.deep.equal(before);
    });

    it("updates credits to the same in two calls as in one", async () => {
      await process(1n);
      await process(1n);
      expect([await creditOf(world, world.author), await creditOf(world, world.supporter)]).to.deep.equal([
        act(50) + CREATION_INTEREST + UPVOTE_INTEREST / 2n,
        act(10) + UPVOTE_INTEREST / 2n,
      ]);
    });

    for (const actor of ["author", "guardian", "deployer"] as const) {
      it(`emits StakeExpired when the ${actor} calls`, async () => {
        await expectExpired(world, process(1n, world[actor]), OWN, world.author, [act(50), CREATION_INTEREST, 0n]);
      });
    }

    it("emits StakeExpired when entries are paused", async () => {
      await world.argumentStaking.connect(world.guardian).pauseEntries();
      await expectExpired(world, process(1n), OWN, world.author, [act(50), CREATION_INTEREST, 0n]);
    });
  });

  for (const { how, end } of [
    {
      how: "deleted",
      end: (argumentId: bigint) => world.argumentStaking.connect(world.latecomer).deleteArgument(argumentId),
    },
    { how: "slashed", end: (argumentId: bigint) => slash(world, argumentId) },
  ]) {
    describe(`when a stake that was ${how} is at the head of the queue`, () => {
      beforeEach(async () => {
        await atEndOf(world, UPVOTE);
        await process(2n);
        await end(await argue(world, { by: world.latecomer }));
      });

      it("says that it processed it", async () => {
        expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(1n);
      });

      it("says that it processed none the next time", async () => {
        await process(1n);
        expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(0n);
      });

      it("emits no StakeExpired", async () => {
        await expect(process(10n)).not.to.emit(world.argumentStaking, "StakeExpired");
      });

      it("leaves credits and books as they are", async () => {
        const before = [await creditOf(world, world.latecomer), await booksOf(world, world.token)];
        await process(10n);
        expect([await creditOf(world, world.latecomer), await booksOf(world, world.token)]).to.deep.equal(before);
      });
    });
  }
});
