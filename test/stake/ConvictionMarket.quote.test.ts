import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { proceedsOfDown, supplyOf, tokensForDown } from "../../sdk/stake/curve.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { type HandSettledWorld, handSettledPools, lose } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";
import { anyMagnitude, pick, randomFrom } from "../fixtures/random.ts";
import { contestedPool, enter, openPools, POOL, POOLLESS_CLAIM, type StakeWorld } from "../fixtures/stake.ts";

describe("ConvictionMarket.quoteBuy and quoteSell", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  beforeEach(async () => {
    world = await load(contestedPool);
    market = world.convictionMarket;
  });

  describe("when a purchase is possible", () => {
    it("quotes tokens and skim for someone without a stake", async () => {
      const skim = usdc(11);
      expect(await market.quoteBuy(world.outsider, CLAIM, Side.Support, usdc(550))).to.deep.equal([
        tokensForDown(POOL, Side.Support, usdc(550) - skim),
        skim,
      ]);
    });

    it("quotes the user's skim, not the caller's", async () => {
      await world.stakeVault.connect(world.outsider).deposit(usdc(11));
      expect(
        await market.connect(world.latecomer).quoteBuy(world.outsider, CLAIM, Side.Support, usdc(550)),
      ).to.deep.equal([tokensForDown(POOL, Side.Support, usdc(550)), 0n]);
    });

    it("quotes for someone who has neither balance nor allowance", async () => {
      expect(await market.quoteBuy(world.guardian, OTHER_CLAIM, Side.Oppose, 2n * WEALTH)).to.deep.equal([
        (2n * WEALTH * 49n) / 50n,
        (2n * WEALTH) / 50n,
      ]);
    });

    it("quotes while entries are paused", async () => {
      await market.connect(world.guardian).pauseEntries();
      expect(await market.quoteBuy(world.outsider, OTHER_CLAIM, Side.Support, 50n)).to.deep.equal([49n, 1n]);
    });
  });

  describe("when a purchase is not possible", () => {
    for (const amount of [0n, 49n]) {
      it(`reverts when the amount is ${amount}`, async () => {
        await expect(market.quoteBuy(world.outsider, POOLLESS_CLAIM, Side.Support, amount))
          .to.be.revertedWithCustomError(market, "AmountTooSmall")
          .withArgs(amount, 50n);
      });
    }

    it("reverts when the claim has no pool", async () => {
      await expect(market.quoteBuy(world.outsider, POOLLESS_CLAIM, Side.Support, 50n))
        .to.be.revertedWithCustomError(market, "PoolUnknown")
        .withArgs(POOLLESS_CLAIM);
    });
  });

  describe("when a sale is possible", () => {
    for (const [side, tokens, amount] of [
      [Side.Support, usdc(105), usdc(55)],
      [Side.Support, usdc(300), usdc(100)],
      [Side.Oppose, usdc(275), usdc(175)],
      [Side.Oppose, usdc(400), usdc(200)],
    ] as const) {
      it(`quotes ${amount} for ${tokens} of ${side === Side.Support ? "LONG" : "SHORT"}, whoever asks`, async () => {
        expect(await market.connect(world.outsider).quoteSell(CLAIM, side, tokens)).to.equal(amount);
      });
    }

    it("quotes the whole reserve for the whole supply of the only side", async () => {
      await market.connect(world.supporter).sell(CLAIM, Side.Support, POOL.longSupply, 0n);
      expect(await market.quoteSell(CLAIM, Side.Oppose, POOL.shortSupply)).to.equal(POOL.shortSupply);
    });
  });

  describe("when a sale is not possible", () => {
    for (const claimId of [CLAIM, POOLLESS_CLAIM]) {
      it(`reverts when no token is sold of ${claimId.slice(0, 10)}`, async () => {
        await expect(market.quoteSell(claimId, Side.Support, 0n))
          .to.be.revertedWithCustomError(market, "TokensZero")
          .withArgs();
      });
    }

    it("reverts when the claim has no pool", async () => {
      await expect(market.quoteSell(POOLLESS_CLAIM, Side.Support, 1n))
        .to.be.revertedWithCustomError(market, "PoolUnknown")
        .withArgs(POOLLESS_CLAIM);
    });

    for (const [side, supply] of [
      [Side.Support, POOL.longSupply],
      [Side.Oppose, POOL.shortSupply],
    ] as const) {
      for (const tokens of [supply + 1n, MaxUint256]) {
        it(`reverts when ${tokens} of ${supply} are sold`, async () => {
          await expect(market.quoteSell(CLAIM, side, tokens))
            .to.be.revertedWithCustomError(market, "HoldingExceeded")
            .withArgs(tokens, supply);
        });
      }
    }
  });
});

