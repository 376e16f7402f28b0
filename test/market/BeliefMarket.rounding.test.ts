import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import type { MarketParams } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import type { BeliefMarket } from "../../typechain-types/index.ts";
import { MAX_UINT96, NO_LIMIT, UNIT_RULES } from "../fixtures/amounts.ts";
import type { MarketWorld } from "../fixtures/market.ts";
import { at, createOpenMarket, type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

/** Worked examples in single units: `UNIT_RULES` charge a flat fee of 1 % and a penalty of 10 %. */
describe("BeliefMarket, to the unit", () => {
  let world: MarketWorld;
  let market: BeliefMarket;

  /** A market with `rules` in which the supporter commits `stake` on Support after 100 seconds, free of charge. */
  const openWith = async (rules: Partial<MarketParams>, stake: bigint): Promise<void> => {
    const protocol: DollarProtocol = await load(protocolFixture);
    market = await createOpenMarket(protocol, { rules: { ...UNIT_RULES, ...rules } });
    world = { ...protocol, market };
    await at(market, 100n);
    await market.connect(world.supporter).commit(Side.Support, stake, 0n);
  };

  describe("fees", () => {
    beforeEach(async () => {
      await openWith({ maxUserRewardBps: 15_000n }, 1_000n);
    });

    for (const [amount, fee, allowance] of [
      [99n, 0n, 148n], // 0.99 rounds to nothing, so the cap is 1.5 times the principal: 148.5
      [100n, 1n, 1n], // 1.5 times the fee, rounded down
      [199n, 1n, 1n], // 1.99
      [200n, 2n, 3n],
      [10_050n, 100n, 150n], // 100.5
    ] as const) {
      it(`charges ${fee} of ${amount}`, async () => {
        await expect(market.connect(world.challenger).commit(Side.Oppose, amount, NO_LIMIT))
          .to.emit(market, "Committed")
          .withArgs(2n, world.challenger, Side.Oppose, amount - fee, fee);
      });

      it(`lets a position of ${amount} earn ${allowance}`, async () => {
        await market.connect(world.challenger).commit(Side.Oppose, amount, NO_LIMIT);
        expect((await market.position(2n)).rewardAllowance).to.equal(allowance);
      });
    }

    it("lets a position earn no more than 2^96 - 1", async () => {
      await openWith({}, 1_000n);
      await world.usdc.connect(world.challenger).mint(world.challenger, MAX_UINT96);
      await world.usdc.connect(world.challenger).approve(market, MAX_UINT96);
      await market.connect(world.challenger).commit(Side.Oppose, MAX_UINT96, NO_LIMIT);
      expect((await market.position(2n)).rewardAllowance).to.equal(MAX_UINT96);
    });
  });

  describe("penalties", () => {
    for (const [principal, penalty] of [
      [9n, 0n],
      [10n, 1n],
      [19n, 1n],
    ] as const) {
      it(`charges ${penalty} of ${principal}`, async () => {
        await openWith({}, 1_000n);
        await market.connect(world.challenger).commit(Side.Oppose, principal, NO_LIMIT);
        await expect(market.connect(world.challenger).exitEarly(2n))
          .to.emit(market, "ExitedEarly")
          .withArgs(2n, world.challenger, principal - penalty, penalty, 0n);
      });
    }
  });

  describe("the cap of the reward pool, at 1 % of principal", () => {
    const TIGHT = { maxSrpBps: 100n, lateEntryFeeBaseBps: 1_000n, lateEntryFeeMaxBps: 1_000n };

    it("reduces a fee to the largest that keeps within it", async () => {
      await openWith(TIGHT, 1_000n);
      // 10 % would be 100. 19 <= 1 % of 1,981, but 20 > 1 % of 1,980.
      await expect(market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT))
        .to.emit(market, "Committed")
        .withArgs(2n, world.challenger, Side.Oppose, 981n, 19n);
    });

    it("counts what is in the pool already", async () => {
      await openWith(TIGHT, 1_000n);
      await market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT);
      // 19 + 10 <= 1 % of 2,971, but 19 + 11 > 1 % of 2,970.
      await expect(market.connect(world.latecomer).commit(Side.Oppose, 1_000n, NO_LIMIT))
        .to.emit(market, "Committed")
        .withArgs(3n, world.latecomer, Side.Oppose, 990n, 10n);
    });

    it("reduces a fee to nothing when the pool is full", async () => {
      await openWith(TIGHT, 1_000n);
      await market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT);
      // 10 % would be 1, but 20 > 1 % of 1,990.
      await expect(market.connect(world.latecomer).commit(Side.Oppose, 10n, NO_LIMIT))
        .to.emit(market, "Committed")
        .withArgs(3n, world.latecomer, Side.Oppose, 10n, 0n);
    });

    it("measures the caller's limit by the fee before it is reduced", async () => {
      await openWith(TIGHT, 1_000n);
      await expect(market.connect(world.challenger).commit(Side.Oppose, 1_000n, 999n))
        .to.be.revertedWithCustomError(market, "EntryFeeAboveLimit")
        .withArgs(1_000n, 999n);
    });

    it("reduces a penalty to the largest that keeps within it", async () => {
      await openWith({ ...TIGHT, lateEntryFeeBaseBps: 0n, lateEntryFeeMaxBps: 0n }, 1_050n);
      await market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT);
      // 10 % would be 100; 1 % of the 1,050 that stay is 10.5.
      await expect(market.connect(world.challenger).exitEarly(2n))
        .to.emit(market, "ExitedEarly")
        .withArgs(2n, world.challenger, 990n, 10n, 0n);
    });

    it("reduces a penalty to nothing when the pool is full", async () => {
      await openWith({ ...TIGHT, lateEntryFeeBaseBps: 0n, lateEntryFeeMaxBps: 0n }, 1_000n);
      await market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT);
      await market.connect(world.challenger).exitEarly(2n);
      await market.connect(world.latecomer).commit(Side.Oppose, 1_000n, NO_LIMIT);
      await expect(market.connect(world.latecomer).exitEarly(3n))
        .to.emit(market, "ExitedEarly")
        .withArgs(3n, world.latecomer, 1_000n, 0n, 0n);
    });

    it("counts rewards that the one who leaves forfeits", async () => {
      await openWith(TIGHT, 1_000n);
      await at(market, 200n);
      await market.connect(world.challenger).commit(Side.Oppose, 1_000n, NO_LIMIT);
      // The pool of 19 stays, above 1 % of the 981 that stay: no room for a penalty.
      await expect(market.connect(world.supporter).exitEarly(1n))
        .to.emit(market, "ExitedEarly")
        .withArgs(1n, world.supporter, 1_000n, 0n, 19n);
    });
  });

  describe("three equal stakes of one unit and two fees of 200", () => {
    beforeEach(async () => {
      world = await load(twoFeesForThree);
      market = world.market;
    });

    it("pays one who claims once 133 of 133.33", async () => {
      await expect(market.connect(world.challenger).claimRewards(2n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(2n, world.challenger, 133n, 0n);
    });

    it("pays one who claimed 66 of 66.67 after the first fee another 67", async () => {
      await expect(market.connect(world.supporter).claimRewards(1n))
        .to.emit(market, "RewardsClaimed")
        .withArgs(1n, world.supporter, 67n, 0n);
    });

    it("updates the unit that nobody can claim to undistributed when all have left", async () => {
      await leaveAll();
      const { srp, undistributed } = await market.state();
      expect([srp, undistributed]).to.deep.equal([1n, 1n]);
    });

    it("holds nothing but that unit when all have left", async () => {
      await leaveAll();
      expect(await world.usdc.balanceOf(market)).to.equal(1n);
    });

    it("shares that unit with the next fee", async () => {
      await leaveAll();
      await at(market, 1_000_500n);
      await market.connect(world.supporter).commit(Side.Support, 10n, 0n);
      await at(market, 1_000_501n);
      await expect(market.connect(world.challenger).commit(Side.Oppose, 100n, NO_LIMIT))
        .to.emit(market, "RewardsDistributed")
        .withArgs(2n);
    });

    const leaveAll = async () => {
      await at(market, 1_000_100n);
      await market.connect(world.supporter).withdraw(1n);
      await market.connect(world.challenger).withdraw(2n);
      await market.connect(world.latecomer).withdraw(3n);
    };
  });

  describe("a stake of 2^96 - 1, 100 seconds old", () => {
    beforeEach(async () => {
      world = await load(oneHugeStake);
      market = world.market;
      await at(market, 200n);
    });

    it("emits no RewardsDistributed for a fee too small to divide", async () => {
      await expect(market.connect(world.challenger).commit(Side.Oppose, 100n, NO_LIMIT)).not.to.emit(
        market,
        "RewardsDistributed",
      );
    });

    it("keeps a fee too small to divide undistributed", async () => {
      await market.connect(world.challenger).commit(Side.Oppose, 100n, NO_LIMIT);
      const { srp, undistributed } = await market.state();
      expect([srp, undistributed]).to.deep.equal([1n, 1n]);
    });

    it("emits RewardsDistributed with the part of a fee that divides", async () => {
      // The weight is 7.92 * 10^30. 10,000 * 10^27 / 7.92 * 10^30 is 1.26 ray-ths for each unit of weight; one of them makes 7,922.8 units.
      await expect(market.connect(world.challenger).commit(Side.Oppose, 1_000_000n, NO_LIMIT))
        .to.emit(market, "RewardsDistributed")
        .withArgs(7_923n);
    });

    it("keeps the rest of that fee undistributed", async () => {
      await market.connect(world.challenger).commit(Side.Oppose, 1_000_000n, NO_LIMIT);
      expect((await market.state()).undistributed).to.equal(2_077n);
    });

    it("updates pendingRewards by what divides, rounded down", async () => {
      await market.connect(world.challenger).commit(Side.Oppose, 1_000_000n, NO_LIMIT);
      expect(await market.pendingRewards(1n)).to.equal(7_922n);
    });
  });
});

