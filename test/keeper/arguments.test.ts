import { expect } from "chai";
import { payExpiredStakes } from "../../keeper/jobs/arguments.ts";
import type { Collector } from "../demo/fixtures.ts";
import { DAY, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { argue, setRules, slash, upvote, viewAtEndOf } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";
import {
  type DebateWorld,
  debate,
  EARLY,
  emptyForum,
  FAILED,
  handsOnStakes,
  LAST_EARLY,
  LAST_LATE,
  LATE,
  LEFT,
  NOTHING,
  PAID,
  paidIn,
  SMALL_CAP,
} from "./debate.ts";
import { eventfulChain, linesOf } from "./workshop.ts";

describe("payExpiredStakes", () => {
  let world: DebateWorld;
  beforeEach(async () => {
    world = await load(debate);
  });

  const head = () => world.ethers.provider.getBlockNumber();

  const reasonIn = (output: Collector) => linesOf(output, "could not be done, the others go on")[0]?.reason;

  describe("when nothing has expired", () => {
    it("has nothing to do before the end of the first stake", async () => {
      await viewAtEndOf(world, 1n, -60n);
      const before = await head();
      expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(NOTHING);
      expect(await head()).to.equal(before);
    });

    it("has nothing to do where nobody has staked", async () => {
      world = await load(emptyForum);
      expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(NOTHING);
    });

    it("has nothing to do where all have been paid", async () => {
      await viewAtEndOf(world, LAST_LATE);
      await world.argumentStaking.processExpired(100n);
      expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(NOTHING);
    });

    it("leaves a deleted stake in the queue until one behind it is due", async () => {
      const argumentId = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      await viewAtEndOf(world, LAST_LATE);
      await world.argumentStaking.processExpired(100n);
      await world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);
      const before = await head();
      expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(NOTHING);
      expect(await head()).to.equal(before);
    });
  });

  it("pays a stake in the second of its end", async () => {
    await viewAtEndOf(world, 1n);
    expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(PAID);
    expect(await paidIn(world)).to.deep.equal([1n]);
  });

  it("pays all that are due with one call, and no others", async () => {
    await viewAtEndOf(world, LAST_EARLY);
    const { context, output } = await handsOnStakes(world);
    expect(await payExpiredStakes(context)).to.deep.equal(PAID);
    expect(await paidIn(world)).to.deep.equal(EARLY);
    expect(linesOf(output, "pay: done")).to.have.length(1);
    expect(linesOf(output, "pay: done")[0]).to.include({ items: 7, overdue: 0 });
  });

  it("pays the others when they are due", async () => {
    const { context } = await handsOnStakes(world);
    for (const last of [LAST_EARLY, LAST_LATE]) {
      await viewAtEndOf(world, last);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
    }
    expect(await paidIn(world)).to.deep.equal([...EARLY, ...LATE]);
  });

  it("pays in many batches under a small gas cap", async () => {
    await viewAtEndOf(world, LAST_LATE);
    const { context, output } = await handsOnStakes(world, { gasCap: SMALL_CAP });
    expect(await payExpiredStakes(context)).to.deep.equal(PAID);
    expect(await paidIn(world)).to.deep.equal([...EARLY, ...LATE]);
    const batches = linesOf(output, "pay: done");
    expect(batches.length).to.be.within(3, 6);
    expect(Math.max(...batches.map(({ gasUsed }) => Number(gasUsed)))).to.be.lessThan(Number(SMALL_CAP));
    expect(batches.reduce((sum, { items }) => sum + Number(items), 0)).to.equal(9);
  });

  it("tells with each batch for how long the next stake has been due", async () => {
    await viewAtEndOf(world, LAST_LATE);
    const { context, output } = await handsOnStakes(world, { gasCap: SMALL_CAP });
    await payExpiredStakes(context);
    const overdue = linesOf(output, "pay: done").map((line) => Number(line.overdue));
    expect(overdue[0]).to.be.within(Number(DAY - 200n), Number(DAY));
    expect(overdue).to.deep.equal([...overdue].sort((a, b) => b - a));
    expect(overdue.at(-1)).to.equal(0);
  });

  describe("when the period was changed", () => {
    it("pays first what was made last for a shorter period", async () => {
      await setRules(world, { period: DAY });
      const short = await upvote(world, 1n, world.supporter);
      await viewAtEndOf(world, short);
      expect(await payExpiredStakes((await handsOnStakes(world)).context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal([short]);
    });

    it("pays stakes of several periods in the order of their ends", async () => {
      await setRules(world, { period: 5n * DAY + 23n * 3_600n });
      const between = await upvote(world, 1n, world.supporter);
      await setRules(world, { period: 300n * DAY });
      await upvote(world, 1n, world.challenger);
      await setRules(world, { period: DAY });
      const first = await upvote(world, 1n, world.latecomer);
      await viewAtEndOf(world, LAST_LATE);
      const { context } = await handsOnStakes(world, { gasCap: SMALL_CAP });
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal([first, between, ...EARLY, ...LATE].sort(byEnd(await ends())));
      expect((await world.argumentStaking.activeStakes()).count).to.equal(1n);
    });

    async function ends(): Promise<Map<bigint, bigint>> {
      const all = Array.from({ length: 12 }, (_, index) => BigInt(index + 1));
      return new Map(
        await Promise.all(all.map(async (id) => [id, (await world.argumentStaking.stake(id)).endsAt] as const)),
      );
    }
    const byEnd = (of: Map<bigint, bigint>) => (a: bigint, b: bigint) =>
      Number((of.get(a) ?? 0n) - (of.get(b) ?? 0n)) || Number(a - b);
  });

  describe("when stakes ended before their time", () => {
    it("takes a deleted one from the queue with the next that is due", async () => {
      const argumentId = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      await world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);
      const next = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      const { creationStakeId } = await world.argumentStaking.argument(next);
      await viewAtEndOf(world, creationStakeId);
      const { context, output } = await handsOnStakes(world);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal([...EARLY, ...LATE, creationStakeId]);
      expect(linesOf(output, "pay: done")[0]).to.include({ items: 11 });
    });

    it("gets past more deleted ones than fit a batch in the second pass", async () => {
      await viewAtEndOf(world, LAST_LATE);
      await world.argumentStaking.processExpired(100n);
      for (let count = 0; count < 50; count++) {
        const argumentId = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
        await world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);
      }
      const next = await upvote(world, 1n, world.supporter);
      await viewAtEndOf(world, next);
      const pass = async () => payExpiredStakes((await handsOnStakes(world, { gasCap: SMALL_CAP })).context);
      expect([await pass(), await pass()]).to.deep.equal([FAILED, PAID]);
      expect((await paidIn(world)).at(-1)).to.equal(next);
    });

    it("pays the stakes behind a slashed one", async () => {
      await slash(world, 1n);
      await viewAtEndOf(world, LAST_EARLY);
      const { context, output } = await handsOnStakes(world);
      expect(await payExpiredStakes(context)).to.deep.equal(PAID);
      expect(await paidIn(world)).to.deep.equal(EARLY.slice(1));
      expect(linesOf(output, "pay: done")[0]).to.include({ items: 7 });
    });
  });

  it("sends nothing in a dry run", async () => {
    await viewAtEndOf(world, LAST_EARLY);
    const before = await head();
    const { context, output } = await handsOnStakes(world, { isDryRun: true });
    expect(await payExpiredStakes(context)).to.deep.equal(LEFT);
    expect(await head()).to.equal(before);
    expect(linesOf(output, "pay: would be sent")).to.have.length(1);
    expect(linesOf(output, "pay: would be sent")[0]).to.include({ items: 7 });
  });

  describe("when it fails", () => {
    it("says why where the node does", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.onEstimate = async () => {
        throw new Error("the node is tired");
      };
      const { context, output } = await handsOnStakes(world, {}, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(FAILED);
      expect(reasonIn(output)).to.include("the node is tired");
    });

    it("rests before it tries again", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.onEstimate = async () => {
        throw new Error("the node is tired");
      };
      const { context } = await handsOnStakes(world, {}, chain);
      await payExpiredStakes(context);
      expect(await payExpiredStakes(context)).to.deep.equal(LEFT);
    });

    it("says so where a single stake needs more gas than the cap", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const { context, output } = await handsOnStakes(world, { gasCap: 60_000n });
      expect(await payExpiredStakes(context)).to.deep.equal(FAILED);
      expect(reasonIn(output)).to.include("pay does not go through for a single item");
    });

    it("says so where a transaction does, and changes nothing by it", async () => {
      await viewAtEndOf(world, LAST_EARLY);
      const chain = await eventfulChain(world);
      chain.isFrugal = true;
      const { context, output } = await handsOnStakes(world, {}, chain);
      expect(await payExpiredStakes(context)).to.deep.equal(FAILED);
      expect(reasonIn(output)).to.include("the transaction failed");
    });
  });

  it("throws where the node does not tell the time", async () => {
    const { context } = await handsOnStakes(world);
    const failure = new Error("no node");
    context.chain.now = async () => {
      throw failure;
    };
    expect(await payExpiredStakes(context).catch((error: unknown) => error)).to.equal(failure);
  });
});
