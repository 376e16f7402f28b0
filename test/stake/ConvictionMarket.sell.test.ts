import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  commitVoice,
  contestedPool,
  enter,
  leave,
  POOL,
  POOLLESS_CLAIM,
  percent,
  type StakeWorld,
} from "../fixtures/stake.ts";

describe("ConvictionMarket.sell", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  describe("when both sides are held: 300 LONG, 400 SHORT, 500 in reserve", () => {
    /** Sales down to Pythagoras' triples (400, 195, 445) and (300, 125, 325). */
    const SALES = [
      { name: "LONG", seller: "supporter", side: Side.Support, held: usdc(300), tokens: usdc(105), amount: usdc(55) },
      { name: "SHORT", seller: "challenger", side: Side.Oppose, held: usdc(400), tokens: usdc(275), amount: usdc(175) },
    ] as const;

    beforeEach(async () => {
      world = await load(contestedPool);
    });

    for (const { name, seller, side, held, tokens, amount } of SALES) {
      describe(`and part of ${name} is sold`, () => {
        beforeEach(() => {
          market = world.convictionMarket.connect(world[seller]);
        });

        it("pays the amount from the venue to the seller", async () => {
          await expect(market.sell(CLAIM, side, tokens, 0n)).to.changeTokenBalances(
            world.ethers,
            world.token,
            [world[seller], market, world.stakeVault],
            [amount, -amount, 0n],
          );
        });

        it("emits Sold", async () => {
          await expect(market.sell(CLAIM, side, tokens, 0n))
            .to.emit(market, "Sold")
            .withArgs(CLAIM, world[seller], side, tokens, amount);
        });

        it("emits no LockSet", async () => {
          await expect(market.sell(CLAIM, side, tokens, 0n)).not.to.emit(world.stakeVault, "LockSet");
        });

        it("returns the amount", async () => {
          expect(await market.sell.staticCall(CLAIM, side, tokens, 0n)).to.equal(amount);
        });

        it("updates the holding", async () => {
          await market.sell(CLAIM, side, tokens, 0n);
          expect(await market.balanceOf(world[seller], CLAIM, side)).to.equal(held - tokens);
        });

        it("updates supply and reserve", async () => {
          await market.sell(CLAIM, side, tokens, 0n);
          const { longSupply, shortSupply, reserve } = POOL;
          const supplies =
            side === Side.Support ? [longSupply - tokens, shortSupply] : [longSupply, shortSupply - tokens];
          expect(await market.pool(CLAIM)).to.deep.equal([...supplies, reserve - amount]);
        });

        it("leaves the lock as it is", async () => {
          await market.sell(CLAIM, side, held - 1n, 0n);
          expect(await world.stakeVault.totalLocked(world[seller])).to.equal(
            side === Side.Support ? POOL.longLock : POOL.shortLock,
          );
        });

        it("emits Sold when the caller accepts no less", async () => {
          await expect(market.sell(CLAIM, side, tokens, amount)).to.emit(market, "Sold");
        });

        it("reverts when the caller accepts no less than one unit more", async () => {
          await expect(market.sell(CLAIM, side, tokens, amount + 1n))
            .to.be.revertedWithCustomError(market, "SlippageExceeded")
            .withArgs(amount, amount + 1n);
        });
      });

      describe(`and all of ${name} is sold`, () => {
        const lock = side === Side.Support ? POOL.longLock : POOL.shortLock;
        const otherSupply = side === Side.Support ? POOL.shortSupply : POOL.longSupply;

        beforeEach(() => {
          market = world.convictionMarket.connect(world[seller]);
        });

        it("pays down to what the other side has", async () => {
          await expect(market.sell(CLAIM, side, held, 0n)).to.changeTokenBalances(
            world.ethers,
            world.token,
            [world[seller], market],
            [POOL.reserve - otherSupply, otherSupply - POOL.reserve],
          );
        });

        it("emits the vault's LockSet", async () => {
          await expect(market.sell(CLAIM, side, held, 0n))
            .to.emit(world.stakeVault, "LockSet")
            .withArgs(world[seller], CLAIM, side, 0n, 0n);
        });

        it("updates the voice to zero", async () => {
          await market.sell(CLAIM, side, held, 0n);
          expect(await market.grossLock(world[seller], CLAIM)).to.equal(0n);
        });

        it("frees the stake behind it", async () => {
          await market.sell(CLAIM, side, held, 0n);
          expect(await world.stakeVault.withdrawable(world[seller])).to.equal(lock);
        });

        it("leaves the stake as it is", async () => {
          await market.sell(CLAIM, side, held, 0n);
          expect(await world.stakeVault.totalStake(world[seller])).to.equal(lock);
        });
      });
    }

    describe("and the seller has both sides", () => {
      beforeEach(async () => {
        market = world.convictionMarket.connect(world.supporter);
        await market.buy(CLAIM, Side.Oppose, usdc(50), 0n);
      });

      it("frees the lock of the side that is sold alone", async () => {
        await leave(world, world.supporter);
        expect(await market.grossLock(world.supporter, CLAIM)).to.equal(usdc(1));
      });

      it("leaves the holding of the other side as it is", async () => {
        const held = await market.balanceOf(world.supporter, CLAIM, Side.Oppose);
        await leave(world, world.supporter);
        expect(await market.balanceOf(world.supporter, CLAIM, Side.Oppose)).to.equal(held);
      });
    });

    describe("and another holds the same side", () => {
      beforeEach(async () => {
        await enter(world, world.latecomer, { lock: usdc(3) });
      });

      it("frees the seller's lock though the side goes on", async () => {
        await leave(world, world.supporter);
        expect(await world.convictionMarket.grossLock(world.supporter, CLAIM)).to.equal(0n);
      });

      it("leaves the other's lock as it is", async () => {
        await leave(world, world.supporter);
        expect(await world.convictionMarket.grossLock(world.latecomer, CLAIM)).to.equal(usdc(3));
      });
    });

    describe("and the sale is not the caller's to make", () => {
      beforeEach(() => {
        market = world.convictionMarket.connect(world.supporter);
      });

      it("reverts when no token is sold", async () => {
        await expect(market.sell(CLAIM, Side.Support, 0n, 0n))
          .to.be.revertedWithCustomError(market, "TokensZero")
          .withArgs();
      });

      it("reverts with the tokens first when the pool is unknown as well", async () => {
        await expect(market.sell(POOLLESS_CLAIM, Side.Support, 0n, 0n))
          .to.be.revertedWithCustomError(market, "TokensZero")
          .withArgs();
      });

      it("reverts when the claim has no pool", async () => {
        await expect(market.sell(POOLLESS_CLAIM, Side.Support, 1n, 0n))
          .to.be.revertedWithCustomError(market, "PoolUnknown")
          .withArgs(POOLLESS_CLAIM);
      });

      for (const tokens of [POOL.longSupply + 1n, 2n ** 85n, 2n ** 128n + 1n, MaxUint256]) {
        it(`reverts when ${tokens} are sold`, async () => {
          await expect(market.sell(CLAIM, Side.Support, tokens, 0n))
            .to.be.revertedWithCustomError(market, "HoldingExceeded")
            .withArgs(tokens, POOL.longSupply);
        });
      }

      it("reverts when the tokens are of the other side", async () => {
        await expect(market.sell(CLAIM, Side.Oppose, 1n, 0n))
          .to.be.revertedWithCustomError(market, "HoldingExceeded")
          .withArgs(1n, 0n);
      });

      it("reverts when the tokens are of another claim", async () => {
        await expect(market.sell(OTHER_CLAIM, Side.Support, 1n, 0n))
          .to.be.revertedWithCustomError(market, "HoldingExceeded")
          .withArgs(1n, 0n);
      });

      it("reverts when the tokens are another's", async () => {
        await expect(market.connect(world.outsider).sell(CLAIM, Side.Support, 1n, 0n))
          .to.be.revertedWithCustomError(market, "HoldingExceeded")
          .withArgs(1n, 0n);
      });

      it("reverts when they were sold before", async () => {
        await leave(world, world.supporter);
        await expect(market.sell(CLAIM, Side.Support, 1n, 0n))
          .to.be.revertedWithCustomError(market, "HoldingExceeded")
          .withArgs(1n, 0n);
      });

      it("reverts with the holding first when the price is too low as well", async () => {
        await expect(market.sell(CLAIM, Side.Support, POOL.longSupply + 1n, MaxUint256))
          .to.be.revertedWithCustomError(market, "HoldingExceeded")
          .withArgs(POOL.longSupply + 1n, POOL.longSupply);
      });

      it("reverts when the side is 2", async () => {
        await expect(market.sell(CLAIM, 2, 1n, 0n)).to.be.revertedWithoutReason(world.ethers);
      });
    });

    describe("and everybody sells", () => {
      for (const order of [
        ["supporter", "challenger"],
        ["challenger", "supporter"],
      ] as const) {
        const [first, last] = order;
        const sideOf = { supporter: Side.Support, challenger: Side.Oppose };
        const rest = first === "supporter" ? POOL.shortSupply : POOL.longSupply;

        it(`pays all that is left to the ${last} after the ${first}`, async () => {
          await leave(world, world[first], { side: sideOf[first] });
          await expect(leave(world, world[last], { side: sideOf[last] })).to.changeTokenBalances(
            world.ethers,
            world.token,
            [world[last], world.convictionMarket],
            [rest, -rest],
          );
        });

        it(`empties the pool after the ${first} and the ${last}`, async () => {
          for (const seller of order) await leave(world, world[seller], { side: sideOf[seller] });
          expect(await world.convictionMarket.pool(CLAIM)).to.deep.equal([0n, 0n, 0n]);
        });
      }

      it("lets the pool be used again as an empty one", async () => {
        await leave(world, world.supporter);
        await leave(world, world.challenger, { side: Side.Oppose });
        await expect(world.convictionMarket.connect(world.challenger).buy(CLAIM, Side.Support, usdc(200), 0n))
          .to.emit(world.convictionMarket, "Bought")
          .withArgs(CLAIM, world.challenger, Side.Support, usdc(200), 0n, usdc(200));
      });
    });

    describe("and the voice of the position was raised", () => {
      beforeEach(async () => {
        await commitVoice(world, { user: world.supporter, belief: percent(70n), meta: percent(50n) });
        market = world.convictionMarket.connect(world.supporter);
      });

      it("frees nothing that is at risk", async () => {
        await leave(world, world.supporter);
        expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(0n);
      });

      it("updates the voice of later epochs to zero all the same", async () => {
        await leave(world, world.supporter);
        expect(await market.grossLock(world.supporter, CLAIM)).to.equal(0n);
      });
    });
  });
});
