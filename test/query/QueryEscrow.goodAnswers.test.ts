import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import { atEndOf, bitsOf, type DollarQueries, openEscrow, setRank, settle } from "../fixtures/queries.ts";
import { absent, ID, play, reveal, type Story, type Verdict, vote } from "../fixtures/query-play.ts";
import { playAndSettle } from "../fixtures/query-settlements.ts";

/** Judges of two answers who rank them alike, by their ranks and by which of them they call good. */
const panel = (...judges: readonly (readonly [rank: bigint, ...good: number[]])[]): Verdict[] =>
  judges.map(([rank, ...good]) => ({ ...vote([0, 1], good), rank }));

const judged = (verdicts: readonly Verdict[]): Story => ({ answers: ["opened", "opened"], verdicts });

/** What votes make of two answers. */
interface Example {
  when: string;
  verdicts: readonly Verdict[];
  good: readonly number[];
}

// A judge d ranks below the highest weighs 1 / (1 + 1.1^d): 0.476, 0.452, 0.429, 0.406 for 1 to 4.
const EXAMPLES: readonly Example[] = [
  { when: "the only judge calls one good", verdicts: panel([0n, 1]), good: [1] },
  { when: "the only judge calls both good", verdicts: panel([0n, 0, 1]), good: [0, 1] },
  { when: "the only judge calls none good", verdicts: panel([0n]), good: [] },
  { when: "each of two calls another one good: half is enough", verdicts: panel([0n, 0], [0n, 1]), good: [0, 1] },
  { when: "two of three call one good, and one the other", verdicts: panel([0n, 0], [0n, 1], [0n, 1]), good: [1] },
  { when: "two of four call one good", verdicts: panel([0n, 0], [0n], [0n], [0n, 0]), good: [0] },
  {
    when: "two of five call one good, and three the other",
    verdicts: panel([0n, 0], [0n, 1], [0n, 0], [0n, 1], [0n, 1]),
    good: [1],
  },
  {
    when: "the higher of two ranks disagrees with the lower: 1 of 1.476",
    verdicts: panel([1n, 0], [0n, 1]),
    good: [0],
  },
  { when: "the lower is 42 ranks below", verdicts: panel([0n, 0], [42n, 1]), good: [1] },
  {
    when: "two a rank below disagree with the highest: 0.952 of 1.952",
    verdicts: panel([8n, 1], [9n, 0], [8n, 1]),
    good: [0],
  },
  {
    when: "three a rank below disagree with the highest: 1.429 of 2.429",
    verdicts: panel([8n, 1], [8n, 1], [9n, 0], [8n, 1]),
    good: [1],
  },
  {
    when: "one of two at each of two ranks calls it good: half",
    verdicts: panel([3n, 1], [4n], [4n, 1], [3n]),
    good: [1],
  },
  {
    when: "the highest and one three ranks below meet three a rank below: 1.4290 to 1.4286",
    verdicts: panel([3n, 0], [0n, 0], [2n, 1], [2n, 1], [2n, 1]),
    good: [0],
  },
  {
    when: "the highest and one four ranks below meet three a rank below: 1.406 to 1.429",
    verdicts: panel([4n, 0], [0n, 0], [3n, 1], [3n, 1], [3n, 1]),
    good: [1],
  },
];

describe("QueryEscrow.settle, which answers are good", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  /** Indices, as bits. */
  const goodAnswers = async () => (await world.queryEscrow.outcome(ID)).goodAnswers;

  for (const { when, verdicts, good } of EXAMPLES) {
    it(`updates the outcome to ${good.length === 0 ? "none" : good.join(" and ")} when ${when}`, async () => {
      await playAndSettle(world, judged(verdicts));
      expect(await goodAnswers()).to.equal(bitsOf(good));
    });
  }

  it("updates the outcome to what is half but for the rounding of weights", async () => {
    // Ten of rank 1 weigh 10, and 21 of rank 0 weigh 10/21 each, rounded down: 10 less 1e-17.
    const higher = Array.from({ length: 10 }, (): readonly [bigint, number] => [1n, 0]);
    const lower = Array.from({ length: 21 }, (): readonly [bigint, number] => [0n, 1]);
    await playAndSettle(world, judged(panel(...higher, ...lower)));
    expect(await goodAnswers()).to.equal(bitsOf([0, 1]));
  });

  it("updates the outcome to what is half, and not to what lacks a part in three hundred millions of it", async () => {
    // 1.087869308 to 1.087869305
    const higher = [42n, 13n, 5n].map((rank): readonly [bigint, number] => [rank, 0]);
    const lower = [40n, 36n, 25n, 20n].map((rank): readonly [bigint, number] => [rank, 1]);
    await playAndSettle(world, judged(panel(...higher, ...lower)));
    expect(await goodAnswers()).to.equal(bitsOf([0]));
  });

  it("updates the outcome answer by answer", async () => {
    // Called good by one, three, two and none of three.
    const verdicts = [vote([0, 1, 2, 3], [1, 2]), vote([0, 1, 2, 3], [1]), vote([0, 1, 2, 3], [0, 1, 2])];
    await playAndSettle(world, { answers: ["opened", "opened", "opened", "opened"], verdicts });
    expect(await goodAnswers()).to.equal(bitsOf([1, 2]));
  });

  it("updates the outcome by indices, which follow the order of opening", async () => {
    const opening = [1, 0];
    const indices = async () => (await world.queryEscrow.answers(ID)).map(({ index }) => index);
    await playAndSettle(world, { ...judged([vote([0, 1], [0])]), opening });
    expect([await goodAnswers(), await indices()]).to.deep.equal([bitsOf([0]), [1n, 0n]]);
  });

  it("counts what bad judges call good", async () => {
    // The second judge agrees with the two others on no pair.
    await playAndSettle(world, judged([vote([0, 1], [0]), vote([1, 0], [1]), vote([0, 1], [0, 1])]));
    expect(await goodAnswers()).to.equal(bitsOf([0, 1]));
  });

  it("does not count what was submitted and not opened", async () => {
    // Two who did not open call the second answer good.
    await playAndSettle(world, judged([absent("submitted"), vote([0, 1], [0]), absent("submitted")]));
    expect(await goodAnswers()).to.equal(bitsOf([0]));
  });

  it("takes the highest rank of those who opened, whatever that of the others", async () => {
    // Against rank 42 they would weigh 0.0286, and 0.0260 twice.
    const verdicts = [absent("submitted", 42n), absent("joined", 42n), ...panel([5n, 0], [4n, 1], [4n, 1])];
    await playAndSettle(world, judged(verdicts));
    expect(await goodAnswers()).to.equal(bitsOf([0]));
  });

  it("takes the ranks at the time of joining", async () => {
    const verdicts = panel([1n, 0], [0n, 1]);
    await play(world, judged(verdicts), Phase.Judging);
    await setRank(world, world.judges.slice(0, 1), 0n);
    await setRank(world, world.judges.slice(1, 2), 42n);
    await reveal(world, ID, verdicts);
    await atEndOf(world, ID, "revealing");
    await settle(world, ID);
    expect(await goodAnswers()).to.equal(bitsOf([0]));
  });
});
