import { expect } from "chai";
import { id } from "ethers";
import { CLAIM, EPOCHS, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  open,
  partsOf,
  SPEAKERS,
  scoredVoices,
  settleAll,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, mineBlock, UNKNOWN_CLAIM } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum, views", () => {
  const { epochLength, revealWindow } = EPOCHS;
  let world: EpochWorld;
  let startedAt: bigint;

  beforeEach(async () => {
    world = await load(votersFixture);
    startedAt = await world.truthSerum.startedAt();
  });

  afterEach(() => expectBalancedBooks(world));

  describe("currentEpoch", () => {
    for (const [elapsed, epoch] of [
      [epochLength - 1n, 0n],
      [epochLength, 1n],
      [2n * epochLength - 1n, 1n],
      [12_345n * epochLength, 12_345n],
    ] as const) {
      it(`is ${epoch} after ${elapsed} seconds`, async () => {
        await atEpoch(world.truthSerum, 0n, elapsed);
        await mineBlock();
        expect(await world.truthSerum.currentEpoch()).to.equal(epoch);
      });
    }
  });

  describe("epochOf", () => {
    for (const [elapsed, epoch] of [
      [0n, 0n],
      [epochLength - 1n, 0n],
      [epochLength, 1n],
      [7n * epochLength + 5n, 7n],
    ] as const) {
      it(`is ${epoch} of ${elapsed} seconds after the start`, async () => {
        expect(await world.truthSerum.epochOf(startedAt + elapsed)).to.equal(epoch);
      });
    }

    for (const timestamp of [0n, -1n] as const) {
      it(`reverts when the instant is ${timestamp === 0n ? "the beginning of time" : "a second before the start"}`, async () => {
        const instant = timestamp === 0n ? 0n : startedAt - 1n;
        await expect(world.truthSerum.epochOf(instant))
          .to.be.revertedWithCustomError(world.truthSerum, "BeforeFirstEpoch")
          .withArgs(instant, startedAt);
      });
    }
  });

  describe("scheduleOf", () => {
    for (const epoch of [0n, 1n, 2n ** 32n]) {
      it(`says when epoch ${epoch} begins, ends and can be settled`, async () => {
        const endsAt = startedAt + (epoch + 1n) * epochLength;
        expect(fieldsOf(await world.truthSerum.scheduleOf(epoch))).to.deep.equal({
          startsAt: startedAt + epoch * epochLength,
          endsAt,
          settleableAt: endsAt + revealWindow,
        });
      });
    }
  });

  describe("an epoch that never comes", () => {
    const NEVER = { startsAt: ALL, endsAt: ALL, settleableAt: ALL };

    for (const epoch of [ALL / epochLength, ALL]) {
      it(`begins at the end of time when it is ${epoch}`, async () => {
        expect(fieldsOf(await world.truthSerum.scheduleOf(epoch))).to.deep.equal(NEVER);
      });
    }

    it("reverts when a belief is opened in it", async () => {
      await expect(open(world, "author", { epoch: ALL }))
        .to.be.revertedWithCustomError(world.truthSerum, "RevealNotOpen")
        .withArgs(ALL, ALL);
    });

    it("reverts when it is settled", async () => {
      await expect(world.truthSerum.settle(CLAIM, ALL, ALL))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotJoined")
        .withArgs(CLAIM, ALL);
    });
  });

  describe("epochState", () => {
    const NOTHING = {
      joined: 0n,
      opened: 0n,
      scored: 0n,
      distributed: 0n,
      openedWeight: 0n,
      consensus: 0n,
      meanMeta: 0n,
      supportShare: 0n,
      isSurprisinglyPopular: false,
      isSettled: false,
      isVoid: false,
      pot: 0n,
      gains: 0n,
      paid: 0n,
    };

    it("is all zero when nobody joined", async () => {
      expect(fieldsOf(await world.truthSerum.epochState(CLAIM, 0n))).to.deep.equal(NOTHING);
    });

    it("is all zero of a claim that does not exist", async () => {
      expect(fieldsOf(await world.truthSerum.epochState(UNKNOWN_CLAIM, 5n))).to.deep.equal(NOTHING);
    });

    it("is all zero but for those who joined when nothing is opened", async () => {
      await commitAll(world);
      expect(fieldsOf(await world.truthSerum.epochState(CLAIM, 0n))).to.deep.equal({ ...NOTHING, joined: 4n });
    });
  });

  describe("participant", () => {
    it("reverts when nobody joined", async () => {
      await expect(world.truthSerum.participant(CLAIM, 0n, world.author))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 0n, world.author);
    });

    it("reverts when the user did not commit", async () => {
      await commitAll(world);
      await expect(world.truthSerum.participant(CLAIM, 0n, world.outsider))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 0n, world.outsider);
    });

    it("reverts when the user committed in another epoch", async () => {
      await commitAll(world);
      await expect(world.truthSerum.participant(CLAIM, 1n, world.author))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 1n, world.author);
    });

    it("tells the payout that claiming pays", async () => {
      await settleAll(world);
      const parts = partsOf(await scoredVoices(world.truthSerum));
      const voices = SPEAKERS.map((speaker) => world.truthSerum.participant(CLAIM, 0n, world[speaker]));
      expect((await Promise.all(voices)).map(({ payout }) => payout)).to.deep.equal(parts);
    });
  });

  describe("participants", () => {
    let users: string[];

    beforeEach(async () => {
      await commitAll(world, { speakers: ["challenger", "author", "latecomer", "supporter"] });
      users = [world.challenger, world.author, world.latecomer, world.supporter].map(({ address }) => address);
    });

    for (const [offset, limit] of [
      [0n, 4n],
      [0n, 2n],
      [2n, 2n],
      [1n, 2n],
      [3n, 5n],
      [0n, 0n],
      [4n, 1n],
      [5n, 1n],
      [0n, ALL],
      [1n, ALL],
      [4n, ALL],
      [ALL, 1n],
      [ALL, ALL],
    ] as const) {
      const name = [offset, limit].map((each) => (each === ALL ? "2^256 - 1" : each)).join(" and limit ");
      it(`lists those of offset ${name} in the order of their first commits`, async () => {
        const found = await world.truthSerum.participants(CLAIM, 0n, offset, limit);
        const listed = users.filter((_, ordinal) => ordinal >= offset && ordinal < offset + limit);
        expect(found).to.deep.equal(listed);
      });
    }

    it("lists nobody of an epoch that nobody joined", async () => {
      expect(await world.truthSerum.participants(CLAIM, 1n, 0n, ALL)).to.deep.equal([]);
    });

    it("lists nobody of another claim", async () => {
      expect(await world.truthSerum.participants(OTHER_CLAIM, 0n, 0n, ALL)).to.deep.equal([]);
    });
  });

  describe("carriedOf", () => {
    it("is 0 of a claim that nobody spoke on", async () => {
      expect(await world.truthSerum.carriedOf(id("never heard of"))).to.equal(0n);
    });
  });
});
