import { expect } from "chai";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { bitsOf, type DollarQueries, indices, openEscrow } from "../fixtures/queries.ts";
import { ID, type Story, times, type Verdict, vote } from "../fixtures/query-play.ts";
import { expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

/** Judges who rank so, and call the first answer alone good: it gets all that is for answers. */
const panel = (...rankings: readonly (readonly number[])[]): Verdict[] => rankings.map((order) => vote(order, [0]));

/** All answers of such a panel are opened. */
const judged = (verdicts: readonly Verdict[]): Story => ({
  answers: times(verdicts[0]?.ranking.length ?? 0, "opened"),
  verdicts,
});

/** What is credited to the answerers: 24.50 of the asker's, the bad ones' stakes of 3.50, and the stake. */
const answererCredits = (answers: number): bigint[] =>
  Array.from({ length: answers }, (_, index) => (index === 0 ? usdc("24.5") + BigInt(answers) * usdc("3.5") : 0n));

/** A panel, whom of it the settlement finds good, and what it pays them. */
interface Example {
  name: string;
  verdicts: readonly Verdict[];
  good: readonly number[];
  judges: readonly bigint[];
}

// Judges stake 2.10 dollars, and 10.50 of the asker's are for them. Closeness is counted in halves of pairs, its share
// weighs closeness^1.5: 12^1.5 = 41.5692, 10^1.5 = 31.6228, 8^1.5 = 22.6274, 6^1.5 = 14.6969, 5^1.5 = 11.1803,
// 4^1.5 = 8, 3^1.5 = 5.1962, 2^1.5 = 2.8284.
const EXAMPLES: readonly Example[] = [
  {
    name: "the only judge is good, and gets all",
    verdicts: panel([0, 1, 2]),
    good: [0],
    judges: [usdc("12.6")],
  },
  {
    // Of three pairs the second judge orders the last otherwise: wins 2, 1 and 0, and 0.95, 0 and 0.48.
    name: "two judges are both good: 6 and 4",
    verdicts: [{ ...vote([0, 1, 2], [0]), rank: 1n }, vote([0, 2, 1], [0])],
    good: [0, 1],
    // 10.5 * 14.6969 / 22.6969 = 6.799060 and 10.5 * 8 / 22.6969 = 3.700939, and a unit is left.
    judges: [8_899_061n, 5_800_939n],
  },
  {
    // The first weighs 1 and the second 10/21: the second agrees on no pair.
    name: "two judges who agree on nothing are both good: 2 and 0",
    verdicts: [{ ...vote([0, 1], [0]), rank: 1n }, vote([1, 0], [0])],
    good: [0, 1],
    judges: [usdc("12.6"), usdc("2.1")],
  },
  {
    // Wins 4, 3 and 2.
    name: "of three judges two are good: 6 and 4, not 2",
    verdicts: panel([1, 2, 0], [0, 2, 1], [0, 1, 2]),
    good: [1, 2],
    // 12.6 * 8 / 22.6969 = 4.441127 and 12.6 * 14.6969 / 22.6969 = 8.158872, and a unit is left.
    judges: [0n, 6_541_127n, 10_258_873n],
  },
  {
    // Wins 7, 3, 9 and 5.
    name: "of four judges three are good: 12, 10 and 8, not 6",
    verdicts: panel([2, 0, 1, 3], [0, 3, 1, 2], [2, 0, 3, 1], [2, 3, 1, 0]),
    good: [0, 2, 3],
    // 12.6 * 31.6228 / 95.8194 = 4.158311, 12.6 * 41.5692 / 95.8194 = 5.466242, 12.6 * 22.6274 / 95.8194 = 2.975445,
    // and two units are left.
    judges: [6_258_311n, 0n, 7_566_244n, 5_075_445n],
  },
  {
    // Wins 6, 7, 8 and 9.
    name: "of five judges three are good: 12, 10 and 8, not 4 and 2",
    verdicts: panel([3, 2, 1, 0], [2, 0, 1, 3], [3, 2, 0, 1], [1, 0, 2, 3], [3, 1, 0, 2]),
    good: [0, 2, 4],
    // 14.7 * 41.5692 / 95.8194 = 6.377283, 14.7 * 31.6228 / 95.8194 = 4.851363, 14.7 * 22.6274 / 95.8194 = 3.471353,
    // and a unit is left.
    judges: [8_477_284n, 0n, 6_951_363n, 0n, 5_571_353n],
  },
  {
    // Wins 5, 3 and 1: the cut is at 4.
    name: "two who tie at the cut are both good: 6, 4 and 4",
    verdicts: panel([1, 0, 2], [0, 1, 2], [0, 2, 1]),
    good: [0, 1, 2],
    // 10.5 * 8 / 30.6969 = 2.736429, 10.5 * 14.6969 / 30.6969 = 5.027141, and a unit is left.
    judges: [4_836_429n, 7_127_142n, 4_836_429n],
  },
  {
    // Wins 6, 3 and 0: the cut, at the second of three, is a tie above nobody.
    name: "judges who agree are all good: 6, 6 and 6",
    verdicts: panel([0, 1, 2], [0, 1, 2], [0, 1, 2]),
    good: [0, 1, 2],
    judges: [usdc("5.6"), usdc("5.6"), usdc("5.6")],
  },
  {
    name: "those who tie below the cut are bad: 2 three times, and 0 twice",
    verdicts: panel([0, 1], [1, 0], [0, 1], [1, 0], [0, 1]),
    good: [0, 2, 4],
    // (10.5 + 2 * 2.1) / 3 + 2.1
    judges: [usdc(7), 0n, usdc(7), 0n, usdc(7)],
  },
  {
    // Wins 5, 5 and 2: the pair of the first two is a tie, and counts half for everyone.
    name: "answers tie: 5, 5, 3 and 3",
    verdicts: panel([0, 1, 2], [1, 0, 2], [0, 2, 1], [1, 2, 0]),
    good: [0, 1, 2, 3],
    // 10.5 * 11.1803 / 32.7530 = 3.584209 twice, 10.5 * 5.1962 / 32.7530 = 1.665790 twice, and two units are left.
    judges: [5_684_211n, 5_684_209n, 3_765_790n, 3_765_790n],
  },
  {
    // Every answer wins three times: 3 of 6 for everyone.
    name: "all answers tie: 3, 3 and 3",
    verdicts: panel([0, 1, 2], [1, 2, 0], [2, 0, 1]),
    good: [0, 1, 2],
    judges: [usdc("5.6"), usdc("5.6"), usdc("5.6")],
  },
  {
    // Weights of 1.087869308 and 1.087869305, of ranks from the highest on 0, 29 and 37, and 2, 6, 17 and 22 lower.
    name: "answers nearly tie: 2 three times, and 0 four times",
    verdicts: [
      ...[42n, 13n, 5n].map((rank) => ({ ...vote([0, 1], [0]), rank })),
      ...[40n, 36n, 25n, 20n].map((rank) => ({ ...vote([1, 0], [0]), rank })),
    ],
    good: [0, 1, 2, 3, 4, 5, 6],
    judges: [usdc("5.6"), usdc("5.6"), usdc("5.6"), usdc("2.1"), usdc("2.1"), usdc("2.1"), usdc("2.1")],
  },
  {
    // Ten judges of rank 1 weigh 10, and 21 of rank 0 weigh 10/21 each, which is 10 but for the rounding.
    name: "answers tie but for the rounding of weights: 1 for everyone",
    verdicts: [
      ...Array.from({ length: 10 }, () => ({ ...vote([0, 1], [0]), rank: 1n })),
      ...Array.from({ length: 21 }, () => vote([1, 0], [0])),
    ],
    good: indices(31),
    // 10.5 / 31 = 0.338709, and 21 units are left.
    judges: indices(31).map((place) => (place === 0 ? 2_438_730n : 2_438_709n)),
  },
];

describe("QueryEscrow.settle, which judges are good", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  const goodJudges = async () => (await world.queryEscrow.outcome(ID)).goodJudges;

  for (const { name, verdicts, good, judges } of EXAMPLES) {
    describe(`when ${name}`, () => {
      it("updates the outcome to who is good", async () => {
        await playAndSettle(world, judged(verdicts));
        expect(await goodJudges()).to.equal(bitsOf(good));
      });

      it("pays them by closeness to the power of 1.5", async () => {
        const story = judged(verdicts);
        await expectPayouts(world, story, {
          asker: 0n,
          answerers: answererCredits(story.answers?.length ?? 0),
          judges,
        });
      });
    });
  }
});
