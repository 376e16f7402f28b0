import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { id } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import {
  ask,
  type Ballot,
  bitsOf,
  type DollarQueries,
  indices,
  joinJudges,
  openEscrow,
  openVote,
  packed,
  type Vote,
  viewAtEndOf,
  voteSealOf,
} from "../fixtures/queries.ts";
import { describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, type Cast, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** Votes on three answers, of the first and the second judge. */
const VOTES = [
  { ranking: [2, 0, 1], good: [0, 2] },
  { ranking: [0, 1, 2], good: [] },
] as const;

describe("QueryEscrow.openVote", () => {
  describeStepChecks({
    phase: Phase.Revealing,
    next: Phase.Settleable,
    event: "VoteOpened",
    send: (world, { queryId, ballots }) => openVote(world, queryId, memberOf(ballots, 0)),
  });

  describe("when the query is revealing", () => {
    let world: DollarQueries;
    let cast: Cast;
    let queryId: bigint;
    let first: Ballot;
    let second: Ballot;
    let idle: HardhatEthersSigner;

    const open = (ballot: Ballot, changed: Parameters<typeof openVote>[3] = {}) =>
      openVote(world, queryId, ballot, changed);
    const judgesNow = async () => (await world.queryEscrow.judges(queryId)).map(fieldsOf);

    beforeEach(async () => {
      world = await load(openEscrow);
      cast = await queryWith(world, { until: Phase.Revealing, answers: 3, votes: VOTES, idleJudges: 1 });
      queryId = cast.queryId;
      first = memberOf(cast.ballots, 0);
      second = memberOf(cast.ballots, 1);
      idle = memberOf(cast.absentJudges, 0);
    });

    describe("when it is what was sealed", () => {
      it("emits VoteOpened with the ranking in a word: 2, then 0 * 32, then 1 * 1024", async () => {
        await expect(open(first))
          .to.emit(world.queryEscrow, "VoteOpened")
          .withArgs(queryId, first.judge, 1_026n, 0b101n);
      });

      it("emits VoteOpened with no good answers where none was called good", async () => {
        await expect(open(second))
          .to.emit(world.queryEscrow, "VoteOpened")
          .withArgs(queryId, second.judge, packed([0, 1, 2]), 0n);
      });

      it("updates the judges, in the order of joining", async () => {
        await open(second);
        await open(first);
        const opened = { rank: 0n, isSealed: true, isOpened: true };
        expect(await judgesNow()).to.deep.equal([
          { judge: first.judge.address, ...opened, ranking: [2n, 0n, 1n], goodAnswers: 0b101n },
          { judge: second.judge.address, ...opened, ranking: [0n, 1n, 2n], goodAnswers: 0n },
          { judge: idle.address, rank: 0n, isSealed: false, isOpened: false, ranking: [], goodAnswers: 0n },
        ]);
      });

      it("updates the number of opened votes, and nothing else of the query", async () => {
        const before = fieldsOf(await world.queryEscrow.query(queryId));
        await open(first);
        expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, openedVotes: 1n });
      });

      it("leaves the books as they are", async () => {
        const before = await booksOf(world);
        await open(first);
        expect(await booksOf(world)).to.deep.equal(before);
      });

      it("leaves the query revealing when all votes are opened", async () => {
        await open(first);
        await open(second);
        expect(await world.queryEscrow.phase(queryId)).to.equal(Phase.Revealing);
      });

      for (const actor of ["outsider", "asker"] as const) {
        it(`emits VoteOpened for the judge when the ${actor} opens it`, async () => {
          await expect(open(first, { by: world[actor] }))
            .to.emit(world.queryEscrow, "VoteOpened")
            .withArgs(queryId, first.judge, packed(first.ranking), bitsOf(first.good));
        });
      }

      it("emits VoteOpened when entries are paused", async () => {
        await world.queryEscrow.connect(world.guardian).pauseEntries();
        await expect(open(first)).to.emit(world.queryEscrow, "VoteOpened");
      });
    });

    describe("when it was opened before", () => {
      const OTHERS: readonly { name: string; vote: Partial<Vote> }[] = [
        { name: "the same", vote: {} },
        { name: "another, which was never sealed", vote: { ranking: [0, 1, 2] } },
        { name: "no permutation", vote: { ranking: [] } },
      ];

      for (const { name, vote } of OTHERS) {
        it(`reverts when it is ${name}`, async () => {
          await open(first);
          await expect(open({ ...first, ...vote }))
            .to.be.revertedWithCustomError(world.queryEscrow, "AlreadyOpened")
            .withArgs(queryId, first.judge);
        });
      }
    });

    describe("when it is not what was sealed", () => {
      const CHANGES: readonly { name: string; vote: Partial<Vote> }[] = [
        { name: "another ranking", vote: { ranking: [2, 1, 0] } },
        { name: "more good answers", vote: { good: [0, 1, 2] } },
        { name: "fewer good answers", vote: { good: [0] } },
      ];

      for (const { name, vote } of CHANGES) {
        it(`reverts with ${name}`, async () => {
          const changed = { ...first, ...vote };
          await expect(open(changed))
            .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
            .withArgs(queryId, first.judge, await voteSealOf(world, queryId, changed));
        });
      }

      it("reverts with another salt", async () => {
        const salt = id("another salt");
        await expect(open(first, { salt }))
          .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
          .withArgs(queryId, first.judge, await voteSealOf(world, queryId, first, salt));
      });

      it("reverts with the vote of another", async () => {
        const stolen = { ...second, judge: first.judge };
        await expect(open(stolen))
          .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
          .withArgs(queryId, first.judge, await voteSealOf(world, queryId, stolen));
      });
    });

    describe("when the ranking does not name every opened answer once", () => {
      const RANKINGS = [[], [2, 0], [2, 0, 1, 1], [2, 0, 0], [0, 0, 0], [2, 0, 3], [3, 0, 1], [2, 0, 255]];

      for (const ranking of RANKINGS) {
        it(`reverts when it is [${ranking}]`, async () => {
          await expect(open({ ...first, ranking }))
            .to.be.revertedWithCustomError(world.queryEscrow, "NotPermutation")
            .withArgs(3n);
        });
      }

      it("reverts with the same error when answers are called good that do not exist", async () => {
        await expect(open({ ...first, ranking: [0], good: [3] }))
          .to.be.revertedWithCustomError(world.queryEscrow, "NotPermutation")
          .withArgs(3n);
      });
    });

    describe("when answers are called good that do not exist", () => {
      for (const good of [[3], [0, 3], [31], indices(32)]) {
        it(`reverts when they are [${good}]`, async () => {
          await expect(open({ ...first, good }))
            .to.be.revertedWithCustomError(world.queryEscrow, "GoodAnswersUnknown")
            .withArgs(bitsOf(good), 3n);
        });
      }
    });

    describe("when there is nothing to open", () => {
      it("reverts when the judge has submitted nothing", async () => {
        await expect(open({ ...first, judge: idle }))
          .to.be.revertedWithCustomError(world.queryEscrow, "NotSubmitted")
          .withArgs(queryId, idle);
      });

      it("reverts with NotPermutation when the ranking is none as well", async () => {
        await expect(open({ ...first, judge: idle, ranking: [] }))
          .to.be.revertedWithCustomError(world.queryEscrow, "NotPermutation")
          .withArgs(3n);
      });

      it("reverts with GoodAnswersUnknown when a good answer does not exist as well", async () => {
        await expect(open({ ...first, judge: idle, good: [3] }))
          .to.be.revertedWithCustomError(world.queryEscrow, "GoodAnswersUnknown")
          .withArgs(0b1000n, 3n);
      });

      const STRANGERS: readonly { name: string; strangerOf: () => HardhatEthersSigner }[] = [
        { name: "the asker's", strangerOf: () => world.asker },
        { name: "an answerer's", strangerOf: () => memberOf(world.answerers, 0) },
        { name: "the outsider's", strangerOf: () => world.outsider },
      ];

      for (const { name, strangerOf } of STRANGERS) {
        it(`reverts when it would be ${name}`, async () => {
          await expect(open({ ...first, judge: strangerOf() }, { by: first.judge }))
            .to.be.revertedWithCustomError(world.queryEscrow, "NotJudge")
            .withArgs(queryId, strangerOf());
        });
      }

      it("reverts with NotJudge when the ranking is none as well", async () => {
        await expect(open({ ...first, judge: world.outsider, ranking: [] }))
          .to.be.revertedWithCustomError(world.queryEscrow, "NotJudge")
          .withArgs(queryId, world.outsider);
      });
    });
  });

  describe("when the query is not the first, and a seal may be another than the vote's", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let ballot: Ballot;

    /** The judge has submitted `seal`, and the query is revealing. */
    const revealingWith = async (seal: string) => {
      await world.queryEscrow.connect(ballot.judge).submitVote(queryId, seal);
      await viewAtEndOf(world, queryId, "judging");
    };
    const expectMismatch = async () =>
      expect(openVote(world, queryId, ballot))
        .to.be.revertedWithCustomError(world.queryEscrow, "SealMismatch")
        .withArgs(queryId, ballot.judge, await voteSealOf(world, queryId, ballot));

    beforeEach(async () => {
      world = await load(openEscrow);
      await ask(world);
      ({ queryId } = await queryWith(world, { until: Phase.Judging, answers: 2 }));
      ballot = { judge: memberOf(world.judges, 0), ranking: [1, 0], good: [1] };
      await joinJudges(world, queryId, world.judges.slice(0, 2));
    });

    it("reverts with the copied seal of another judge", async () => {
      await revealingWith(await voteSealOf(world, queryId, { ...ballot, judge: memberOf(world.judges, 1) }));
      await expectMismatch();
    });

    it("reverts with a seal for another query", async () => {
      await revealingWith(await voteSealOf(world, 1n, ballot));
      await expectMismatch();
    });

    it("reverts when a ranking was sealed that is no permutation", async () => {
      const wrong = { ...ballot, ranking: [1, 1] };
      await revealingWith(await voteSealOf(world, queryId, wrong));
      await expect(openVote(world, queryId, wrong))
        .to.be.revertedWithCustomError(world.queryEscrow, "NotPermutation")
        .withArgs(2n);
    });

    for (const [ranking, word] of [
      [[1, 0], 1n],
      [[0, 1], 32n],
    ] as const) {
      it(`emits VoteOpened with ${word} for the ranking [${ranking}]`, async () => {
        ballot = { ...ballot, ranking };
        await revealingWith(await voteSealOf(world, queryId, ballot));
        await expect(openVote(world, queryId, ballot))
          .to.emit(world.queryEscrow, "VoteOpened")
          .withArgs(queryId, ballot.judge, word, 0b10n);
      });
    }
  });

  describe("when there are 32 answers", () => {
    it("emits VoteOpened with all places and all bits", async () => {
      const world = await load(openEscrow);
      const vote = { ranking: indices(32).reverse(), good: indices(32) };
      const { queryId, ballots } = await queryWith(world, { until: Phase.Revealing, answers: 32, votes: [vote] });
      await expect(openVote(world, queryId, memberOf(ballots, 0)))
        .to.emit(world.queryEscrow, "VoteOpened")
        .withArgs(queryId, memberOf(world.judges, 0), packed(vote.ranking), 2n ** 32n - 1n);
    });
  });
});
