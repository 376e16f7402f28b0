import { expect } from "chai";
import { settleDueQueries } from "../../keeper/jobs/queries.ts";
import { load } from "../fixtures/protocol.ts";
import { settle } from "../fixtures/queries.ts";
import {
  ALL,
  ALL_BAD,
  CANCELLED,
  handsOnQueries,
  type InquiryWorld,
  judgedInquiry,
  left,
  lyingAbout,
  NORMAL,
  OUTCOMES,
  outcomesOf,
  SINGLE_ANSWER,
  settled,
  settledIn,
} from "./inquiry.ts";
import { behindRival, chainOf, eventfulChain, linesOf } from "./workshop.ts";

describe("settleDueQueries among others", () => {
  let world: InquiryWorld;
  beforeEach(async () => {
    world = await load(judgedInquiry);
  });

  describe("when something happens between estimate and transaction", () => {
    it("takes it for a success where a rival settles the same query", async () => {
      const chain = await eventfulChain(world);
      chain.once(() => settle(world, CANCELLED));
      const { context, output } = await handsOnQueries(world, {}, chain);
      expect(await settleDueQueries(context)).to.deep.equal(settled(5));
      expect(linesOf(output, "settle query: somebody was faster").map(({ queryId }) => queryId)).to.deep.equal(["1"]);
    });

    it("takes it for a success where a rival settles those that come next", async () => {
      const chain = await eventfulChain(world);
      chain.once(async () => {
        for (const queryId of ALL.slice(1)) await settle(world, queryId);
      });
      const { context } = await handsOnQueries(world, {}, chain);
      const sent = () => world.ethers.provider.getTransactionCount(context.chain.account);
      const before = await sent();
      expect(await settleDueQueries(context)).to.deep.equal(settled(5));
      expect(await sent()).to.equal(before + 1);
    });

    it("takes it for a success where the node fails and a rival settles the query", async () => {
      const chain = await eventfulChain(world);
      chain.onEstimate = async () => {
        await settle(world, NORMAL);
        throw new Error("the node is tired");
      };
      const { context } = await handsOnQueries(world, {}, chain);
      expect(await settleDueQueries(context, NORMAL)).to.deep.equal(settled(1));
    });

    it("sends nothing more when it is to end, and the next run goes on", async () => {
      const chain = await eventfulChain(world);
      const { context, end } = await handsOnQueries(world, {}, chain);
      chain.onEstimate = async () => {
        if ((await settledIn(world)).length === 2) end.abort();
      };
      expect(await settleDueQueries(context)).to.deep.equal({ ...settled(5), done: 2, left: 3 });
      expect(await settledIn(world)).to.deep.equal([CANCELLED, SINGLE_ANSWER]);
      expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(3));
    });
  });

  it("looks for nothing where it is to end", async () => {
    const { context, end } = await handsOnQueries(world);
    end.abort();
    expect(await settleDueQueries(context)).to.deep.equal(left(0));
  });

  it("sends nothing where a rival's transaction is not mined yet", async () => {
    const { context } = await handsOnQueries(world);
    // As a node has it that was asked before it heard of the transaction.
    const escrow = lyingAbout(context.escrow, { settleableQueries: async () => ({ queryIds: [ALL_BAD], nextId: 6n }) });
    const sent = () => world.ethers.provider.getTransactionCount(context.chain.account);
    const before = await sent();
    const rival = () => settle(world, ALL_BAD);
    const work = () => settleDueQueries({ ...context, escrow });
    expect(await behindRival(world, world.outsider.address, rival, work)).to.deep.equal(settled(1));
    expect(await sent()).to.equal(before);
  });

  it("shares the work with another keeper, and both succeed", async () => {
    const keepers = [world.guardian, world.deployer].map(async ({ address }) => {
      const { context } = await handsOnQueries(world, {}, await chainOf(world, address));
      return settleDueQueries(context);
    });
    const reports = await Promise.all(keepers);
    expect(reports.map(({ due, done }) => due - done)).to.deep.equal([0, 0]);
    expect(await settledIn(world)).to.deep.equal(ALL);
    expect(await outcomesOf(world, ALL)).to.deep.equal(OUTCOMES);
  });
});
