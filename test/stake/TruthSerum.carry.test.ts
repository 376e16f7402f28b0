import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  belief,
  commitAll,
  type EpochStory,
  type EpochWorld,
  expectBalancedBooks,
  openAll,
  type Speaker,
  settleAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, atSettleable, enter } from "../fixtures/stake.ts";

/** Voices of one unit each on `OTHER_CLAIM`: author and supporter gain the same, and the challenger loses the unit. */
describe("TruthSerum, what rounding leaves over", () => {
  const TRIO: readonly Speaker[] = ["author", "supporter", "challenger"];
  const STORY: EpochStory = {
    claimId: OTHER_CLAIM,
    speakers: TRIO,
    openers: TRIO,
    beliefs: { author: belief(80n, 50n), supporter: belief(80n, 50n), challenger: belief(20n, 10n) },
  };
  let world: EpochWorld;

  const settle = (epoch: bigint, maxCount = ALL) => world.truthSerum.settle(OTHER_CLAIM, epoch, maxCount);
  const distribute = (epoch: bigint) => world.truthSerum.distribute(OTHER_CLAIM, epoch, ALL);
  const carried = () => world.truthSerum.carriedOf(OTHER_CLAIM);
  const potOf = async (epoch: bigint) => (await world.truthSerum.epochState(OTHER_CLAIM, epoch)).pot;

  /** Commits now, opens, settles and distributes: the next epoch has begun by then. */
  const finish = async (epoch: bigint, story: EpochStory = {}) => {
    await settleAll(world, { ...STORY, epoch, ...story });
    await distribute(epoch);
  };

  /** Commits and opens epochs 0 to `last`, and stops where all of them can be settled. */
  const speakThrough = async (last: bigint) => {
    for (let epoch = 0n; epoch <= last; epoch++) {
      await commitAll(world, { ...STORY, epoch });
      await atEpochEnd(world.truthSerum, epoch);
      await openAll(world, { ...STORY, epoch });
    }
    await atSettleable(world.truthSerum, last);
  };

  beforeEach(async () => {
    world = await load(votersFixture);
    for (const speaker of TRIO) await enter(world, world[speaker], { claimId: OTHER_CLAIM, lock: 1n });
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when a pot of one unit has two equal winners", () => {
    it("carries nothing before it is distributed", async () => {
      await settleAll(world, STORY);
      expect([await carried(), await potOf(0n)]).to.deep.equal([0n, 1n]);
    });

    it("pays neither of them", async () => {
      await settleAll(world, STORY);
      await expect(distribute(0n)).not.to.emit(world.truthSerum, "PartPaid");
    });

    it("emits EpochDistributed with the unit", async () => {
      await settleAll(world, STORY);
      await expect(distribute(0n)).to.emit(world.truthSerum, "EpochDistributed").withArgs(OTHER_CLAIM, 0n, 1n);
    });

    it("carries it on this claim alone", async () => {
      await finish(0n);
      expect([await carried(), await world.truthSerum.carriedOf(CLAIM)]).to.deep.equal([1n, 0n]);
    });
  });

  describe("when the next epoch is settled after that", () => {
    beforeEach(async () => {
      await finish(0n);
    });

    it("emits EpochSettled with the unit in the pot", async () => {
      await settleAll(world, { ...STORY, epoch: 1n });
      expect(await potOf(1n)).to.equal(2n);
    });

    it("carries nothing once the pot has it", async () => {
      await settleAll(world, { ...STORY, epoch: 1n });
      expect(await carried()).to.equal(0n);
    });

    it("pays both winners", async () => {
      const [author = 0n, supporter = 0n] = await stakesOf(world);
      await finish(1n);
      expect((await stakesOf(world)).slice(0, 2)).to.deep.equal([author + 1n, supporter + 1n]);
    });

    it("emits EpochDistributed with nothing", async () => {
      await settleAll(world, { ...STORY, epoch: 1n });
      await expect(distribute(1n)).to.emit(world.truthSerum, "EpochDistributed").withArgs(OTHER_CLAIM, 1n, 0n);
    });

    it("takes it into the pot of an epoch far later", async () => {
      await atEpoch(world.truthSerum, 70n);
      await settleAll(world, { ...STORY, epoch: 70n });
      expect(await potOf(70n)).to.equal(2n);
    });

    it("takes none of it into another claim's pot", async () => {
      await settleAll(world, { epoch: 1n });
      const events = await world.truthSerum.queryFilter(world.truthSerum.filters.BeliefScored(CLAIM, 1n));
      const taken = sum(events.map(({ args }) => args.taken));
      expect((await world.truthSerum.epochState(CLAIM, 1n)).pot).to.equal(taken);
    });
  });

  describe("when the next epoch is void", () => {
    const SAME = belief(60n, 60n);
    const VOID: Record<string, EpochStory> = {
      "because one was opened": { openers: ["author"] },
      "because nobody gains": { openers: ["author", "supporter"], beliefs: { author: SAME, supporter: SAME } },
    };

    for (const [why, story] of Object.entries(VOID)) {
      describe(why, () => {
        beforeEach(async () => {
          await finish(0n);
          await settleAll(world, { ...STORY, epoch: 1n, ...story });
        });

        it("leaves the unit out of the pot", async () => {
          const { pot } = await world.truthSerum.epochState(OTHER_CLAIM, 1n);
          const { taken } = await world.truthSerum.participant(OTHER_CLAIM, 1n, world.challenger);
          expect(pot).to.equal(taken);
        });

        it("carries it on", async () => {
          await distribute(1n);
          expect(await carried()).to.equal(1n);
        });

        it("pays it to nobody", async () => {
          await distribute(1n);
          expect(await world.stakeVault.pots()).to.equal(1n);
        });

        it("takes it into the pot of the epoch after that", async () => {
          await distribute(1n);
          await settleAll(world, { ...STORY, epoch: 2n });
          expect(await potOf(2n)).to.equal(2n);
        });
      });
    }
  });

  describe("when an epoch is settled before the one before it is distributed", () => {
    beforeEach(async () => {
      await speakThrough(1n);
      await settle(0n);
      await settle(1n);
    });

    it("has its own losses in the pot alone", async () => {
      expect(await potOf(1n)).to.equal(1n);
    });

    it("adds up what both leave over", async () => {
      await distribute(0n);
      await distribute(1n);
      expect(await carried()).to.equal(2n);
    });

    it("takes both into the pot of the epoch after them", async () => {
      await distribute(1n);
      await distribute(0n);
      await settleAll(world, { ...STORY, epoch: 2n });
      expect(await potOf(2n)).to.equal(3n);
    });
  });

  describe("when an epoch is distributed while a later one is being settled", () => {
    it("takes what it leaves over into the later one's pot", async () => {
      await speakThrough(1n);
      await settle(0n);
      await settle(1n, 2n);
      await distribute(0n);
      await settle(1n, 1n);
      expect(await potOf(1n)).to.equal(2n);
    });
  });

  describe("when a later epoch is settled first", () => {
    beforeEach(async () => {
      await speakThrough(1n);
      await settle(1n);
      await distribute(1n);
    });

    it("carries from the later into the earlier one", async () => {
      await settle(0n);
      expect(await potOf(0n)).to.equal(2n);
    });

    it("carries nothing twice", async () => {
      await settle(0n);
      await distribute(0n);
      expect([await carried(), await world.stakeVault.pots()]).to.deep.equal([0n, 0n]);
    });
  });

  describe("when parts are claimed one by one", () => {
    it("carries the unit with the last claim", async () => {
      await settleAll(world, STORY);
      for (const speaker of TRIO) await world.truthSerum.claim(world[speaker], OTHER_CLAIM, 0n);
      expect(await carried()).to.equal(1n);
    });
  });
});
