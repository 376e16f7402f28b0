import { expect } from "chai";
import { parseUnits } from "ethers";
import { Role } from "../../sdk/roles.ts";
import { act, DAY } from "../fixtures/amounts.ts";
import { creditOf, mark } from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atEndOf,
  endow,
  openForum,
  RESERVE,
  sendArgument,
  setRules,
} from "../fixtures/arguments.ts";
import { downTo, gasOf, profitOf } from "../fixtures/attacks.ts";
import { ACT, atPeriodEnd, type CouncilWorld, fundRewards, startPeriod } from "../fixtures/council.ts";
import { drawSession, openSession } from "../fixtures/council-acts.ts";
import { openPanel, voterAt } from "../fixtures/council-stories.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

describe("A reserve of arguments that one staker uses up", () => {
  let world: ActWorld;

  /** What an argument takes that is worth 4,171 of the usual ones. */
  const WHOLE = act(208_571);

  beforeEach(async () => {
    world = await load(openForum);
    await setRules(world, { creationStake: WHOLE });
    await endow(world, world.outsider, WHOLE);
  });

  it("takes 208,571 tokens for a reserve of 1,000, after which nobody else can write", async () => {
    expect(RESERVE).to.equal(act(1_000));
    await sendArgument(world, { by: world.outsider });
    await setRules(world, { creationStake: act(50) });
    await expect(sendArgument(world))
      .to.be.revertedWithCustomError(world.argumentStaking, "RewardReserveTooLow")
      .withArgs(act(1_000) - (act(208_571) * 25n * 7n) / 36_500n, 239_726_027_397_260_273n);
  });

  it("costs nothing but 7 days: it brings the 999.997 of the reserve that interest at 25 % a year is", async () => {
    const id = await argue(world, { by: world.outsider });
    const { creationStakeId } = await world.argumentStaking.argument(id);
    await atEndOf(world, creationStakeId);
    await world.argumentStaking.processExpired(1n);
    const gained = (await creditOf(world, world.outsider)) - act(208_571);
    expect(downTo(gained, act("0.001"))).to.equal(act("999.997"));
    const { createdAt, endsAt } = await world.argumentStaking.stake(creationStakeId);
    expect(endsAt - createdAt).to.equal(7n * DAY);
  });
});

describe("A queue of arguments that is full of expired stakes", () => {
  it("delays a decision by a call that takes 101 of them, at less than 6,000,000 gas", async () => {
    const world = await load(openForum);
    const curators = world.crowd.slice(0, 5);
    for (const curator of curators) await world.authority.grantRole(Role.Curator, curator, 0n);
    await argue(world);
    await setRules(world, { maxArgumentsPerClaim: 100n, stakeLimitBps: 10_000n });
    for (let count = 0; count < 100; count++) await argue(world, { by: world.supporter });
    await argue(world, { by: world.challenger });
    await nextAt((await now()) + 8n * DAY);
    for (const curator of curators.slice(0, 4)) await mark(world, curator);
    const decide = () => mark(world, curators[4]);
    const { endsAt } = await world.argumentStaking.stake(101n); // the first that the mark does not take itself
    await expect(decide()).to.be.revertedWithCustomError(world.argumentStaking, "ExpiredStakesLeft").withArgs(endsAt);
    const gas = await gasOf(world.argumentStaking.processExpired(101n));
    expect(gas < 6_000_000n, String(gas)).to.equal(true);
    await decide();
  });
});

describe("A period of rewards that somebody begins with a unit", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openPanel);
  });

  it("delays what is paid in after it by 7 days, for 0.000000001 ACT", async () => {
    const cost = await profitOf(world.token, world.whale, () =>
      world.token.connect(world.whale).transfer(world.rewardsDistributor, 1n),
    );
    await startPeriod(world);
    await fundRewards(world, ACT(1_000));
    expect([-cost, (await world.rewardsDistributor.stream()).amount]).to.deep.equal([ACT("0.000000001"), 1n]);
    const { startedAt, endsAt } = await world.rewardsDistributor.stream();
    await expect(startPeriod(world))
      .to.be.revertedWithCustomError(world.rewardsDistributor, "PeriodNotOver")
      .withArgs(startedAt + 7n * DAY);
    expect(endsAt - startedAt).to.equal(7n * DAY);
  });

  it("loses none of it: all 1,000 stream in the period after", async () => {
    await startPeriod(world, 1n);
    await fundRewards(world, ACT(1_000));
    await atPeriodEnd(world);
    await startPeriod(world);
    const { amount } = await world.rewardsDistributor.stream();
    expect(amount).to.equal(ACT(1_000));
  });
});

describe("A draw that an agent holds up by a change of weight in every block", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openPanel);
  });

  it("costs at least 40,000 gas a block: 2.016 billion for the 50,400 blocks of 7 days", async () => {
    const sessionId = await openSession(world);
    const { councilChamber } = world;
    const agent = voterAt(world, 0);
    const changes = [
      () => councilChamber.connect(agent).unregisterAgent(),
      () => councilChamber.connect(agent).registerAgent(""),
    ];
    for (const change of changes) {
      const gas = await gasOf(change());
      expect(gas >= 40_000n, String(gas)).to.equal(true);
      // what is called without a transaction sees the block of the change
      const block = BigInt(await world.ethers.provider.getBlockNumber());
      await expect(councilChamber.drawSession.staticCall(sessionId))
        .to.be.revertedWithCustomError(councilChamber, "RandomnessNotThere")
        .withArgs(sessionId, block, block + 1n);
    }
    const blocks = (7n * DAY) / 12n;
    expect([blocks, 40_000n * blocks]).to.deep.equal([50_400n, parseUnits("2.016", 9)]);
  });

  it("ends in the first block that is left out", async () => {
    const sessionId = await openSession(world);
    await world.councilChamber.connect(voterAt(world, 0)).registerAgent("");
    await mineBlock();
    await expect(drawSession(world, sessionId)).to.emit(world.councilChamber, "SessionDrawn");
  });
});
