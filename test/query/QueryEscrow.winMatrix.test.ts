import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { WAD } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow, openVotes, settle } from "../fixtures/queries.ts";
import { absent, ID, play, SMALL_STORY, type Story, type Verdict, vote } from "../fixtures/query-play.ts";

/** What the virtual judge gives to either of two answers. */
const HALF = WAD / 2n;

/** Votes that were opened, and what they make of the answers; weights in wad. */
interface Example {
  name: string;
  verdicts: readonly Verdict[];
  wins: readonly (readonly bigint[])[];
}

const EXAMPLES: readonly Example[] = [
  {
    name: "the weight of the only judge, whatever its rank",
    verdicts: [{ ...vote([0, 1]), rank: 17n }],
    wins: [
      [0n, WAD + HALF],
      [HALF, 0n],
    ],
  },
  {
    name: "the weights of judges of one rank, who weigh 1 each",
    // Above the first are the others once, above the second the first once and the third twice, and so on.
    verdicts: [vote([0, 1, 2]), vote([2, 0, 1]), vote([1, 0, 2])],
    wins: [
      [0n, 2n * WAD + HALF, 2n * WAD + HALF],
      [WAD + HALF, 0n, 2n * WAD + HALF],
      [WAD + HALF, WAD + HALF, 0n],
    ],
  },
  {
    // 1 / (1 + 1.1) = 10/21, rounded down.
    name: "10/21 for a judge a rank below the highest",
    verdicts: [
      { ...vote([1, 0]), rank: 9n },
      { ...vote([0, 1]), rank: 10n },
    ],
    wins: [
      [0n, WAD + HALF],
      [476_190_476_190_476_190n + HALF, 0n],
    ],
  },
  {
    // 1 / (1 + 1.21) = 100/221 and 1 / (1 + 1.331) = 1000/2331, rounded down.
    name: "100/221 and 1000/2331 for judges two and three ranks below the highest",
    verdicts: [vote([0, 1]), { ...vote([0, 1]), rank: 1n }, { ...vote([1, 0]), rank: 3n }],
    wins: [
      [0n, 429_000_429_000_429_000n + 452_488_687_782_805_429n + HALF],
      [WAD + HALF, 0n],
    ],
  },
  {
    // 1 / (1 + 1.1^42) = 0.0179327...: far above the least that a judge may weigh, 1e-5.
    name: "0.0179 for a judge 42 ranks below the highest",
    verdicts: [vote([0, 1]), { ...vote([1, 0]), rank: 42n }],
    wins: [
      [0n, 17_932_813_168_313_747n + HALF],
      [WAD + HALF, 0n],
    ],
  },
  {
    name: "nothing for who joined and opened nothing, not even their rank",
    verdicts: [absent("joined", 42n), vote([0, 1]), absent("submitted", 41n)],
    wins: [
      [0n, WAD + HALF],
      [HALF, 0n],
    ],
  },
];

describe("QueryEscrow.winMatrix", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  const winMatrix = () => world.queryEscrow.winMatrix(ID);

  describe("when no vote was opened", () => {
    it("says nothing of no answers", async () => {
      await play(world, { answers: ["submitted", "joined"] }, Phase.Answering);
      expect(await winMatrix()).to.deep.equal([]);
    });

    it("says that one answer meets no other", async () => {
      await play(world, { answers: ["submitted", "opened"] }, Phase.Opening);
      expect(await winMatrix()).to.deep.equal([[0n]]);
    });

    it("says the virtual judge's halves of three answers, though votes were submitted", async () => {
      const story: Story = { answers: ["opened", "opened", "opened"], verdicts: [vote([0, 1, 2]), vote([0, 1, 2])] };
      await play(world, story, Phase.Judging);
      expect(await winMatrix()).to.deep.equal([
        [0n, HALF, HALF],
        [HALF, 0n, HALF],
        [HALF, HALF, 0n],
      ]);
    });
  });

  describe("when votes were opened", () => {
    for (const { name, verdicts, wins } of EXAMPLES) {
      it(`adds ${name}`, async () => {
        await play(world, { answers: wins.map(() => "opened"), verdicts });
        expect(await winMatrix()).to.deep.equal(wins);
      });
    }

    it("adds to the lines of answers by their indices, which follow the order of opening", async () => {
      await play(world, { ...SMALL_STORY, opening: [1, 0] });
      expect(await winMatrix()).to.deep.equal([
        [0n, WAD + HALF],
        [HALF, 0n],
      ]);
    });

    it("weighs all votes anew once one of a higher rank is opened", async () => {
      await play(
        world,
        { answers: ["opened", "opened"], verdicts: [vote([0, 1]), absent("submitted", 1n)] },
        Phase.Revealing,
      );
      for (const judge of world.judges.slice(1, 2)) await openVotes(world, ID, [{ ...vote([1, 0], [1]), judge }]);
      expect(await winMatrix()).to.deep.equal([
        [0n, 476_190_476_190_476_190n + HALF],
        [WAD + HALF, 0n],
      ]);
    });

    it("says the same after the settlement", async () => {
      await play(world, SMALL_STORY);
      await settle(world, ID, SMALL_STORY.strengths);
      expect(await winMatrix()).to.deep.equal([
        [0n, WAD + HALF],
        [HALF, 0n],
      ]);
    });
  });
});
