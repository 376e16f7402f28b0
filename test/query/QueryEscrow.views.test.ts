import { expect } from "chai";
import { MaxUint256, ZeroHash } from "ethers";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import { answerOf, bitsOf, type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { ID, play, type Story, vote } from "../fixtures/query-play.ts";
import { playAndSettle } from "../fixtures/query-settlements.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** Answerers and judges of every kind; answers are opened in another order than they joined in. */
const EVERYONE: Story = {
  answers: ["opened", "joined", "opened", "submitted", "opened"],
  opening: [4, 0, 2],
  verdicts: [
    { ...vote([2, 0, 1], [1, 2]), rank: 42n },
    { ...vote([0, 1, 2], [0]), deed: "joined" },
    { ...vote([1, 2, 0], []), rank: 7n },
    { ...vote([0, 1, 2], [0]), deed: "submitted", rank: 8n },
  ],
};

const PHASES = [
  ["answering", Phase.Answering],
  ["opening", Phase.Opening],
  ["judging", Phase.Judging],
  ["revealing", Phase.Revealing],
  ["settleable", Phase.Settleable],
] as const;

describe("QueryEscrow, views of a query", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  const answers = async () => (await world.queryEscrow.answers(ID)).map(fieldsOf);
  const judges = async () =>
    (await world.queryEscrow.judges(ID)).map((judge) => ({ ...fieldsOf(judge), ranking: [...judge.ranking] }));

  describe("when there is no such query", () => {
    const views = ["query", "phase", "answers", "judges", "winMatrix", "outcome"] as const;
    for (const view of views) {
      for (const [name, queryId] of [
        ["0", 0n],
        ["that of the next query", 2n],
        ["the highest id", MaxUint256],
      ] as const) {
        it(`reverts when ${view} is asked for ${name}`, async () => {
          await play(world, {}, Phase.Answering);
          await expect(world.queryEscrow[view](queryId))
            .to.be.revertedWithCustomError(world.queryEscrow, "QueryUnknown")
            .withArgs(queryId);
        });
      }
    }
  });

  describe("answers", () => {
    /** Of five who joined, with what differs from nothing done. */
    const listed = (done: readonly object[]) =>
      done.map((differing, place) => ({
        answerer: world.answerers[place]?.address,
        isSealed: false,
        isOpened: false,
        index: 0n,
        contentHash: ZeroHash,
        ...differing,
      }));
    const sealed = { isSealed: true };
    const opened = (place: number, index: bigint) => {
      const [answerer] = world.answerers.slice(place);
      return { ...sealed, isOpened: true, index, contentHash: answerer && answerOf(answerer).contentHash };
    };

    it("lists nobody before somebody joins", async () => {
      await play(world, {}, Phase.Answering);
      expect(await answers()).to.deep.equal([]);
    });

    it("lists who joined, in the order of joining, and who submitted", async () => {
      await play(world, EVERYONE, Phase.Answering);
      expect(await answers()).to.deep.equal(listed([sealed, {}, sealed, sealed, sealed]));
    });

    for (const [name, phase] of PHASES.slice(1)) {
      it(`lists what was opened, with indices in the order of opening, when ${name}`, async () => {
        await play(world, EVERYONE, phase);
        expect(await answers()).to.deep.equal(listed([opened(0, 1n), {}, opened(2, 2n), sealed, opened(4, 0n)]));
      });
    }

    it("lists the same when settled", async () => {
      await playAndSettle(world, EVERYONE);
      expect(await answers()).to.deep.equal(listed([opened(0, 1n), {}, opened(2, 2n), sealed, opened(4, 0n)]));
    });
  });

  describe("judges", () => {
    const listed = (done: readonly object[]) =>
      done.map((differing, place) => ({
        judge: world.judges[place]?.address,
        rank: [42n, 0n, 7n, 8n][place],
        isSealed: false,
        isOpened: false,
        ranking: [],
        goodAnswers: 0n,
        ...differing,
      }));
    const sealed = { isSealed: true };
    const first = { ...sealed, isOpened: true, ranking: [2n, 0n, 1n], goodAnswers: bitsOf([1, 2]) };
    const third = { ...sealed, isOpened: true, ranking: [1n, 2n, 0n], goodAnswers: 0n };

    for (const [name, phase] of PHASES.slice(0, 2)) {
      it(`lists nobody when ${name}`, async () => {
        await play(world, EVERYONE, phase);
        expect(await judges()).to.deep.equal([]);
      });
    }

    it("lists who joined, in the order of joining, and who submitted, when judging", async () => {
      await play(world, EVERYONE, Phase.Judging);
      expect(await judges()).to.deep.equal(listed([sealed, {}, sealed, sealed]));
    });

    for (const [name, phase] of PHASES.slice(3)) {
      it(`lists the votes that were opened when ${name}`, async () => {
        await play(world, EVERYONE, phase);
        expect(await judges()).to.deep.equal(listed([first, {}, third, sealed]));
      });
    }

    it("lists the same when settled", async () => {
      await playAndSettle(world, EVERYONE);
      expect(await judges()).to.deep.equal(listed([first, {}, third, sealed]));
    });
  });

  describe("query", () => {
    const counts = async () => {
      const { answerers, sealedAnswers, openedAnswers, ...q } = fieldsOf(await world.queryEscrow.query(ID));
      return [answerers, sealedAnswers, openedAnswers, q.judges, q.sealedVotes, q.openedVotes];
    };
    const expected = [
      [5n, 4n, 0n, 0n, 0n, 0n],
      [5n, 4n, 3n, 0n, 0n, 0n],
      [5n, 4n, 3n, 4n, 3n, 0n],
      [5n, 4n, 3n, 4n, 3n, 2n],
      [5n, 4n, 3n, 4n, 3n, 2n],
    ];
    for (const [place, [name, phase]] of PHASES.entries()) {
      it(`counts who joined, submitted and opened when ${name}`, async () => {
        await play(world, EVERYONE, phase);
        expect(await counts()).to.deep.equal(expected[place]);
      });
    }
  });

  describe("outcome", () => {
    for (const [name, phase] of PHASES) {
      it(`is pending when ${name}`, async () => {
        await play(world, EVERYONE, phase);
        expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Pending, 0n, 0n]);
      });
    }

    it("names good answers by index, and good judges by their place among those who voted, when settled", async () => {
      // The second weighs 1 / (1 + 1.1^35) = 0.034: the first judge's order, and what it calls good. Both are good.
      await playAndSettle(world, EVERYONE);
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Normal, 0b110n, 0b11n]);
    });
  });
});
