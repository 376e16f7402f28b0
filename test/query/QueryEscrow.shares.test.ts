import type { TestACT } from "../../typechain-types/index.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow, openEscrowOnTokens, type QueryWorld } from "../fixtures/queries.ts";
import { absent, type Deed, SMALL_STORY, type Story, times, vote } from "../fixtures/query-play.ts";
import { type Credits, expectPayouts } from "../fixtures/query-settlements.ts";

const THREE: readonly Deed[] = ["opened", "opened", "opened"];

/** Two judges of three answers who agree but on their first two: five to one against the last. */
const PAIR_AHEAD: Story = {
  answers: THREE,
  verdicts: [vote([0, 1, 2]), vote([1, 0, 2])],
  strengths: [5n, 5n, 1n],
};

/** At this scale, a unit more or less is far within the tolerance. */
const SCALE = 10n ** 12n;

/** A story, and what its settlement credits. */
interface Example {
  pays: string;
  story: Story;
  credits: Credits;
}

// The asker pays 35 dollars: 24.50 for answers, 10.50 for judges; an answerer stakes 3.50, a judge 2.10.
const ANSWERS: readonly Example[] = [
  {
    pays: "what flooring leaves to the first of those who get most",
    story: PAIR_AHEAD,
    // 24.5 * 5/11 = 11.136363 twice, 24.5 * 1/11 = 2.227272, and two units are left.
    credits: { asker: 0n, answerers: [14_636_365n, 14_636_363n, 5_727_272n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "what flooring leaves to the first of those who get most, not to the first of all",
    story: { ...PAIR_AHEAD, verdicts: [vote([1, 2, 0]), vote([2, 1, 0])], strengths: [1n, 5n, 5n] },
    credits: { asker: 0n, answerers: [5_727_272n, 14_636_365n, 14_636_363n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "what flooring leaves to the last, where it gets most",
    story: { answers: ["opened", "opened"], verdicts: [vote([1, 0]), vote([1, 0])], strengths: [1n, 5n] },
    // 24.5 * 1/6 = 4.083333, 24.5 * 5/6 = 20.416666, and a unit is left.
    credits: { asker: 0n, answerers: [7_583_333n, 23_916_667n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "what flooring leaves to the first in the order of opening, whatever that of joining",
    story: { ...PAIR_AHEAD, opening: [1, 2, 0] },
    credits: { asker: 0n, answerers: [5_727_272n, 14_636_365n, 14_636_363n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "nothing that flooring leaves to a bad answer, however strong",
    story: { ...PAIR_AHEAD, verdicts: [vote([0, 1, 2], [1, 2]), vote([1, 0, 2], [1, 2])] },
    // (24.5 + 3.5) * 5/6 = 23.333333, 28 * 1/6 = 4.666666, and a unit is left.
    credits: { asker: 0n, answerers: [0n, 26_833_334n, 8_166_666n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "by the strengths brought, in whatever scale",
    story: { ...PAIR_AHEAD, strengths: [5n << 190n, 5n << 190n, 1n << 190n] },
    credits: { asker: 0n, answerers: [14_636_365n, 14_636_363n, 5_727_272n], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "tied answers as the first of them, where the second is said to be stronger",
    story: {
      ...PAIR_AHEAD,
      answers: [...THREE, ...times(4, "joined")],
      strengths: [5n * SCALE, 5n * SCALE + 1n, SCALE],
    },
    // 24.5 + 4 * 3.5 = 38.5: 17.5 twice and 3.5, to the unit
    credits: {
      asker: 0n,
      answerers: [usdc(21), usdc(21), usdc(7), 0n, 0n, 0n, 0n],
      judges: [usdc("7.35"), usdc("7.35")],
    },
  },
  {
    pays: "halves to tied answers, where the first is said to be stronger",
    story: { answers: ["opened", "opened"], verdicts: [vote([0, 1]), vote([1, 0])], strengths: [SCALE + 1n, SCALE] },
    credits: { asker: 0n, answerers: [usdc("15.75"), usdc("15.75")], judges: [usdc("7.35"), usdc("7.35")] },
  },
  {
    pays: "halves to tied answers, where the second is said to be stronger",
    story: { answers: ["opened", "opened"], verdicts: [vote([0, 1]), vote([1, 0])], strengths: [SCALE, SCALE + 1n] },
    // 24.5 / 2 + 3.5
    credits: { asker: 0n, answerers: [usdc("15.75"), usdc("15.75")], judges: [usdc("7.35"), usdc("7.35")] },
  },
];

// At rank 7, 1.1^7 = 1.9487171: stakes of 68.205098, 6.820509 and 4.092305. For judges there are 20.461530.
const JUDGES: readonly Example[] = [
  {
    pays: "what flooring leaves to the first judge of those who get most, in the order of joining",
    story: {
      minRank: 7n,
      answers: ["opened", "opened"],
      verdicts: Array.from({ length: 4 }, () => vote([0, 1], [0])),
      strengths: [9n, 1n],
    },
    // 20.461530 / 4 = 5.115382, and two units are left. The good answer gets 47.743568 and two stakes.
    credits: { asker: 0n, answerers: [61_384_586n, 0n], judges: [9_207_689n, 9_207_687n, 9_207_687n, 9_207_687n] },
  },
  {
    pays: "what flooring leaves to the first judge who voted",
    story: {
      minRank: 7n,
      answers: ["opened", "opened"],
      verdicts: [absent("submitted"), vote([0, 1], [0]), vote([0, 1], [0])],
      strengths: [5n, 1n],
    },
    // (20.461530 + 4.092305) / 2 = 12.276917, and a unit is left.
    credits: { asker: 0n, answerers: [61_384_586n, 0n], judges: [0n, 16_369_223n, 16_369_222n] },
  },
  {
    pays: "what flooring leaves to the first good judge",
    story: {
      minRank: 7n,
      answers: ["opened", "opened"],
      verdicts: [vote([1, 0], [0]), vote([0, 1], [0]), vote([0, 1], [0])],
      strengths: [5n, 3n],
    },
    credits: { asker: 0n, answerers: [61_384_586n, 0n], judges: [0n, 16_369_223n, 16_369_222n] },
  },
];

describe("QueryEscrow.settle, shares to the unit", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  for (const { pays, story, credits } of [...ANSWERS, ...JUDGES]) {
    it(`pays ${pays}`, async () => {
      await expectPayouts(world, story, credits);
    });
  }

  describe("when the token has 18 decimals, and stakes are the highest", () => {
    // 8762.191877998864269620, 191.672947331225155897 and 525.731512679931856177 tokens; seven tenths of the first are
    // 6133.534314599204988734, and the rest is 2628.657563399659280886.
    const stakes = { minRank: 42n, minAnswers: 32n };
    const answerStake = 191_672_947_331_225_155_897n;
    const judgeStake = 525_731_512_679_931_856_177n;
    let tokens: QueryWorld<TestACT>;

    beforeEach(async () => {
      tokens = await load(openEscrowOnTokens);
    });

    it("pays by the highest strengths to the unit", async () => {
      // Quarters of what is for answers are 4600.150735949403741550 and 1533.383578649801247183, and a unit is left.
      await expectPayouts(
        tokens,
        { ...SMALL_STORY, ...stakes, strengths: [3n << 198n, 1n << 198n] },
        {
          asker: 0n,
          answerers: [4_600_150_735_949_403_741_551n + answerStake, 1_533_383_578_649_801_247_183n + answerStake],
          judges: [2_628_657_563_399_659_280_886n + judgeStake],
        },
      );
    });

    it("pays by closeness to the power of 1.5 to the unit", async () => {
      // Wins 5, 3 and 1, closeness 6, 4 and 4: 2628.657563399659280886 * 6^1.5 / (6^1.5 + 16) is
      // 1258.536530850368889953.05 and * 8 / (6^1.5 + 16) is 685.060516274645195466.47, and a unit is left.
      const verdicts = [vote([0, 1, 2], [0]), vote([1, 0, 2], [0]), vote([0, 2, 1], [0])];
      const second = 685_060_516_274_645_195_466n + judgeStake;
      await expectPayouts(
        tokens,
        { ...stakes, answers: THREE, verdicts },
        {
          asker: 0n,
          answerers: [6_133_534_314_599_204_988_734n + 3n * answerStake, 0n, 0n],
          judges: [1_258_536_530_850_368_889_954n + judgeStake, second, second],
        },
      );
    });
  });
});
