import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { ProposalState, VoteType } from "../../sdk/council/governance.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, atAge, atUnlock, type CouncilWorld, HOLDINGS, openCouncil, stake, viewAt } from "../fixtures/council.ts";
import {
  atDeadline,
  atEta,
  atSessionEnd,
  atSnapshot,
  castVote,
  drawSession,
  execute,
  openSession,
  PAYMENT,
  type Proposal,
  propose,
  queue,
  registerAgents,
  vote,
} from "../fixtures/council-acts.ts";
import { PERIOD, STREAMED, startNext, voterAt } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("test_full_staking_cycle", () => {
  /** How far the cycle has come: each stage includes those before it. */
  interface Cycle {
    world: CouncilWorld;
    positionId: bigint;
    proposal: Proposal;
    startedAt: bigint;
  }

  /** The staker has staked 20,000 tokens for 30 days, alone but for the proposer, who has staked 10,000. */
  async function staked(connection: NetworkConnection): Promise<Cycle> {
    const world = await openCouncil(connection);
    await stake(world, { by: world.proposer, amount: ACT(10_000) });
    const positionId = await stake(world, { lockDays: 30n });
    await world.rewardsDistributor.connect(world.deployer).fund(STREAMED);
    const startedAt = await startNext(world);
    return { world, positionId, proposal: await propose(world), startedAt };
  }

  /** They have voted for a proposal, which is queued, and their booster counts. */
  async function voted(connection: NetworkConnection): Promise<Cycle> {
    const cycle = await staked(connection);
    await atSnapshot(cycle.world, cycle.proposal, 1n);
    await vote(cycle.world, cycle.proposal, cycle.world.staker);
    await atSnapshot(cycle.world, cycle.proposal, 1n);
    await cycle.world.rewardsDistributor.poke(cycle.world.staker);
    await atDeadline(cycle.world, cycle.proposal, 1n);
    await queue(cycle.world, cycle.proposal);
    return cycle;
  }

  /** The proposal is executed, and the lock is over. */
  async function unlocked(connection: NetworkConnection): Promise<Cycle> {
    const cycle = await voted(connection);
    await atEta(cycle.world, cycle.proposal);
    await execute(cycle.world, cycle.proposal);
    await viewAt(atUnlock(cycle.world, cycle.positionId));
    return cycle;
  }

  /** The rewards are claimed, and the position is closed. */
  async function left(connection: NetworkConnection): Promise<Cycle> {
    const cycle = await unlocked(connection);
    await cycle.world.rewardsDistributor.connect(cycle.world.staker).claim();
    await cycle.world.councilStaking.connect(cycle.world.staker).unstake(cycle.positionId);
    return cycle;
  }

  it("stakes: 20,000 for 30 days give 30,000 votes", async () => {
    const { world } = await load(staked);
    expect(await world.councilStaking.getVotes(world.staker)).to.equal(ACT(30_000));
  });

  it("waits for the lock period: unstaking reverts a second before it is over", async () => {
    const { world, positionId } = await load(staked);
    const { unlocksAt } = await world.councilStaking.position(positionId);
    await atUnlock(world, positionId, -1n);
    await expect(world.councilStaking.connect(world.staker).unstake(positionId))
      .to.be.revertedWithCustomError(world.councilStaking, "PositionLocked")
      .withArgs(positionId, unlocksAt);
  });

  it("participates in governance: the proposal is queued by the staker's votes", async () => {
    const { world, proposal } = await load(voted);
    expect(await world.councilGovernor.state(proposal.id)).to.equal(ProposalState.Queued);
  });

  it("participates in governance: the vote gives its booster", async () => {
    const { world } = await load(voted);
    // 30,000 * 1.15
    expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(ACT(34_500));
  });

  it("participates in governance: the treasury pays what was decided", async () => {
    const { world, proposal } = await load(voted);
    await atEta(world, proposal);
    await expect(execute(world, proposal)).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.timelock, world.outsider],
      [-PAYMENT, PAYMENT],
    );
  });

  it("earns rewards: three quarters until the vote, 34,500 parts of 44,500 from then on", async () => {
    const { world, proposal, startedAt } = await load(unlocked);
    const votedAt = (await world.councilGovernor.proposalSnapshot(proposal.id)) + 1n - startedAt;
    const expected = (ACT(votedAt) * 3n) / 4n + (ACT(PERIOD - votedAt) * 345n) / 445n;
    const earned = await world.rewardsDistributor.claimable(world.staker);
    // rounding keeps a unit at each of two touches at most
    expect(expected - earned).to.be.within(0n, 2n);
  });

  it("claims rewards: they are paid", async () => {
    const { world } = await load(unlocked);
    const earned = await world.rewardsDistributor.claimable(world.staker);
    await expect(world.rewardsDistributor.connect(world.staker).claim()).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.rewardsDistributor, world.staker],
      [-earned, earned],
    );
  });

  it("unstakes tokens: all of them come back", async () => {
    const { world, positionId } = await load(unlocked);
    await expect(world.councilStaking.connect(world.staker).unstake(positionId)).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.councilStaking, world.staker],
      [-ACT(20_000), ACT(20_000)],
    );
  });

  it("leaves the staker with the stake and the rewards", async () => {
    const { world } = await load(left);
    const kept = await world.rewardsDistributor.claimable(world.proposer);
    const gained = (await world.token.balanceOf(world.staker)) - HOLDINGS;
    // what the two of them have is what has streamed, but for a unit of rounding
    expect(STREAMED - gained - kept).to.be.within(0n, 1n);
  });

  it("leaves no vote", async () => {
    const { world } = await load(left);
    expect(await world.councilStaking.getVotes(world.staker)).to.equal(0n);
  });
});

