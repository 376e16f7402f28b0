import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { act, CLAIM, DAY, HOUR, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  changeBy,
  creditOf,
  eventsIn,
  expectFound,
  expiredIn,
  ID,
  mark,
  OWN,
  panelForum,
} from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  CREATION_INTEREST,
  setRules,
  UPVOTE_INTEREST,
  upvote,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

/** How many stakes of another's `crowdedForum` has in its queue. */
const QUEUE_LENGTH = 101;

let world: ActWorld;

describe("ArgumentStaking.markUnhelpful, amid expiries", () => {
  const decide = () => mark(world, world.slasher);

  beforeEach(async () => {
    world = await load(panelForum);
  });

  describe("when the creator's stake is about to end", () => {
    it("emits ArgumentFoundUnhelpful with the stake a second before its end", async () => {
      await atEndOf(world, OWN, -1n);
      await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
    });

    it("emits ArgumentFoundUnhelpful without a stake at its end", async () => {
      await atEndOf(world, OWN);
      await expectFound(world, decide(), { slashed: 0n, reward: 0n, freed: 0n });
    });
  });

  describe("when the creator's stake has ended and was not processed", () => {
    it("emits what it is credited before what is found", async () => {
      await atEndOf(world, OWN);
      expect((await eventsIn(world, await decide())).map(({ name }) => name)).to.deep.equal([
        "ArgumentMarked",
        "StakeExpired",
        "ArgumentFoundUnhelpful",
        "Jailed",
      ]);
    });

    it("emits StakeExpired with all its interest", async () => {
      await atEndOf(world, OWN);
      await expect(decide())
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(OWN, ID, world.author, act(50), CREATION_INTEREST, 0n);
    });

    it("updates the books as an expiry does", async () => {
      await atEndOf(world, OWN);
      expect(await changeBy(world, decide)).to.deep.equal({
        owed: 0n,
        free: 0n,
        reserved: -CREATION_INTEREST,
        running: -1n,
        balance: 0n,
      });
    });
  });

  describe("when the creator's stake was credited and an upvote runs", () => {
    beforeEach(async () => {
      await atEndOf(world, OWN, -DAY);
      await upvote(world, ID, world.supporter);
      await atEndOf(world, OWN);
      await world.argumentStaking.processExpired(1n);
      await mark(world);
    });

    it("emits ArgumentFoundUnhelpful with the interest of the upvote alone", async () => {
      await expectFound(world, decide(), { slashed: 0n, reward: 0n, freed: UPVOTE_INTEREST });
    });

    it("updates the reserve by the interest of the upvote", async () => {
      expect(await changeBy(world, decide)).to.deep.equal({
        owed: 0n,
        free: UPVOTE_INTEREST,
        reserved: -UPVOTE_INTEREST,
        running: 0n,
        balance: 0n,
      });
    });

    it("leaves the markers without credit", async () => {
      await decide();
      expect([await creditOf(world, world.curator), await creditOf(world, world.slasher)]).to.deep.equal([0n, 0n]);
    });

    it("leaves the creator what was credited", async () => {
      await decide();
      expect(await creditOf(world, world.author)).to.equal(act(50) + CREATION_INTEREST);
    });

    it("emits Jailed all the same", async () => {
      await expect(decide()).to.emit(world.argumentStaking, "Jailed");
    });
  });

  describe("when an upvote has ended and was not processed", () => {
    beforeEach(async () => {
      await setRules(world, { period: HOUR });
      const stakeId = await upvote(world, ID, world.supporter);
      await atEndOf(world, stakeId);
    });

    /** What an upvote of an hour earns: 10 tokens * 25 % / 8,760, rounded down. */
    const interest = 285_388_127_853_881n;

    it("emits StakeExpired with its interest in two parts", async () => {
      await expect(decide())
        .to.emit(world.argumentStaking, "StakeExpired")
        .withArgs(2n, ID, world.supporter, act(10), interest - interest / 2n, interest / 2n);
    });

    it("emits ArgumentFoundUnhelpful without its interest", async () => {
      await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
    });

    it("updates the creator's credit by their part", async () => {
      await decide();
      expect(await creditOf(world, world.author)).to.equal(interest / 2n);
    });
  });
});

describe("ArgumentStaking.markUnhelpful, behind expired stakes of others", () => {
  const decide = () => mark(world, world.slasher);
  const lastOfQueue = BigInt(QUEUE_LENGTH) + 1n;
  const expectLeft = (nextEndsAt: bigint) =>
    expect(decide()).to.be.revertedWithCustomError(world.argumentStaking, "ExpiredStakesLeft").withArgs(nextEndsAt);

  beforeEach(async () => {
    world = await load(crowdedForum);
  });

  it("emits ArgumentFoundUnhelpful when 100 have expired", async () => {
    await atEndOf(world, lastOfQueue, -1n);
    await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
  });

  it("emits StakeExpired for each of the 100", async () => {
    await atEndOf(world, lastOfQueue, -1n);
    expect(await expiredIn(world, await decide())).to.have.lengthOf(100);
  });

  it("reverts when 101 have expired", async () => {
    await atEndOf(world, lastOfQueue);
    await expectLeft((await world.argumentStaking.stake(lastOfQueue)).endsAt);
  });

  it("reverts when 100 have expired and one was deleted", async () => {
    await world.argumentStaking.connect(world.latecomer).deleteArgument(lastOfQueue);
    await atEndOf(world, lastOfQueue, -1n);
    await expectLeft(0n);
  });

  it("emits ArgumentMarked when 101 have expired and the mark does not decide", async () => {
    await atEndOf(world, lastOfQueue);
    await expect(mark(world)).to.emit(world.argumentStaking, "ArgumentMarked");
  });

  it("emits ArgumentFoundUnhelpful when one of 101 was processed before", async () => {
    await atEndOf(world, lastOfQueue);
    await world.argumentStaking.processExpired(1n);
    await expectFound(world, decide(), { slashed: act(50), reward: act("12.5"), freed: CREATION_INTEREST });
  });
});

/* SET-UP */

/** `panelForum` with 101 stakes of the latecomer's, 2 to 102, which end after an hour, one a second. */
async function crowdedForum(connection: NetworkConnection): Promise<ActWorld> {
  const forum = await panelForum(connection);
  await setRules(forum, { period: HOUR, creationStake: act(1), maxArgumentsPerClaim: 100n });
  const startsAt = (await now()) + 1n;
  for (let index = 0; index < QUEUE_LENGTH; ++index) {
    await nextAt(startsAt + BigInt(index));
    await argue(forum, { by: forum.latecomer, claimId: index === 0 ? CLAIM : OTHER_CLAIM });
  }
  return forum;
}
