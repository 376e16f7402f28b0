import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { ConvictionMarket } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { gain, type HandSettledWorld, handSettledPools, lose } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";
import { enter, UNKNOWN_CLAIM } from "../fixtures/stake.ts";

describe("ConvictionMarket.buy, after rewards and losses", () => {
  let world: HandSettledWorld;
  let market: ConvictionMarket;

  /** Claims A and B of the seed's examples. */
  const A = CLAIM;
  const B = OTHER_CLAIM;

  beforeEach(async () => {
    world = await load(handSettledPools);
    market = world.convictionMarket.connect(world.supporter);
  });

  describe("when a stake of 10 with a lock of 10 in A has gained 5", () => {
    beforeEach(async () => {
      await enter(world, world.supporter, { claimId: A, lock: usdc(10) });
      await gain(world, world.supporter, usdc(5));
    });

    it("emits Bought with a skim of 5 for 500 in B", async () => {
      await expect(market.buy(B, Side.Support, usdc(500), 0n))
        .to.emit(market, "Bought")
        .withArgs(B, world.supporter, Side.Support, usdc(500), usdc(5), usdc(495));
    });

    it("leaves the stake at the locks", async () => {
      await market.buy(B, Side.Support, usdc(500), 0n);
      const { stakeVault, supporter } = world;
      expect([await stakeVault.totalStake(supporter), await stakeVault.totalLocked(supporter)]).to.deep.equal([
        usdc(20),
        usdc(20),
      ]);
    });
  });

  describe("when a stake of 25 backs locks of 20 in A and 10 in B", () => {
    beforeEach(async () => {
      await enter(world, world.supporter, { claimId: A, lock: usdc(20) });
      await enter(world, world.supporter, { claimId: B, lock: usdc(10) });
      await lose(world, world.supporter, usdc(5));
    });

    it("emits Bought without a skim for 100 in A", async () => {
      await expect(market.buy(A, Side.Support, usdc(100), 0n))
        .to.emit(market, "Bought")
        .withArgs(A, world.supporter, Side.Support, usdc(100), 0n, usdc(100));
    });

    it("is solvent again after 100 in A", async () => {
      await market.buy(A, Side.Support, usdc(100), 0n);
      expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(usdc(13));
    });

    it("lets 5 be withdrawn after selling all of B", async () => {
      await market.sell(B, Side.Support, await market.balanceOf(world.supporter, B, Side.Support), 0n);
      expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(usdc(5));
    });
  });

  describe("when the skim would be about half of the purchase", () => {
    /** What of a stake of 100, all locked in A, is left before a purchase in B locks a fiftieth of its amount. */
    for (const { amount, left, skim } of [
      { amount: 100n, left: 52n, skim: 50n },
      { amount: 101n, left: 52n, skim: 50n },
      { amount: 50n, left: 76n, skim: 25n },
      { amount: 51n, left: 76n, skim: 25n },
    ]) {
      it(`emits Bought when it is ${skim} of ${amount}`, async () => {
        await enter(world, world.supporter, { claimId: A, lock: 100n });
        await lose(world, world.supporter, 100n - left);
        await expect(market.buy(B, Side.Support, amount, 0n))
          .to.emit(market, "Bought")
          .withArgs(B, world.supporter, Side.Support, amount, skim, amount - skim);
      });

      it(`reverts when it is ${skim + 1n} of ${amount}`, async () => {
        await enter(world, world.supporter, { claimId: A, lock: 100n });
        await lose(world, world.supporter, 101n - left);
        await expect(market.buy(B, Side.Support, amount, 0n))
          .to.be.revertedWithCustomError(market, "SkimTooLarge")
          .withArgs(skim + 1n, amount);
      });
    }

    it("reverts when it would be more than all of it", async () => {
      await enter(world, world.supporter, { claimId: A, lock: 100n });
      await lose(world, world.supporter, 100n);
      await expect(market.buy(B, Side.Support, 50n, 0n))
        .to.be.revertedWithCustomError(market, "SkimTooLarge")
        .withArgs(101n, 50n);
    });

    it("emits Bought once a deposit has healed the stake", async () => {
      await enter(world, world.supporter, { claimId: A, lock: 100n });
      await lose(world, world.supporter, 100n);
      await world.stakeVault.connect(world.supporter).deposit(101n);
      await expect(market.buy(B, Side.Support, 50n, 0n))
        .to.emit(market, "Bought")
        .withArgs(B, world.supporter, Side.Support, 50n, 0n, 50n);
    });

    it("reverts with the pool first when that is unknown as well", async () => {
      await enter(world, world.supporter, { claimId: A, lock: 100n });
      await lose(world, world.supporter, 100n);
      await expect(market.buy(UNKNOWN_CLAIM, Side.Support, 50n, 0n))
        .to.be.revertedWithCustomError(market, "PoolUnknown")
        .withArgs(UNKNOWN_CLAIM);
    });

    it("reverts with the skim first when it buys too little as well", async () => {
      await enter(world, world.supporter, { claimId: A, lock: 100n });
      await lose(world, world.supporter, 100n);
      await expect(market.buy(B, Side.Support, 50n, 51n))
        .to.be.revertedWithCustomError(market, "SkimTooLarge")
        .withArgs(101n, 50n);
    });
  });

  describe("when something is at risk beyond the locks", () => {
    it("emits Bought with a skim for it", async () => {
      await world.stakeVault.connect(world.supporter).deposit(usdc(2));
      await world.stakeVault.connect(world.serum).setAtRisk(world.supporter, A, usdc(50));
      await expect(market.buy(A, Side.Support, usdc(100), 0n))
        .to.emit(market, "Bought")
        .withArgs(A, world.supporter, Side.Support, usdc(100), usdc(48), usdc(52));
    });
  });
});
