import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import {
  type AnswerText,
  answerOf,
  answerSealOf,
  ask,
  atEndOf,
  type DollarQueries,
  joinAnswers,
  openAnswer,
  openAnswers,
  openEscrow,
  submitAnswers,
  viewAtEndOf,
} from "../fixtures/queries.ts";
import { describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("QueryEscrow.openAnswer", () => {
  describeStepChecks({
    phase: Phase.Opening,
    next: Phase.Judging,
    event: "AnswerOpened",
    meanwhile: (world, { queryId }) => openAnswers(world, queryId, world.answerers.slice(1, 3)),
    send: (world, { queryId }) => openAnswer(world, queryId, memberOf(world.answerers, 0)),
  });

  describe("when the query is opening", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let first: HardhatEthersSigner;
    let second: HardhatEthersSigner;
    let idle: HardhatEthersSigner;

    const open = (user: HardhatEthersSigner, changed: Parameters<typeof openAnswer>[3] = {}) =>
      openAnswer(world, queryId, user, changed);
    const answersOf = async () => (await world.queryEscrow.answers(queryId)).map(fieldsOf);

    beforeEach(async () => {
      world = await load(openEscrow);
      ({ queryId } = await queryWith(world, { until: Phase.Opening, answers: 2, idleAnswerers: 1 }));
      first = memberOf(world.answerers, 0);
      second = memberOf(world.answerers, 1);
      idle = memberOf(world.answerers, 2);
    });

    describe("when it is what was sealed", () => {
      it("emits AnswerOpened with the first index", async () => {
        const { contentHash, uri } = answerOf(second);
        await expect(open(second))
          .to.emit(world.queryEscrow, "AnswerOpened")
          .withArgs(queryId, second, 0n, contentHash, uri);
      });

      it("emits AnswerOpened with the next index after that", async () => {
        const { contentHash, uri } = answerOf(first);
        await open(second);
        await expect(open(first))
          .to.emit(world.queryEscrow, "AnswerOpened")
          .withArgs(queryId, first, 1n, contentHash, uri);
      });

      it("updates the answers: places by joining, indices by opening", async () => {
        await open(second);
        await open(first);
        expect(await answersOf()).to.deep.equal([
          {
            answerer: first.address,
            isSealed: true,
            isOpened: true,
            index: 1n,
            contentHash: answerOf(first).contentHash,
          },
          {
            answerer: second.address,
            isSealed: true,
            isOpened: true,
            index: 0n,
            contentHash: answerOf(second).contentHash,
          },
          { answerer: idle.address, isSealed: false, isOpened: false, index: 0n, contentHash: ZeroHash },
        ]);
      });

      it("updates the number of opened answers, and nothing else of the query", async () => {
        const before = fieldsOf(await world.queryEscrow.query(queryId));
        await open(first);
        expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, openedAnswers: 1n });
      });

      it("leaves the books as they are", async () => {
        const before = await booksOf(world);
        await open(first);
        expect(await booksOf(world)).to.deep.equal(before);
      });

      for (const actor of ["outsider", "asker"] as const) {
        it(`emits AnswerOpened for the answerer when the ${actor} opens it`, async () => {
          const { contentHash, uri } = answerOf(first);
          await expect(open(first, { by: world[actor] }))
            .to.emit(world.queryEscrow, "AnswerOpened")
            .withArgs(queryId, first, 0n, contentHash, uri);
        });
      }

      it("emits AnswerOpened when entries are paused", async () => {
        await world.queryEscrow.connect(world.guardian).pauseEntries();
        await expect(open(first)).to.emit(world.queryEscrow, "AnswerOpened");
      });
    });

    describe("when it was opened before", () => {
      beforeEach(async () => {
        await open(first);
      });

      for (const [name, changed] of [
        ["the same", {}],
        ["another, which was never sealed", { contentHash: id("another answer") }],
      ] as const) {
        it(`reverts when it is ${name}`, async () => {
          await expect(open(first, changed))
            .to.be.revertedWithCustomError(world.queryEscrow, "AlreadyOpened")
            .withArgs(queryId, first);
        });
      }
    });

    describe("when it is not what was sealed", () => {
      const CHANGES: readonly { name: string; changed: Partial<AnswerText> }[] = [
        { name: "another hash", changed: { contentHash: id("another answer") } },
        { name: "another place", changed: { uri: "ipfs://elsewhere" } },
        { name: "no place", changed: { uri: "" } },
        { name: "another salt", changed: { salt: id("another salt") } },
      ];

      for (const { name, changed } of CHANGES) {
        it(`reverts with ${name}`, async () => {
          const computed = await answerSealOf(world, queryId, first, changed);
          await expect(open(first, changed))
            .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
            .withArgs(queryId, first, computed);
        });
      }

      it("reverts with the answer of another", async () => {
        const computed = await answerSealOf(world, queryId, first, answerOf(second));
        await expect(open(first, answerOf(second)))
          .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
          .withArgs(queryId, first, computed);
      });
    });

    describe("when there is nothing to open", () => {
      it("reverts when the answerer has submitted nothing", async () => {
        await expect(open(idle))
          .to.be.revertedWithCustomError(world.queryEscrow, "NotSubmitted")
          .withArgs(queryId, idle);
      });

      for (const actor of ["asker", "outsider"] as const) {
        it(`reverts when it would be the ${actor}'s`, async () => {
          await expect(open(world[actor], { by: first }))
            .to.be.revertedWithCustomError(world.queryEscrow, "NotAnswerer")
            .withArgs(queryId, world[actor]);
        });
      }
    });
  });

  describe("when the query is not the first, and a seal may be another than the answer's", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let user: HardhatEthersSigner;
    let other: HardhatEthersSigner;

    /** The user has submitted `seal`, and the query is opening. */
    const openingWith = async (seal: string) => {
      await world.queryEscrow.connect(user).submitAnswer(queryId, seal);
      await viewAtEndOf(world, queryId, "answering");
    };
    const expectMismatch = async () =>
      expect(openAnswer(world, queryId, user))
        .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
        .withArgs(queryId, user, await answerSealOf(world, queryId, user));

    beforeEach(async () => {
      world = await load(openEscrow);
      user = memberOf(world.answerers, 0);
      other = memberOf(world.answerers, 1);
      await ask(world);
      queryId = await ask(world);
      await joinAnswers(world, queryId, [user, other]);
    });

    it("emits AnswerOpened with the seal of the answer", async () => {
      await openingWith(await answerSealOf(world, queryId, user));
      await expect(openAnswer(world, queryId, user)).to.emit(world.queryEscrow, "AnswerOpened");
    });

    it("reverts with the copied seal of another", async () => {
      await openingWith(await answerSealOf(world, queryId, other));
      const copied = answerOf(other);
      await expect(openAnswer(world, queryId, user, copied))
        .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
        .withArgs(queryId, user, await answerSealOf(world, queryId, user, copied));
    });

    it("reverts with a seal for another query", async () => {
      await openingWith(await answerSealOf(world, 1n, user));
      await expectMismatch();
    });

    it("reverts with a seal for another contract", async () => {
      const elsewhere = {
        ...world,
        queryEscrow: world.queryEscrow.attach(world.stakeVault) as typeof world.queryEscrow,
      };
      await openingWith(await answerSealOf(elsewhere, queryId, user));
      await expectMismatch();
    });

    it("reverts when the 28th byte is another", async () => {
      const seal = await answerSealOf(world, queryId, user);
      await openingWith(`0x${(BigInt(seal) ^ (1n << 32n)).toString(16).padStart(64, "0")}`);
      await expectMismatch();
    });

    it("emits AnswerOpened when the 29th byte is another, which is not stored", async () => {
      const seal = await answerSealOf(world, queryId, user);
      await openingWith(`0x${(BigInt(seal) ^ (1n << 31n)).toString(16).padStart(64, "0")}`);
      await expect(openAnswer(world, queryId, user)).to.emit(world.queryEscrow, "AnswerOpened");
    });

    it("counts an answer whose hash is zero", async () => {
      const empty = { contentHash: ZeroHash, uri: "" };
      await openingWith(await answerSealOf(world, queryId, user, empty));
      await openAnswer(world, queryId, user, empty);
      const [answer] = await world.queryEscrow.answers(queryId);
      expect(answer?.isOpened).to.equal(true);
    });
  });

  describe("when fewer than two are opened in time", () => {
    let world: DollarQueries;

    beforeEach(async () => {
      world = await load(openEscrow);
    });

    for (const opened of [0, 1]) {
      it(`reverts when ${opened} were: there is nothing to judge`, async () => {
        const { queryId } = await queryWith(world, { until: Phase.Opening, answers: 2 });
        await openAnswers(world, queryId, world.answerers.slice(0, opened));
        await atEndOf(world, queryId, "opening");
        await expect(openAnswer(world, queryId, memberOf(world.answerers, 1)))
          .to.be.revertedWithCustomError(world.queryEscrow, "WrongPhase")
          .withArgs(queryId, Phase.Settleable, Phase.Opening);
      });
    }
  });

  describe("when there are 32 answers", () => {
    it("emits AnswerOpened with index 31 for the last", async () => {
      const world = await load(openEscrow);
      const queryId = await ask(world);
      const users = world.answerers.slice(0, 32);
      await joinAnswers(world, queryId, users);
      await submitAnswers(world, queryId, users);
      await openAnswers(world, queryId, users.slice(0, 31));
      const last = memberOf(users, 31);
      const { contentHash, uri } = answerOf(last);
      await expect(openAnswer(world, queryId, last))
        .to.emit(world.queryEscrow, "AnswerOpened")
        .withArgs(queryId, last, 31n, contentHash, uri);
    });
  });
});
