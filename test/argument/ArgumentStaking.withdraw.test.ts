import { expect } from "chai";
import { act } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  booksChange,
  booksOf,
  CREATION_INTEREST,
  FORTUNE,
  jail,
  openForum,
  slash,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** What the author of the expired argument has, with half the interest of one upvote; and the upvoter. */
const AUTHOR_CREDIT = act(50) + CREATION_INTEREST + UPVOTE_INTEREST / 2n;
const UPVOTER_CREDIT = act(10) + UPVOTE_INTEREST / 2n;

describe("ArgumentStaking.withdraw", () => {
  let world: ActWorld;

  const withdraw = (by = world.author) => world.argumentStaking.connect(by).withdraw();
  const creditOf = async (user = world.author) => (await world.argumentStaking.account(user)).credited;
  const expectZero = (by = world.author) =>
    expect(withdraw(by)).to.be.revertedWithCustomError(world.argumentStaking, "CreditZero").withArgs(by);

  beforeEach(async () => {
    world = await load(openForum);
  });

  describe("when stakes have expired and were processed", () => {
    beforeEach(async () => {
      const stakeId = await upvote(world, await argue(world), world.supporter);
      await atEndOf(world, stakeId);
      await world.argumentStaking.processExpired(2n);
    });

    for (const { actor, credit } of [
      { actor: "author", credit: AUTHOR_CREDIT },
      { actor: "supporter", credit: UPVOTER_CREDIT },
    ] as const) {
      it(`pays principal and interest to the ${actor}`, async () => {
        await expect(withdraw(world[actor])).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world[actor], world.argumentStaking],
          [credit, -credit],
        );
      });
    }

    it("emits Withdrawn", async () => {
      await expect(withdraw()).to.emit(world.argumentStaking, "Withdrawn").withArgs(world.author, AUTHOR_CREDIT);
    });

    it("says what was paid", async () => {
      expect(await world.argumentStaking.connect(world.author).withdraw.staticCall()).to.equal(AUTHOR_CREDIT);
    });

    it("updates the caller's credit to zero", async () => {
      await withdraw();
      expect(await creditOf()).to.equal(0n);
    });

    it("updates what is owed, and nothing else of the books", async () => {
      const before = await booksOf(world, world.token);
      await withdraw();
      expect(booksChange(before, await booksOf(world, world.token))).to.deep.equal({
        owed: -AUTHOR_CREDIT,
        free: 0n,
        reserved: 0n,
        running: 0n,
        balance: -AUTHOR_CREDIT,
      });
    });

    it("leaves others' credits as they are", async () => {
      await withdraw();
      expect(await creditOf(world.supporter)).to.equal(UPVOTER_CREDIT);
    });

    it("leaves what the stake limit compares as it is", async () => {
      await withdraw();
      expect(await world.argumentStaking.stakeLimit(world.author)).to.deep.equal([
        0n,
        FORTUNE + AUTHOR_CREDIT - act(50),
      ]);
    });

    it("reverts when the caller has withdrawn before", async () => {
      await withdraw();
      await expectZero();
    });

    it("pays the same when someone has sent tokens unasked", async () => {
      await world.token.connect(world.outsider).transfer(world.argumentStaking, act(1_000));
      await expect(withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.author, world.argumentStaking],
        [AUTHOR_CREDIT, -AUTHOR_CREDIT],
      );
    });

    it("pays when entries are paused", async () => {
      await world.argumentStaking.connect(world.guardian).pauseEntries();
      await expect(withdraw()).to.changeTokenBalance(world.ethers, world.token, world.author, AUTHOR_CREDIT);
    });

    it("pays when the caller is jailed, and leaves the jail as it is", async () => {
      const until = await jail(world, world.author);
      await withdraw();
      expect(await world.argumentStaking.account(world.author)).to.deep.equal([0n, 1n, until, 0n]);
    });

    it("pays what was credited since the last time", async () => {
      await withdraw();
      const argumentId = await argue(world);
      await world.argumentStaking.connect(world.author).deleteArgument(argumentId);
      await expect(withdraw()).to.changeTokenBalance(world.ethers, world.token, world.author, act(50));
    });
  });

  describe("when the caller has marked an argument that was found unhelpful", () => {
    it("pays their part of the stake", async () => {
      await slash(world, await argue(world));
      await expect(withdraw(world.slasher)).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.slasher,
        act("12.5"),
      );
    });
  });

  describe("when nothing is credited to the caller", () => {
    it("reverts when they never staked", async () => {
      await expectZero(world.outsider);
    });

    it("reverts when their stake runs", async () => {
      await argue(world);
      await expectZero();
    });

    it("reverts when their stake has expired and was not processed", async () => {
      const stakeId = await upvote(world, await argue(world), world.supporter);
      await atEndOf(world, stakeId);
      await expectZero();
    });

    it("reverts when their stake was slashed", async () => {
      await slash(world, await argue(world));
      await expectZero();
    });

    it("reverts when tokens were sent unasked", async () => {
      await world.token.connect(world.author).transfer(world.argumentStaking, act(1));
      await expectZero();
    });
  });
});
