import { expect } from "chai";
import { queriesJob } from "../../keeper/jobs/queries.ts";
import { openLog } from "../../keeper/log.ts";
import { MOST_LOOKS, type SettledOptions, SettledQueries } from "../../keeper/settled.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { Collector } from "../demo/fixtures.ts";
import { load } from "../fixtures/protocol.ts";
import { settle } from "../fixtures/queries.ts";
import {
  ALL,
  answeredInquiry,
  CANCELLED,
  EARLY,
  handsOnQueries,
  type InquiryWorld,
  judgedInquiry,
  lyingAbout,
  NO_VOTES,
  type QueryHands,
  SINGLE_ANSWER,
  settled,
} from "./inquiry.ts";
import { linesOf } from "./workshop.ts";

describe("SettledQueries", () => {
  let world: InquiryWorld;
  let hands: QueryHands;
  let output: Collector;
  let known: SettledQueries;
  beforeEach(async () => {
    world = await load(judgedInquiry);
    hands = await handsOnQueries(world);
    known = knowing();
  });

  /** Takes the latest block for final and looks at two ids with a call, unless `options` say otherwise. */
  function knowing(options: Partial<SettledOptions> = {}, escrow = hands.context.escrow): SettledQueries {
    output = new Collector();
    const log = openLog("debug", output);
    return new SettledQueries(hands.context.chain, escrow, { confirmations: 0, page: 2n, log, ...options });
  }

  async function settleAll(queryIds: readonly bigint[]): Promise<void> {
    for (const queryId of queryIds) await settle(world, queryId);
  }

  it("begin with the first", async () => {
    expect(await known.next()).to.equal(1n);
  });

  it("leave out those before the first that is not settled", async () => {
    await settleAll([CANCELLED, SINGLE_ANSWER, ...ALL.slice(3)]);
    await known.advance();
    expect(await known.next()).to.equal(NO_VOTES);
  });

  it("go on from there", async () => {
    await settleAll([CANCELLED]);
    await known.advance();
    await settleAll([SINGLE_ANSWER]);
    await known.advance();
    expect(await known.next()).to.equal(NO_VOTES);
  });

  it("leave out all where all are settled", async () => {
    await settleAll(ALL);
    await known.advance();
    expect(await known.next()).to.equal(6n);
  });

  it("count only what a confirmed block has settled", async () => {
    known = knowing({ confirmations: 3 });
    await settleAll(ALL);
    await known.advance();
    expect(await known.next()).to.equal(NO_VOTES);
  });

  it("count nothing on a chain with too few blocks", async () => {
    known = knowing({ confirmations: 100_000 });
    await settleAll(ALL);
    await known.advance();
    expect([await known.next(), output.text]).to.deep.equal([1n, ""]);
  });

  it("are not looked at one by one where one call looks at all", async () => {
    known = knowing({ page: 5n });
    await settleAll(ALL);
    await known.advance();
    expect(await known.next()).to.equal(1n);
  });

  it("are looked at in portions", async () => {
    const escrow = lyingAbout(hands.context.escrow, {
      queryCount: async () => 10n * MOST_LOOKS,
      outcome: async () => ({ result: Outcome.Cancelled }),
    });
    known = knowing({}, escrow);
    const seen: bigint[] = [];
    for (let pass = 0; pass < 2; pass++) {
      await known.advance();
      seen.push(await known.next());
    }
    expect(seen).to.deep.equal([MOST_LOOKS + 1n, 2n * MOST_LOOKS + 1n]);
  });

  it("stay as they are where the node has dropped the state of that block", async () => {
    await settleAll(EARLY);
    const escrow = lyingAbout(hands.context.escrow, {
      outcome: async () => {
        throw new Error("missing trie node");
      },
    });
    known = knowing({}, escrow);
    await known.advance();
    expect(await known.next()).to.equal(1n);
    expect(linesOf(output, "cannot tell which queries are settled for good")[0]?.reason).to.equal("missing trie node");
  });

  describe("when the block is replaced in which they were settled", () => {
    beforeEach(async () => {
      const { takeSnapshot, mine } = world.connection.networkHelpers;
      const snapshot = await takeSnapshot();
      await settleAll(ALL);
      await known.advance();
      await snapshot.restore();
      await mine(6);
    });

    it("begin with the first again, and say so", async () => {
      expect(await known.next()).to.equal(1n);
      expect(linesOf(output, "the chain was reorganised: looking at all queries again")).to.have.length(1);
    });

    it("are settled again by the job", async () => {
      expect(await queriesJob(hands.context, known).run()).to.deep.equal(settled(5));
    });
  });

  describe("when the chain is cut off before that block", () => {
    it("begin with the first again", async () => {
      const snapshot = await world.connection.networkHelpers.takeSnapshot();
      await settleAll(ALL);
      await known.advance();
      await snapshot.restore();
      expect(await known.next()).to.equal(1n);
    });
  });

  describe("when the job passes again and again", () => {
    it("spare it those that it settled in earlier passes", async () => {
      world = await load(answeredInquiry);
      hands = await handsOnQueries(world);
      const from: bigint[] = [];
      const { escrow } = hands.context;
      const watched = lyingAbout(escrow, {
        settleableQueries: async (first: bigint, count: bigint) => {
          from.push(first);
          return escrow.settleableQueries(first, count, { blockTag: "pending" });
        },
      });
      const job = queriesJob({ ...hands.context, escrow: watched }, knowing());
      expect([await job.run(), await job.run()]).to.deep.equal([settled(2), settled(0)]);
      expect(from).to.deep.equal([1n, NO_VOTES]);
    });
  });
});
