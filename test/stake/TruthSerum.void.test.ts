import { expect } from "chai";
import { CLAIM, WAD } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  belief,
  type EpochStory,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  SPEAKERS,
  type Speaker,
  scoredVoices,
  settleAll,
  speakAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const STAKES = Object.values(LOCKS);

describe("TruthSerum, void epochs", () => {
  let world: EpochWorld;

  const settle = (maxCount = ALL) => world.truthSerum.settle(CLAIM, 0n, maxCount);
  const distribute = (maxCount = ALL) => world.truthSerum.distribute(CLAIM, 0n, maxCount);

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when fewer than two beliefs were opened", () => {
    const FEW: Record<string, EpochStory & { consensus: [bigint, bigint, bigint, boolean] }> = {
      "none of four": { openers: [], consensus: [0n, 0n, 0n, false] },
      "one of four": { openers: ["supporter"], consensus: [(WAD * 8n) / 10n, (WAD * 55n) / 100n, WAD, true] },
      "the only one": {
        speakers: ["challenger"],
        openers: ["challenger"],
        consensus: [(WAD * 4n) / 10n, (WAD * 45n) / 100n, 0n, false],
      },
    };

    for (const [name, { consensus, ...story }] of Object.entries(FEW)) {
      describe(`when it was ${name}`, () => {
        const joined = BigInt(story.speakers?.length ?? 4);

        beforeEach(async () => {
          await speakAll(world, story);
        });

        for (const maxCount of [0n, 1n]) {
          it(`returns that it is done with all of them, though the limit is ${maxCount}`, async () => {
            await mineBlock();
            expect(fieldsOf(await world.truthSerum.settle.staticCall(CLAIM, 0n, maxCount))).to.deep.equal({
              processed: joined,
              done: true,
            });
          });
        }

        it("emits EpochSettled as void, with what was opened", async () => {
          await expect(settle(1n))
            .to.emit(world.truthSerum, "EpochSettled")
            .withArgs(CLAIM, 0n, ...consensus, true, 0n, 0n);
        });

        it("emits no BeliefScored", async () => {
          await expect(settle()).not.to.emit(world.truthSerum, "BeliefScored");
        });

        it("takes nothing", async () => {
          await settle();
          expect(await stakesOf(world)).to.deep.equal(STAKES);
        });

        it("updates every voice to a score of 0", async () => {
          await settle();
          const users = await world.truthSerum.participants(CLAIM, 0n, 0n, ALL);
          const voices = await Promise.all(users.map((user) => world.truthSerum.participant(CLAIM, 0n, user)));
          const facts = voices.map(({ isScored, score, taken, payout }) => [isScored, score, taken, payout]);
          expect(facts).to.deep.equal(users.map(() => [true, 0n, 0n, 0n]));
        });

        it("updates the number of scored voices to all", async () => {
          await settle();
          const { scored, isSettled, isVoid } = await world.truthSerum.epochState(CLAIM, 0n);
          expect([scored, isSettled, isVoid]).to.deep.equal([joined, true, true]);
        });

        it("pays nothing when it is distributed", async () => {
          await settle();
          await expect(distribute()).not.to.emit(world.truthSerum, "PartPaid");
        });

        it("emits EpochDistributed with nothing carried", async () => {
          await settle();
          await expect(distribute()).to.emit(world.truthSerum, "EpochDistributed").withArgs(CLAIM, 0n, 0n);
        });

        it("ends everybody's risk when it is distributed", async () => {
          await settle();
          await distribute();
          const risks = await Promise.all(SPEAKERS.map((speaker) => atRiskOf(world, speaker)));
          expect(risks).to.deep.equal([0n, 0n, 0n, 0n]);
        });

        it("returns that it is done, with none, the second time", async () => {
          await settle();
          expect(fieldsOf(await world.truthSerum.settle.staticCall(CLAIM, 0n, ALL))).to.deep.equal({
            processed: 0n,
            done: true,
          });
        });
      });
    }

    it("costs the same for four as for one", async () => {
      const gasOf = async (speakers: readonly Speaker[]) => {
        world = await load(votersFixture);
        await speakAll(world, { speakers, openers: [] });
        return (await (await settle()).wait())?.gasUsed ?? 0n;
      };
      expect(await gasOf(SPEAKERS)).to.be.closeTo(await gasOf(["author"]), 100n);
    });
  });

  describe("when all beliefs are equal", () => {
    const SAME = belief(70n, 60n);
    const beliefs = { author: SAME, supporter: SAME, challenger: SAME };

    it("scores all of them 0", async () => {
      await settleAll(world, { speakers: ["author", "supporter", "challenger"], beliefs });
      expect((await scoredVoices(world.truthSerum)).map(({ score }) => score)).to.deep.equal([0n, 0n, 0n]);
    });

    it("takes nothing from them", async () => {
      await settleAll(world, { speakers: ["author", "supporter", "challenger"], beliefs });
      expect(await world.stakeVault.pots()).to.equal(0n);
    });

    describe("when somebody did not open", () => {
      beforeEach(async () => {
        await speakAll(world, { beliefs });
      });

      it("takes the whole weight of the one who did not", async () => {
        await expect(settle())
          .to.emit(world.truthSerum, "BeliefScored")
          .withArgs(CLAIM, 0n, world.latecomer, -WAD, LOCKS.latecomer);
      });

      it("emits EpochSettled as void, with what goes back as pot", async () => {
        const predicted = (WAD * 6n) / 10n;
        await expect(settle())
          .to.emit(world.truthSerum, "EpochSettled")
          .withArgs(CLAIM, 0n, (WAD * 7n) / 10n, predicted, WAD, true, true, LOCKS.latecomer, 0n);
      });

      it("promises them what was taken", async () => {
        await settle();
        const { taken, payout } = await world.truthSerum.participant(CLAIM, 0n, world.latecomer);
        expect([taken, payout]).to.deep.equal([LOCKS.latecomer, LOCKS.latecomer]);
      });

      it("emits PartPaid with it when it is distributed", async () => {
        await settle();
        await expect(distribute())
          .to.emit(world.truthSerum, "PartPaid")
          .withArgs(CLAIM, 0n, world.latecomer, LOCKS.latecomer);
      });

      it("emits PartPaid for nobody else", async () => {
        await settle();
        await distribute();
        const events = await world.truthSerum.queryFilter(world.truthSerum.filters.PartPaid());
        expect(events.map(({ args }) => args.user)).to.deep.equal([world.latecomer.address]);
      });

      it("gives it back by claim as well", async () => {
        await settle();
        await world.truthSerum.claim(world.latecomer, CLAIM, 0n);
        expect(await world.stakeVault.totalStake(world.latecomer)).to.equal(LOCKS.latecomer);
      });

      it("leaves everybody's stake as it was", async () => {
        await settle(3n);
        await settle(1n);
        for (const _ of SPEAKERS) await distribute(1n);
        expect(await stakesOf(world)).to.deep.equal(STAKES);
      });

      it("leaves nothing in the pots", async () => {
        await settle();
        await distribute();
        expect(await world.stakeVault.pots()).to.equal(0n);
      });

      it("emits EpochDistributed with nothing carried", async () => {
        await settle();
        await expect(distribute()).to.emit(world.truthSerum, "EpochDistributed").withArgs(CLAIM, 0n, 0n);
      });
    });
  });

  describe("when everybody who opened loses", () => {
    // Each predicts the opposite of what the other believes: -1.76 both, clamped to -1.
    const beliefs = { author: belief(90n, 90n), supporter: belief(10n, 10n) };

    beforeEach(async () => {
      await settleAll(world, { speakers: ["author", "supporter"], openers: ["author", "supporter"], beliefs });
    });

    it("takes the whole weight of both", async () => {
      const voices = await scoredVoices(world.truthSerum);
      expect(voices.map(({ score, taken }) => [score, taken])).to.deep.equal([
        [-WAD, LOCKS.author],
        [-WAD, LOCKS.supporter],
      ]);
    });

    it("gives both back what was taken", async () => {
      await distribute();
      expect(await stakesOf(world)).to.deep.equal(STAKES);
    });

    it("updates what was paid to all of it", async () => {
      await distribute();
      expect((await world.truthSerum.epochState(CLAIM, 0n)).paid).to.equal(LOCKS.author + LOCKS.supporter);
    });
  });
});
