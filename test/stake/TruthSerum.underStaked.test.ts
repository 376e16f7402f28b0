import { expect } from "chai";
import { id } from "ethers";
import { sum } from "../../sdk/math.ts";
import { CLAIM, usdc, WAD } from "../fixtures/amounts.ts";
import {
  ALL,
  belief,
  commitAll,
  type EpochStory,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  openAll,
  partsOf,
  type Speaker,
  scoredVoices,
  speakAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpochEnd, atSettleable, enter, openPool, percent } from "../fixtures/stake.ts";

describe("TruthSerum, losers with too little stake", () => {
  let world: EpochWorld;

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when two epochs of a claim take from the same stakes", () => {
    // The story twice: first the challenger loses 10.04 of 20 and the latecomer 10 of 10, then both the same again.
    const LEFT = usdc("9.963979");

    beforeEach(async () => {
      await commitAll(world);
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world);
      await speakAll(world, { epoch: 1n });
      await world.truthSerum.settle(CLAIM, 0n, ALL);
    });

    it("has left the losers of the first less than they can lose in the second", async () => {
      expect(await stakesOf(world)).to.deep.equal([LOCKS.author, LOCKS.supporter, LEFT, 0n]);
    });

    it("takes what is left from the one who loses more than that", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      const { taken } = await world.truthSerum.participant(CLAIM, 1n, world.challenger);
      expect(taken).to.equal(LEFT);
    });

    it("remembers what they opened", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      const voice = await world.truthSerum.participant(CLAIM, 1n, world.challenger);
      expect([voice.isOpened, voice.belief, voice.meta]).to.deep.equal([true, percent(40n), percent(45n)]);
    });

    it("scores them as if they had enough", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      const [first, second] = await Promise.all([
        scoredVoices(world.truthSerum, 0n),
        scoredVoices(world.truthSerum, 1n),
      ]);
      expect(second.map(({ score }) => score)).to.deep.equal(first.map(({ score }) => score));
    });

    it("emits BeliefScored with nothing taken from the one who has nothing", async () => {
      await expect(world.truthSerum.settle(CLAIM, 1n, ALL))
        .to.emit(world.truthSerum, "BeliefScored")
        .withArgs(CLAIM, 1n, world.latecomer, -WAD, 0n);
    });

    it("updates their stakes to zero", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect(await stakesOf(world)).to.deep.equal([LOCKS.author, LOCKS.supporter, 0n, 0n]);
    });

    it("updates the pot to what was really taken", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect((await world.truthSerum.epochState(CLAIM, 1n)).pot).to.equal(LEFT);
    });

    it("gives the winners their shares of that", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      await world.truthSerum.distribute(CLAIM, 1n, ALL);
      const parts = partsOf(await scoredVoices(world.truthSerum, 1n));
      expect(await stakesOf(world)).to.deep.equal([
        LOCKS.author + (parts[0] ?? 0n),
        LOCKS.supporter + (parts[1] ?? 0n),
        0n,
        0n,
      ]);
    });

    it("takes from the gain that the first epoch paid in between", async () => {
      await world.truthSerum.distribute(CLAIM, 0n, ALL);
      const [author = 0n, supporter = 0n] = await stakesOf(world);
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect(await stakesOf(world)).to.deep.equal([author, supporter, 0n, 0n]);
    });

    it("leaves locks above the stake", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect(await world.stakeVault.totalLocked(world.challenger)).to.equal(LOCKS.challenger);
    });

    it("leaves nothing to withdraw", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect(await world.stakeVault.withdrawable(world.challenger)).to.equal(0n);
    });
  });

  describe("when the epoch that takes too little is void", () => {
    const LEFT = usdc("9.963979");
    const SAME = belief(70n, 60n);
    const VOID: Record<string, EpochStory> = {
      "unopened, where all others believe the same": {
        openers: ["author", "supporter"],
        beliefs: { author: SAME, supporter: SAME },
      },
      "opened, where both who opened lose everything": {
        speakers: ["author", "challenger"],
        openers: ["author", "challenger"],
        beliefs: { author: belief(90n, 90n), challenger: belief(10n, 10n) },
      },
    };

    for (const [how, story] of Object.entries(VOID)) {
      describe(`when the loser's belief was ${how}`, () => {
        const opened = story.openers?.includes("challenger") ? belief(10n, 10n) : { belief: 0n, meta: 0n };

        beforeEach(async () => {
          await commitAll(world);
          await atEpochEnd(world.truthSerum, 0n);
          await openAll(world);
          await speakAll(world, { epoch: 1n, ...story });
          await world.truthSerum.settle(CLAIM, 0n, ALL);
          await world.truthSerum.distribute(CLAIM, 0n, ALL);
          await world.truthSerum.settle(CLAIM, 1n, ALL);
        });

        it("remembers what was taken, and what was opened", async () => {
          const voice = await world.truthSerum.participant(CLAIM, 1n, world.challenger);
          const { score, taken, payout, belief: own, meta } = voice;
          expect({ score, taken, payout, belief: own, meta }).to.deep.equal({
            score: -WAD,
            taken: LEFT,
            payout: LEFT,
            ...opened,
          });
        });

        it("gives back what was taken, not what should have been", async () => {
          await world.truthSerum.distribute(CLAIM, 1n, ALL);
          expect(await world.stakeVault.totalStake(world.challenger)).to.equal(LEFT);
        });

        it("leaves in the pots what the epoch before carries", async () => {
          await world.truthSerum.distribute(CLAIM, 1n, ALL);
          expect(await world.stakeVault.pots()).to.equal(await world.truthSerum.carriedOf(CLAIM));
        });
      });
    }
  });

  describe("when six claims take from one stake in two epochs", () => {
    const CLAIMS = [1, 2, 3, 4, 5, 6].map((number) => id(`claim ${number} of six`));
    const speakers: readonly Speaker[] = ["author", "latecomer", "supporter"];
    const openers: readonly Speaker[] = ["author", "supporter"];

    /** What the latecomer lost in an epoch of each claim. */
    const takenIn = (epoch: bigint) =>
      Promise.all(
        CLAIMS.map(async (claimId) => (await world.truthSerum.participant(claimId, epoch, world.latecomer)).taken),
      );

    const settleAll = async (epoch: bigint, maxCount: bigint) => {
      for (let scored = 0n; scored < 3n; scored += maxCount) {
        for (const claimId of CLAIMS) await world.truthSerum.settle(claimId, epoch, maxCount);
      }
    };

    const distributeAll = async (epoch: bigint) => {
      for (const claimId of CLAIMS) await world.truthSerum.distribute(claimId, epoch, ALL);
    };

    // The latecomer locks 10 on each claim, never opens, and has 74 staked: 60 go in epoch 0.
    beforeEach(async () => {
      await world.stakeVault.connect(world.latecomer).deposit(usdc(4));
      for (const claimId of CLAIMS) {
        await openPool(world, claimId);
        for (const speaker of speakers) await enter(world, world[speaker], { claimId, lock: usdc(10) });
      }
      for (const epoch of [0n, 1n]) {
        for (const claimId of CLAIMS) await commitAll(world, { claimId, epoch, speakers });
        await atEpochEnd(world.truthSerum, epoch);
        for (const claimId of CLAIMS) await openAll(world, { claimId, epoch, openers });
      }
      await atSettleable(world.truthSerum, 1n);
    });

    it("takes the whole weight on each claim while there is enough", async () => {
      await settleAll(0n, ALL);
      expect(await takenIn(0n)).to.deep.equal(Array(6).fill(usdc(10)));
    });

    for (const maxCount of [1n, 3n]) {
      it(`takes 14 in all, and then nothing, when they are settled by ${maxCount}`, async () => {
        await settleAll(0n, 3n);
        await settleAll(1n, maxCount);
        expect(await takenIn(1n)).to.deep.equal([usdc(10), usdc(4), 0n, 0n, 0n, 0n]);
      });
    }

    it("takes it in the order of settling, not of epochs", async () => {
      await settleAll(1n, ALL);
      await settleAll(0n, ALL);
      expect(await takenIn(0n)).to.deep.equal([usdc(10), usdc(4), 0n, 0n, 0n, 0n]);
    });

    it("updates the stake to zero, and no further", async () => {
      await settleAll(0n, ALL);
      await settleAll(1n, ALL);
      expect(await world.stakeVault.totalStake(world.latecomer)).to.equal(0n);
    });

    it("gives all that was taken to others, less what is carried", async () => {
      const before = await stakesOf(world);
      for (const epoch of [0n, 1n]) {
        await settleAll(epoch, ALL);
        await distributeAll(epoch);
      }
      const after = await stakesOf(world);
      const carried = await Promise.all(CLAIMS.map((claimId) => world.truthSerum.carriedOf(claimId)));
      expect(sum(after) + sum(carried)).to.equal(sum(before));
    });

    it("ends the risk on each claim when both epochs are distributed", async () => {
      for (const epoch of [0n, 1n]) {
        await settleAll(epoch, ALL);
        await distributeAll(epoch);
      }
      expect(await world.stakeVault.encumbered(world.latecomer)).to.equal(6n * usdc(10) + LOCKS.latecomer);
    });
  });
});
