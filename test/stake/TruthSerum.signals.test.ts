import { expect } from "chai";
import { CLAIM, usdc, WAD } from "../fixtures/amounts.ts";
import {
  ALL,
  belief,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  openAll,
  type Speaker,
  settleAll,
  speakAll,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpochEnd, enter } from "../fixtures/stake.ts";

describe("TruthSerum, signals of an epoch", () => {
  let world: EpochWorld;

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("isSurprisinglyPopular", () => {
    const TWO_THIRDS = (2n * WAD) / 3n; // rounded down

    // Of 20 (the challenger) and 10 (the latecomer), or of 30 (the supporter) and 10, who supports, and who predicts what.
    for (const [name, beliefs, isSurprising] of [
      [
        "the share is what was predicted, to the unit",
        { supporter: belief(80n, 75n), latecomer: belief(20n, 75n) },
        false,
      ],
      [
        "the prediction is less than the share by the smallest fraction",
        { supporter: belief(80n, 75n), latecomer: { belief: 0n, meta: (75n * WAD) / 100n - 1n } },
        true,
      ],
      [
        "the prediction is more than the share by the smallest fraction",
        { supporter: belief(80n, 75n), latecomer: { belief: 0n, meta: (75n * WAD) / 100n + 1n } },
        false,
      ],
      [
        "the share of two thirds exceeds a prediction equal to it but for rounding",
        { challenger: { belief: WAD, meta: TWO_THIRDS }, latecomer: { belief: 0n, meta: TWO_THIRDS } },
        true,
      ],
      [
        "the share of two thirds is below a prediction that rounds it up",
        { challenger: { belief: WAD, meta: TWO_THIRDS + 1n }, latecomer: { belief: 0n, meta: TWO_THIRDS + 1n } },
        false,
      ],
      ["nobody supports and nobody was predicted to", { supporter: belief(50n, 0n), latecomer: belief(0n, 0n) }, false],
      [
        "everybody supports and was predicted to",
        { supporter: belief(51n, 100n), latecomer: belief(99n, 100n) },
        false,
      ],
    ] as const) {
      it(`is ${isSurprising} when ${name}`, async () => {
        const openers = Object.keys(beliefs) as Speaker[];
        await speakAll(world, { openers, speakers: openers, beliefs });
        expect((await world.truthSerum.epochState(CLAIM, 0n)).isSurprisinglyPopular).to.equal(isSurprising);
      });
    }

    it("rounds share and prediction to the same in the case of two thirds", async () => {
      const beliefs = { challenger: { belief: WAD, meta: TWO_THIRDS }, latecomer: { belief: 0n, meta: TWO_THIRDS } };
      await speakAll(world, { openers: ["challenger", "latecomer"], beliefs });
      const { supportShare, meanMeta } = await world.truthSerum.epochState(CLAIM, 0n);
      expect([supportShare, meanMeta]).to.deep.equal([TWO_THIRDS, TWO_THIRDS]);
    });
  });

  describe("consensus", () => {
    it("reverts when nobody joined", async () => {
      await expect(world.truthSerum.consensus(CLAIM, 0n))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(CLAIM, 0n);
    });

    it("reverts when beliefs are open and not settled", async () => {
      await speakAll(world);
      await expect(world.truthSerum.consensus(CLAIM, 0n))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(CLAIM, 0n);
    });

    it("reverts when no belief was opened", async () => {
      await settleAll(world, { openers: [] });
      await expect(world.truthSerum.consensus(CLAIM, 0n))
        .to.be.revertedWithCustomError(world.truthSerum, "ConsensusMissing")
        .withArgs(CLAIM, 0n);
    });

    it("is the only opened belief", async () => {
      await settleAll(world, { openers: ["challenger"] });
      expect(await world.truthSerum.consensus(CLAIM, 0n)).to.equal((WAD * 4n) / 10n);
    });

    it("is 0 when those who opened believe nothing", async () => {
      await settleAll(world, { openers: ["challenger"], beliefs: { challenger: belief(0n, 50n) } });
      expect(await world.truthSerum.consensus(CLAIM, 0n)).to.equal(0n);
    });

    it("is the mean of opened beliefs by weight, rounded down", async () => {
      await settleAll(world);
      expect(await world.truthSerum.consensus(CLAIM, 0n)).to.equal((62n * WAD) / 90n);
    });

    it("stays when everything is distributed and another epoch begins", async () => {
      await settleAll(world);
      await world.truthSerum.distribute(CLAIM, 0n, ALL);
      await commit(world, "author", { epoch: 1n });
      expect(await world.truthSerum.consensus(CLAIM, 0n)).to.equal((62n * WAD) / 90n);
    });
  });

  describe("when weights are large and odd", () => {
    it("rounds means down by the whole sums", async () => {
      await enter(world, world.author, { lock: usdc("1234.567891") });
      await enter(world, world.supporter, { lock: 3n });
      const beliefs = {
        author: { belief: 333_333_333_333_333_333n, meta: 1n },
        supporter: { belief: WAD, meta: WAD },
      };
      await commitAll(world, { speakers: ["author", "supporter"], beliefs });
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world, { openers: ["author", "supporter"], beliefs });
      const weight = 1_234_567_891n + 3n;
      const { consensus, meanMeta, supportShare } = await world.truthSerum.epochState(CLAIM, 0n);
      expect([consensus, meanMeta, supportShare]).to.deep.equal([
        (1_234_567_891n * 333_333_333_333_333_333n + 3n * WAD) / weight,
        (1_234_567_891n + 3n * WAD) / weight,
        (3n * WAD) / weight,
      ]);
    });
  });
});