describe("ConvictionMarket.quoteBuy, when the stake is below the locks", () => {
  let world: HandSettledWorld;

  beforeEach(async () => {
    world = await load(handSettledPools);
    await enter(world, world.supporter, { claimId: OTHER_CLAIM, lock: 100n });
  });

  const quote = (amount: bigint) => world.convictionMarket.quoteBuy(world.supporter, CLAIM, Side.Support, amount);

  it("quotes a skim of half the amount", async () => {
    await lose(world, world.supporter, 24n);
    expect(await quote(51n)).to.deep.equal([26n, 25n]);
  });

  it("reverts when the skim is more than half of it", async () => {
    await lose(world, world.supporter, 25n);
    await expect(quote(51n)).to.be.revertedWithCustomError(world.convictionMarket, "SkimTooLarge").withArgs(26n, 51n);
  });

  it("quotes no skim for a smaller position", async () => {
    await lose(world, world.supporter, 25n);
    expect(await world.convictionMarket.quoteBuy(world.supporter, OTHER_CLAIM, Side.Support, 75n * 50n)).to.deep.equal([
      75n * 50n,
      0n,
    ]);
  });
});

describe("ConvictionMarket, over a random history", () => {
  /** Quotes, acts and the reference curve must agree at every step. */
  for (const seed of [1, 2, 3]) {
    it(`does what it quotes, and what the curve says, for seed ${seed}`, async () => {
      const world = await load(openPools);
      const random = randomFrom(seed);
      const { convictionMarket, stakeVault, supporter, challenger } = world;
      await stakeVault.connect(supporter).deposit(STAKE);
      for (let step = 0; step < 25; step++) {
        const user = pick(random, [supporter, challenger]);
        const side = pick(random, [Side.Support, Side.Oppose]);
        const market = convictionMarket.connect(user);
        const { longSupply, shortSupply, reserve } = await market.pool(CLAIM);
        const before = { longSupply, shortSupply, reserve };
        const held = await market.balanceOf(user, CLAIM, side);
        if (held > 0n && random(0n, 1n) === 0n) {
          const tokens = random(0n, 3n) === 0n ? held : anyMagnitude(random, 1n, held);
          const quoted = await market.quoteSell(CLAIM, side, tokens);
          expect(quoted).to.equal(proceedsOfDown(before, side, tokens));
          await expect(market.sell(CLAIM, side, tokens, quoted))
            .to.emit(market, "Sold")
            .withArgs(CLAIM, user, side, tokens, quoted);
        } else {
          const amount = anyMagnitude(random, 50n, usdc(10_000));
          const quoted = await market.quoteBuy(user, CLAIM, side, amount);
          expect(quoted.tokens).to.equal(tokensForDown(before, side, amount - quoted.skim));
          await expect(market.buy(CLAIM, side, amount, quoted.tokens))
            .to.emit(market, "Bought")
            .withArgs(CLAIM, user, side, amount, quoted.skim, quoted.tokens);
        }
        const after = await market.pool(CLAIM);
        const pool = { longSupply: after[0], shortSupply: after[1], reserve: after[2] };
        const backing = pool.reserve ** 2n - supplyOf(pool, Side.Support) ** 2n - supplyOf(pool, Side.Oppose) ** 2n;
        expect(backing).to.be.at.least(0n);
      }
    });
  }
});
