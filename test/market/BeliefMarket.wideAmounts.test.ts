import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import type { MarketParams } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { divUp } from "../../sdk/math.ts";
import { MAX_UINT96, MAX_UINT104, NO_LIMIT, RAY, UNIT_RULES, WAD, YEAR } from "../fixtures/amounts.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, createOpenMarket, load, protocolFixture, viewAt } from "../fixtures/protocol.ts";

/** 1 % of 2^96 - 1, and what is left of it. */
const HUGE_FEE = MAX_UINT96 / 100n;
const HUGE_PRINCIPAL = MAX_UINT96 - HUGE_FEE;

/** The most a position of one unit can earn: 2^32 - 1 bps of it. */
const ONE_UNIT_CAP = 429_496n;

describe("BeliefMarket, with amounts of 2^96", () => {
  let world: MarketWorld;

  describe("when the market is nearly full", () => {
    beforeEach(async () => {
      world = await load(nearlyFullMarket);
    });

    it("reverts when the principal would reach 2^104", async () => {
      await expect(world.market.connect(world.supporter).commit(Side.Support, 256n, NO_LIMIT))
        .to.be.revertedWithCustomError(world.market, "TotalPrincipalTooLarge")
        .withArgs(MAX_UINT104 + 1n, MAX_UINT104);
    });

    it("updates the principal to 2^104 - 1", async () => {
      await world.market.connect(world.supporter).commit(Side.Support, 255n, NO_LIMIT);
      expect((await world.market.state()).supportPrincipal).to.equal(MAX_UINT104);
    });

    it("counts belief without overflow after a century", async () => {
      await world.market.connect(world.supporter).commit(Side.Support, 255n, NO_LIMIT);
      await viewAt(world.market, 100n * YEAR);
      expect(await world.market.belief()).to.equal(WAD);
    });

    it("pays the last position whole", async () => {
      await at(world.market, 100n * YEAR);
      await expect(world.market.withdraw(256n))
        .to.emit(world.market, "Withdrawn")
        .withArgs(256n, world.supporter, MAX_UINT96, 0n, 0n);
    });
  });

  describe("when a stake of one unit, one second old, meets the fee of 2^96 - 1", () => {
    beforeEach(async () => {
      world = await load(hugeFeeOnOneUnit);
    });

    it("gives all of the fee to that unit of weight", async () => {
      const [event] = await world.market.queryFilter(world.market.filters.RewardsDistributed());
      expect(event?.args).to.deep.equal([HUGE_FEE]);
    });

    it("updates both accumulators, wider than one slot", async () => {
      const { timeRewardPerWeight, rewardPerWeight } = await world.market.state();
      expect([timeRewardPerWeight, rewardPerWeight]).to.deep.equal([11n * HUGE_FEE * RAY, HUGE_FEE * RAY]);
    });

    it("lets the unit have as much as its cap", async () => {
      expect(await world.market.pendingRewards(1n)).to.equal(ONE_UNIT_CAP);
    });

    it("gives nothing to the one who paid", async () => {
      expect(await world.market.pendingRewards(2n)).to.equal(0n);
    });

    it("emits RewardsClaimed with the rest as excess", async () => {
      const { market, supporter } = world;
      await expect(market.connect(supporter).claimRewards(1n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(1n, supporter, ONE_UNIT_CAP, HUGE_FEE - ONE_UNIT_CAP);
    });
  });

  describe("when positions come and claim after that", () => {
    // The latecomer's fee, shared at 20 between one unit of 10 seconds and the challenger's principal of 9.
    const PER_WEIGHT = (HUGE_FEE * RAY) / (10n + 9n * HUGE_PRINCIPAL);
    const CHALLENGER_EARNED = (HUGE_PRINCIPAL * 9n * PER_WEIGHT) / RAY;
    // What the supporter gives back at 30: both fees less the challenger's part, the cap, and its own fraction.
    const SUPPORTER_EXCESS = HUGE_FEE + (10n * PER_WEIGHT) / RAY - ONE_UNIT_CAP;

    beforeEach(async () => {
      world = await load(wideMarket);
    });

    it("gives a position nothing of what came before it", async () => {
      expect(await world.market.pendingRewards(3n)).to.equal(0n);
    });

    it("gives the position of 9 seconds its share", async () => {
      expect(await world.market.pendingRewards(2n)).to.equal(CHALLENGER_EARNED);
    });

    it("emits RewardsClaimed with that share", async () => {
      const { market, challenger } = world;
      await expect(market.connect(challenger).claimRewards(2n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(2n, challenger, CHALLENGER_EARNED, 0n);
    });

    it("pays nothing twice", async () => {
      const { market, challenger } = world;
      await market.connect(challenger).claimRewards(2n);
      await expect(market.connect(challenger).claimRewards(2n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(2n, challenger, 0n, 0n);
    });

    it("gives it its share of what comes after it", async () => {
      const { market } = world;
      await at(market, 40n);
      await market.distribute();
      // The excess, and what dividing the second fee left over, by 30 seconds of one unit, 29 and 20 of the huge ones.
      const leftOver = HUGE_FEE - divUp(PER_WEIGHT * (10n + 9n * HUGE_PRINCIPAL), RAY);
      const perWeight = ((SUPPORTER_EXCESS + leftOver) * RAY) / (30n + HUGE_PRINCIPAL * 49n);
      expect(await market.pendingRewards(3n)).to.equal((HUGE_PRINCIPAL * 20n * perWeight) / RAY);
    });

    for (const [owner, positionId, principal] of [
      ["supporter", 1n, 1n],
      ["challenger", 2n, HUGE_PRINCIPAL],
      ["latecomer", 3n, HUGE_PRINCIPAL],
    ] as const) {
      it(`pays the ${owner}'s principal whole`, async () => {
        await at(world.market, 2_000_000n);
        const receipt = await (await world.market.connect(world[owner]).withdraw(positionId)).wait();
        const [event] = await world.market.queryFilter(
          world.market.filters.Withdrawn(positionId),
          receipt?.blockNumber,
        );
        expect(event?.args.principal).to.equal(principal);
      });
    }

    it("holds exactly what is undistributed when all have left", async () => {
      const { market, supporter, challenger, latecomer, usdc: token } = world;
      await at(market, 2_000_000n);
      await market.distribute();
      await market.connect(latecomer).withdraw(3n);
      await market.connect(supporter).withdraw(1n);
      await market.connect(challenger).withdraw(2n);
      const { srp, undistributed } = await market.state();
      expect([srp, undistributed]).to.deep.equal([await token.balanceOf(market), await token.balanceOf(market)]);
    });
  });

  describe("when a position's checkpoint comes back from wide to nothing", () => {
    beforeEach(async () => {
      world = await load(checkpointBackAtZero);
    });

    it("updates A - 20 B to the last fee alone", async () => {
      const { timeRewardPerWeight, rewardPerWeight } = await world.market.state();
      expect(timeRewardPerWeight - 20n * rewardPerWeight).to.equal(HUGE_FEE * RAY);
    });

    it("gives the position what comes after that", async () => {
      const { market, latecomer } = world;
      await expect(market.connect(latecomer).claimRewards(3n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(3n, latecomer, 0n, HUGE_FEE);
    });

    it("pays its principal whole", async () => {
      const { market, latecomer } = world;
      await at(market, 2_000_000n);
      await expect(market.connect(latecomer).withdraw(3n))
        .to.emit(market, "Withdrawn")
        .withArgs(3n, latecomer, 1n, 0n, HUGE_FEE);
    });
  });
});

/** 256 stakes of 2^96 - 1 and no fee: 2^104 - 256 in all. */
async function nearlyFullMarket(connection: NetworkConnection): Promise<MarketWorld> {
  const world = await marketOfWhales(connection, { lateEntryFeeBaseBps: 0n, lateEntryFeeMaxBps: 0n });
  const market = world.market.connect(world.supporter);
  for (let staked = 0; staked < 256; staked++) await market.commit(Side.Support, MAX_UINT96, NO_LIMIT);
  return { ...world, market };
}

/** The supporter commits one unit at 10, the challenger 2^96 - 1 at 11. */
async function hugeFeeOnOneUnit(
  connection: NetworkConnection,
  rules: Partial<MarketParams> = {},
): Promise<MarketWorld> {
  const world = await marketOfWhales(connection, rules);
  const { market, supporter, challenger } = world;
  await at(market, 10n);
  await market.connect(supporter).commit(Side.Support, 1n, NO_LIMIT);
  await at(market, 11n);
  await market.connect(challenger).commit(Side.Oppose, MAX_UINT96, NO_LIMIT);
  return world;
}

/** After `hugeFeeOnOneUnit`, the latecomer commits 2^96 - 1 at 20, and the supporter claims at 30. */
async function wideMarket(connection: NetworkConnection): Promise<MarketWorld> {
  const world = await hugeFeeOnOneUnit(connection);
  const { market, supporter, latecomer } = world;
  await at(market, 20n);
  await market.connect(latecomer).commit(Side.Oppose, MAX_UINT96, NO_LIMIT);
  await at(market, 30n);
  await market.connect(supporter).claimRewards(1n);
  return world;
}

/**
 * After `hugeFeeOnOneUnit`, with rewards all above the caps: the latecomer commits one unit at 20, where X = A - 20 B is
 * -9 fees, and the others leave. Nine times the fee is shared, claimed, and handed back, at ages that divide a ray, so
 * that the position's checkpoint arrives at zero to the unit. Then the fee is shared once more.
 */
async function checkpointBackAtZero(connection: NetworkConnection): Promise<MarketWorld> {
  const world = await hugeFeeOnOneUnit(connection, { maxUserRewardBps: 1n });
  const { market, supporter, challenger, latecomer } = world;
  await at(market, 20n);
  await market.connect(latecomer).commit(Side.Oppose, 1n, NO_LIMIT);
  await at(market, 20n);
  await market.connect(supporter).exitEarly(1n);
  await at(market, 20n);
  await market.connect(challenger).exitEarly(2n);
  for (const age of [1n, 2n, 4n, 5n, 8n, 10n, 16n, 20n, 25n]) {
    await at(market, 20n + age);
    await market.distribute();
    await at(market, 20n + age);
    await market.connect(latecomer).claimRewards(3n);
  }
  await at(market, 20n + 32n);
  await market.distribute();
  return world;
}

/** A market under `UNIT_RULES` in which everyone can pay 2^104. */
async function marketOfWhales(connection: NetworkConnection, rules: Partial<MarketParams>): Promise<MarketWorld> {
  const protocol = await protocolFixture(connection);
  const market = await createOpenMarket(protocol, { rules: { ...UNIT_RULES, ...rules } });
  for (const whale of [protocol.supporter, protocol.challenger, protocol.latecomer]) {
    await protocol.usdc.connect(whale).mint(whale, MAX_UINT104);
    await protocol.usdc.connect(whale).approve(market, MAX_UINT104 + 1n);
  }
  return { ...protocol, market };
}
