import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT, sqrtDown } from "../../sdk/stake/math.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, WAD } from "../fixtures/amounts.ts";
import { handSettledPools } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";
import { LOCK_DIVISOR, leave, openPoolsOfWhales, type StakeWorld } from "../fixtures/stake.ts";

/** The most that someone without a stake can pay: the reserve takes 2^85 - 1 of it, and the vault the rest. */
const MOST = (MAX_AMOUNT * LOCK_DIVISOR) / (LOCK_DIVISOR - 1n);
const TOO_MUCH = MOST + 1n;

describe("ConvictionMarket, with amounts of 2^85", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  const stakeFor = (amount: bigint) => world.stakeVault.connect(world.supporter).deposit(amount / LOCK_DIVISOR);

  beforeEach(async () => {
    world = await load(openPoolsOfWhales);
    market = world.convictionMarket.connect(world.supporter);
  });

  describe("when the pool becomes full", () => {
    it("emits Bought with 2^85 - 1 tokens for as many units", async () => {
      await stakeFor(MAX_AMOUNT);
      await expect(market.buy(CLAIM, Side.Support, MAX_AMOUNT, 0n))
        .to.emit(market, "Bought")
        .withArgs(CLAIM, world.supporter, Side.Support, MAX_AMOUNT, 0n, MAX_AMOUNT);
    });

    it("emits Bought when it does with what the skim leaves", async () => {
      await expect(market.buy(CLAIM, Side.Oppose, MOST, 0n))
        .to.emit(market, "Bought")
        .withArgs(CLAIM, world.supporter, Side.Oppose, MOST, MOST - MAX_AMOUNT, MAX_AMOUNT);
    });

    it("pays all of it back", async () => {
      await stakeFor(MAX_AMOUNT);
      await market.buy(CLAIM, Side.Oppose, MAX_AMOUNT, 0n);
      await expect(leave(world, world.supporter, { side: Side.Oppose })).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.supporter, market],
        [MAX_AMOUNT, -MAX_AMOUNT],
      );
    });
  });

  describe("when the pool would hold more", () => {
    it("reverts when a purchase without a skim is one unit too large", async () => {
      await stakeFor(MAX_AMOUNT + 1n);
      await expect(market.buy(CLAIM, Side.Support, MAX_AMOUNT + 1n, 0n))
        .to.be.revertedWithCustomError(market, "ReserveTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });

    for (const amount of [TOO_MUCH, 2n ** 88n, LOCK_DIVISOR * (MAX_AMOUNT + 1n) - 1n]) {
      const refusal = [amount - amount / LOCK_DIVISOR, MAX_AMOUNT] as const;

      it(`reverts when ${amount} are paid`, async () => {
        await expect(market.buy(CLAIM, Side.Support, amount, 0n))
          .to.be.revertedWithCustomError(market, "ReserveTooLarge")
          .withArgs(...refusal);
      });

      it(`reverts when a quote is asked for ${amount}`, async () => {
        await expect(market.quoteBuy(world.outsider, CLAIM, Side.Oppose, amount))
          .to.be.revertedWithCustomError(market, "ReserveTooLarge")
          .withArgs(...refusal);
      });
    }

    for (const amount of [LOCK_DIVISOR * (MAX_AMOUNT + 1n), 2n ** 128n + 50n, MaxUint256]) {
      const refusal = [amount / LOCK_DIVISOR, MAX_AMOUNT] as const;

      it(`reverts with the vault's error, for the lock is too large, when ${amount} are paid`, async () => {
        await expect(market.buy(CLAIM, Side.Support, amount, 0n))
          .to.be.revertedWithCustomError(world.stakeVault, "EncumbranceTooLarge")
          .withArgs(...refusal);
      });

      it(`reverts with the vault's error, for the lock is too large, when a quote is asked for ${amount}`, async () => {
        await expect(market.quoteBuy(world.outsider, CLAIM, Side.Oppose, amount))
          .to.be.revertedWithCustomError(world.stakeVault, "EncumbranceTooLarge")
          .withArgs(...refusal);
      });
    }

    it("reverts with the reserve first when it buys too little as well", async () => {
      await expect(market.buy(CLAIM, Side.Support, TOO_MUCH, MaxUint256))
        .to.be.revertedWithCustomError(market, "ReserveTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });

    it("reverts when the other side has filled it", async () => {
      await market.buy(CLAIM, Side.Support, MOST, 0n);
      await expect(market.connect(world.challenger).buy(CLAIM, Side.Oppose, 50n, 0n))
        .to.be.revertedWithCustomError(market, "ReserveTooLarge")
        .withArgs(MAX_AMOUNT + 49n, MAX_AMOUNT);
    });

    it("leaves other pools open", async () => {
      await market.buy(CLAIM, Side.Support, MOST, 0n);
      await expect(market.connect(world.challenger).buy(OTHER_CLAIM, Side.Oppose, 50n, 0n)).to.emit(market, "Bought");
    });
  });

  describe("when both sides are large", () => {
    const LONG = MAX_AMOUNT / 2n;

    beforeEach(async () => {
      await stakeFor(MAX_AMOUNT);
      await world.stakeVault.connect(world.challenger).deposit(MAX_AMOUNT / LOCK_DIVISOR);
      await market.buy(CLAIM, Side.Support, LONG, 0n);
      await market.connect(world.challenger).buy(CLAIM, Side.Oppose, MAX_AMOUNT - LONG, 0n);
    });

    it("updates the pool to 2^85 - 1 units", async () => {
      const short = sqrtDown(MAX_AMOUNT ** 2n - LONG ** 2n);
      expect(await market.pool(CLAIM)).to.deep.equal([LONG, short, MAX_AMOUNT]);
    });

    it("shows the price without overflow", async () => {
      const short = sqrtDown(MAX_AMOUNT ** 2n - LONG ** 2n);
      expect(await market.price(CLAIM, Side.Oppose)).to.equal(
        sqrtDown((short ** 2n * WAD ** 2n) / (LONG ** 2n + short ** 2n)),
      );
    });

    it("shows the belief without overflow", async () => {
      const short = sqrtDown(MAX_AMOUNT ** 2n - LONG ** 2n);
      expect(await market.marketBelief(CLAIM)).to.equal((LONG ** 2n * WAD) / (LONG ** 2n + short ** 2n));
    });

    it("pays everything back", async () => {
      await leave(world, world.supporter);
      await leave(world, world.challenger, { side: Side.Oppose });
      expect(await world.token.balanceOf(market)).to.equal(0n);
    });
  });

  describe("when the vault is full", () => {
    it("reverts when a purchase needs a skim", async () => {
      await world.stakeVault.connect(world.challenger).deposit(MAX_AMOUNT);
      await expect(market.buy(CLAIM, Side.Support, 50n, 0n))
        .to.be.revertedWithCustomError(world.stakeVault, "StakeTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });

    it("emits Bought when the stake of the buyer covers the lock", async () => {
      await world.stakeVault.connect(world.challenger).deposit(MAX_AMOUNT - 1n);
      await world.stakeVault.connect(world.supporter).deposit(1n);
      await expect(market.buy(CLAIM, Side.Support, 50n, 0n)).to.emit(market, "Bought");
    });
  });
});

describe("ConvictionMarket.buy, when all that can be encumbered is", () => {
  it("reverts when it locks a unit more", async () => {
    const { stakeVault, convictionMarket, serum, challenger, supporter } = await load(handSettledPools);
    await stakeVault.connect(serum).setAtRisk(challenger, OTHER_CLAIM, MAX_AMOUNT);
    await expect(convictionMarket.connect(supporter).buy(CLAIM, Side.Support, 50n, 0n))
      .to.be.revertedWithCustomError(stakeVault, "EncumbranceTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });
});
