import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import {
  atEndOf,
  type DollarQueries,
  joinJudges,
  MOST,
  openEscrow,
  STAKES,
  setRank,
  submitVotes,
} from "../fixtures/queries.ts";
import { describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, paidInto, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("QueryEscrow.joinJudge", () => {
  describeStepChecks({
    phase: Phase.Judging,
    next: Phase.Revealing,
    event: "JudgeJoined",
    meanwhile: (world, { queryId }) => joinJudges(world, queryId, world.judges.slice(0, 1)),
    send: (world, { queryId }) => world.queryEscrow.connect(memberOf(world.judges, 10)).joinJudge(queryId),
  });

  describe("when the query is judging", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let first: HardhatEthersSigner;
    let second: HardhatEthersSigner;

    const join = (user: HardhatEthersSigner, id = queryId) => world.queryEscrow.connect(user).joinJudge(id);
    const judgesOf = async (id: bigint) => (await world.queryEscrow.judges(id)).map(({ judge }) => judge);

    beforeEach(async () => {
      world = await load(openEscrow);
      const story = { until: Phase.Judging, answers: 2, unopenedAnswers: 1, idleAnswerers: 1 };
      ({ queryId } = await queryWith(world, story));
      first = memberOf(world.judges, 0);
      second = memberOf(world.judges, 1);
    });

    describe("when the caller has no part in it", () => {
      it("emits JudgeJoined", async () => {
        await expect(join(first))
          .to.emit(world.queryEscrow, "JudgeJoined")
          .withArgs(queryId, first, 0n, STAKES.judgeStake);
      });

      it("pays the judge's stake into the escrow", async () => {
        await expect(join(first)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [first, world.queryEscrow],
          [-STAKES.judgeStake, STAKES.judgeStake],
        );
      });

      it("updates the list of judges", async () => {
        await join(first);
        expect((await world.queryEscrow.judges(queryId)).map(fieldsOf)).to.deep.equal([
          { judge: first.address, rank: 0n, isSealed: false, isOpened: false, ranking: [], goodAnswers: 0n },
        ]);
      });

      it("updates the number of judges, and nothing else of the query", async () => {
        const before = fieldsOf(await world.queryEscrow.query(queryId));
        await join(first);
        expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, judges: 1n });
      });

      it("updates what is staked, and nothing that is credited", async () => {
        const staked = (await paidInto(world, queryId)) + STAKES.judgeStake;
        await join(first);
        expect(await booksOf(world)).to.deep.equal({ balance: staked, stakes: staked, credits: 0n });
      });

      it("lists judges in the order of joining", async () => {
        await join(second);
        await join(first);
        expect(await judgesOf(queryId)).to.deep.equal([second.address, first.address]);
      });

      it("emits JudgeJoined when entries are paused", async () => {
        await world.queryEscrow.connect(world.guardian).pauseEntries();
        await expect(join(first)).to.emit(world.queryEscrow, "JudgeJoined");
      });

      it("emits JudgeJoined when another judge has submitted", async () => {
        await join(second);
        await submitVotes(world, queryId, [{ judge: second, ranking: [0, 1], good: [] }]);
        await expect(join(first)).to.emit(world.queryEscrow, "JudgeJoined");
      });
    });

    describe("when the caller has a rank", () => {
      for (const rank of [1n, 42n]) {
        it(`emits JudgeJoined with ${rank}`, async () => {
          await setRank(world, [first], rank);
          await expect(join(first))
            .to.emit(world.queryEscrow, "JudgeJoined")
            .withArgs(queryId, first, rank, STAKES.judgeStake);
        });
      }

      it("keeps it for this query, whatever becomes of it", async () => {
        await setRank(world, [first], 9n);
        await join(first);
        await setRank(world, [first], 3n);
        const [judge] = await world.queryEscrow.judges(queryId);
        expect(judge?.rank).to.equal(9n);
      });
    });

    describe("when the query asks for a rank", () => {
      it("emits JudgeJoined with the stake of that rank for a judge of rank 0", async () => {
        await setRank(world, world.answerers.slice(0, 2), 10n);
        ({ queryId } = await queryWith(world, { until: Phase.Judging, answers: 2, minRank: 10n, minAnswers: 8n }));
        // 0.3 * 1.1^10 * 8 = 6.22498190424
        await expect(join(first)).to.emit(world.queryEscrow, "JudgeJoined").withArgs(queryId, first, 0n, 6_224_981n);
      });
    });

    describe("when the caller has a part in it", () => {
      const CALLERS: readonly { name: string; callerOf: () => HardhatEthersSigner }[] = [
        { name: "asked", callerOf: () => world.asker },
        { name: "answered", callerOf: () => memberOf(world.answerers, 0) },
        { name: "submitted an answer that nobody opened", callerOf: () => memberOf(world.answerers, 2) },
        { name: "joined as an answerer alone", callerOf: () => memberOf(world.answerers, 3) },
        { name: "joined as a judge before", callerOf: () => first },
      ];

      for (const { name, callerOf } of CALLERS) {
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
        ({ queryId: other } = await queryWith(world, { by: world.outsider, until: Phase.Judging, answers: 3 }));
      });

      it("emits JudgeJoined there for an answerer of this one", async () => {
        await expect(join(memberOf(world.answerers, 3), other)).to.emit(world.queryEscrow, "JudgeJoined");
      });

      it("emits JudgeJoined there for the asker of this one", async () => {
        await expect(join(world.asker, other)).to.emit(world.queryEscrow, "JudgeJoined");
      });

      it("leaves the judges of this one as they are", async () => {
        await join(first, other);
        expect(await judgesOf(queryId)).to.deep.equal([]);
      });
    });

    describe("when 32 judges have places", () => {
      const last = MOST - 1;

      beforeEach(async () => {
        await joinJudges(world, queryId, world.judges.slice(0, last));
      });

      it("emits JudgeJoined for the last place", async () => {
        await expect(join(memberOf(world.judges, last))).to.emit(world.queryEscrow, "JudgeJoined");
      });

      it("reverts after that", async () => {
        await join(memberOf(world.judges, last));
        await expect(join(memberOf(world.judges, last + 1)))
          .to.be.revertedWithCustomError(world.queryEscrow, "JudgesFull")
          .withArgs(queryId, 32n);
      });

      it("reverts with the same error when the caller is a judge", async () => {
        await join(memberOf(world.judges, last));
        await expect(join(first)).to.be.revertedWithCustomError(world.queryEscrow, "JudgesFull").withArgs(queryId, 32n);
      });
    });
  });

  describe("when there is nothing to judge", () => {
    let world: DollarQueries;

    beforeEach(async () => {
      world = await load(openEscrow);
    });

    for (const answers of [0, 1]) {
      it(`reverts when ${answers} answers were opened`, async () => {
        const { queryId } = await queryWith(world, { until: Phase.Judging, answers, unopenedAnswers: 2 });
        await expect(world.queryEscrow.connect(memberOf(world.judges, 0)).joinJudge(queryId))
          .to.be.revertedWithCustomError(world.queryEscrow, "WrongPhase")
          .withArgs(queryId, Phase.Settleable, Phase.Judging);
      });
    }
  });

  describe("when nobody has joined in time", () => {
    it("reverts: the query can be settled", async () => {
      const world = await load(openEscrow);
      const { queryId } = await queryWith(world, { until: Phase.Judging, answers: 2 });
      await atEndOf(world, queryId, "judging");
      await expect(world.queryEscrow.connect(memberOf(world.judges, 0)).joinJudge(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "WrongPhase")
        .withArgs(queryId, Phase.Settleable, Phase.Judging);
    });
  });
});
