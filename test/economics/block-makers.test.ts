import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, NO_LIMIT, usdc } from "../fixtures/amounts.ts";
import { BLOCK, DEPLOYED, downTo, gasOf, PATIENT, patientMarket } from "../fixtures/attacks.ts";
import { ACT, type CouncilWorld } from "../fixtures/council.ts";
import { drawnIn, drawSession, openSession } from "../fixtures/council-acts.ts";
import { openPanel, PANEL, voterAt } from "../fixtures/council-stories.ts";
import { ALL, BELIEFS, commitAll, open, openAll, votersFixture } from "../fixtures/epochs.ts";
import { at, load, sharedChain, viewAt } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, atSettleable, sealOf } from "../fixtures/stake.ts";

describe("A block that comes 12 seconds later", () => {
  /** What 100,000 that come after ten days, or so much later, have earned of a fee after twenty. */
  const earnedAfter = async (delay: bigint) => {
    const { market, latecomer, outsider } = await load(patientMarket);
    await at(market, PATIENT + delay);
    await market.connect(latecomer).commit(Side.Support, DEPLOYED.maxStake, NO_LIMIT);
    await at(market, 2n * PATIENT);
    await market.connect(outsider).commit(Side.Oppose, DEPLOYED.maxStake, NO_LIMIT);
    await viewAt(market, 2n * PATIENT);
    return market.pendingRewards(3n);
  };

  it("costs a commitment of 100,000 to a belief market 0.0076 of 821.48 that it earns in ten days", async () => {
    const [early, late] = [await earnedAfter(0n), await earnedAfter(BLOCK)];
    expect([downTo(early, usdc("0.01")), downTo(early - late, usdc("0.0001"))]).to.deep.equal([
      usdc("821.48"),
      usdc("0.0076"),
    ]);
  });

  it("costs a belief that is opened in the last second its whole 40", async () => {
    const world = await load(votersFixture);
    await commitAll(world);
    await atEpochEnd(world.truthSerum, 0n);
    await openAll(world, { openers: ["supporter", "challenger"] });
    await atSettleable(world.truthSerum, 0n);
    const { settleableAt } = await world.truthSerum.scheduleOf(0n);
    await expect(open(world, "author"))
      .to.be.revertedWithCustomError(world.truthSerum, "RevealClosed")
      .withArgs(0n, settleableAt);
    await world.truthSerum.settle(CLAIM, 0n, ALL);
    expect(await world.stakeVault.totalStake(world.author)).to.equal(usdc(40) - usdc(40));
  });

  it("costs a belief that is committed in the last second 0: it is refused in the next epoch", async () => {
    const world = await load(votersFixture);
    const seal = await sealOf(world, { user: world.author, ...BELIEFS.author });
    await atEpoch(world.truthSerum, 1n);
    await expect(world.truthSerum.connect(world.author).commitBeliefIn(CLAIM, 0n, seal))
      .to.be.revertedWithCustomError(world.truthSerum, "EpochNotCurrent")
      .withArgs(0n, 1n);
    const { atRisk } = await world.stakeVault.exposureOf(world.author, CLAIM);
    expect(atRisk).to.equal(0n);
  });
});

describe("The randomness of a block in which a session is drawn", () => {
  let world: CouncilWorld;

  /** Who is after a seat that 1,000 of 20,000 give with one in twenty. */
  const seeker = () => voterAt(world, 0);

  beforeEach(async () => {
    world = await load(openPanel);
  });

  /** Draws a session, from a randomness; says whether the seeker has a seat, and what the draw cost. */
  const draw = async (sessionId: bigint, randomness: bigint) => {
    const gas = await gasOf(drawSession(world, sessionId, randomness));
    return { isSeated: (await drawnIn(world, sessionId)).includes(seeker().address), gas };
  };

  it("is tried block by block by a contract that undoes what it does not like: a seat of 5 % at try 16", async () => {
    const { networkHelpers } = await sharedChain();
    const share = (100n * PANEL[0]) / ACT(20_000);
    const sessionId = await openSession(world, { size: 1n });
    let tries = 0n;
    for (let isSeated = false; !isSeated; ) {
      const before = await networkHelpers.takeSnapshot();
      const drawn = await draw(sessionId, ++tries);
      expect(drawn.gas < 200_000n, String(drawn.gas)).to.equal(true);
      isSeated = drawn.isSeated;
      if (!isSeated) await before.restore();
    }
    expect([share, tries]).to.deep.equal([5n, 16n]);
  });

  it("is foretold where every block has the same: of sessions without a fee, number 26 seats who has 5 %", async () => {
    let sessions = 0n;
    for (let isSeated = false; !isSeated; sessions++) {
      const sessionId = await openSession(world, { size: 1n, fee: 0n });
      isSeated = (await draw(sessionId, 0n)).isSeated;
    }
    expect(sessions).to.equal(26n);
  });

  it("is left to whoever draws first: 0 members change after that", async () => {
    const sessionId = await openSession(world, { size: 1n });
    await draw(sessionId, 1n);
    const members = await drawnIn(world, sessionId);
    await expect(drawSession(world, sessionId, 2n))
      .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
      .withArgs(sessionId, 1n, 0n);
    expect(await drawnIn(world, sessionId)).to.deep.equal(members);
  });
});
