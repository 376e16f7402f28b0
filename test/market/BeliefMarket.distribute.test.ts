import { expect } from "chai";
import { RULES, usdc } from "../fixtures/amounts.ts";
import { authoredMarket, contestedMarket, emptyMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { at, load, viewAt } from "../fixtures/protocol.ts";

describe("BeliefMarket.distribute", () => {
  let world: MarketWorld;

  describe("when rewards are undistributed and Oppose has weight", () => {
    // What the challenger earned above its cap.
    const EXCESS = STORY.challengerEarned - STORY.challengerCap;

    beforeEach(async () => {
      world = await load(contestedMarket);
      await world.market.connect(world.challenger).claimRewards(STORY.challengerId);
      await at(world.market, 300_000n);
      world = { ...world, market: world.market.connect(world.outsider) };
    });

    it("emits RewardsDistributed when anyone calls", async () => {
      await expect(world.market.distribute()).to.emit(world.market, "RewardsDistributed").withArgs(EXCESS);
    });

    it("returns what was shared", async () => {
      expect(await world.market.distribute.staticCall()).to.equal(EXCESS);
    });

    it("updates the undistributed rewards to zero", async () => {
      await world.market.distribute();
      expect((await world.market.state()).undistributed).to.equal(0n);
    });

    it("leaves the reward pool as large as it is", async () => {
      await world.market.distribute();
      expect((await world.market.state()).srp).to.equal(STORY.srp - STORY.challengerCap);
    });

    it("gives everyone their share by weight", async () => {
      await world.market.distribute();
      // 139.791505... + 60.308494 * 240 / 536.99, and 60.308494 * 98.99 / 536.99
      expect([
        await world.market.pendingRewards(STORY.authorId),
        await world.market.pendingRewards(STORY.supporterId),
      ]).to.deep.equal([usdc("166.745524"), usdc("11.117409")]);
    });

    it("moves no tokens", async () => {
      await expect(world.market.distribute()).not.to.emit(world.usdc, "Transfer");
    });

    it("emits nothing the second time", async () => {
      await world.market.distribute();
      await expect(world.market.distribute()).not.to.emit(world.market, "RewardsDistributed");
    });
  });

  describe("when rewards are undistributed and nobody opposes", () => {
    beforeEach(async () => {
      world = await load(authoredMarket);
    });

    it("emits nothing one second before the lock period is over", async () => {
      await at(world.market, RULES.lockPeriod - 1n);
      await expect(world.market.distribute()).not.to.emit(world.market, "RewardsDistributed");
    });

    it("returns zero one second before the lock period is over", async () => {
      await viewAt(world.market, RULES.lockPeriod - 1n);
      expect(await world.market.distribute.staticCall()).to.equal(0n);
    });

    it("leaves them undistributed one second before the lock period is over", async () => {
      await at(world.market, RULES.lockPeriod - 1n);
      await world.market.distribute();
      expect((await world.market.state()).undistributed).to.equal(usdc(200));
    });

    it("emits RewardsDistributed once the lock period is over", async () => {
      await at(world.market, RULES.lockPeriod);
      await expect(world.market.distribute()).to.emit(world.market, "RewardsDistributed").withArgs(usdc(200));
    });

    it("pays the author their own premium in the end", async () => {
      const { market, author, ethers, usdc: token } = world;
      await at(market, RULES.lockPeriod);
      await market.distribute();
      await expect(market.withdraw(1n)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [usdc(1_000), -usdc(1_000)],
      );
    });
  });

  describe("when nothing is undistributed", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("emits nothing", async () => {
      await expect(world.market.distribute()).not.to.emit(world.market, "RewardsDistributed");
    });

    it("returns zero", async () => {
      expect(await world.market.distribute.staticCall()).to.equal(0n);
    });
  });

  describe("when nobody has weight", () => {
    it("emits nothing when nobody ever committed", async () => {
      const { market } = await load(emptyMarket);
      await at(market, RULES.lockPeriod);
      await expect(market.distribute()).not.to.emit(market, "RewardsDistributed");
    });

    it("keeps what is undistributed when everybody has left", async () => {
      const { market } = await load(authoredMarket);
      await market.exitEarly(1n);
      await at(market, RULES.lockPeriod);
      await market.distribute();
      expect((await market.state()).undistributed).to.equal(usdc(200));
    });
  });
});