describe("test_token_weighted_voting", () => {
  /** Stakes of three voters, and their votes: 1,000 x 3.0, 2,000 x 1.2 and 4,000 x 1.0. */
  const STAKES = [
    { amount: ACT(1_000), lockDays: 180n, votes: ACT(3_000) },
    { amount: ACT(2_000), lockDays: 7n, votes: ACT(2_400) },
    { amount: ACT(4_000), lockDays: 0n, votes: ACT(4_000) },
  ] as const;

  /** Three voters with these stakes, and the proposer's 10,000, who does not vote. */
  async function assembled(connection: NetworkConnection) {
    const world = await openCouncil(connection);
    await stake(world, { by: world.proposer, amount: ACT(10_000) });
    for (const [index, { amount, lockDays }] of STAKES.entries()) {
      await stake(world, { by: voterAt(world, index), amount, lockDays });
    }
    const proposal = await propose(world);
    await viewAt(atSnapshot(world, proposal, 1n));
    return { world, proposal };
  }

  const stateAfter = async (sides: readonly bigint[]) => {
    const { world, proposal } = await load(assembled);
    for (const [index, side] of sides.entries()) await vote(world, proposal, voterAt(world, index), side);
    await viewAt(atDeadline(world, proposal, 1n));
    return world.councilGovernor.state(proposal.id);
  };

  for (const [index, { votes }] of STAKES.entries()) {
    it(`weighs the vote of voter ${index} with ${votes} units`, async () => {
      const { world, proposal } = await load(assembled);
      await expect(vote(world, proposal, voterAt(world, index)))
        .to.emit(world.councilGovernor, "VoteCast")
        .withArgs(voterAt(world, index), proposal.id, VoteType.For, votes, "");
    });
  }

  it("passes with 7,000 for and 2,400 against: 74.5 %", async () => {
    expect(await stateAfter([VoteType.For, VoteType.Against, VoteType.For])).to.equal(ProposalState.Succeeded);
  });

  it("fails with 5,400 for and 4,000 against: 57.4 %", async () => {
    expect(await stateAfter([VoteType.For, VoteType.For, VoteType.Against])).to.equal(ProposalState.Defeated);
  });

  it("fails with two voters for and one against, where the one has more", async () => {
    expect(await stateAfter([VoteType.Against, VoteType.Against, VoteType.For])).to.equal(ProposalState.Defeated);
  });

  describe("in a debate of the three", () => {
    /** The three vote: the first two for the first option, the third for the second. */
    async function debated(connection: NetworkConnection) {
      const { world } = await assembled(connection);
      const members = world.voters.slice(0, 3);
      await registerAgents(world, members);
      const sessionId = await openSession(world, { size: 3n, fee: ACT(108) });
      await drawSession(world, sessionId);
      return { world, members, sessionId };
    }

    it("decides for 5,400 against 4,000", async () => {
      const { world, members, sessionId } = await load(debated);
      for (const [index, member] of members.entries()) await castVote(world, sessionId, member, index === 2 ? 1n : 0n);
      await expect(world.councilChamber.closeSession(sessionId))
        .to.emit(world.councilChamber, "SessionClosed")
        .withArgs(sessionId, 0n, 0n);
    });

    it("shares half equally, and half by votes for the decision", async () => {
      const { world, members, sessionId } = await load(debated);
      for (const [index, member] of members.entries()) await castVote(world, sessionId, member, index === 2 ? 1n : 0n);
      await world.councilChamber.closeSession(sessionId);
      const credits = await Promise.all(members.map((member) => world.councilChamber.credited(member)));
      // 18 each; and 54 in parts of 3,000 and 2,400
      expect(credits).to.deep.equal([ACT(48), ACT(42), ACT(18)]);
    });

    it("decides for 4,000 where only the third and the second vote", async () => {
      const { world, members, sessionId } = await load(debated);
      for (const [index, member] of members.entries()) {
        if (index > 0) await castVote(world, sessionId, member, index === 2 ? 1n : 0n);
      }
      await atSessionEnd(world, sessionId);
      await expect(world.councilChamber.closeSession(sessionId))
        .to.emit(world.councilChamber, "SessionClosed")
        .withArgs(sessionId, 1n, 0n);
    });
  });
});

