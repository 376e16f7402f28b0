import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { sum } from "../../sdk/math.ts";
import { type BeliefMarket, CouncilGovernor__factory } from "../../typechain-types/index.ts";
import { act, NO_LIMIT, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { creditOf } from "../fixtures/argument-stories.ts";
import { argue, atEndOf, openForum, upvote } from "../fixtures/arguments.ts";
import { anotherMarket, DEPLOYED, deployedMarket, downTo, oppose, PATIENT, sybils } from "../fixtures/attacks.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, stake } from "../fixtures/council.ts";
import {
  atSnapshot,
  castVote,
  drawnIn,
  drawSession,
  openSession,
  propose,
  registerAgents,
  vote,
} from "../fixtures/council-acts.ts";
import { openFloor, openPanel, PANEL, voterAt } from "../fixtures/council-stories.ts";
import { belief } from "../fixtures/epochs.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, load, viewAt } from "../fixtures/protocol.ts";
import { enter, finishEpoch, openPools, playEpoch, type StakeWorld } from "../fixtures/stake.ts";

describe("A stake split into ten accounts in a belief market", () => {
  let world: MarketWorld & { token: MarketWorld["usdc"] };
  let markets: { whole: BeliefMarket; parts: BeliefMarket };
  let ten: HardhatEthersSigner[];

  /** In two markets alike, 100,000 come after ten days: of one account and of ten; then somebody pays a fee. */
  beforeEach(async () => {
    const loaded = await load(deployedMarket);
    world = { ...loaded, token: loaded.usdc };
    await oppose(world, world.market, usdc(50_000));
    markets = { whole: world.market, parts: await anotherMarket(world, { claimId: OTHER_CLAIM }) };
    await oppose(world, markets.parts, usdc(50_000));
    ten = await sybils(world, 10, usdc(10_000), [markets.parts]);
    await at(markets.whole, PATIENT);
    await markets.whole.connect(world.latecomer).commit(Side.Support, usdc(100_000), NO_LIMIT);
    for (const one of ten) {
      await at(markets.parts, PATIENT);
      await markets.parts.connect(one).commit(Side.Support, usdc(10_000), NO_LIMIT);
    }
    for (const market of [markets.whole, markets.parts]) {
      await at(market, 2n * PATIENT);
      await market.connect(world.outsider).commit(Side.Oppose, DEPLOYED.maxStake, NO_LIMIT);
    }
  });

  it("pays 1,933 of fees for 1,490, and earns 815.70 of a later one for 821.48: not a unit more", async () => {
    const ids = ten.map((_, index) => BigInt(index) + 3n);
    const positions = await Promise.all(ids.map((id) => markets.parts.position(id)));
    const fees = usdc(100_000) - sum(positions.map(({ principal }) => principal));
    const { principal } = await markets.whole.position(3n);
    expect([fees, usdc(100_000) - principal]).to.deep.equal([usdc(1_933), usdc(1_490)]);

    const earned = sum(await Promise.all(ids.map((id) => markets.parts.pendingRewards(id))));
    const whole = await markets.whole.pendingRewards(3n);
    const inCents = (amount: bigint) => downTo(amount, usdc("0.01"));
    expect([inCents(earned), inCents(whole)]).to.deep.equal([usdc("815.70"), usdc("821.48")]);
  });
});

describe("Leaving a belief market early with a second account in it", () => {
  it("brings 3,241 of a penalty of 9,851 back, by the second account's share of the weight", async () => {
    const world = await load(deployedMarket);
    const { market, latecomer, outsider } = world;
    await oppose(world, market, usdc(50_000));
    for (const account of [latecomer, outsider]) {
      await at(market, PATIENT);
      await market.connect(account).commit(Side.Support, usdc(100_000), NO_LIMIT);
    }
    await at(market, 2n * PATIENT);
    const before = await market.pendingRewards(4n);
    const [, penalty] = await market.connect(latecomer).exitEarly.staticCall(3n);
    await market.connect(latecomer).exitEarly(3n);
    const brought = (await market.pendingRewards(4n)) - before;
    expect([downTo(brought, usdc(1)), penalty]).to.deep.equal([usdc(3_241), usdc(9_851)]);
  });
});

describe("An author of a belief market with a second account", () => {
  it("gets 50.02 of a premium of 50 and a fee of 0.025 back, who opposes with 5", async () => {
    const world = await load(deployedMarket);
    const market = await anotherMarket(world, { claimId: OTHER_CLAIM, commitment: usdc(1_000) });
    await at(market, 1_000n);
    await market.connect(world.challenger).commit(Side.Oppose, usdc(5), NO_LIMIT);
    await at(market, 1_012n);
    await market.distribute();
    await viewAt(market, 1_013n);
    const { principal } = await market.position(2n);
    expect(usdc(5) - principal).to.equal(usdc("0.025"));
    const back = await market.pendingRewards(1n);
    const { principal: own } = await market.position(1n);
    expect([downTo(back, usdc("0.01")), usdc(1_000) - own]).to.deep.equal([usdc("50.02"), usdc(50)]);
  });
});

describe("A voice split into five accounts in an epoch of the stake system", () => {
  let world: StakeWorld;

  const others = () => [
    { user: world.supporter, ...belief(70n, 60n) },
    { user: world.challenger, ...belief(60n, 50n) },
    { user: world.latecomer, ...belief(30n, 50n) },
  ];
  const opinion = belief(80n, 55n);

  /** Stakes of `speakers` after an epoch of theirs with the three others, who lock 20 each. */
  const stakesAfter = async (speakers: readonly HardhatEthersSigner[]) => {
    for (const { user } of others()) await enter(world, user, { lock: usdc(20) });
    await playEpoch(world, [...others(), ...speakers.map((user) => ({ user, ...opinion }))]);
    await finishEpoch(world);
    return sum(await Promise.all(speakers.map((speaker) => world.stakeVault.totalStake(speaker))));
  };

  beforeEach(async () => {
    world = await load(openPools);
  });

  it("loses 0.011201 of 20 as one", async () => {
    await enter(world, world.author, { lock: usdc(20) });
    expect(await stakesAfter([world.author])).to.equal(usdc(20) - usdc("0.011201"));
  });

  it("gains 3.805480 of 20 as five, who find one another of their opinion", async () => {
    const five = await sybils(world, 5, usdc(1_000), [world.stakeVault, world.convictionMarket]);
    for (const one of five) await enter(world, one, { lock: usdc(4) });
    expect(await stakesAfter(five)).to.equal(usdc(20) + usdc("3.805480"));
  });
});

describe("An argument that its writer's second account upvotes", () => {
  it("earns both together 0.287671232876712327 for 60 tokens in a week, as any 60 tokens do", async () => {
    const world = await load(openForum);
    const argumentId = await argue(world);
    const stakeId = await upvote(world, argumentId, world.supporter);
    await atEndOf(world, stakeId);
    await world.argumentStaking.processExpired(2n);
    const credits = [await creditOf(world, world.author), await creditOf(world, world.supporter)];
    const interest = (act(60) * 25n * 7n) / (100n * 365n);
    expect([sum(credits) - act(60), interest]).to.deep.equal([
      act("0.287671232876712327"),
      act("0.287671232876712328"),
    ]);
  });
});

describe("Stake split into many accounts in the council", () => {
  let world: CouncilWorld;

  const EIGHT = ACT(80_000);

  beforeEach(async () => {
    world = await load(openFloor);
  });

  /** Votes on a proposal that a governor counts of some, who have all staked. */
  const votesOf = async (voters: readonly HardhatEthersSigner[], governed = world) => {
    const proposal = await propose(governed);
    await atSnapshot(governed, proposal, 1n);
    for (const voter of voters) await vote(governed, proposal, voter);
    return (await governed.councilGovernor.proposalVotes(proposal.id)).forVotes;
  };
  const stakeEach = async (voters: readonly HardhatEthersSigner[]) => {
    for (const by of voters) await stake(world, { by, amount: EIGHT / BigInt(voters.length) });
    return voters;
  };

  it("votes with 80,000 in 8 accounts, not a unit more than in one", async () => {
    expect(await votesOf(await stakeEach(world.voters.slice(0, 8)))).to.equal(ACT(80_000));
  });

  describe("under a cap of 10 % on the votes of one account, with 100,000 in all", () => {
    beforeEach(async () => {
      const { deployer, councilStaking, rewardsDistributor, timelock } = world;
      const rules = { ...GOVERNOR_RULES, maxVoteShareBps: 1_000n };
      const councilGovernor = await new CouncilGovernor__factory(deployer).deploy(
        councilStaking,
        rewardsDistributor,
        timelock,
        rules,
      );
      world = { ...world, councilGovernor };
      await stake(world, { amount: ACT(10_000) });
    });

    it("votes with 10,000 of 80,000 in one account", async () => {
      expect(await votesOf(await stakeEach([world.whale]))).to.equal(ACT(10_000));
    });

    it("votes with all 80,000 in 8 accounts: the cap costs who splits nothing", async () => {
      expect(await votesOf(await stakeEach(world.voters.slice(0, 8)))).to.equal(ACT(80_000));
    });
  });

  it("weighs 12,649,108 in 4 accounts and 6,324,555 in one, where a session counts square roots", async () => {
    await world.councilChamber.connect(world.deployer).setSquareRoot(true);
    const members = [world.whale, ...world.voters.slice(0, 4)];
    await stake(world, { by: world.whale, amount: ACT(40_000) });
    for (const by of world.voters.slice(0, 4)) await stake(world, { by, amount: ACT(10_000) });
    await registerAgents(world, members);
    const sessionId = await openSession(world);
    await drawSession(world, sessionId);
    for (const [index, member] of members.entries()) await castVote(world, sessionId, member, index === 0 ? 0n : 1n);
    expect(await world.councilChamber.tallies(sessionId)).to.deep.equal([6_324_555n, 12_649_108n]);
  });

  it("weighs 12,000,120 with 100 ACT of 9,999,900 locked for 180 days, and 10,000,160 with them apart", async () => {
    const weights = async (users: readonly HardhatEthersSigner[]) =>
      sum(await Promise.all(users.map(async (user) => (await world.rewardsDistributor.account(user)).weight)));
    const [rich, locked] = [world.whale, world.staker];
    await stake(world, { by: rich, amount: ACT(9_999_900) - ACT(100) });
    await stake(world, { by: locked, amount: ACT(100), lockDays: 180n });
    const apart = await weights([rich, locked]);
    await stake(world, { by: rich, amount: ACT(100), lockDays: 180n });
    const together = await weights([rich]);
    expect([apart, together]).to.deep.equal([ACT(10_000_160), ACT(12_000_120)]);
  });
});

describe("Seats in sessions of an agent split into five", () => {
  /** Seats of some in 20 sessions of 3 members, from as many seeds. */
  const seatsOf = async (world: CouncilWorld, agents: readonly HardhatEthersSigner[]) => {
    let seats = 0;
    for (let seed = 1n; seed <= 20n; seed++) {
      const sessionId = await openSession(world, { size: 3n, fee: 0n });
      await drawSession(world, sessionId, seed);
      const members = await drawnIn(world, sessionId);
      seats += agents.filter(({ address }) => members.includes(address)).length;
    }
    return seats;
  };

  it("are 36 of 60 instead of 20, with half of all weight", async () => {
    const world = await load(openPanel);
    const [one, five] = [voterAt(world, 4), world.voters.slice(5, 10)];
    expect(await world.councilChamber.totalAgentWeight()).to.equal(2n * PANEL[4]);
    const whole = await seatsOf(world, [one]);
    await world.councilChamber.connect(one).unregisterAgent();
    for (const by of five) await stake(world, { by, amount: ACT(2_000) });
    await registerAgents(world, five);
    expect([whole, await seatsOf(world, five), 20 * 3]).to.deep.equal([20, 36, 60]);
  });
});
