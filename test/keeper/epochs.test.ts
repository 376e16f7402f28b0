import { expect } from "chai";
import { settleDueEpochs } from "../../keeper/jobs/epochs.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { finishEpoch } from "../fixtures/stake.ts";
import {
  BOTH,
  CROWD,
  type CrowdWorld,
  crowdToOpen,
  crowdToSettle,
  handsOn,
  type Outcome,
  outcomeOf,
  settledAtOnce,
} from "./crowd.ts";
import { behindRival, eventfulChain, linesOf } from "./workshop.ts";

const ALL_DONE = { due: 2, done: 2, failed: 0, left: 0, distributed: BOTH };

/** Gas for about three participants a batch. */
const SMALL_CAP = 160_000n;

describe("settleDueEpochs", () => {
  let expected: Outcome;
  let world: CrowdWorld;
  before(async () => {
    expected = await load(settledAtOnce);
  });
  beforeEach(async () => {
    world = await load(crowdToSettle);
  });

  it("settles and distributes what is due, with a call for each", async () => {
    const { context, output } = await handsOn(world);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
    expect([linesOf(output, "settle: done").length, linesOf(output, "distribute: done").length]).to.deep.equal([2, 2]);
  });

  it("comes to the same in many batches under a small gas cap", async () => {
    const { context, output } = await handsOn(world, { gasCap: SMALL_CAP });
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
    for (const step of ["settle", "distribute"]) {
      const batches = linesOf(output, `${step}: done`);
      expect(batches.length, step).to.be.within(4, 16);
      expect(Math.max(...batches.map(({ gasUsed }) => Number(gasUsed))), step).to.be.lessThan(Number(SMALL_CAP));
    }
  });

  it("tells how far it is with each batch", async () => {
    const { context, output } = await handsOn(world, { gasCap: SMALL_CAP });
    await settleDueEpochs(context, [BOTH[0]]);
    const progress = linesOf(output, "settle: done").map(({ done, of }) => [done, of]);
    expect(progress.at(-1)).to.deep.equal([CROWD, CROWD]);
    expect(progress.length).to.be.greaterThan(1);
  });

  it("has nothing to do about an epoch that is distributed", async () => {
    for (const epoch of BOTH) await finishEpoch(world, epoch);
    const { context } = await handsOn(world);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal({ ...ALL_DONE, due: 0, done: 0 });
  });

  it("has nothing to do about an epoch that nobody joined", async () => {
    const unjoined = { claimId: CLAIM, epoch: 1n };
    const { endsAt } = await world.truthSerum.scheduleOf(2n);
    await world.connection.networkHelpers.time.increaseTo(endsAt);
    const { context } = await handsOn(world);
    expect(await settleDueEpochs(context, [unjoined])).to.include({ due: 0, failed: 0 });
  });

  it("passes over an epoch whose beliefs can still be opened", async () => {
    const early = await load(crowdToOpen);
    const { context } = await handsOn(early);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal({
      due: 0,
      done: 0,
      failed: 0,
      left: 0,
      distributed: [],
    });
  });

  it("resumes after a settlement that stopped half-way", async () => {
    await world.truthSerum.settle(CLAIM, 0n, 5n);
    const { context } = await handsOn(world);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
  });

  it("resumes after a distribution that stopped half-way", async () => {
    await world.truthSerum.settle(CLAIM, 0n, CROWD);
    await world.truthSerum.distribute(CLAIM, 0n, 5n);
    const { context } = await handsOn(world);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
  });

  it("reaches the last participant where those before have claimed", async () => {
    await world.truthSerum.settle(CLAIM, 0n, CROWD);
    for (const { address } of world.people.slice(0, -1)) await world.truthSerum.claim(address, CLAIM, 0n);
    const { context, output } = await handsOn(world, { gasCap: SMALL_CAP });
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
    expect(linesOf(output, "distribute: done").filter(({ claimId }) => claimId === CLAIM)).to.have.length(1);
  });

  it("takes it for a success where a rival settles first", async () => {
    const chain = await eventfulChain(world);
    chain.onEstimate = () => world.truthSerum.settle(CLAIM, 0n, CROWD);
    const { context, output } = await handsOn(world, {}, chain);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
    expect(linesOf(output, "settle: somebody was faster")).to.have.length(1);
  });

  it("takes it for a success where a rival does everything first", async () => {
    const chain = await eventfulChain(world);
    chain.onEstimate = () => finishEpoch(world, BOTH[0]);
    const { context } = await handsOn(world, {}, chain);
    expect(await settleDueEpochs(context, [BOTH[0]])).to.include({ done: 1, failed: 0 });
    expect((await outcomeOf(world)).surplus).to.equal(0n);
  });

  it("goes on where a rival took the batch it had sized", async () => {
    const chain = await eventfulChain(world);
    chain.once(() => world.truthSerum.settle(CLAIM, 0n, 3n));
    const { context } = await handsOn(world, { gasCap: SMALL_CAP }, chain);
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal(ALL_DONE);
    expect(await outcomeOf(world)).to.deep.equal(expected);
  });

  it("waits for a rival whose transaction is not mined yet", async () => {
    const { context } = await handsOn(world);
    const sent = () => context.chain.provider.getTransactionCount(context.chain.account);
    const before = await sent();
    const rival = () => world.truthSerum.settle(CLAIM, 0n, CROWD);
    const settle = () => settleDueEpochs(context, [BOTH[0]]);
    expect(await behindRival(world, world.deployer.address, rival, settle)).to.include({ done: 1, failed: 0 });
    expect((await sent()) - before).to.equal(1);
  });

  it("does the other epochs where one fails", async () => {
    const chain = await eventfulChain(world);
    chain.onEstimate = async ({ data }) => {
      if (data.includes(CLAIM.slice(2))) throw new Error("the node is tired");
    };
    const { context, output } = await handsOn(world, {}, chain);
    const report = await settleDueEpochs(context, BOTH);
    expect(report).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0, distributed: [BOTH[1]] });
    const [failure] = linesOf(output, "could not be done, the others go on");
    expect(failure).to.include({ item: `${CLAIM}/0` });
    expect(failure?.reason).to.include("the node is tired");
  });

  it("says so where a single participant needs more gas than the cap", async () => {
    const { context, output } = await handsOn(world, { gasCap: 60_000n });
    expect(await settleDueEpochs(context, [BOTH[0]])).to.include({ due: 1, failed: 1 });
    expect(linesOf(output, "could not be done, the others go on")[0]?.reason).to.include(
      "settle does not go through for a single item",
    );
  });

  it("says so where a transaction fails, and changes nothing by it", async () => {
    const chain = await eventfulChain(world);
    chain.isFrugal = true;
    const { context, output } = await handsOn(world, {}, chain);
    expect(await settleDueEpochs(context, [BOTH[0]])).to.include({ due: 1, failed: 1 });
    expect(linesOf(output, "could not be done, the others go on")[0]?.reason).to.include("the transaction failed");
  });

  it("sends nothing in a dry run", async () => {
    const { context, output } = await handsOn(world, { isDryRun: true });
    const before = await world.connection.ethers.provider.getBlockNumber();
    expect(await settleDueEpochs(context, BOTH)).to.deep.equal({
      due: 2,
      done: 0,
      failed: 0,
      left: 2,
      distributed: [],
    });
    expect(await world.connection.ethers.provider.getBlockNumber()).to.equal(before);
    const plans = linesOf(output, "settle: would be sent").map(({ claimId, items }) => [claimId, items]);
    expect(plans).to.deep.equal([CLAIM, OTHER_CLAIM].map((claimId) => [claimId, CROWD]));
  });

  it("sends nothing more when it is to end", async () => {
    const chain = await eventfulChain(world);
    const { context, end } = await handsOn(world, { gasCap: SMALL_CAP }, chain);
    chain.onEstimate = async () => end.abort();
    expect(await settleDueEpochs(context, BOTH)).to.include({ done: 0, failed: 0, left: 2 });
    expect((await world.truthSerum.epochState(CLAIM, 0n)).scored).to.equal(0n);
  });
});
