import { expect } from "chai";
import { parseUnits, ZeroHash } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { BeliefMarket__factory, type TestUSDC } from "../../typechain-types/index.ts";
import { act, CLAIM, MAX_UINT96, NO_LIMIT, OTHER_CLAIM, STAKE, usdc } from "../fixtures/amounts.ts";
import { creditOf, ID, mark } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atEndOf, openForum, upvote } from "../fixtures/arguments.ts";
import { DEPLOYED, PATIENT, patientMarket, profitOf } from "../fixtures/attacks.ts";
import { ACT, type CouncilWorld, stake } from "../fixtures/council.ts";
import { propose, sendProposal } from "../fixtures/council-acts.ts";
import { openFloor, unstakeFirst } from "../fixtures/council-stories.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, createMarket, load, now } from "../fixtures/protocol.ts";
import { ask, type DollarQueries, joinAnswers, openEscrow } from "../fixtures/queries.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { contestedPool, leave, type StakeWorld } from "../fixtures/stake.ts";

describe("Running ahead of a commitment", () => {
  let world: MarketWorld;

  /** The latecomer commits the most there can be in the second in which the outsider would commit 1,000. */
  beforeEach(async () => {
    world = await load(patientMarket);
    await at(world.market, PATIENT);
    await world.market.connect(world.latecomer).commit(Side.Support, DEPLOYED.maxStake, NO_LIMIT);
    await at(world.market, PATIENT);
  });

  const commit = (maxFeeBps: bigint) =>
    world.market.connect(world.outsider).commit(Side.Oppose, usdc(1_000), maxFeeBps);

  it("costs 1,490 in fees to raise it to 2.48 %, at which who has set a limit of 1.49 % is refused", async () => {
    expect((await world.market.position(3n)).principal).to.equal(usdc(100_000) - usdc(1_490));
    const bps = (percent: string) => parseUnits(percent, 2);
    await expect(commit(bps("1.49")))
      .to.be.revertedWithCustomError(world.market, "EntryFeeAboveLimit")
      .withArgs(bps("2.48"), bps("1.49"));
  });

  it("costs who has set no limit 9.9 more than 14.9, of which it brings 0", async () => {
    await commit(NO_LIMIT);
    const { principal } = await world.market.position(4n);
    const brought = await world.market.pendingRewards(3n);
    expect([usdc(1_000) - principal, brought]).to.deep.equal([usdc("14.9") + usdc("9.9"), 0n]);
  });
});

describe("Running ahead of a purchase", () => {
  let world: StakeWorld<TestUSDC>;

  /** A pool of 300 LONG and 400 SHORT, of which the latecomer would buy LONG for 1,000; their locks are staked. */
  beforeEach(async () => {
    world = await load(contestedPool);
    for (const user of [world.latecomer, world.outsider]) await world.stakeVault.connect(user).deposit(usdc(20));
  });

  const buy = (user: typeof world.latecomer, minTokens: bigint) =>
    world.convictionMarket.connect(user).buy(CLAIM, Side.Support, usdc(1_000), minTokens);

  it("brings 118.706035 for 1,000 from a buyer who sets no limit", async () => {
    expect((await world.convictionMarket.pool(CLAIM)).reserve).to.equal(usdc(500));
    const profit = await profitOf(world.token, world.outsider, async () => {
      await buy(world.outsider, 0n);
      await buy(world.latecomer, 0n);
      await leave(world, world.outsider);
    });
    expect(profit).to.equal(usdc("118.706035"));
  });

  it("brings 0 where the buyer asks for what was quoted, and is refused", async () => {
    const { tokens } = await world.convictionMarket.quoteBuy(world.latecomer, CLAIM, Side.Support, usdc(1_000));
    const profit = await profitOf(world.token, world.outsider, async () => {
      await buy(world.outsider, 0n);
      const [fewer] = await world.convictionMarket.quoteBuy(world.latecomer, CLAIM, Side.Support, usdc(1_000));
      await expect(buy(world.latecomer, tokens))
        .to.be.revertedWithCustomError(world.convictionMarket, "SlippageExceeded")
        .withArgs(fewer, tokens);
      await leave(world, world.outsider);
    });
    expect(profit).to.equal(0n);
  });
});

