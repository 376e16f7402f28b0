import { expect } from "chai";
import type { MarketParams } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { MAX_UINT32, NO_LIMIT, RULES, STAKE, usdc, YEAR } from "../fixtures/amounts.ts";
import { contestedMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { at, createOpenMarket, load, protocolFixture, viewAt } from "../fixtures/protocol.ts";

describe("BeliefMarket, over a long life", () => {
  let world: MarketWorld;

  describe("when decades have passed", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("counts weight to the unit after a century", async () => {
      await viewAt(world.market, 100n * YEAR);
      expect(await world.market.weight(Side.Oppose)).to.equal(usdc(990) * (100n * YEAR - STORY.challengedAt));
    });

    it("opens a position after a century", async () => {
      const { market, latecomer } = world;
      await at(market, 100n * YEAR);
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.position(4n)).depositedAt).to.equal((await market.createdAt()) + 100n * YEAR);
    });

    it("locks a position that is opened after a century", async () => {
      const { market, latecomer } = world;
      await at(market, 100n * YEAR);
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      await expect(market.connect(latecomer).withdraw(4n))
        .to.be.revertedWithCustomError(market, "PrincipalLocked")
        .withArgs(4n, (await market.createdAt()) + 100n * YEAR + RULES.lockPeriod);
    });

    it("opens a position in the last second that 32 bits hold", async () => {
      const { market, latecomer } = world;
      await at(market, MAX_UINT32);
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT)).to.emit(market, "Committed");
    });

    it("reverts when someone commits a second later", async () => {
      const { market, latecomer } = world;
      await at(market, MAX_UINT32 + 1n);
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT))
        .to.be.revertedWithCustomError(market, "SafeCastOverflowedUintDowncast")
        .withArgs(32n, MAX_UINT32 + 1n);
    });

    it("pays principal and rewards after two centuries", async () => {
      const { market, author, ethers, usdc: token } = world;
      const paid = STORY.authorPrincipal + STORY.authorEarned;
      await at(market, 200n * YEAR);
      await expect(market.withdraw(STORY.authorId)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [paid, -paid],
      );
    });

    it("shares what is undistributed after two centuries", async () => {
      const { market, challenger } = world;
      await at(market, 200n * YEAR);
      await market.connect(challenger).claimRewards(STORY.challengerId);
      await expect(market.distribute()).to.emit(market, "RewardsDistributed");
    });
  });

  describe("when the lock is the longest there is", () => {
    const RULES_OF_YEARS: Partial<MarketParams> = { lockPeriod: 4n * YEAR, minRewardDuration: 4n * YEAR };

    beforeEach(async () => {
      const protocol = await load(protocolFixture);
      world = { ...protocol, market: await createOpenMarket(protocol, { commitment: STAKE, rules: RULES_OF_YEARS }) };
    });

    it("reverts when the owner withdraws a second too early", async () => {
      await at(world.market, 4n * YEAR - 1n);
      await expect(world.market.withdraw(1n))
        .to.be.revertedWithCustomError(world.market, "PrincipalLocked")
        .withArgs(1n, (await world.market.createdAt()) + 4n * YEAR);
    });

    it("pays the principal to the second", async () => {
      await at(world.market, 4n * YEAR);
      await expect(world.market.withdraw(1n))
        .to.emit(world.market, "Withdrawn")
        .withArgs(1n, world.author, usdc(800), 0n, 0n);
    });
  });
});
