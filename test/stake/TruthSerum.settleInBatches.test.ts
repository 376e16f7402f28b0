import { expect } from "chai";
import { CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  type EpochWorld,
  expectBalancedBooks,
  scoredVoices,
  speakAll,
  stakesOf,
  voiceAmong,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum.settle, in batches", () => {
  let world: EpochWorld;

  const settle = (maxCount = ALL, epoch = 0n) =>
    world.truthSerum.connect(world.outsider).settle(CLAIM, epoch, maxCount);

  const progressOf = async (maxCount: bigint) => {
    await mineBlock(); // a static call sees the latest block's second
    return fieldsOf(await world.truthSerum.settle.staticCall(CLAIM, 0n, maxCount));
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when it takes several calls", () => {
    const outcomeOf = async (maxCount: bigint) => {
      world = await load(votersFixture);
      await speakAll(world);
      while (!(await world.truthSerum.epochState(CLAIM, 0n)).isSettled) await settle(maxCount);
      const state = fieldsOf(await world.truthSerum.epochState(CLAIM, 0n));
      return { state, voices: await scoredVoices(world.truthSerum), stakes: await stakesOf(world) };
    };

    for (const maxCount of [1n, 2n, 3n]) {
      it(`comes to the same by ${maxCount} as at once`, async () => {
        expect(await outcomeOf(maxCount)).to.deep.equal(await outcomeOf(ALL));
      });
    }

    describe("when three of four are scored", () => {
      beforeEach(async () => {
        await speakAll(world);
        await settle(1n);
        await settle(2n);
      });

      it("updates the number of scored voices", async () => {
        expect((await world.truthSerum.epochState(CLAIM, 0n)).scored).to.equal(3n);
      });

      it("is neither settled nor void", async () => {
        const { isSettled, isVoid } = await world.truthSerum.epochState(CLAIM, 0n);
        expect([isSettled, isVoid]).to.deep.equal([false, false]);
      });

      it("holds what was taken in the pots", async () => {
        const { taken } = voiceAmong(await scoredVoices(world.truthSerum), world.challenger);
        expect(await world.stakeVault.pots()).to.equal(taken);
      });

      it("promises winners nothing yet", async () => {
        const { isScored, payout } = await world.truthSerum.participant(CLAIM, 0n, world.supporter);
        expect([isScored, payout]).to.deep.equal([true, 0n]);
      });

      it("has not scored the fourth", async () => {
        const { isScored, score, taken } = await world.truthSerum.participant(CLAIM, 0n, world.latecomer);
        expect([isScored, score, taken]).to.deep.equal([false, 0n, 0n]);
      });

      it("reverts when it is distributed", async () => {
        await expect(world.truthSerum.distribute(CLAIM, 0n, ALL))
          .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
          .withArgs(CLAIM, 0n);
      });

      it("reverts when someone scored claims", async () => {
        await expect(world.truthSerum.claim(world.author, CLAIM, 0n))
          .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
          .withArgs(CLAIM, 0n);
      });

      it("reverts when its consensus is asked for", async () => {
        await expect(world.truthSerum.consensus(CLAIM, 0n))
          .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
          .withArgs(CLAIM, 0n);
      });

      it("emits BeliefScored for the fourth alone", async () => {
        await settle(1n);
        const voices = await scoredVoices(world.truthSerum);
        expect(voices.slice(3).map(({ user }) => user)).to.deep.equal([world.latecomer.address]);
      });

      it("returns that it is done with the fourth", async () => {
        expect(await progressOf(1n)).to.deep.equal({ processed: 1n, done: true });
      });
    });

    describe("when the limit is below what is left", () => {
      beforeEach(async () => {
        await speakAll(world);
      });

      it("emits no EpochSettled", async () => {
        await expect(settle(3n)).not.to.emit(world.truthSerum, "EpochSettled");
      });

      it("returns how far it came", async () => {
        expect(await progressOf(3n)).to.deep.equal({ processed: 3n, done: false });
      });
    });
  });

  describe("when the limit is zero", () => {
    beforeEach(async () => {
      await speakAll(world);
    });

    it("returns that nothing is done", async () => {
      expect(await progressOf(0n)).to.deep.equal({ processed: 0n, done: false });
    });

    it("updates nothing", async () => {
      const before = fieldsOf(await world.truthSerum.epochState(CLAIM, 0n));
      await settle(0n);
      expect(fieldsOf(await world.truthSerum.epochState(CLAIM, 0n))).to.deep.equal(before);
    });
  });

  describe("when it is done", () => {
    beforeEach(async () => {
      await speakAll(world);
      await settle();
    });

    it("returns that it is done, with none", async () => {
      expect(await progressOf(ALL)).to.deep.equal({ processed: 0n, done: true });
    });

    it("returns the same when the limit is zero", async () => {
      expect(await progressOf(0n)).to.deep.equal({ processed: 0n, done: true });
    });

    it("emits no event", async () => {
      const receipt = await (await settle()).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });

    it("takes nothing again", async () => {
      const before = await stakesOf(world);
      await settle();
      expect(await stakesOf(world)).to.deep.equal(before);
    });

    it("returns the same when everything is distributed", async () => {
      await world.truthSerum.distribute(CLAIM, 0n, ALL);
      expect(await progressOf(ALL)).to.deep.equal({ processed: 0n, done: true });
    });
  });
});
