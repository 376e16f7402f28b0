import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { Role } from "../../sdk/roles.ts";
import type { QueryEscrow } from "../../typechain-types/index.ts";
import { load } from "../fixtures/protocol.ts";
import {
  type DollarQueries,
  openAnswer,
  openEscrow,
  openVote,
  QUESTION,
  sendQuestion,
  setRank,
  settle,
  USUAL,
} from "../fixtures/queries.ts";
import { STORY } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { type Cast, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** A step of a query that nobody can stop: where it happens in `STORY`, and what it emits. */
interface Step {
  name: string;
  until: Phase;
  event: string;
  send: (world: DollarQueries, cast: Cast) => Promise<ContractTransactionResponse>;
}

const STEPS: readonly Step[] = [
  {
    name: "join as answerers",
    until: Phase.Answering,
    event: "AnswererJoined",
    send: ({ queryEscrow, answerers }, { queryId }) => queryEscrow.connect(memberOf(answerers, 10)).joinAnswer(queryId),
  },
  {
    name: "submit answers",
    until: Phase.Answering,
    event: "AnswerSealed",
    send: ({ queryEscrow, answerers }, { queryId }) =>
      queryEscrow.connect(memberOf(answerers, 3)).submitAnswer(queryId, QUESTION.contentHash),
  },
  {
    name: "open answers",
    until: Phase.Opening,
    event: "AnswerOpened",
    send: (world, { queryId }) => openAnswer(world, queryId, memberOf(world.answerers, 0)),
  },
  {
    name: "join as judges",
    until: Phase.Judging,
    event: "JudgeJoined",
    send: ({ queryEscrow, judges }, { queryId }) => queryEscrow.connect(memberOf(judges, 0)).joinJudge(queryId),
  },
  {
    name: "open votes",
    until: Phase.Revealing,
    event: "VoteOpened",
    send: (world, { queryId, ballots }) => openVote(world, queryId, memberOf(ballots, 0)),
  },
  {
    name: "settle",
    until: Phase.Settleable,
    event: "QuerySettled",
    send: (world, { queryId }) => settle(world, queryId),
  },
];

describe("QueryEscrow, governed by the AccessManager", () => {
  let world: DollarQueries;
  let escrow: QueryEscrow;

  beforeEach(async () => {
    world = await load(openEscrow);
    escrow = world.queryEscrow.connect(world.guardian);
  });

  describe("pauseEntries", () => {
    it("emits Paused when the guardian calls", async () => {
      await expect(escrow.pauseEntries()).to.emit(escrow, "Paused").withArgs(world.guardian);
    });

    it("updates paused", async () => {
      await escrow.pauseEntries();
      expect(await escrow.paused()).to.equal(true);
    });

    it("reverts when entries are already paused", async () => {
      await escrow.pauseEntries();
      await expect(escrow.pauseEntries()).to.be.revertedWithCustomError(escrow, "EnforcedPause").withArgs();
    });
  });

  describe("unpauseEntries", () => {
    it("emits Unpaused when the guardian calls", async () => {
      await escrow.pauseEntries();
      await expect(escrow.unpauseEntries()).to.emit(escrow, "Unpaused").withArgs(world.guardian);
    });

    it("reverts when entries are not paused", async () => {
      await expect(escrow.unpauseEntries()).to.be.revertedWithCustomError(escrow, "ExpectedPause").withArgs();
    });

    it("lets people ask again", async () => {
      await escrow.pauseEntries();
      await escrow.unpauseEntries();
      await expect(sendQuestion(world)).to.emit(escrow, "QueryAsked");
    });
  });

  describe("when anyone but the guardian calls", () => {
    for (const name of ["pauseEntries", "unpauseEntries"] as const) {
      for (const actor of ["deployer", "registrar", "asker", "outsider"] as const) {
        it(`reverts when the ${actor} calls ${name}`, async () => {
          await expect(escrow.connect(world[actor])[name]())
            .to.be.revertedWithCustomError(escrow, "AccessManagedUnauthorized")
            .withArgs(world[actor]);
        });
      }

      it(`reverts when a guardian whose role was revoked calls ${name}`, async () => {
        await world.authority.revokeRole(Role.Guardian, world.guardian);
        await expect(escrow[name]())
          .to.be.revertedWithCustomError(escrow, "AccessManagedUnauthorized")
          .withArgs(world.guardian);
      });
    }
  });

  describe("when entries are paused", () => {
    it("reverts when people ask", async () => {
      await escrow.pauseEntries();
      await expect(sendQuestion(world)).to.be.revertedWithCustomError(escrow, "EnforcedPause").withArgs();
    });

    it("reverts when people ask with a permit", async () => {
      await escrow.pauseEntries();
      const { contentHash, uri } = QUESTION;
      const noPermit = [0n, 0n, contentHash, contentHash] as const;
      await expect(escrow.connect(world.asker).askWithPermit(contentHash, uri, 0n, 7n, 32n, USUAL, ...noPermit))
        .to.be.revertedWithCustomError(escrow, "EnforcedPause")
        .withArgs();
    });

    for (const { name, until, event, send } of STEPS) {
      it(`lets people ${name}`, async () => {
        const cast = await queryWith(world, { ...STORY, until });
        await escrow.pauseEntries();
        await expect(send(world, cast)).to.emit(escrow, event);
      });
    }

    it("lets people submit votes", async () => {
      const { queryId } = await queryWith(world, { ...STORY, until: Phase.Judging });
      const judge = memberOf(world.judges, 0);
      await escrow.connect(judge).joinJudge(queryId);
      await escrow.pauseEntries();
      await expect(escrow.connect(judge).submitVote(queryId, QUESTION.contentHash)).to.emit(escrow, "VoteSealed");
    });

    it("lets people withdraw", async () => {
      const { queryId } = await queryWith(world);
      await settle(world, queryId);
      await escrow.pauseEntries();
      await expect(escrow.connect(world.asker).withdraw()).to.emit(escrow, "Withdrawn");
    });

    it("lets the registrar set ranks", async () => {
      await escrow.pauseEntries();
      await expect(setRank(world, [world.asker], 1n)).to.emit(world.rankRegistry, "RankSet");
    });

    it("leaves the windows of a query as they are", async () => {
      const { queryId } = await queryWith(world, { ...STORY, until: Phase.Answering });
      const before = fieldsOf(await escrow.query(queryId));
      await escrow.pauseEntries();
      expect(fieldsOf(await escrow.query(queryId))).to.deep.equal(before);
    });
  });
});
