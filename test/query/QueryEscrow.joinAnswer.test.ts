import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import { ask, type DollarQueries, joinAnswers, openEscrow, STAKES, setRank } from "../fixtures/queries.ts";
import { describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("QueryEscrow.joinAnswer", () => {
  describeStepChecks({
    phase: Phase.Answering,
    next: Phase.Opening,
    event: "AnswererJoined",
    send: (world, { queryId }) => world.queryEscrow.connect(memberOf(world.answerers, 10)).joinAnswer(queryId),
  });

  describe("when the query is answering", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let first: HardhatEthersSigner;
    let second: HardhatEthersSigner;

    const join = (user: HardhatEthersSigner, id = queryId) => world.queryEscrow.connect(user).joinAnswer(id);
    const answerersOf = async (id: bigint) => (await world.queryEscrow.answers(id)).map(({ answerer }) => answerer);

    beforeEach(async () => {
      world = await load(openEscrow);
      first = memberOf(world.answerers, 0);
      second = memberOf(world.answerers, 1);
      queryId = await ask(world);
    });

    describe("when the caller has no part in it", () => {
      it("emits AnswererJoined", async () => {
        await expect(join(first))
          .to.emit(world.queryEscrow, "AnswererJoined")
          .withArgs(queryId, first, STAKES.answerStake);
      });

      it("pays the answerer's stake into the escrow", async () => {
        await expect(join(first)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [first, world.queryEscrow],
          [-STAKES.answerStake, STAKES.answerStake],
        );
      });

      it("updates the list of answerers", async () => {
        await join(first);
        expect((await world.queryEscrow.answers(queryId)).map(fieldsOf)).to.deep.equal([
          {
            answerer: first.address,
            isSealed: false,
            isOpened: false,
            index: 0n,
            contentHash: `0x${"00".repeat(32)}`,
          },
        ]);
      });

      it("updates the number of answerers, and nothing else of the query", async () => {
        const before = fieldsOf(await world.queryEscrow.query(queryId));
        await join(first);
        expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, answerers: 1n });
      });

      it("updates what is staked, and nothing that is credited", async () => {
        await join(first);
        const staked = STAKES.submitStake + STAKES.answerStake;
        expect(await booksOf(world)).to.deep.equal({ balance: staked, stakes: staked, credits: 0n });
      });

      it("lists answerers in the order of joining", async () => {
        await join(second);
        await join(first);
        expect(await answerersOf(queryId)).to.deep.equal([second.address, first.address]);
      });

      it("emits AnswererJoined when entries are paused", async () => {
        await world.queryEscrow.connect(world.guardian).pauseEntries();
        await expect(join(first)).to.emit(world.queryEscrow, "AnswererJoined");
      });
    });

    describe("when the query asks for a rank", () => {
      // 3.5 * 1.1^10 = 9.07809861035
      const stake = 9_078_098n;

      beforeEach(async () => {
        queryId = await ask(world, { minRank: 10n });
      });

      it("emits AnswererJoined with the stake of that rank when the caller has it", async () => {
        await setRank(world, [first], 10n);
        await expect(join(first)).to.emit(world.queryEscrow, "AnswererJoined").withArgs(queryId, first, stake);
      });

      it("pays the same stake when the caller's rank is higher", async () => {
        await setRank(world, [first], 42n);
        await expect(join(first)).to.changeTokenBalance(world.ethers, world.token, first, -stake);
      });

      for (const rank of [0n, 9n]) {
        it(`reverts when the caller's is ${rank}`, async () => {
          await setRank(world, [first], rank);
          await expect(join(first))
            .to.be.revertedWithCustomError(world.queryEscrow, "RankTooLow")
            .withArgs(first, rank, 10n);
        });
      }

      it("reverts when the caller's rank was lowered since others joined", async () => {
        await setRank(world, [first, second], 10n);
        await join(second);
        await setRank(world, [first], 9n);
        await expect(join(first))
          .to.be.revertedWithCustomError(world.queryEscrow, "RankTooLow")
          .withArgs(first, 9n, 10n);
      });

      it("reverts with the same error when the caller has joined and was lowered", async () => {
        await setRank(world, [first], 10n);
        await join(first);
        await setRank(world, [first], 9n);
        await expect(join(first))
          .to.be.revertedWithCustomError(world.queryEscrow, "RankTooLow")
          .withArgs(first, 9n, 10n);
      });
    });

    describe("when the caller has a part in it", () => {
      for (const { name, callerOf } of [
        { name: "asked", callerOf: () => world.asker },
        { name: "joined before", callerOf: () => first },
      ]) {
        it(`reverts when they ${name}`, async () => {
          await join(first);
          await expect(join(callerOf()))
            .to.be.revertedWithCustomError(world.queryEscrow, "AlreadyInQuery")
            .withArgs(queryId, callerOf());
        });
      }
    });

    describe("when there is another query", () => {
      let other: bigint;

      beforeEach(async () => {
        other = await ask(world, { by: world.outsider });
      });

      it("emits AnswererJoined when the caller is an answerer there", async () => {
        await join(first, other);
        await expect(join(first)).to.emit(world.queryEscrow, "AnswererJoined");
      });

      it("emits AnswererJoined when the caller asked there", async () => {
        await expect(join(world.outsider)).to.emit(world.queryEscrow, "AnswererJoined");
      });

      it("leaves its answerers as they are", async () => {
        await join(second, other);
        await join(first);
        expect(await answerersOf(other)).to.deep.equal([second.address]);
      });
    });

    describe("when places are taken", () => {
      for (const maxAnswers of [7n, 32n]) {
        describe(`when there are ${maxAnswers}`, () => {
          const last = Number(maxAnswers) - 1;

          beforeEach(async () => {
            queryId = await ask(world, { maxAnswers });
            await joinAnswers(world, queryId, world.answerers.slice(0, last));
          });

          it("emits AnswererJoined for the last place", async () => {
            await expect(join(memberOf(world.answerers, last))).to.emit(world.queryEscrow, "AnswererJoined");
          });

          it("reverts after that", async () => {
            await join(memberOf(world.answerers, last));
            await expect(join(memberOf(world.answerers, last + 1)))
              .to.be.revertedWithCustomError(world.queryEscrow, "AnswerersFull")
              .withArgs(queryId, maxAnswers);
          });
        });
      }

      it("reverts with the same error when the caller is an answerer", async () => {
        queryId = await ask(world, { maxAnswers: 7n });
        await joinAnswers(world, queryId, world.answerers.slice(0, 7));
        await expect(join(first))
          .to.be.revertedWithCustomError(world.queryEscrow, "AnswerersFull")
          .withArgs(queryId, 7n);
      });

      it("reverts with RankTooLow when the caller's rank is too low as well", async () => {
        const members = world.answerers.slice(0, 7);
        await setRank(world, members, 1n);
        queryId = await ask(world, { minRank: 1n, maxAnswers: 7n });
        await joinAnswers(world, queryId, members);
        const late = memberOf(world.answerers, 7);
        await expect(join(late)).to.be.revertedWithCustomError(world.queryEscrow, "RankTooLow").withArgs(late, 0n, 1n);
      });
    });
  });
});
