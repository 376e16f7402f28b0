import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { act, CLAIM, DAY, HOUR } from "../fixtures/amounts.ts";
import {
  changeBy,
  creditOf,
  eventsIn,
  expectFound,
  ID,
  mark,
  markerAfter,
  markTimes,
  OWN,
  panelForum,
} from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  CREATION_INTEREST,
  Status,
  setRules,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** What each of five markers gets of 50 tokens, and what remains for the reserve. */
const FIFTH_REWARD = act("2.5");
const FIFTH_REST = act("37.5");

let world: ActWorld;

describe("ArgumentStaking.markUnhelpful, at the threshold", () => {
  /** The fifth mark. */
  const decide = () => mark(world, markerAfter(world, 4));

  beforeEach(async () => {
    world = await load(panelForum);
    await markTimes(world, 4);
  });

  describe("when the creator's stake is the only one", () => {
    it("emits ArgumentFoundUnhelpful", async () => {
      await expectFound(world, decide(), { slashed: act(50), reward: FIFTH_REWARD, freed: CREATION_INTEREST });
    });

    it("emits ArgumentMarked, ArgumentFoundUnhelpful and Jailed in that order", async () => {
      expect((await eventsIn(world, await decide())).map(({ name }) => name)).to.deep.equal([
        "ArgumentMarked",
        "ArgumentFoundUnhelpful",
        "Jailed",
      ]);
    });

    it("updates the status and the number of marks", async () => {
      await decide();
      const { status, unhelpfulMarks } = await world.argumentStaking.argument(ID);
      expect([status, unhelpfulMarks]).to.deep.equal([Status.Unhelpful, 5n]);
    });

    for (let index = 0; index < 5; ++index) {
      it(`updates the credit of marker ${index + 1} by a fifth of the curators' share`, async () => {
        await decide();
        expect(await creditOf(world, markerAfter(world, index))).to.equal(FIFTH_REWARD);
      });
    }

    it("leaves a curator who did not mark it without credit", async () => {
      await decide();
      expect(await creditOf(world, markerAfter(world, 5))).to.equal(0n);
    });

    it("leaves the creator without credit", async () => {
      await decide();
      expect(await creditOf(world, world.author)).to.equal(0n);
    });

    it("updates the reserve by the rest of the stake and by its interest", async () => {
      expect(await changeBy(world, decide)).to.deep.equal({
        owed: 0n,
        free: FIFTH_REST + CREATION_INTEREST,
        reserved: -CREATION_INTEREST,
        running: -1n,
        balance: 0n,
      });
    });

    it("updates the stake to one that has ended", async () => {
      await decide();
      expect((await world.argumentStaking.stake(OWN)).hasEnded).to.equal(true);
    });

    it("updates the creator's running stake", async () => {
      await decide();
      expect(await world.argumentStaking.runningStake(world.author)).to.equal(0n);
    });

    it("leaves nothing to credit at what was the stake's end", async () => {
      await decide();
      await atEndOf(world, OWN);
      await expect(world.argumentStaking.processExpired(10n)).not.to.emit(world.argumentStaking, "StakeExpired");
    });

    it("leaves its place on the claim taken", async () => {
      await decide();
      expect(await world.argumentStaking.argumentsBy(CLAIM, world.author)).to.equal(1n);
    });

    it("leaves the creator's other stakes as they are", async () => {
      await argue(world);
      await decide();
      expect(await world.argumentStaking.runningStake(world.author)).to.equal(act(50));
    });

    it("lets the creator's other stakes earn interest", async () => {
      await argue(world);
      await decide();
      await atEndOf(world, 2n);
      await expect(world.argumentStaking.processExpired(2n))
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(2n, 2n, world.author, act(50), CREATION_INTEREST, 0n);
    });
  });

  describe("when upvotes run", () => {
    beforeEach(async () => {
      await upvote(world, ID, world.supporter);
      await setRules(world, { upvoteStake: act(20) });
      await upvote(world, ID, world.challenger);
    });

    /** The interest of the second upvote: 20 tokens * 25 % * 7 / 365, rounded down. */
    const secondInterest = 95_890_410_958_904_109n;
    const freed = CREATION_INTEREST + UPVOTE_INTEREST + secondInterest;

    it("emits ArgumentFoundUnhelpful with the interest of all three", async () => {
      await expectFound(world, decide(), { slashed: act(50), reward: FIFTH_REWARD, freed: freed });
    });

    it("updates the reserve by the interest of all three", async () => {
      expect(await changeBy(world, decide)).to.deep.equal({
        owed: 0n,
        free: FIFTH_REST + freed,
        reserved: -freed,
        running: -1n,
        balance: 0n,
      });
    });

    it("leaves the upvoters' stakes running", async () => {
      await decide();
      expect(await world.argumentStaking.runningStake(world.challenger)).to.equal(act(20));
    });

    it("leaves the counters of upvotes as they are", async () => {
      await decide();
      const { upvotes, upvotedStake, totalStake } = await world.argumentStaking.argument(ID);
      expect([upvotes, upvotedStake, totalStake]).to.deep.equal([2n, act(30), act(80)]);
    });

    it("emits StakeExpired without interest at an upvote's end", async () => {
      await decide();
      await atEndOf(world, 2n);
      await expect(world.argumentStaking.processExpired(2n))
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(2n, ID, world.supporter, act(10), 0n, 0n);
    });

    describe("and have ended after the decision", () => {
      beforeEach(async () => {
        await decide();
        await atEndOf(world, 3n);
        await world.argumentStaking.processExpired(3n);
      });

      for (const { actor, credit } of [
        { actor: "supporter", credit: 10 },
        { actor: "challenger", credit: 20 },
        { actor: "author", credit: 0 },
      ] as const) {
        it(`updates the ${actor}'s credit to ${credit}`, async () => {
          expect(await creditOf(world, world[actor])).to.equal(act(credit));
        });
      }

      it("updates the reserve to one with nothing set aside", async () => {
        expect((await world.argumentStaking.rewardReserve()).reserved).to.equal(0n);
      });
    });
  });

  describe("when one of two upvotes was credited before", () => {
    beforeEach(async () => {
      await setRules(world, { period: HOUR });
      const stakeId = await upvote(world, ID, world.supporter);
      await setRules(world, { period: 7n * DAY });
      await upvote(world, ID, world.challenger);
      await atEndOf(world, stakeId);
      await world.argumentStaking.processExpired(1n);
    });

    it("emits ArgumentFoundUnhelpful with the interest of those that run", async () => {
      await expectFound(world, decide(), {
        slashed: act(50),
        reward: FIFTH_REWARD,
        freed: CREATION_INTEREST + UPVOTE_INTEREST,
      });
    });

    it("leaves the upvoter what was credited", async () => {
      const before = await creditOf(world, world.supporter);
      await decide();
      expect(await creditOf(world, world.supporter)).to.equal(before);
    });
  });

  describe("when an upvoter with enough stake decides", () => {
    it("updates their credit, and leaves their upvote running", async () => {
      await upvote(world, ID, world.latecomer);
      await setRules(world, { minCuratorStake: act(10) });
      await mark(world, world.latecomer);
      expect([
        await creditOf(world, world.latecomer),
        await world.argumentStaking.runningStake(world.latecomer),
      ]).to.deep.equal([FIFTH_REWARD, act(10)]);
    });
  });
});

describe("ArgumentStaking.markUnhelpful, by a slasher", () => {
  const decide = () => mark(world, world.slasher);

  beforeEach(async () => {
    world = await load(panelForum);
  });

  it("emits ArgumentFoundUnhelpful at the first mark, with all of the curators' share", async () => {
    await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
  });

  it("updates the slasher's credit", async () => {
    await decide();
    expect(await creditOf(world, world.slasher)).to.equal(act("12.5"));
  });

  it("shares with those who marked it before", async () => {
    await mark(world);
    await decide();
    expect([await creditOf(world, world.curator), await creditOf(world, world.slasher)]).to.deep.equal([
      act("6.25"),
      act("6.25"),
    ]);
  });

  it("updates the number of marks by one", async () => {
    await mark(world);
    await decide();
    expect((await world.argumentStaking.argument(ID)).unhelpfulMarks).to.equal(2n);
  });

  it("emits ArgumentFoundUnhelpful when the slasher is a curator too", async () => {
    await world.authority.grantRole(Role.Curator, world.slasher, 0n);
    await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
  });

  it("moves no tokens", async () => {
    await expect(decide()).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.slasher, world.author, world.argumentStaking],
      [0n, 0n, 0n],
    );
  });
});