describe("test_reward_distribution", () => {
  /** The same stake under each lock; with the long-term booster they weigh 1,000 + 1,200 + 1,500 + 2,000 + 3,600. */
  const LOCKS = [
    { lockDays: 0n, parts: 1_000n },
    { lockDays: 7n, parts: 1_200n },
    { lockDays: 30n, parts: 1_500n },
    { lockDays: 90n, parts: 2_000n },
    { lockDays: 180n, parts: 3_600n },
  ] as const;
  const ALL = 9_300n;

  async function distributed(connection: NetworkConnection) {
    const world = await openCouncil(connection);
    const positions: bigint[] = [];
    for (const [index, { lockDays }] of LOCKS.entries()) {
      positions.push(await stake(world, { by: voterAt(world, index), amount: ACT(1_000), lockDays }));
    }
    await world.rewardsDistributor.connect(world.deployer).fund(STREAMED);
    const startedAt = await startNext(world);
    await viewAt(atAge(world, positions[0] ?? 0n, PERIOD + DAY));
    return { world, startedAt };
  }

  const rewardOf = (world: CouncilWorld, user: HardhatEthersSigner) => world.rewardsDistributor.claimable(user);

  for (const [index, { lockDays, parts }] of LOCKS.entries()) {
    it(`gives ${parts} parts of ${ALL} for a lock of ${lockDays} days, to the unit`, async () => {
      const { world } = await load(distributed);
      expect(await rewardOf(world, voterAt(world, index))).to.equal((STREAMED * parts) / ALL);
    });
  }

  it("gives all of it but what rounding leaves", async () => {
    const { world } = await load(distributed);
    const rewards = await Promise.all(LOCKS.map((_, index) => rewardOf(world, voterAt(world, index))));
    const left = STREAMED - rewards.reduce((sum, reward) => sum + reward);
    expect(left).to.be.within(0n, BigInt(LOCKS.length));
  });

  it("gives nothing to who staked nothing", async () => {
    const { world } = await load(distributed);
    expect(await rewardOf(world, world.staker)).to.equal(0n);
  });

  it("pays what it gives", async () => {
    const { world } = await load(distributed);
    const reward = await rewardOf(world, voterAt(world, 4));
    await expect(world.rewardsDistributor.connect(voterAt(world, 4)).claim())
      .to.emit(world.rewardsDistributor, "Claimed")
      .withArgs(voterAt(world, 4), reward);
  });
});
