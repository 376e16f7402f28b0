import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { tokensForDown } from "../../sdk/stake/curve.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, usdc, WEALTH } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  contestedPool,
  openPools,
  POOL,
  POOLLESS_CLAIM,
  priceOfLock,
  type StakeWorld,
  surplusOf,
  UNKNOWN_CLAIM,
} from "../fixtures/stake.ts";

describe("ConvictionMarket.buy", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  describe("when the pool is empty", () => {
    beforeEach(async () => {
      world = await load(openPools);
      market = world.convictionMarket.connect(world.supporter);
    });

    describe("and the buyer has no stake", () => {
      it("pays the amount from the buyer, two per cent of it to the vault", async () => {
        await expect(market.buy(CLAIM, Side.Support, usdc(100), 0n)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.supporter, market, world.stakeVault],
          [-usdc(100), usdc(98), usdc(2)],
        );
      });

      for (const [name, side] of Object.entries(Side)) {
        it(`emits Bought with a token of ${name} for every unit that is left`, async () => {
          await expect(market.buy(CLAIM, side, usdc(100), 0n))
            .to.emit(market, "Bought")
            .withArgs(CLAIM, world.supporter, side, usdc(100), usdc(2), usdc(98));
        });

        it(`emits the vault's LockSet for ${name}`, async () => {
          await expect(market.buy(CLAIM, side, usdc(100), 0n))
            .to.emit(world.stakeVault, "LockSet")
            .withArgs(world.supporter, CLAIM, side, usdc(2), usdc(2));
        });
      }

      it("returns tokens and skim", async () => {
        expect(await market.buy.staticCall(CLAIM, Side.Support, usdc(100), 0n)).to.deep.equal([usdc(98), usdc(2)]);
      });

      it("updates the stake to the skim", async () => {
        await market.buy(CLAIM, Side.Support, usdc(100), 0n);
        expect(await world.stakeVault.totalStake(world.supporter)).to.equal(usdc(2));
      });

      it("leaves nothing of it to withdraw", async () => {
        await market.buy(CLAIM, Side.Support, usdc(100), 0n);
        expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(0n);
      });
    });

    describe("and the buyer's stake covers the lock", () => {
      beforeEach(async () => {
        await world.stakeVault.connect(world.supporter).deposit(usdc(2));
      });

      it("pays all of the amount to the venue", async () => {
        await expect(market.buy(CLAIM, Side.Support, usdc(100), 0n)).to.changeTokenBalances(
          world.ethers,
          world.token,
          [world.supporter, market, world.stakeVault],
          [-usdc(100), usdc(100), 0n],
        );
      });

      it("emits Bought without a skim", async () => {
        await expect(market.buy(CLAIM, Side.Oppose, usdc(100), 0n))
          .to.emit(market, "Bought")
          .withArgs(CLAIM, world.supporter, Side.Oppose, usdc(100), 0n, usdc(100));
      });
    });

    describe("and the amount is small", () => {
      for (const amount of [0n, 1n, 49n]) {
        it(`reverts when it is ${amount}`, async () => {
          await expect(market.buy(CLAIM, Side.Support, amount, 0n))
            .to.be.revertedWithCustomError(market, "AmountTooSmall")
            .withArgs(amount, 50n);
        });
      }

      for (const [amount, lock] of [
        [50n, 1n],
        [51n, 1n],
        [99n, 1n],
        [100n, 2n],
      ] as const) {
        it(`locks ${lock} for ${amount}`, async () => {
          await expect(market.buy(CLAIM, Side.Support, amount, 0n))
            .to.emit(market, "Bought")
            .withArgs(CLAIM, world.supporter, Side.Support, amount, lock, amount - lock);
        });
      }
    });

    describe("and the claim has none", () => {
      for (const claimId of [POOLLESS_CLAIM, UNKNOWN_CLAIM]) {
        it(`reverts for ${claimId.slice(0, 10)}`, async () => {
          await expect(market.buy(claimId, Side.Support, usdc(100), 0n))
            .to.be.revertedWithCustomError(market, "PoolUnknown")
            .withArgs(claimId);
        });
      }

      it("reverts with the amount first when that is too small as well", async () => {
        await expect(market.buy(UNKNOWN_CLAIM, Side.Support, 49n, 0n))
          .to.be.revertedWithCustomError(market, "AmountTooSmall")
          .withArgs(49n, 50n);
      });
    });

    describe("and the buyer cannot pay", () => {
      it("reverts when the amount is above the balance", async () => {
        await world.token.connect(world.supporter).transfer(world.outsider, WEALTH - usdc(100) + 1n);
        await expect(market.buy(CLAIM, Side.Support, usdc(100), 0n))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
          .withArgs(world.supporter, usdc(100) - 1n, usdc(100));
      });

      it("reverts when the amount is above the allowance", async () => {
        await world.token.connect(world.supporter).approve(market, usdc(100) - 1n);
        await expect(market.buy(CLAIM, Side.Support, usdc(100), 0n))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
          .withArgs(market, usdc(100) - 1n, usdc(100));
      });

      it("emits Bought when the vault has no allowance, for the skim passes through the venue", async () => {
        await world.token.connect(world.supporter).approve(world.stakeVault, 0n);
        await expect(market.buy(CLAIM, Side.Support, usdc(100), 0n)).to.emit(market, "Bought");
      });
    });

    describe("and the side is none", () => {
      it("reverts when it is 2", async () => {
        await expect(market.buy(CLAIM, 2, usdc(100), 0n)).to.be.revertedWithoutReason(world.ethers);
      });
    });

    describe("and entries are paused", () => {
      for (const [amount, claimId] of [
        [usdc(100), CLAIM],
        [49n, CLAIM],
        [usdc(100), UNKNOWN_CLAIM],
      ] as const) {
        it(`reverts with the pause first for ${amount} on ${claimId.slice(0, 10)}`, async () => {
          await market.connect(world.guardian).pauseEntries();
          await expect(market.buy(claimId, Side.Support, amount, 0n))
            .to.be.revertedWithCustomError(market, "EnforcedPause")
            .withArgs();
        });
      }
    });
  });

  describe("when both sides are held: 300 LONG, 400 SHORT, 500 in reserve", () => {
    /** Purchases by the latecomer, who has a stake of 1: Pythagoras' triples (400, 960, 1040) and (300, 720, 780). */
    const PURCHASES = [
      { name: "LONG", side: Side.Support, amount: usdc(550), skim: usdc(10), tokens: usdc(660) },
      { name: "SHORT", side: Side.Oppose, amount: usdc("284.693877"), skim: usdc("4.693877"), tokens: usdc(320) },
    ] as const;

    beforeEach(async () => {
      world = await load(contestedPool);
      market = world.convictionMarket.connect(world.latecomer);
      await world.stakeVault.connect(world.latecomer).deposit(usdc(1));
    });

    for (const { name, side, amount, skim, tokens } of PURCHASES) {
      describe(`and someone new buys ${name}`, () => {
        it("pays the amount from the buyer to venue and vault", async () => {
          await expect(market.buy(CLAIM, side, amount, 0n)).to.changeTokenBalances(
            world.ethers,
            world.token,
            [world.latecomer, market, world.stakeVault],
            [-amount, amount - skim, skim],
          );
        });

        it("emits Bought", async () => {
          await expect(market.buy(CLAIM, side, amount, 0n))
            .to.emit(market, "Bought")
            .withArgs(CLAIM, world.latecomer, side, amount, skim, tokens);
        });

        it("updates the buyer's holding of that side alone", async () => {
          await market.buy(CLAIM, side, amount, 0n);
          const held = [];
          for (const each of [Side.Support, Side.Oppose]) {
            held.push(await market.balanceOf(world.latecomer, CLAIM, each));
          }
          expect(held).to.deep.equal(side === Side.Support ? [tokens, 0n] : [0n, tokens]);
        });

        it("updates supply and reserve", async () => {
          await market.buy(CLAIM, side, amount, 0n);
          const { longSupply, shortSupply, reserve } = POOL;
          const supplies =
            side === Side.Support ? [longSupply + tokens, shortSupply] : [longSupply, shortSupply + tokens];
          expect(await market.pool(CLAIM)).to.deep.equal([...supplies, reserve + amount - skim]);
        });

        it("leaves other pools as they are", async () => {
          await market.buy(CLAIM, side, amount, 0n);
          expect(await market.pool(OTHER_CLAIM)).to.deep.equal([0n, 0n, 0n]);
        });

        it("leaves what others hold as it is", async () => {
          await market.buy(CLAIM, side, amount, 0n);
          const held = [
            await market.balanceOf(world.supporter, CLAIM, Side.Support),
            await market.balanceOf(world.challenger, CLAIM, Side.Oppose),
          ];
          expect(held).to.deep.equal([POOL.longSupply, POOL.shortSupply]);
        });

        it("emits Bought when the caller accepts no fewer", async () => {
          await expect(market.buy(CLAIM, side, amount, tokens)).to.emit(market, "Bought");
        });

        it("reverts when the caller accepts no fewer than one more", async () => {
          await expect(market.buy(CLAIM, side, amount, tokens + 1n))
            .to.be.revertedWithCustomError(market, "SlippageExceeded")
            .withArgs(tokens, tokens + 1n);
        });
      });
    }

    it("keeps vault and venue covered to the unit", async () => {
      await market.buy(CLAIM, Side.Support, usdc(550), 0n);
      expect(await surplusOf(world)).to.deep.equal({ vault: 0n, venue: 0n });
    });
  });

  describe("when the buyer has locks", () => {
    beforeEach(async () => {
      world = await load(contestedPool);
      market = world.convictionMarket.connect(world.supporter);
    });

    for (const lock of [usdc(1), usdc(6), usdc(9)]) {
      it(`replaces the lock of 6 by ${lock}`, async () => {
        await market.buy(CLAIM, Side.Support, priceOfLock(lock), 0n);
        expect(await world.stakeVault.lockOf(world.supporter, CLAIM, Side.Support)).to.equal(lock);
      });
    }

    it("adds to the holding though it replaces the lock", async () => {
      const tokens = await market.buy.staticCall(CLAIM, Side.Support, usdc(50), 0n);
      await market.buy(CLAIM, Side.Support, usdc(50), 0n);
      expect(await market.balanceOf(world.supporter, CLAIM, Side.Support)).to.equal(POOL.longSupply + tokens.tokens);
    });

    it("frees stake when the new lock is smaller", async () => {
      await market.buy(CLAIM, Side.Support, usdc(50), 0n);
      expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(usdc(5));
    });

    it("emits Bought with a skim of what the new lock is larger by", async () => {
      await expect(market.buy(CLAIM, Side.Support, priceOfLock(usdc(9)), 0n))
        .to.emit(market, "Bought")
        .withArgs(
          CLAIM,
          world.supporter,
          Side.Support,
          usdc(450),
          usdc(3),
          tokensForDown(POOL, Side.Support, usdc(447)),
        );
    });

    it("adds locks of both sides in the skim", async () => {
      await expect(market.buy(CLAIM, Side.Oppose, usdc(100), 0n))
        .to.emit(world.stakeVault, "LockSet")
        .withArgs(world.supporter, CLAIM, Side.Oppose, usdc(2), usdc(2));
    });

    it("leaves the voice on other claims as it is", async () => {
      await market.buy(OTHER_CLAIM, Side.Support, usdc(100), 0n);
      expect(await market.grossLock(world.supporter, CLAIM)).to.equal(usdc(6));
    });
  });
});
