import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { contestedPool, openPools, POOLLESS_CLAIM, type StakeWorld, UNKNOWN_CLAIM } from "../fixtures/stake.ts";

describe("ConvictionMarket.createPool", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  beforeEach(async () => {
    world = await load(openPools);
    market = world.convictionMarket.connect(world.outsider);
  });

  describe("when the claim has a belief market and no pool", () => {
    it("emits PoolCreated with whoever calls", async () => {
      await expect(market.createPool(POOLLESS_CLAIM))
        .to.emit(market, "PoolCreated")
        .withArgs(POOLLESS_CLAIM, world.outsider);
    });

    it("opens an empty pool", async () => {
      await market.createPool(POOLLESS_CLAIM);
      expect(await market.pool(POOLLESS_CLAIM)).to.deep.equal([0n, 0n, 0n]);
    });

    it("moves no tokens", async () => {
      await expect(market.createPool(POOLLESS_CLAIM)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, market],
        [0n, 0n],
      );
    });
  });

  describe("when the claim cannot have a pool", () => {
    for (const claimId of [UNKNOWN_CLAIM, ZeroHash]) {
      it(`reverts when no belief market has the claim ${claimId.slice(0, 10)}`, async () => {
        await expect(market.createPool(claimId))
          .to.be.revertedWithCustomError(market, "ClaimUnknown")
          .withArgs(claimId);
      });
    }

    it("reverts when it has a pool that is empty", async () => {
      await expect(market.createPool(CLAIM)).to.be.revertedWithCustomError(market, "PoolAlreadyExists").withArgs(CLAIM);
    });

    for (const claimId of [POOLLESS_CLAIM, UNKNOWN_CLAIM, CLAIM]) {
      it(`reverts with the pause first for ${claimId.slice(0, 10)}`, async () => {
        await market.connect(world.guardian).pauseEntries();
        await expect(market.createPool(claimId)).to.be.revertedWithCustomError(market, "EnforcedPause").withArgs();
      });
    }
  });
});

describe("ConvictionMarket.createPool, of a claim whose pool is in use", () => {
  it("reverts when its belief market's author calls", async () => {
    const { convictionMarket, author } = await load(contestedPool);
    await expect(convictionMarket.connect(author).createPool(CLAIM))
      .to.be.revertedWithCustomError(convictionMarket, "PoolAlreadyExists")
      .withArgs(CLAIM);
  });
});
