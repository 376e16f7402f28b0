import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { sqrtDown } from "../../sdk/stake/math.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, usdc, WAD } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { contestedPool, leave, openPools, POOL, POOLLESS_CLAIM, type StakeWorld } from "../fixtures/stake.ts";

describe("ConvictionMarket, views", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  /** Prices of LONG and SHORT, and the belief. */
  const readings = async () => [
    await market.price(CLAIM, Side.Support),
    await market.price(CLAIM, Side.Oppose),
    await market.marketBelief(CLAIM),
  ];

  describe("when the pool is empty", () => {
    beforeEach(async () => {
      world = await load(openPools);
      market = world.convictionMarket;
    });

    it("shows no supply and no reserve", async () => {
      expect(await market.pool(CLAIM)).to.deep.equal([0n, 0n, 0n]);
    });

    it("shows a price of one on both sides, and a belief of a half", async () => {
      expect(await readings()).to.deep.equal([WAD, WAD, WAD / 2n]);
    });

    it("shows no holding and no voice", async () => {
      const { supporter } = world;
      expect([
        await market.balanceOf(supporter, CLAIM, Side.Support),
        await market.grossLock(supporter, CLAIM),
      ]).to.deep.equal([0n, 0n]);
    });

    for (const { name, side, expected } of [
      { name: "LONG", side: Side.Support, expected: [WAD, 0n, WAD] },
      { name: "SHORT", side: Side.Oppose, expected: [0n, WAD, 0n] },
    ]) {
      it(`shows the price of ${name} at one and the other at nothing once it alone is held`, async () => {
        await market.connect(world.supporter).buy(CLAIM, side, usdc(100), 0n);
        expect(await readings()).to.deep.equal(expected);
      });
    }

    it("rounds prices and belief down", async () => {
      for (const user of [world.supporter, world.challenger]) await world.stakeVault.connect(user).deposit(1n);
      await market.connect(world.supporter).buy(CLAIM, Side.Support, 50n, 0n);
      await market.connect(world.challenger).buy(CLAIM, Side.Oppose, 50n, 0n);
      const norm = 50n ** 2n + 86n ** 2n;
      expect(await readings()).to.deep.equal([
        sqrtDown((50n ** 2n * WAD ** 2n) / norm),
        sqrtDown((86n ** 2n * WAD ** 2n) / norm),
        (50n ** 2n * WAD) / norm,
      ]);
    });
  });

  describe("when both sides are held: 300 LONG, 400 SHORT", () => {
    beforeEach(async () => {
      world = await load(contestedPool);
      market = world.convictionMarket;
    });

    it("shows supplies and reserve", async () => {
      expect(await market.pool(CLAIM)).to.deep.equal([POOL.longSupply, POOL.shortSupply, POOL.reserve]);
    });

    it("shows the prices 0.6 and 0.8 and the belief 0.36", async () => {
      expect(await readings()).to.deep.equal([(WAD * 6n) / 10n, (WAD * 8n) / 10n, (WAD * 36n) / 100n]);
    });

    it("shows the prices of an empty pool once all is sold", async () => {
      await leave(world, world.supporter);
      await leave(world, world.challenger, { side: Side.Oppose });
      expect(await readings()).to.deep.equal([WAD, WAD, WAD / 2n]);
    });

    it("shows what each holds of each side", async () => {
      const held = [];
      for (const user of [world.supporter, world.challenger]) {
        for (const side of [Side.Support, Side.Oppose]) held.push(await market.balanceOf(user, CLAIM, side));
      }
      expect(held).to.deep.equal([POOL.longSupply, 0n, 0n, POOL.shortSupply]);
    });

    it("shows nothing of it in another pool", async () => {
      expect([
        await market.balanceOf(world.supporter, OTHER_CLAIM, Side.Support),
        await market.grossLock(world.supporter, OTHER_CLAIM),
      ]).to.deep.equal([0n, 0n]);
    });

    it("shows both locks together as the voice", async () => {
      await market.connect(world.supporter).buy(CLAIM, Side.Oppose, usdc(100), 0n);
      expect(await market.grossLock(world.supporter, CLAIM)).to.equal(POOL.longLock + usdc(2));
    });

    it("leaves the pool as it is when tokens are sent to the venue", async () => {
      await world.token.connect(world.outsider).transfer(market, usdc(7));
      expect(await market.pool(CLAIM)).to.deep.equal([POOL.longSupply, POOL.shortSupply, POOL.reserve]);
    });
  });

  describe("when the claim has no pool", () => {
    beforeEach(async () => {
      world = await load(openPools);
      market = world.convictionMarket;
    });

    for (const [name, read] of [
      ["pool", () => market.pool(POOLLESS_CLAIM)],
      ["price of LONG", () => market.price(POOLLESS_CLAIM, Side.Support)],
      ["price of SHORT", () => market.price(POOLLESS_CLAIM, Side.Oppose)],
      ["marketBelief", () => market.marketBelief(POOLLESS_CLAIM)],
    ] as const) {
      it(`reverts when its ${name} is asked for`, async () => {
        await expect(read()).to.be.revertedWithCustomError(market, "PoolUnknown").withArgs(POOLLESS_CLAIM);
      });
    }
  });
});
