import { expect } from "chai";
import { act, CLAIM, MAX_UINT32, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  booksChange,
  booksOf,
  CREATION_INTEREST,
  jail,
  openForum,
  Reason,
  Status,
  sendArgument,
  setRules,
  slash,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** The author's argument and the stake on it. */
const ID = 1n;
const STAKE_ID = 1n;

describe("ArgumentStaking.deleteArgument", () => {
  let world: ActWorld;

  const remove = (argumentId = ID, by = world.author) => world.argumentStaking.connect(by).deleteArgument(argumentId);
  const mark = () => world.argumentStaking.connect(world.curator).markUnhelpful(ID, Reason.Other);

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  describe("when nobody did anything about it", () => {
    it("emits ArgumentDeleted with stake and interest", async () => {
      await expect(remove())
        .to.emit(world.argumentStaking, "ArgumentDeleted")
        .withArgs(ID, STAKE_ID, act(50), CREATION_INTEREST);
    });

    it("updates the creator's credit by the stake, without interest", async () => {
      await remove();
      expect((await world.argumentStaking.account(world.author)).credited).to.equal(act(50));
    });

    it("leaves all tokens where they are", async () => {
      await expect(remove()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, world.argumentStaking],
        [0n, 0n],
      );
    });

    it("updates the reserve: what was set aside is free", async () => {
      const before = await booksOf(world, world.token);
      await remove();
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: 0n,
        free: CREATION_INTEREST,
        reserved: -CREATION_INTEREST,
        running: -1n,
        balance: 0n,
      });
    });

    it("updates the status", async () => {
      await remove();
      expect((await world.argumentStaking.argument(ID)).status).to.equal(Status.Deleted);
    });

    it("updates the stake to one that has ended", async () => {
      await remove();
      expect((await world.argumentStaking.stake(STAKE_ID)).hasEnded).to.equal(true);
    });

    it("leaves the counters of the argument as they are", async () => {
      await remove();
      const { upvotes, upvotedStake, totalStake, unhelpfulMarks } = await world.argumentStaking.argument(ID);
      expect([upvotes, upvotedStake, totalStake, unhelpfulMarks]).to.deep.equal([0n, 0n, act(50), 0n]);
    });

    it("updates the queue: nothing runs", async () => {
      await remove();
      expect(await world.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("leaves nothing to credit at what was the stake's end", async () => {
      await remove();
      await atEndOf(world, STAKE_ID);
      await expect(world.argumentStaking.processExpired(10n)).not.to.emit(world.argumentStaking, "StakeExpired");
    });

    it("leaves the creator's jail and slashes as they are", async () => {
      await remove();
      const { slashCount, jailedUntil } = await world.argumentStaking.account(world.author);
      expect([slashCount, jailedUntil]).to.deep.equal([0n, 0n]);
    });

    it("lets the creator withdraw the stake", async () => {
      await remove();
      await expect(world.argumentStaking.connect(world.author).withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, world.argumentStaking],
        [act(50), -act(50)],
      );
    });
  });

  describe("when another one of theirs is deleted after it", () => {
    it("adds that one's stake to the creator's credit", async () => {
      await argue(world, { side: 1 });
      await remove();
      await remove(2n);
      expect((await world.argumentStaking.account(world.author)).credited).to.equal(act(100));
    });
  });

  describe("when lists are read after it", () => {
    beforeEach(async () => {
      await argue(world, { side: 1 });
      await remove();
    });

    for (const { list, read } of [
      { list: "the claim's arguments", read: () => world.argumentStaking.claimArguments(CLAIM, 0n, 10n) },
      { list: "the creator's arguments", read: () => world.argumentStaking.userArguments(world.author, 0n, 10n) },
      { list: "the creator's stakes", read: () => world.argumentStaking.userStakes(world.author, 0n, 10n) },
    ]) {
      it(`leaves ${list} as they are`, async () => {
        expect(await read()).to.deep.equal([1n, 2n]);
      });
    }

    it("leaves the argument's stakes as they are", async () => {
      expect(await world.argumentStaking.argumentStakes(ID, 0n, 10n)).to.deep.equal([STAKE_ID]);
    });
  });

  describe("when it is one of as many as one may write", () => {
    beforeEach(async () => {
      await setRules(world, { maxArgumentsPerClaim: 2n });
      await argue(world);
    });

    it("updates how many are the creator's on the claim", async () => {
      await remove();
      expect(await world.argumentStaking.argumentsBy(CLAIM, world.author)).to.equal(1n);
    });

    it("frees its place", async () => {
      await remove();
      await expect(sendArgument(world)).to.emit(world.argumentStaking, "ArgumentCreated");
    });

    it("frees one place, not two", async () => {
      await remove();
      await argue(world);
      await expect(sendArgument(world))
        .to.be.revertedWithCustomError(world.argumentStaking, "TooManyArguments")
        .withArgs(CLAIM, world.author, 2n);
    });

    it("leaves the places on another claim as they are", async () => {
      await argue(world, { claimId: OTHER_CLAIM });
      await remove();
      expect(await world.argumentStaking.argumentsBy(OTHER_CLAIM, world.author)).to.equal(1n);
    });

    it("leaves the places of others as they are", async () => {
      await argue(world, { by: world.supporter });
      await remove();
      expect(await world.argumentStaking.argumentsBy(CLAIM, world.supporter)).to.equal(1n);
    });
  });

  describe("when the rules have changed since", () => {
    it("emits ArgumentDeleted with the stake and the interest it was made on", async () => {
      await setRules(world, { creationStake: act(60), interestRateBps: 10_000n });
      await expect(remove())
        .to.emit(world.argumentStaking, "ArgumentDeleted")
        .withArgs(ID, STAKE_ID, act(50), CREATION_INTEREST);
    });
  });

  describe("when entries are paused", () => {
    it("emits ArgumentDeleted", async () => {
      await world.argumentStaking.connect(world.guardian).pauseEntries();
      await expect(remove()).to.emit(world.argumentStaking, "ArgumentDeleted");
    });
  });

  describe("when the creator is jailed", () => {
    it("emits ArgumentDeleted", async () => {
      await jail(world, world.author);
      await expect(remove()).to.emit(world.argumentStaking, "ArgumentDeleted");
    });
  });

  describe("when the stake comes to its end", () => {
    it("emits ArgumentDeleted a second before it", async () => {
      await atEndOf(world, STAKE_ID, -1n);
      await expect(remove()).to.emit(world.argumentStaking, "ArgumentDeleted");
    });

    for (const elapsed of [0n, 1n]) {
      it(`reverts when ${elapsed} s have passed since`, async () => {
        const { endsAt } = await world.argumentStaking.stake(STAKE_ID);
        await atEndOf(world, STAKE_ID, elapsed);
        await expect(remove())
          .to.be.revertedWithCustomError(world.argumentStaking, "StakeHasEnded")
          .withArgs(STAKE_ID, endsAt);
      });
    }

    it("reverts when the stake was credited", async () => {
      const { endsAt } = await world.argumentStaking.stake(STAKE_ID);
      await atEndOf(world, STAKE_ID);
      await world.argumentStaking.processExpired(1n);
      await expect(remove())
        .to.be.revertedWithCustomError(world.argumentStaking, "StakeHasEnded")
        .withArgs(STAKE_ID, endsAt);
    });
  });

  describe("when the caller is not its creator", () => {
    for (const actor of ["outsider", "curator", "slasher", "guardian", "deployer"] as const) {
      it(`reverts when the ${actor} calls`, async () => {
        await expect(remove(ID, world[actor]))
          .to.be.revertedWithCustomError(world.argumentStaking, "NotCreator")
          .withArgs(ID, world[actor], world.author);
      });
    }

    it("reverts with the same error when it is deleted", async () => {
      await remove();
      await expect(remove(ID, world.outsider))
        .to.be.revertedWithCustomError(world.argumentStaking, "NotCreator")
        .withArgs(ID, world.outsider, world.author);
    });
  });

  describe("when it is deleted", () => {
    beforeEach(async () => {
      await remove();
    });

    it("reverts when its creator calls again", async () => {
      await expect(remove()).to.be.revertedWithCustomError(world.argumentStaking, "ArgumentIsDeleted").withArgs(ID);
    });

    it("reverts with the same error after the end of the stake", async () => {
      await atEndOf(world, STAKE_ID, 1n);
      await expect(remove()).to.be.revertedWithCustomError(world.argumentStaking, "ArgumentIsDeleted").withArgs(ID);
    });
  });

  describe("when others did something about it", () => {
    const expectTouched = (upvotes: bigint, marks: bigint) =>
      expect(remove())
        .to.be.revertedWithCustomError(world.argumentStaking, "ArgumentNotUntouched")
        .withArgs(ID, upvotes, marks);

    it("reverts when it was upvoted", async () => {
      await upvote(world, ID, world.supporter);
      await expectTouched(1n, 0n);
    });

    it("reverts when it was upvoted twice and marked", async () => {
      await upvote(world, ID, world.supporter);
      await upvote(world, ID, world.challenger);
      await mark();
      await expectTouched(2n, 1n);
    });

    it("reverts when it was marked", async () => {
      await mark();
      await expectTouched(0n, 1n);
    });

    it("reverts when it was found unhelpful", async () => {
      await slash(world, ID);
      await expectTouched(0n, 1n);
    });

    it("reverts with the same error when all stakes on it have been credited", async () => {
      const stakeId = await upvote(world, ID, world.supporter);
      await atEndOf(world, stakeId);
      await world.argumentStaking.processExpired(2n);
      await expectTouched(1n, 0n);
    });
  });

  describe("when there is no such argument", () => {
    for (const argumentId of [0n, 2n, MAX_UINT32 + 2n]) {
      it(`reverts when the id is ${argumentId}`, async () => {
        await expect(remove(argumentId))
          .to.be.revertedWithCustomError(world.argumentStaking, "ArgumentUnknown")
          .withArgs(argumentId);
      });
    }
  });
});
