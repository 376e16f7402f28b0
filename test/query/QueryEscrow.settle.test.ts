import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import type { Timing } from "../../sdk/query/timing.ts";
import { TIMING, usdc, YEAR } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { atEndOf, type DollarQueries, endOf, openEscrow, settle, viewAtEndOf } from "../fixtures/queries.ts";
import { absent, ID, memberOf, play, SMALL_STORY, type Story, times, vote } from "../fixtures/query-play.ts";
import { creditsOf, eventsIn, expectAllCredited, expectCredits, playAndSettle } from "../fixtures/query-settlements.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** A query by what of it is missing, and the window at the end of which it can be settled. */
interface Ending {
  when: string;
  story: Story;
  window: keyof Timing;
}

const ENDINGS: readonly Ending[] = [
  { when: "nobody joined", story: {}, window: "opening" },
  { when: "one answer was opened", story: { answers: ["opened", "submitted"] }, window: "opening" },
  { when: "no judge joined", story: { answers: ["opened", "opened"] }, window: "judging" },
  {
    when: "no judge submitted",
    story: { answers: ["opened", "opened"], verdicts: [absent("joined")] },
    window: "revealing",
  },
  {
    when: "no judge opened",
    story: { answers: ["opened", "opened"], verdicts: [absent("submitted")] },
    window: "revealing",
  },
  { when: "all votes were opened", story: SMALL_STORY, window: "revealing" },
];

/** Three good answers in another order than that of joining, and four judges of whom one joins and one is bad. */
const LARGER_STORY: Story = {
  answers: ["opened", "joined", "opened", "opened"],
  opening: [2, 3, 0],
  verdicts: [vote([0, 1, 2]), absent("joined"), vote([2, 1, 0]), vote([0, 1, 2])],
};

