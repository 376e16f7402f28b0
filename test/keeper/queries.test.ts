import { expect } from "chai";
import { settleDueQueries } from "../../keeper/jobs/queries.ts";
import type { IQueryEscrow } from "../../typechain-types/index.ts";
import type { Collector } from "../demo/fixtures.ts";
import { load, nextAt } from "../fixtures/protocol.ts";
import { ask, settle } from "../fixtures/queries.ts";
import {
  ALL,
  answeredInquiry,
  CANCELLED,
  EARLY,
  emptyEscrow,
  failed,
  handsOnQueries,
  type InquiryWorld,
  inquiry,
  judgedInquiry,
  LATE,
  left,
  lyingAbout,
  NO_VOTES,
  NORMAL,
  OUTCOMES,
  outcomesOf,
  settled,
  settledIn,
  viewAt,
} from "./inquiry.ts";
import { eventfulChain, linesOf } from "./workshop.ts";

/** A pass in which one query fails and the other four are settled. */
const ALL_BUT_ONE = { due: 5, done: 4, failed: 1, left: 0 };

/** Too little gas for `NORMAL`, and enough for the others. */
const SMALL_CAP = 170_000n;

describe("settleDueQueries", () => {
  let world: InquiryWorld;

  const head = () => world.ethers.provider.getBlockNumber();

  const reasonsIn = (output: Collector) =>
    linesOf(output, "could not be done, the others go on").map(({ item, reason }) => [item, reason]);

  describe("when no query is past its last window", () => {
    it("has nothing to do where nobody has asked", async () => {
      world = await load(emptyEscrow);
      expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(0));
    });

    it("has nothing to do while answers can be opened", async () => {
      world = await load(inquiry);
      const { openingEndsAt } = await world.queryEscrow.query(CANCELLED);
      await viewAt(openingEndsAt - 60n);
      const before = await head();
      expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(0));
      expect(await head()).to.equal(before);
    });

    it("has nothing to do where all have been settled", async () => {
      world = await load(judgedInquiry);
      for (const queryId of ALL) await settle(world, queryId);
      const before = await head();
      expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(0));
      expect(await head()).to.equal(before);
    });
  });

  it("settles a query in the second in which its last window ends", async () => {
    world = await load(emptyEscrow);
    const queryId = await ask(world);
    await viewAt((await world.queryEscrow.query(queryId)).openingEndsAt);
    expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(1));
  });

  it("settles a query that is due in the next block of a development chain", async () => {
    world = await load(emptyEscrow);
    const { openingEndsAt } = await world.queryEscrow.query(await ask(world));
    await viewAt(openingEndsAt - 60n);
    await nextAt(openingEndsAt);
    expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(1));
  });

  it("settles those that have too few answers to judge, and leaves those that can be judged", async () => {
    world = await load(answeredInquiry);
    expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(2));
    expect(await settledIn(world)).to.deep.equal(EARLY);
  });

  it("settles the others when they are due", async () => {
    world = await load(answeredInquiry);
    const { context } = await handsOnQueries(world);
    await settleDueQueries(context);
    await viewAt((await world.queryEscrow.query(NORMAL)).judgingEndsAt);
    expect(await settleDueQueries(context)).to.deep.equal(settled(3));
    expect(await settledIn(world)).to.deep.equal([...EARLY, ...LATE]);
  });

  describe("when queries of all outcomes are due", () => {
    beforeEach(async () => {
      world = await load(judgedInquiry);
    });

    it("settles each as its votes say, in the order of asking", async () => {
      const { context, output } = await handsOnQueries(world);
      expect(await settleDueQueries(context)).to.deep.equal(settled(5));
      expect(await settledIn(world)).to.deep.equal(ALL);
      expect(await outcomesOf(world, ALL)).to.deep.equal(OUTCOMES);
      expect(linesOf(output, "settle query: done").map((line) => line.queryId)).to.deep.equal(ALL.map(String));
    });

    it("finds them with calls that look at a few each", async () => {
      const { context } = await handsOnQueries(world);
      expect(await settleDueQueries(context, 1n, 2n)).to.deep.equal(settled(5));
    });

    it("looks at none before the first that it is to look at", async () => {
      expect(await settleDueQueries((await handsOnQueries(world)).context, NORMAL)).to.deep.equal(settled(1));
      expect(await settledIn(world)).to.deep.equal([NORMAL]);
    });

    it("sends nothing in a dry run", async () => {
      const before = await head();
      const { context, output } = await handsOnQueries(world, { isDryRun: true });
      expect(await settleDueQueries(context)).to.deep.equal(left(5));
      expect(await head()).to.equal(before);
      expect(linesOf(output, "settle query: would be sent").map((line) => line.queryId)).to.deep.equal(ALL.map(String));
    });

    describe("when one fails", () => {
      const lyingContext = async (lies: (truth: IQueryEscrow) => Parameters<typeof lyingAbout>[1]) => {
        const { context, output } = await handsOnQueries(world);
        return { context: { ...context, escrow: lyingAbout(context.escrow, lies(context.escrow)) }, output };
      };

      it("settles the others and says why where the votes have no strengths", async () => {
        const { context, output } = await lyingContext((truth) => ({
          winMatrix: async (id: bigint) => (id === NORMAL ? [[0n, 1n], [0n]] : truth.winMatrix(id)),
        }));
        expect(await settleDueQueries(context)).to.deep.equal(ALL_BUT_ONE);
        expect(reasonsIn(output)).to.deep.equal([["query 5", "row 1 has 1 entries for 2 answers"]]);
        expect(await settledIn(world)).to.deep.equal(ALL.slice(0, -1));
      });

      it("settles the others and says why where the contract refuses the strengths", async () => {
        const { context, output } = await lyingContext((truth) => ({
          query: async (id: bigint) => (id === NO_VOTES ? { openedVotes: 1n } : truth.query(id)),
        }));
        expect(await settleDueQueries(context)).to.deep.equal(ALL_BUT_ONE);
        expect(reasonsIn(output)).to.deep.equal([
          ["query 3", "settle query is refused: StrengthsLengthMismatch(2, 0)"],
        ]);
        expect((await settledIn(world)).at(-1)).to.equal(NORMAL);
      });

      it("lets it rest before it tries again", async () => {
        const { context } = await lyingContext((truth) => ({
          winMatrix: async (id: bigint) => (id === NORMAL ? [[]] : truth.winMatrix(id)),
        }));
        await settleDueQueries(context);
        expect(await settleDueQueries(context)).to.deep.equal(left(1));
      });
    });

    it("lets one wait, and says so, that needs more gas than the cap", async () => {
      const { context, output } = await handsOnQueries(world, { gasCap: SMALL_CAP });
      expect(await settleDueQueries(context)).to.deep.equal(ALL_BUT_ONE);
      const [[item, reason] = [], ...others] = reasonsIn(output);
      expect([item, others]).to.deep.equal(["query 5", []]);
      expect(reason).to.include("settle query does not go through for a single item: more gas than the cap allows");
      expect(await settledIn(world)).to.deep.equal(ALL.slice(0, -1));
    });

    it("settles under another cap one that waited", async () => {
      await settleDueQueries((await handsOnQueries(world, { gasCap: SMALL_CAP })).context);
      expect(await settleDueQueries((await handsOnQueries(world)).context)).to.deep.equal(settled(1));
      expect(await outcomesOf(world, ALL)).to.deep.equal(OUTCOMES);
    });

    it("says so where a transaction fails", async () => {
      const chain = await eventfulChain(world);
      chain.isFrugal = true;
      const { context, output } = await handsOnQueries(world, {}, chain);
      expect(await settleDueQueries(context, NORMAL)).to.deep.equal(failed(1));
      expect(reasonsIn(output)[0]?.[1]).to.include("the transaction failed");
    });

    it("throws where the node does not tell which are due", async () => {
      const { context } = await handsOnQueries(world);
      const failure = new Error("no node");
      const escrow = lyingAbout(context.escrow, {
        settleableQueries: async () => {
          throw failure;
        },
      });
      expect(await settleDueQueries({ ...context, escrow }).catch((error: unknown) => error)).to.equal(failure);
    });
  });
});
