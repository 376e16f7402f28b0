import { expect } from "chai";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import type { Timing } from "../../sdk/query/timing.ts";
import { DAY, TIMING } from "../fixtures/amounts.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import {
  ask,
  type DollarQueries,
  openEscrow,
  QUESTION,
  type Question,
  STAKES,
  sendQuestion,
  setRank,
  USUAL,
} from "../fixtures/queries.ts";
import { nameOf, QUESTION_REFUSALS, WINDOW_REFUSALS } from "../fixtures/query-checks.ts";
import { booksOf, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

const LONGEST = 30n * DAY;

describe("QueryEscrow.ask", () => {
  let world: DollarQueries;

  /** The windows of the only query, from its ends. */
  const timingOf = async (askedAt: bigint): Promise<Timing> => {
    const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = await world.queryEscrow.query(1n);
    return {
      answering: answeringEndsAt - askedAt,
      opening: openingEndsAt - answeringEndsAt,
      judging: judgingEndsAt - openingEndsAt,
      revealing: revealingEndsAt - judgingEndsAt,
    };
  };

  const expectRefused = (question: Question, error: string, ...facts: readonly unknown[]) =>
    expect(sendQuestion(world, question))
      .to.be.revertedWithCustomError(world.queryEscrow, error)
      .withArgs(...facts);

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when the question takes the default windows", () => {
    it("emits QueryAsked with them", async () => {
      await expect(sendQuestion(world))
        .to.emit(world.queryEscrow, "QueryAsked")
        .withArgs(
          1n,
          world.asker,
          QUESTION.contentHash,
          QUESTION.uri,
          0n,
          7n,
          32n,
          Object.values(TIMING),
          STAKES.submitStake,
        );
    });

    it("pays the asker's stake into the escrow", async () => {
      await expect(sendQuestion(world)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.asker, world.queryEscrow],
        [-STAKES.submitStake, STAKES.submitStake],
      );
    });

    it("returns the id", async () => {
      const { contentHash, uri } = QUESTION;
      const asker = world.queryEscrow.connect(world.asker);
      expect(await asker.ask.staticCall(contentHash, uri, 0n, 7n, 32n, USUAL)).to.equal(1n);
    });

    it("updates the query", async () => {
      const askedAt = (await now()) + 10n;
      await nextAt(askedAt);
      await sendQuestion(world);
      expect(fieldsOf(await world.queryEscrow.query(1n))).to.deep.equal({
        asker: world.asker.address,
        contentHash: QUESTION.contentHash,
        minRank: 0n,
        minAnswers: 7n,
        maxAnswers: 32n,
        answerers: 0n,
        sealedAnswers: 0n,
        openedAnswers: 0n,
        judges: 0n,
        sealedVotes: 0n,
        openedVotes: 0n,
        outcome: Outcome.Pending,
        answeringEndsAt: askedAt + 100_000n,
        openingEndsAt: askedAt + 120_000n,
        judgingEndsAt: askedAt + 420_000n,
        revealingEndsAt: askedAt + 424_000n,
        ...STAKES,
      });
    });

    it("updates the phase to answering, at once", async () => {
      const queryId = await ask(world);
      expect(await world.queryEscrow.phase(queryId)).to.equal(Phase.Answering);
    });

    it("updates the number of queries", async () => {
      await sendQuestion(world);
      expect(await world.queryEscrow.queryCount()).to.equal(1n);
    });

    it("updates what is staked, and nothing that is credited", async () => {
      await sendQuestion(world);
      expect(await booksOf(world)).to.deep.equal({
        balance: STAKES.submitStake,
        stakes: STAKES.submitStake,
        credits: 0n,
      });
    });
  });

  describe("when the question is unlike that in every place", () => {
    const timing: Timing = { answering: 61n, opening: 62n, judging: 63n, revealing: 64n };

    it("emits QueryAsked with all of it", async () => {
      const question: Question = { by: world.outsider, minRank: 10n, minAnswers: 8n, maxAnswers: 9n, timing };
      // 5 * 1.1^10 * 8 = 103.749698404
      await expect(sendQuestion(world, question))
        .to.emit(world.queryEscrow, "QueryAsked")
        .withArgs(
          1n,
          world.outsider,
          QUESTION.contentHash,
          QUESTION.uri,
          10n,
          8n,
          9n,
          Object.values(timing),
          103_749_698n,
        );
    });

    it("pays the stake of that rank and number of answers", async () => {
      await expect(sendQuestion(world, { minRank: 10n, minAnswers: 8n })).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.asker,
        -103_749_698n,
      );
    });

    it("updates the query's rank, numbers and stakes", async () => {
      await sendQuestion(world, { minRank: 42n, minAnswers: 31n, maxAnswers: 31n });
      const { minRank, minAnswers, maxAnswers, submitStake, answerStake, judgeStake } =
        await world.queryEscrow.query(1n);
      expect([minRank, minAnswers, maxAnswers]).to.deep.equal([42n, 31n, 31n]);
      expect([submitStake, answerStake, judgeStake]).to.deep.equal(await world.queryEscrow.stakesFor(42n, 31n));
    });

    it("updates the windows", async () => {
      const askedAt = (await now()) + 10n;
      await nextAt(askedAt);
      await sendQuestion(world, { timing });
      expect(await timingOf(askedAt)).to.deep.equal(timing);
    });
  });

  describe("when some windows are its own", () => {
    for (const window of ["answering", "opening", "judging", "revealing"] as const) {
      for (const duration of [60n, LONGEST]) {
        it(`updates ${window} to ${duration} seconds, and takes the default of the others`, async () => {
          const askedAt = (await now()) + 10n;
          await nextAt(askedAt);
          await sendQuestion(world, { timing: { [window]: duration } });
          expect(await timingOf(askedAt)).to.deep.equal({ ...TIMING, [window]: duration });
        });
      }
    }

    for (const [window, duration] of WINDOW_REFUSALS) {
      it(`reverts when ${window} takes ${duration} seconds`, async () => {
        await expectRefused({ timing: { [window]: duration } }, "WindowOutOfRange", window, duration, 60n, LONGEST);
      });
    }

    it("reverts with the first of several that are out of range", async () => {
      const timing = { opening: 59n, judging: 58n };
      await expectRefused({ timing }, "WindowOutOfRange", "opening", 59n, 60n, LONGEST);
    });
  });

  describe("when rank and numbers are at their bounds", () => {
    for (const question of [
      { minRank: 42n },
      { minAnswers: 32n },
      { maxAnswers: 7n },
      { minAnswers: 32n, maxAnswers: 32n },
    ]) {
      it(`emits QueryAsked with ${nameOf(question)}`, async () => {
        await expect(sendQuestion(world, question)).to.emit(world.queryEscrow, "QueryAsked");
      });
    }
  });

  describe("when rank or numbers are out of range", () => {
    for (const { question, error, facts } of QUESTION_REFUSALS) {
      it(`reverts with ${error} of ${facts.join(", ")} when ${nameOf(question)}`, async () => {
        await expectRefused(question, error, ...facts);
      });
    }
  });

  describe("when somebody asked before", () => {
    it("emits QueryAsked with the next id", async () => {
      await ask(world);
      await expect(sendQuestion(world))
        .to.emit(world.queryEscrow, "QueryAsked")
        .withArgs(
          2n,
          world.asker,
          QUESTION.contentHash,
          QUESTION.uri,
          0n,
          7n,
          32n,
          Object.values(TIMING),
          STAKES.submitStake,
        );
    });

    it("leaves the query of before as it is", async () => {
      const { queryId } = await queryWith(world, { until: Phase.Answering, answers: 1 });
      const before = fieldsOf(await world.queryEscrow.query(queryId));
      await sendQuestion(world, { minRank: 3n, timing: { answering: 60n } });
      expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal(before);
    });
  });

  describe("when the asker's rank is below what they want", () => {
    it("emits QueryAsked all the same", async () => {
      await setRank(world, [world.asker], 4n);
      await expect(sendQuestion(world, { minRank: 5n })).to.emit(world.queryEscrow, "QueryAsked");
    });
  });

  describe("when entries are paused", () => {
    beforeEach(async () => {
      await world.queryEscrow.connect(world.guardian).pauseEntries();
    });

    it("reverts", async () => {
      await expectRefused({}, "EnforcedPause");
    });

    it("reverts with the same error when the question is out of range as well", async () => {
      await expectRefused({ minRank: 43n }, "EnforcedPause");
    });
  });
});