describe("QueryEscrow.settle", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  const expectTooEarly = async (strengths: readonly bigint[] = []) => {
    const settleableAt = await endOf(world, ID, "revealing");
    await expect(settle(world, ID, strengths))
      .to.be.revertedWithCustomError(world.queryEscrow, "NotSettleable")
      .withArgs(ID, settleableAt);
  };

  describe("when there is no such query", () => {
    for (const queryId of [0n, 2n, MaxUint256]) {
      it(`reverts for ${queryId === MaxUint256 ? "the highest id" : `id ${queryId}`} after one query`, async () => {
        await play(world, {});
        await expect(settle(world, queryId, []))
          .to.be.revertedWithCustomError(world.queryEscrow, "QueryUnknown")
          .withArgs(queryId);
      });
    }
  });

  describe("when it is too early", () => {
    const phases = [
      ["answering", Phase.Answering],
      ["opening", Phase.Opening],
      ["judging", Phase.Judging],
      ["revealing", Phase.Revealing],
    ] as const;
    for (const [name, phase] of phases) {
      it(`reverts with the end of the last window while the query is ${name}`, async () => {
        await play(world, SMALL_STORY, phase);
        await expectTooEarly(SMALL_STORY.strengths);
      });
    }

    it("reverts with the earlier end of the last window where answering ended early", async () => {
      await play(world, { ...SMALL_STORY, answers: times(7, "submitted"), maxAnswers: 7n }, Phase.Answering);
      const { answeringEndsAt } = await world.queryEscrow.query(ID);
      await expect(settle(world, ID, []))
        .to.be.revertedWithCustomError(world.queryEscrow, "NotSettleable")
        .withArgs(ID, answeringEndsAt + TIMING.opening + TIMING.judging + TIMING.revealing);
    });

    it("reverts with the instant whatever strengths are brought", async () => {
      await play(world, SMALL_STORY, Phase.Revealing);
      await expectTooEarly([0n]);
    });
  });

  for (const { when, story, window } of ENDINGS) {
    describe(`when ${when}`, () => {
      it(`reverts a second before the end of ${window}`, async () => {
        await play(world, story);
        await atEndOf(world, ID, window, -1n);
        await expectTooEarly();
      });

      it(`updates the phase to settled at the end of ${window}`, async () => {
        await playAndSettle(world, story);
        expect(await world.queryEscrow.phase(ID)).to.equal(Phase.Settled);
      });

      it("pays out all that was paid in years later", async () => {
        await play(world, story);
        await viewAtEndOf(world, ID, "revealing", 10n * YEAR);
        await settle(world, ID);
        await expectAllCredited(world);
      });

      it("reverts the second time", async () => {
        await playAndSettle(world, story);
        await expect(settle(world, ID)).to.be.revertedWithCustomError(world.queryEscrow, "AlreadySettled").withArgs(ID);
      });
    });
  }

  describe("when anyone settles", () => {
    const callers: readonly { name: string; caller: () => HardhatEthersSigner }[] = [
      { name: "the asker", caller: () => world.asker },
      { name: "a good answerer", caller: () => memberOf(world.answerers, 0) },
      { name: "a judge", caller: () => memberOf(world.judges, 0) },
      { name: "someone who forfeits a stake", caller: () => memberOf(world.answerers, 2) },
      { name: "the guardian", caller: () => world.guardian },
    ];
    for (const { name, caller } of callers) {
      it(`pays the same when ${name} does`, async () => {
        const strengths = [3n, 1n];
        await play(world, { ...SMALL_STORY, answers: ["opened", "opened", "joined"] });
        await world.queryEscrow.connect(caller()).settle(ID, strengths);
        // 24.5 + 3.5 = 28: 21 + 3.5 and 7 + 3.5
        const expected = { asker: 0n, answerers: [usdc("24.5"), usdc("10.5"), 0n], judges: [usdc("12.6")] };
        await expectCredits(world, expected);
      });
    }
  });

  describe("when entries are paused", () => {
    it("updates the outcome", async () => {
      await play(world, SMALL_STORY, Phase.Revealing);
      await world.queryEscrow.connect(world.guardian).pauseEntries();
      await atEndOf(world, ID, "revealing");
      await settle(world, ID, SMALL_STORY.strengths);
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Normal, 0b11n, 0b1n]);
    });
  });

  describe("when many took part", () => {
    it("emits Credited for answerers and judges in the order of joining, then QuerySettled", async () => {
      // Wins 4, 3 and 2 of three judges: the amounts are in the tests of closeness and shares.
      const sent = await playAndSettle(world, LARGER_STORY);
      const { answerers, judges } = await creditsOf(world);
      expect(await eventsIn(world, sent)).to.deep.equal([
        ["Credited", ID, world.answerers[0]?.address, answerers[0]],
        ["Credited", ID, world.answerers[2]?.address, answerers[2]],
        ["Credited", ID, world.answerers[3]?.address, answerers[3]],
        ["Credited", ID, world.judges[0]?.address, judges[0]],
        ["Credited", ID, world.judges[3]?.address, judges[3]],
        ["QuerySettled", ID, Outcome.Normal, 0b111n, 0b101n],
      ]);
    });

    it("leaves all tokens where they are", async () => {
      const { asker, outsider, answerers, judges, queryEscrow } = world;
      await play(world, LARGER_STORY);
      await expect(settle(world, ID)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [asker, outsider, ...answerers.slice(0, 4), ...judges.slice(0, 4), queryEscrow],
        Array(11).fill(0n),
      );
    });

    it("leaves the query as it was, but for the outcome", async () => {
      await play(world, LARGER_STORY);
      const before = fieldsOf(await world.queryEscrow.query(ID));
      await settle(world, ID);
      expect(fieldsOf(await world.queryEscrow.query(ID))).to.deep.equal({ ...before, outcome: Outcome.Normal });
    });
  });

  describe("when there are several queries", () => {
    it("updates credits: they add up", async () => {
      await playAndSettle(world, { answers: ["opened"] });
      await playAndSettle(world, { answers: ["opened", "opened"] });
      // 10.5 each; 28 for the only answer, and 24.5 / 2 + 3.5 for one of two
      expect(await creditsOf(world, 2n)).to.deep.equal({
        asker: usdc(21),
        answerers: [usdc("43.75"), usdc("15.75")],
        judges: [],
      });
    });

    it("leaves the other one to be settled", async () => {
      await play(world, {});
      await playAndSettle(world, {});
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Pending, 0n, 0n]);
    });

    it("leaves the stakes of the other one alone", async () => {
      await play(world, { answers: ["submitted"] });
      await playAndSettle(world, { answers: ["joined"] });
      expect(await creditsOf(world, ID)).to.deep.equal({ asker: usdc("38.5"), answerers: [0n], judges: [] });
    });
  });
});