describe("Running ahead of the creation of a market", () => {
  let world: DollarQueries;

  const UNUSABLE = { minStake: MAX_UINT96, maxStake: MAX_UINT96 };

  beforeEach(async () => {
    world = await load(openEscrow);
    await createMarket(world, { author: world.outsider, rules: UNUSABLE });
  });

  it("moves 0 of the author's tokens, who is refused", async () => {
    const moved = await profitOf(world.token, world.author, async () => {
      await expect(world.beliefFactory.connect(world.author).createMarket(CLAIM, STAKE))
        .to.be.revertedWithCustomError(world.beliefFactory, "MarketAlreadyExists")
        .withArgs(CLAIM, await world.beliefFactory.marketOf(CLAIM));
    });
    expect(moved).to.equal(0n);
  });

  it("leaves the claim a market that nobody can use, where the least stake is 2^96 - 1 units", async () => {
    const market = await world.beliefFactory.marketOf(CLAIM);
    const least = 2n ** 96n - 1n;
    const used = BeliefMarket__factory.connect(market, world.author);
    await expect(used.commit(Side.Support, STAKE, NO_LIMIT))
      .to.be.revertedWithCustomError(used, "StakeOutOfRange")
      .withArgs(STAKE, least, least);
  });

  it("leaves the claim open to pools and arguments all the same", async () => {
    await expect(world.convictionMarket.connect(world.author).createPool(CLAIM))
      .to.emit(world.convictionMarket, "PoolCreated")
      .withArgs(CLAIM, world.author);
  });
});

describe("Running ahead of who joins a query", () => {
  it("moves 0 of the stake of who comes too late for the last of 7 places", async () => {
    const world: DollarQueries = await load(openEscrow);
    const queryId = await ask(world, { maxAnswers: 7n });
    await joinAnswers(world, queryId, world.answerers.slice(0, 7));
    const late = memberOf(world.answerers, 7);
    const moved = await profitOf(world.token, late, async () => {
      await expect(world.queryEscrow.connect(late).joinAnswer(queryId))
        .to.be.revertedWithCustomError(world.queryEscrow, "AnswerersFull")
        .withArgs(queryId, 7n);
    });
    expect(moved).to.equal(0n);
  });
});

describe("Running ahead of who takes an argument back", () => {
  let world: ActWorld;

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  it("holds 50 tokens for the rest of 7 days by an upvote of 10, which brings the writer interest", async () => {
    const stakeId = await upvote(world, ID, world.supporter);
    const { argumentStaking } = world;
    await expect(argumentStaking.connect(world.author).deleteArgument(ID))
      .to.be.revertedWithCustomError(argumentStaking, "ArgumentNotUntouched")
      .withArgs(ID, 1n, 0n);
    await atEndOf(world, stakeId);
    await argumentStaking.processExpired(2n);
    const alone = act("50.239726027397260273");
    expect(await creditOf(world, world.author)).to.equal(alone + act("0.023972602739726027"));
    const { amount, createdAt, endsAt } = await argumentStaking.stake(stakeId);
    expect([amount, endsAt - createdAt]).to.deep.equal([act(10), 7n * 86_400n]);
  });

  it("holds it by a mark too, for which a stake of 50 runs that cannot be taken back", async () => {
    const own = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
    await mark(world, world.supporter);
    const markedAt = await now();
    const { argumentStaking } = world;
    await expect(argumentStaking.connect(world.author).deleteArgument(ID))
      .to.be.revertedWithCustomError(argumentStaking, "ArgumentNotUntouched")
      .withArgs(ID, 0n, 1n);
    await expect(argumentStaking.connect(world.supporter).deleteArgument(own))
      .to.be.revertedWithCustomError(argumentStaking, "StakeBacksMark")
      .withArgs(2n, markedAt);
    expect(await argumentStaking.runningStake(world.supporter)).to.equal(act(50));
  });
});

describe("Running ahead of a proposal with a copy of it", () => {
  let world: CouncilWorld;

  /** The outsider proposes what the proposer is about to, withdraws it, and unstakes. */
  const obstruct = async (description: string) => {
    await stake(world, { by: world.outsider, amount: ACT(10_000) });
    const copy = await propose(world, { by: world.outsider, description });
    await world.councilGovernor.connect(world.outsider).cancel(...copy.key);
    await unstakeFirst(world, world.outsider);
    return copy.id;
  };

  beforeEach(async () => {
    world = await load(openFloor);
  });

  it("stands in its way for 10,000 ACT staked for a block, all of which come back", async () => {
    const before = await world.token.balanceOf(world.outsider);
    const copyId = await obstruct("Pay the outsider");
    expect(await world.token.balanceOf(world.outsider)).to.equal(before);
    expect(await world.councilGovernor.proposalThreshold()).to.equal(ACT(10_000));
    await expect(sendProposal(world, { description: "Pay the outsider" }))
      .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnexpectedProposalState")
      .withArgs(copyId, 2n, ZeroHash); // cancelled
  });

  it("is refused where the description names who proposes", async () => {
    const description = `Pay the outsider #proposer=${world.proposer.address.toLowerCase()}`;
    await stake(world, { by: world.outsider, amount: ACT(10_000) });
    await expect(sendProposal(world, { by: world.outsider, description }))
      .to.be.revertedWithCustomError(world.councilGovernor, "GovernorRestrictedProposer")
      .withArgs(world.outsider);
  });
});
