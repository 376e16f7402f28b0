import { expect } from "chai";
import type { Belief } from "../../sdk/stake/score.ts";
import { CLAIM, WAD } from "../fixtures/amounts.ts";
import {
  belief,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  type Speaker,
  scoredVoices,
  settleAll,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";

/** KL divergence of two Bernoulli probabilities in nats. */
const kl = (p: number, q: number): number => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));

const clamp = (p: number): number => Math.min(0.99, Math.max(0.01, p));

/** The integer score of a double, and how far that may be off: 1e-9. */
const wads = (score: number): bigint => BigInt(Math.round(score * 1e18));
const TOLERANCE = 10n ** 9n;

describe("TruthSerum, scores", () => {
  let world: EpochWorld;

  /** Scores in the order of `beliefs`. */
  const scoresOf = async (
    beliefs: Partial<Record<Speaker, Belief>>,
    openers = Object.keys(beliefs) as Speaker[],
  ): Promise<bigint[]> => {
    await settleAll(world, { speakers: Object.keys(beliefs) as Speaker[], openers, beliefs });
    return (await scoredVoices(world.truthSerum)).map(({ score }) => score);
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when three weigh 40, 30 and 20", () => {
    const BELIEFS = { author: belief(75n, 50n), supporter: belief(80n, 55n), challenger: belief(40n, 45n) };

    // Others' means: of the author (30 * 0.8 + 20 * 0.4) / 50 and (30 * 0.55 + 20 * 0.45) / 50, and so on.
    for (const [index, [speaker, score]] of [
      ["author", kl(0.75, 0.51) - kl(0.75, 0.64) - kl(0.64, 0.5)],
      ["supporter", kl(0.8, 29 / 60) - kl(0.8, 38 / 60) - kl(38 / 60, 0.55)],
      ["challenger", kl(0.4, 36.5 / 70) - kl(0.4, 54 / 70) - kl(54 / 70, 0.45)],
    ].entries() as IterableIterator<[number, [Speaker, number]]>) {
      it(`gives the ${speaker} ${score.toFixed(9)}`, async () => {
        expect((await scoresOf(BELIEFS))[index]).to.be.closeTo(wads(score), TOLERANCE);
      });
    }
  });

  describe("when one of three is not opened", () => {
    const BELIEFS = { author: belief(75n, 50n), challenger: belief(40n, 45n), supporter: belief(80n, 55n) };

    for (const [index, [speaker, score]] of [
      ["author", kl(0.75, 0.55) - kl(0.75, 0.8) - kl(0.8, 0.5)],
      ["challenger", -1],
      ["supporter", kl(0.8, 0.5) - kl(0.8, 0.75) - kl(0.75, 0.55)],
    ].entries() as IterableIterator<[number, [Speaker, number]]>) {
      it(`gives the ${speaker} ${score.toFixed(9)}`, async () => {
        const scores = await scoresOf(BELIEFS, ["author", "supporter"]);
        expect(scores[index]).to.be.closeTo(wads(score), TOLERANCE);
      });
    }
  });

  describe("when one is not opened, and the others believe next to nothing", () => {
    it("gives that one -1, not what a belief of nothing would have", async () => {
      const beliefs = { author: belief(2n, 3n), supporter: belief(3n, 2n), challenger: belief(40n, 45n) };
      expect((await scoresOf(beliefs, ["author", "supporter"]))[2]).to.equal(-WAD);
    });
  });

  describe("when probabilities are extreme", () => {
    const hundredths = ({ belief: p, meta: m }: Belief) => [Number(p) / 1e18, Number(m) / 1e18] as const;

    /** The score of `own` where one other is opened. */
    const scoreOf = (own: Belief, other: Belief): number => {
      const [p, m] = hundredths(own).map(clamp) as [number, number];
      const [othersP, othersM] = hundredths(other).map(clamp) as [number, number];
      return Math.max(-1, Math.min(1, kl(p, othersM) - kl(p, othersP) - kl(othersP, m)));
    };

    for (const [author, supporter] of [
      [belief(0n, 50n), belief(2n, 50n)], // a belief below 0.01
      [belief(100n, 50n), belief(98n, 50n)], // above 0.99
      [belief(5n, 0n), belief(5n, 4n)], // a meta-prediction below 0.01
      [belief(95n, 100n), belief(95n, 96n)], // above 0.99
      [belief(1n, 1n), belief(0n, 0n)],
      [belief(99n, 99n), belief(100n, 100n)],
      [belief(0n, 100n), belief(100n, 0n)],
      [belief(50n, 50n), belief(51n, 49n)],
    ] as const) {
      const name = [author, supporter].map((each) => hundredths(each).join(" and ")).join(", against ");
      it(`scores both of ${name} as clamped to [0.01, 0.99]`, async () => {
        const [first, second] = await scoresOf({ author, supporter });
        expect(first).to.be.closeTo(wads(scoreOf(author, supporter)), TOLERANCE);
        expect(second).to.be.closeTo(wads(scoreOf(supporter, author)), TOLERANCE);
      });
    }

    it("takes means of what was said, and clamps after it", async () => {
      const [score] = await scoresOf({
        author: belief(20n, 30n),
        supporter: belief(0n, 100n),
        challenger: belief(50n, 0n),
      });
      // Others: (30 * 0 + 20 * 0.5) / 50 and (30 * 1 + 20 * 0) / 50.
      expect(score).to.be.closeTo(wads(kl(0.2, 0.6) - kl(0.2, 0.2) - kl(0.2, 0.3)), TOLERANCE);
    });

    it("clamps means that are below 0.01", async () => {
      const [score] = await scoresOf({
        author: belief(2n, 2n),
        supporter: belief(0n, 0n),
        challenger: belief(1n, 1n),
      });
      expect(score).to.be.closeTo(wads(kl(0.02, 0.01) - kl(0.02, 0.01) - kl(0.01, 0.02)), TOLERANCE);
    });

    it("clamps means that are above 0.99", async () => {
      const [score] = await scoresOf({
        author: belief(98n, 98n),
        supporter: belief(100n, 100n),
        challenger: belief(99n, 99n),
      });
      expect(score).to.be.closeTo(wads(kl(0.98, 0.99) - kl(0.98, 0.99) - kl(0.99, 0.98)), TOLERANCE);
    });
  });

  describe("when a score would be beyond 1", () => {
    // Both believe 0.9; the author predicts that, and the supporter predicts 0.01: 3.82 and -3.82.
    const BEYOND = { author: belief(90n, 90n), supporter: belief(90n, 1n) };

    beforeEach(async () => {
      await settleAll(world, { speakers: ["author", "supporter"], openers: ["author", "supporter"], beliefs: BEYOND });
    });

    it("is 1 and -1 to the unit", async () => {
      const voices = await scoredVoices(world.truthSerum);
      expect(voices.map(({ score }) => score)).to.deep.equal([WAD, -WAD]);
    });

    it("takes the whole weight and no more", async () => {
      const voices = await scoredVoices(world.truthSerum);
      expect(voices.map(({ taken }) => taken)).to.deep.equal([0n, LOCKS.supporter]);
    });

    it("gives all of it to the only winner", async () => {
      const { payout } = await world.truthSerum.participant(CLAIM, 0n, world.author);
      expect(payout).to.equal(LOCKS.supporter);
    });
  });
});