/**
 * Supporter, challenger and latecomer stake one unit each after 100 seconds. After 200 and 300 seconds the outsider
 * commits 20,000, pays 200, and exits in the same second without penalty: the pool is over its cap. The supporter
 * claims between the two.
 */
async function twoFeesForThree(connection: NetworkConnection): Promise<MarketWorld> {
  const protocol = await protocolFixture(connection);
  const market = await createOpenMarket(protocol, { rules: UNIT_RULES });
  const { supporter, challenger, latecomer, outsider } = protocol;
  for (const staker of [supporter, challenger, latecomer]) {
    await at(market, 100n);
    await market.connect(staker).commit(Side.Support, 1n, NO_LIMIT);
  }
  for (const [elapsed, positionId] of [
    [200n, 4n],
    [300n, 5n],
  ] as const) {
    await at(market, elapsed);
    await market.connect(outsider).commit(Side.Support, 20_000n, NO_LIMIT);
    await at(market, elapsed);
    await market.connect(outsider).exitEarly(positionId);
    await at(market, elapsed);
    if (elapsed === 200n) await market.connect(supporter).claimRewards(1n);
  }
  return { ...protocol, market };
}

/** The supporter stakes 2^96 - 1 units after 100 seconds. */
async function oneHugeStake(connection: NetworkConnection): Promise<MarketWorld> {
  const protocol = await protocolFixture(connection);
  const market = await createOpenMarket(protocol, { rules: UNIT_RULES });
  await protocol.usdc.connect(protocol.supporter).mint(protocol.supporter, MAX_UINT96);
  await protocol.usdc.connect(protocol.supporter).approve(market, MAX_UINT96);
  await at(market, 100n);
  await market.connect(protocol.supporter).commit(Side.Support, MAX_UINT96, 0n);
  return { ...protocol, market };
}
