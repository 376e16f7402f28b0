import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { id } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import {
  answerSealOf,
  ask,
  atEndOf,
  type DollarQueries,
  endOf,
  joinAnswers,
  openAnswer,
  openEscrow,
  setRank,
  submitAnswers,
} from "../fixtures/queries.ts";
import { describeSealChecks, describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** The seal of an answer that is never opened. */
const SEAL = id("a sealed answer");

describe("QueryEscrow.submitAnswer", () => {
  describeStepChecks({
    phase: Phase.Answering,
    next: Phase.Opening,
    event: "AnswerSealed",
    send: ({ queryEscrow, answerers }, { queryId }) =>
      queryEscrow.connect(memberOf(answerers, 3)).submitAnswer(queryId, SEAL),
  });

  describeSealChecks({
    phase: Phase.Answering,
    event: "AnswerSealed",
    stranger: "NotAnswerer",
    member: ({ answerers }) => memberOf(answerers, 3),
    strangers: { asker: ({ asker }) => asker, outsider: ({ outsider }) => outsider },
    join: joinAnswers,
    send: ({ queryEscrow }, user, queryId, seal) => queryEscrow.connect(user).submitAnswer(queryId, seal),
  });

  describe("when the caller has joined", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let first: HardhatEthersSigner;
    let second: HardhatEthersSigner;

    const submit = (user: HardhatEthersSigner) => world.queryEscrow.connect(user).submitAnswer(queryId, SEAL);
    const sealedOf = async () => (await world.queryEscrow.answers(queryId)).map(({ isSealed }) => isSealed);

    beforeEach(async () => {
      world = await load(openEscrow);
      first = memberOf(world.answerers, 0);
      second = memberOf(world.answerers, 1);
      queryId = await ask(world);
      await joinAnswers(world, queryId, [first, second]);
    });

    it("updates who has sealed an answer", async () => {
      await submit(second);
      expect(await sealedOf()).to.deep.equal([false, true]);
    });

    it("updates the number of sealed answers, and nothing else of the query", async () => {
      const before = fieldsOf(await world.queryEscrow.query(queryId));
      await submit(first);
      expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, sealedAnswers: 1n });
    });

    it("leaves the books as they are", async () => {
      const before = await booksOf(world);
      await submit(first);
      expect(await booksOf(world)).to.deep.equal(before);
    });

    it("emits AnswerSealed when the caller's rank has fallen below what is asked for", async () => {
      await setRank(world, [first], 5n);
      queryId = await ask(world, { minRank: 5n });
      await joinAnswers(world, queryId, [first]);
      await setRank(world, [first], 4n);
      await expect(submit(first)).to.emit(world.queryEscrow, "AnswerSealed");
    });

    it("emits AnswerSealed when another has submitted the same seal", async () => {
      await submit(second);
      await expect(submit(first)).to.emit(world.queryEscrow, "AnswerSealed").withArgs(queryId, first, SEAL);
    });
  });

  describe("when all places are taken but the answers of one", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let last: HardhatEthersSigner;

    const submit = async () =>
      world.queryEscrow.connect(last).submitAnswer(queryId, await answerSealOf(world, queryId, last));

    beforeEach(async () => {
      world = await load(openEscrow);
      const story = { until: Phase.Answering, maxAnswers: 7n, unopenedAnswers: 6, idleAnswerers: 1 };
      ({ queryId } = await queryWith(world, story));
      last = memberOf(world.answerers, 6);
    });

    it("leaves the query answering before that", async () => {
      expect(await world.queryEscrow.phase(queryId)).to.equal(Phase.Answering);
    });

    it("emits AnsweringEnded with the last answer", async () => {
      const endedAt = (await now()) + 10n;
      await nextAt(endedAt);
      await expect(submit()).to.emit(world.queryEscrow, "AnsweringEnded").withArgs(queryId, endedAt);
    });

    it("emits AnswerSealed too", async () => {
      const seal = await answerSealOf(world, queryId, last);
      await expect(submit()).to.emit(world.queryEscrow, "AnswerSealed").withArgs(queryId, last, seal);
    });

    it("updates the ends of all windows: the later ones begin now", async () => {
      const endedAt = (await now()) + 10n;
      await nextAt(endedAt);
      await submit();
      const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = await world.queryEscrow.query(queryId);
      expect([answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt]).to.deep.equal([
        endedAt,
        endedAt + 20_000n,
        endedAt + 320_000n,
        endedAt + 324_000n,
      ]);
    });

    it("updates the phase to opening, in the same second", async () => {
      await submit();
      expect(await world.queryEscrow.phase(queryId)).to.equal(Phase.Opening);
    });

    it("lets an answer be opened in the same second", async () => {
      await submit();
      await nextAt(await now());
      await expect(openAnswer(world, queryId, last)).to.emit(world.queryEscrow, "AnswerOpened");
    });

    it("ends the time for opening early as well", async () => {
      await submit();
      await atEndOf(world, queryId, "opening");
      await expect(openAnswer(world, queryId, last))
        .to.be.revertedWithCustomError(world.queryEscrow, "WrongPhase")
        .withArgs(queryId, Phase.Settleable, Phase.Opening);
    });

    it("emits AnsweringEnded in the window's last second, which is a second earlier than without", async () => {
      const usual = await endOf(world, queryId, "answering");
      await nextAt(usual - 1n);
      await expect(submit())
        .to.emit(world.queryEscrow, "AnsweringEnded")
        .withArgs(queryId, usual - 1n);
    });

    it("leaves another query answering", async () => {
      const other = await ask(world);
      await submit();
      expect(await world.queryEscrow.phase(other)).to.equal(Phase.Answering);
    });
  });

  describe("when answers or places are left", () => {
    let world: DollarQueries;

    /** The last of those who joined submits; the query wants 8 at the most. */
    const submitLast = async (joined: number, submitted: number) => {
      const queryId = await ask(world, { maxAnswers: 8n });
      const users = world.answerers.slice(0, joined);
      await joinAnswers(world, queryId, users);
      await submitAnswers(world, queryId, users.slice(0, submitted - 1));
      return world.queryEscrow.connect(memberOf(users, submitted - 1)).submitAnswer(queryId, SEAL);
    };

    beforeEach(async () => {
      world = await load(openEscrow);
    });

    for (const { name, joined, submitted } of [
      { name: "all who joined have submitted, as many as the stakes are for", joined: 7, submitted: 7 },
      { name: "one of all is still to submit", joined: 8, submitted: 7 },
    ]) {
      it(`emits no AnsweringEnded when ${name}`, async () => {
        await expect(submitLast(joined, submitted)).not.to.emit(world.queryEscrow, "AnsweringEnded");
      });
    }

    it("emits AnsweringEnded when there are none", async () => {
      await expect(submitLast(8, 8)).to.emit(world.queryEscrow, "AnsweringEnded");
    });
  });
});
