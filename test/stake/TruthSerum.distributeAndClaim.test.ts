import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  carriedBy,
  type EpochWorld,
  expectBalancedBooks,
  partsOf,
  partsPaid,
  rangesDistributed,
  SPEAKERS,
  scoredVoices,
  settleAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum.distribute, with claims", () => {
  let world: EpochWorld;
  let parts: bigint[];
  let carried: bigint;

  const distribute = (maxCount = ALL) => world.truthSerum.connect(world.outsider).distribute(CLAIM, 0n, maxCount);

  const progressOf = async (maxCount: bigint) =>
    fieldsOf(await world.truthSerum.distribute.staticCall(CLAIM, 0n, maxCount));

  const claim = (speaker: "author" | "supporter" | "challenger" | "latecomer") =>
    world.truthSerum.claim(world[speaker], CLAIM, 0n);

  const settleStory = async () => {
    await settleAll(world);
    const voices = await scoredVoices(world.truthSerum);
    parts = partsOf(voices);
    carried = sum(voices.map(({ taken }) => taken)) - sum(parts);
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when some have claimed before", () => {
    beforeEach(async () => {
      await settleStory();
      await claim("supporter");
    });

    it("counts them among those it goes through", async () => {
      expect(await progressOf(3n)).to.deep.equal({ processed: 3n, done: false });
    });

    it("pays them nothing again", async () => {
      await distribute();
      expect(await partsPaid(world.truthSerum)).to.deep.equal([
        [world.supporter.address, parts[1]],
        [world.author.address, parts[0]],
      ]);
    });

    it("emits PartsDistributed with a range that includes them", async () => {
      await distribute();
      expect(await rangesDistributed(world.truthSerum)).to.deep.equal([
        [1n, 2n],
        [0n, 4n],
      ]);
    });

    it("emits EpochDistributed at the end with what is carried", async () => {
      await expect(distribute()).to.emit(world.truthSerum, "EpochDistributed").withArgs(CLAIM, 0n, carried);
    });

    it("is done when only they are left", async () => {
      await claim("latecomer");
      await claim("challenger");
      expect(await progressOf(1n)).to.deep.equal({ processed: 1n, done: true });
    });
  });

  describe("when some claim between two calls", () => {
    beforeEach(async () => {
      await settleStory();
      await distribute(1n);
      await claim("latecomer");
    });

    it("returns that it is done with the others, before the cursor reaches the end", async () => {
      expect(await progressOf(2n)).to.deep.equal({ processed: 2n, done: true });
    });

    it("emits EpochDistributed with the others", async () => {
      await expect(distribute(2n)).to.emit(world.truthSerum, "EpochDistributed").withArgs(CLAIM, 0n, carried);
    });

    it("emits EpochDistributed once", async () => {
      await distribute(2n);
      await distribute(ALL);
      expect(await carriedBy(world.truthSerum)).to.deep.equal([carried]);
    });

    it("updates the number of those who have their part to all", async () => {
      await distribute();
      expect((await world.truthSerum.epochState(CLAIM, 0n)).distributed).to.equal(4n);
    });

    it("comes to the same stakes", async () => {
      await distribute();
      const voices = await scoredVoices(world.truthSerum);
      const expected = voices.map(({ weight, taken }, index) => weight - taken + (parts[index] ?? 0n));
      expect(await stakesOf(world)).to.deep.equal(expected);
    });
  });

  describe("when all have claimed", () => {
    beforeEach(async () => {
      await settleStory();
      for (const speaker of SPEAKERS) await claim(speaker);
    });

    it("returns that it is done, with none", async () => {
      expect(await progressOf(ALL)).to.deep.equal({ processed: 0n, done: true });
    });

    it("emits no event", async () => {
      const receipt = await (await distribute()).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });

    it("has emitted EpochDistributed once", async () => {
      await distribute();
      expect(await carriedBy(world.truthSerum)).to.deep.equal([carried]);
    });
  });
});
