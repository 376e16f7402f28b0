import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { id } from "ethers";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, joinJudges, openEscrow } from "../fixtures/queries.ts";
import { describeSealChecks, describeStepChecks } from "../fixtures/query-checks.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, queryWith } from "../fixtures/query-stories.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** The seal of a vote that is never opened. */
const SEAL = id("a sealed vote");

describe("QueryEscrow.submitVote", () => {
  describeStepChecks({
    phase: Phase.Judging,
    next: Phase.Revealing,
    event: "VoteSealed",
    prepare: (world, { queryId }) => joinJudges(world, queryId, world.judges.slice(10, 11)),
    send: ({ queryEscrow, judges }, { queryId }) => queryEscrow.connect(memberOf(judges, 10)).submitVote(queryId, SEAL),
  });

  describeSealChecks({
    phase: Phase.Judging,
    event: "VoteSealed",
    stranger: "NotJudge",
    member: ({ judges }) => memberOf(judges, 0),
    strangers: {
      asker: ({ asker }) => asker,
      "answerer who delivered": ({ answerers }) => memberOf(answerers, 0),
      "answerer who did not": ({ answerers }) => memberOf(answerers, 3),
      outsider: ({ outsider }) => outsider,
    },
    join: joinJudges,
    send: ({ queryEscrow }, user, queryId, seal) => queryEscrow.connect(user).submitVote(queryId, seal),
  });

  describe("when the caller has joined", () => {
    let world: DollarQueries;
    let queryId: bigint;
    let first: HardhatEthersSigner;
    let second: HardhatEthersSigner;

    const submit = (user: HardhatEthersSigner) => world.queryEscrow.connect(user).submitVote(queryId, SEAL);

    beforeEach(async () => {
      world = await load(openEscrow);
      first = memberOf(world.judges, 0);
      second = memberOf(world.judges, 1);
      ({ queryId } = await queryWith(world, { until: Phase.Judging, answers: 2 }));
      await joinJudges(world, queryId, [first, second]);
    });

    it("updates who has sealed a vote", async () => {
      await submit(second);
      const isSealed = (await world.queryEscrow.judges(queryId)).map((judge) => judge.isSealed);
      expect(isSealed).to.deep.equal([false, true]);
    });

    it("updates the number of sealed votes, and nothing else of the query", async () => {
      const before = fieldsOf(await world.queryEscrow.query(queryId));
      await submit(first);
      expect(fieldsOf(await world.queryEscrow.query(queryId))).to.deep.equal({ ...before, sealedVotes: 1n });
    });

    it("leaves the books as they are", async () => {
      const before = await booksOf(world);
      await submit(first);
      expect(await booksOf(world)).to.deep.equal(before);
    });

    it("leaves the query judging when all judges have submitted", async () => {
      await submit(first);
      await submit(second);
      expect(await world.queryEscrow.phase(queryId)).to.equal(Phase.Judging);
    });
  });
});
