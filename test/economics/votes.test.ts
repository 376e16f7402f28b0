import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { sum } from "../../sdk/math.ts";
import { act, CLAIM, DAY, NO_LIMIT, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { mark } from "../fixtures/argument-stories.ts";
import { argue, atAgeOf, CREATION_INTEREST, openForum, Status, setRules } from "../fixtures/arguments.ts";
import { OPPOSED, PATIENT, patientMarket, profitOf } from "../fixtures/attacks.ts";
import { ACT, type CouncilWorld, stake } from "../fixtures/council.ts";
import {
  atSnapshot,
  castVote,
  drawSession,
  openSession,
  propose,
  registerAgents,
  vote,
} from "../fixtures/council-acts.ts";
import { openFloor, unstakeFirst } from "../fixtures/council-stories.ts";
import { commit, votersFixture } from "../fixtures/epochs.ts";
import { at, load, nextAt, now, viewAt } from "../fixtures/protocol.ts";
import { commitVoice, enter, leave } from "../fixtures/stake.ts";

describe("Votes of one stake in two accounts of the council", () => {
  let world: CouncilWorld;

  const STAKED = ACT(50_000);

  it("are 50,000, not 100,000, where the stake moves on between two votes", async () => {
    world = await load(openFloor);
    await stake(world, { amount: STAKED });
    const proposal = await propose(world);
    await atSnapshot(world, proposal, 1n);
    await vote(world, proposal, world.staker);
    await unstakeFirst(world, world.staker);
    await world.token.connect(world.staker).transfer(world.delegate, STAKED);
    await stake(world, { by: world.delegate, amount: STAKED });
    await vote(world, proposal, world.delegate);
    const { forVotes } = await world.councilGovernor.proposalVotes(proposal.id);
    expect([forVotes, 2n * STAKED]).to.deep.equal([ACT(50_000), ACT(100_000)]);
  });

  it("are 50,000, not 100,000, where they are delegated on between two votes", async () => {
    world = await load(openFloor);
    await stake(world, { amount: STAKED });
    await stake(world, { by: world.delegate, amount: ACT(1_000) });
    const proposal = await propose(world);
    await atSnapshot(world, proposal, 1n);
    await vote(world, proposal, world.staker);
    await world.councilStaking.connect(world.staker).delegate(world.delegate);
    await vote(world, proposal, world.delegate);
    const { forVotes } = await world.councilGovernor.proposalVotes(proposal.id);
    expect([forVotes - ACT(1_000), 2n * STAKED]).to.deep.equal([ACT(50_000), ACT(100_000)]);
  });

  it("are 50,000, not 100,000, in a session of two agents, between whom they were delegated on", async () => {
    world = await load(openFloor);
    await stake(world, { amount: STAKED });
    await stake(world, { by: world.delegate, amount: ACT(1_000) });
    await registerAgents(world, [world.staker, world.delegate]);
    const sessionId = await openSession(world, { size: 2n });
    await drawSession(world, sessionId);
    await castVote(world, sessionId, world.staker);
    await world.councilStaking.connect(world.staker).delegate(world.delegate);
    await castVote(world, sessionId, world.delegate);
    const tallies = await world.councilChamber.tallies(sessionId);
    expect([sum(tallies) - ACT(1_000), 2n * STAKED]).to.deep.equal([ACT(50_000), ACT(100_000)]);
  });
});

describe("A voice of one stake in two accounts of the stake system", () => {
  it("leaves 0 of 40 to withdraw for a second account, though the position is sold", async () => {
    const world = await load(votersFixture);
    await commit(world, "author");
    await leave(world, world.author);
    expect(await world.stakeVault.totalStake(world.author)).to.equal(usdc(40));
    await expect(world.stakeVault.connect(world.author).withdraw(1n))
      .to.be.revertedWithCustomError(world.stakeVault, "WithdrawableExceeded")
      .withArgs(1n, 0n);
  });

  it("asks for 40 more where the same account speaks about another claim in the same epoch", async () => {
    const world = await load(votersFixture);
    await commit(world, "author");
    await leave(world, world.author);
    await world.convictionMarket.connect(world.author).buy(OTHER_CLAIM, Side.Support, usdc(2_000), 0n);
    await commitVoice(world, { user: world.author, claimId: OTHER_CLAIM, belief: 1n, meta: 1n });
    expect(await world.stakeVault.totalStake(world.author)).to.equal(usdc(40) + usdc(40));
  });

  it("counts once where somebody commits twice in an epoch", async () => {
    const world = await load(votersFixture);
    await commit(world, "author");
    await commit(world, "author");
    expect((await world.truthSerum.epochState(CLAIM, 0n)).joined).to.equal(1n);
  });

  it("stands with 20 behind voices of 40 in two epochs, for at risk is the larger", async () => {
    const world = await load(votersFixture);
    const weightIn = async (epoch: bigint) => (await world.truthSerum.participant(CLAIM, epoch, world.outsider)).weight;
    await enter(world, world.outsider, { lock: usdc(20) });
    await commitVoice(world, { user: world.outsider, belief: 1n, meta: 1n });
    const { startsAt } = await world.truthSerum.scheduleOf(1n);
    await nextAt(startsAt);
    await commitVoice(world, { user: world.outsider, belief: 1n, meta: 1n, epoch: 1n });
    const weights = await Promise.all([0n, 1n].map((epoch) => weightIn(epoch)));
    expect([sum(weights), await world.stakeVault.totalStake(world.outsider)]).to.deep.equal([usdc(40), usdc(20)]);
  });
});

describe("Marks of one stake in two accounts of argument staking", () => {
  it("take 28 days for 50 tokens that are handed on to five: the writer's stake is over after 7", async () => {
    const world = await load(openForum);
    const { argumentStaking, token } = world;
    await setRules(world, { stakeLimitBps: 10_000n });
    const marked = await argue(world);
    const begun = await now();
    const curators = world.crowd.slice(0, 5);
    for (const [index, curator] of curators.entries()) {
      const own = await argumentStaking.argument(await argue(world, { by: curator, claimId: OTHER_CLAIM }));
      await mark(world, curator);
      if (index === 4) break;
      await atAgeOf(world, own.creationStakeId, 7n * DAY);
      await argumentStaking.processExpired(10n);
      await argumentStaking.connect(curator).withdraw();
      await token.connect(curator).transfer(curators[index + 1] ?? "", act(50));
    }
    expect((await argumentStaking.argument(marked)).status).to.equal(Status.Unhelpful);
    expect(((await now()) - begun) / DAY).to.equal(28n);
    const { slashCount, credited } = await argumentStaking.account(world.author);
    expect([slashCount, credited]).to.deep.equal([1n, act(50) + CREATION_INTEREST]);
  });
});

describe("Weight of one stake twice in a belief market", () => {
  it("is lost where it is staked anew: 0 of 43,150,000,000 dollar seconds are left, and 45,000 of 50,000", async () => {
    const world = await load(patientMarket);
    const { market, supporter } = world;
    await at(market, PATIENT);
    const returned = await profitOf(world.usdc, supporter, () => market.connect(supporter).exitEarly(1n));
    await at(market, PATIENT);
    await market.connect(supporter).commit(Side.Support, returned, NO_LIMIT);
    await viewAt(market, PATIENT);
    const weight = await market.weight(Side.Support);
    const lost = usdc(50_000) * (PATIENT - OPPOSED + 1n);
    expect([weight, lost, returned]).to.deep.equal([0n, usdc(43_150_000_000), usdc(45_000)]);
  });
});
