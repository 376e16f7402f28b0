import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { DAY, NO_LIMIT, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import {
  anotherMarket,
  BLOCK,
  DEPLOYED,
  downTo,
  OPPOSED,
  oppose,
  PATIENT,
  patientMarket,
  profitOf,
} from "../fixtures/attacks.ts";
import { ACT, type CouncilWorld, sendStake, stake } from "../fixtures/council.ts";
import { atSnapshot, propose, vote } from "../fixtures/council-acts.ts";
import { atSecond, openFloor, openStream, unstakeFirst, viewAtSecond } from "../fixtures/council-stories.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, load, viewAt } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** The positions of who come after the two of the fixture: each commits as much as one can. */
const THIRD = 3n;
const FOURTH = 4n;

describe("A stake for one block around a fee of a belief market", () => {
  let world: MarketWorld;

  /** The latecomer commits the most there can be, and `seconds` later the outsider does, for a fee. */
  const sandwich = async (seconds: bigint, after: bigint) => {
    await at(world.market, after);
    await world.market.connect(world.latecomer).commit(Side.Support, DEPLOYED.maxStake, NO_LIMIT);
    await at(world.market, after + seconds);
    await world.market.connect(world.outsider).commit(Side.Oppose, DEPLOYED.maxStake, NO_LIMIT);
  };
  const feeOf = async (positionId: bigint) => DEPLOYED.maxStake - (await world.market.position(positionId)).principal;
  const standing = async () => {
    const { supportPrincipal, opposePrincipal } = await world.market.state();
    return supportPrincipal + opposePrincipal;
  };
  const exit = () => world.market.connect(world.latecomer).exitEarly(THIRD);

  describe("where 99,500 have stood for ten days", () => {
    beforeEach(async () => {
      world = await load(patientMarket);
    });

    it("earns 0.034140 of a fee of 2,480", async () => {
      expect(await standing()).to.equal(usdc(99_500));
      await sandwich(BLOCK, PATIENT);
      const earned = await world.market.pendingRewards(THIRD);
      expect([earned, await feeOf(FOURTH)]).to.deep.equal([usdc("0.034140"), usdc(2_480)]);
    });

    it("costs 11,341 of 100,000: a fee of 1,490 and a penalty of 9,851", async () => {
      const cost = await profitOf(world.usdc, world.latecomer, async () => {
        await sandwich(BLOCK, PATIENT);
        await exit();
      });
      expect([cost, usdc(1_490) + usdc(9_851)]).to.deep.equal([usdc(-11_341), usdc(11_341)]);
    });

    it("earns nothing at all within the block of the fee", async () => {
      await sandwich(0n, PATIENT);
      expect(await world.market.pendingRewards(THIRD)).to.equal(0n);
    });
  });

  describe("where 1,994.9 have stood for a minute", () => {
    beforeEach(async () => {
      const loaded = await load(patientMarket);
      world = { ...loaded, market: await anotherMarket(loaded, { claimId: OTHER_CLAIM }) };
      await oppose(world, world.market, usdc(1_000));
    });

    it("earns 1,369.285572 for a fee of 510, for whoever leaves 99,490 there for the 30 days of the lock", async () => {
      expect(await standing()).to.equal(usdc("1994.9"));
      await sandwich(BLOCK, OPPOSED + 49n);
      const fee = await feeOf(THIRD);
      await at(world.market, OPPOSED + 49n + 30n * DAY);
      const withdraw = () => world.market.connect(world.latecomer).withdraw(THIRD);
      const paid = await profitOf(world.usdc, world.latecomer, withdraw);
      expect([paid, fee]).to.deep.equal([usdc(99_490) + usdc("1369.285572"), usdc(510)]);
    });

    it("takes none of it along before 7 days are over", async () => {
      await sandwich(BLOCK, OPPOSED + 49n);
      await viewAt(world.market, OPPOSED + 100n);
      const { depositedAt } = await world.market.position(THIRD);
      await expect(world.market.connect(world.latecomer).claimRewards(THIRD))
        .to.be.revertedWithCustomError(world.market, "RewardsNotClaimableYet")
        .withArgs(THIRD, depositedAt + 7n * DAY);
    });
  });
});

describe("A stake for one block around a premium that waits in a belief market", () => {
  it("takes 0.71 of 50 for a fee of 500, a day after the author came", async () => {
    const world = await load(patientMarket);
    const market = await anotherMarket(world, { claimId: OTHER_CLAIM, commitment: usdc(1_000) });
    await at(market, DAY);
    await market.connect(world.challenger).commit(Side.Oppose, usdc(5), NO_LIMIT);
    await at(market, DAY);
    await market.connect(world.latecomer).commit(Side.Support, usdc(100_000), NO_LIMIT);
    const { undistributed } = await market.state();
    await at(market, DAY + BLOCK);
    await market.distribute();
    const { principal } = await market.position(THIRD);
    const taken = downTo(await market.pendingRewards(THIRD), usdc("0.01"));
    expect([undistributed, taken, usdc(100_000) - principal]).to.deep.equal([usdc(50), usdc("0.71"), usdc(500)]);
  });
});

describe("A stake for one block in the council", () => {
  let world: CouncilWorld;

  const TEN_MILLION = ACT(10_000_000);

  it("earns 12 seconds of the stream: 11.995 ACT of 604,800 for 10,000,000", async () => {
    const stream = await load(openStream);
    await atSecond(stream, 1_000n);
    await stake(stream, { by: stream.outsider, amount: TEN_MILLION });
    await atSecond(stream, 1_000n + 12n);
    await unstakeFirst(stream, stream.outsider);
    await viewAtSecond(stream, 2_000n);
    const earned = await stream.rewardsDistributor.claimable(stream.outsider);
    const { amount } = await stream.rewardsDistributor.stream();
    expect([downTo(earned, ACT("0.001")), amount]).to.deep.equal([ACT("11.995"), ACT(604_800)]);
  });

  describe("at the snapshot of a proposal", () => {
    beforeEach(async () => {
      world = await load(openFloor);
    });

    it("counts 0 votes where it is there within one second only", async () => {
      const proposal = await propose(world);
      await atSnapshot(world, proposal);
      await stake(world, { by: world.outsider, amount: TEN_MILLION });
      await atSnapshot(world, proposal);
      await unstakeFirst(world, world.outsider);
      await atSnapshot(world, proposal, 1n);
      await mineBlock();
      const snapshot = await world.councilGovernor.proposalSnapshot(proposal.id);
      expect(await world.councilStaking.getPastVotes(world.outsider, snapshot)).to.equal(0n);
    });

    it("counts 10,000,000 votes where 9,999,000 ACT leave a block later, and 1,000 stay", async () => {
      const proposal = await propose(world);
      await atSnapshot(world, proposal);
      await stake(world, { by: world.outsider, amount: ACT(9_999_000) });
      await atSnapshot(world, proposal);
      await stake(world, { by: world.outsider, amount: ACT(1_000) });
      await atSnapshot(world, proposal, BLOCK);
      await unstakeFirst(world, world.outsider);
      await vote(world, proposal, world.outsider);
      const { forVotes } = await world.councilGovernor.proposalVotes(proposal.id);
      expect(forVotes).to.equal(TEN_MILLION);
    });

    it("counts 3,000,000 votes for 1,000,000 ACT under the longest lock, which costs 100,000 to leave", async () => {
      await sendStake(world, { by: world.outsider, amount: ACT(1_000_000), lockDays: 180n });
      const votes = await world.councilStaking.getVotes(world.outsider);
      const id = await world.councilStaking.positionIdOf(world.outsider, 0n);
      const returned = await world.councilStaking.connect(world.outsider).unstakeEarly.staticCall(id);
      expect([votes, returned]).to.deep.equal([ACT(3_000_000), ACT(1_000_000) - ACT(100_000)]);
    });
  });
});
