import { expect } from "chai";
import { RULES, usdc } from "../fixtures/amounts.ts";
import { contestedMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { describePositionChecks } from "../fixtures/position-checks.ts";
import { at, load, viewAt } from "../fixtures/protocol.ts";

describe("BeliefMarket.withdraw", () => {
  describePositionChecks((market, positionId) => market.withdraw(positionId), {
    closableAt: STORY.supportedAt + RULES.lockPeriod,
    close: (market, positionId) => market.withdraw(positionId),
  });

  let world: MarketWorld;

  beforeEach(async () => {
    world = await load(contestedMarket);
  });

  describe("when the lock is not over", () => {
    it("reverts when one second is missing", async () => {
      const { market, challenger } = world;
      const unlocksAt = STORY.challengedAt + RULES.lockPeriod;
      await at(market, unlocksAt - 1n);
      await expect(market.connect(challenger).withdraw(STORY.challengerId))
        .to.be.revertedWithCustomError(market, "PrincipalLocked")
        .withArgs(STORY.challengerId, (await market.createdAt()) + unlocksAt);
    });
  });

  describe("when the lock is over", () => {
    beforeEach(async () => {
      await at(world.market, RULES.lockPeriod);
    });

    it("pays principal and rewards in one transfer", async () => {
      const { market, author, usdc: token } = world;
      await expect(market.withdraw(STORY.authorId))
        .to.emit(token, "Transfer")
        .withArgs(market, author, STORY.authorPrincipal + STORY.authorEarned);
    });

    it("pays from the market to the owner", async () => {
      const { market, author, ethers, usdc: token } = world;
      const paid = STORY.authorPrincipal + STORY.authorEarned;
      await expect(market.withdraw(STORY.authorId)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [paid, -paid],
      );
    });

    it("emits Withdrawn with principal, reward and no excess", async () => {
      const { market, author } = world;
      await expect(market.withdraw(STORY.authorId))
        .to.emit(market, "Withdrawn")
        .withArgs(STORY.authorId, author, STORY.authorPrincipal, STORY.authorEarned, 0n);
    });

    it("returns principal and reward", async () => {
      await viewAt(world.market, RULES.lockPeriod);
      const { principal, reward } = await world.market.withdraw.staticCall(STORY.authorId);
      expect([principal, reward]).to.deep.equal([STORY.authorPrincipal, STORY.authorEarned]);
    });

    it("emits no RewardsDistributed", async () => {
      await expect(world.market.withdraw(STORY.authorId)).not.to.emit(world.market, "RewardsDistributed");
    });

    it("updates principal and weight of its side", async () => {
      await world.market.withdraw(STORY.authorId);
      const { supportPrincipal, supportWeight } = await world.market.state();
      expect([supportPrincipal, supportWeight]).to.deep.equal([
        STORY.supporterPrincipal,
        STORY.supporterPrincipal * (RULES.lockPeriod - STORY.supportedAt),
      ]);
    });

    it("leaves the other side as it is at that instant", async () => {
      await world.market.withdraw(STORY.authorId);
      const { opposePrincipal, opposeWeight } = await world.market.state();
      expect([opposePrincipal, opposeWeight]).to.deep.equal([
        STORY.challengerPrincipal,
        STORY.challengerPrincipal * (RULES.lockPeriod - STORY.challengedAt),
      ]);
    });

    it("updates the reward pool by the reward", async () => {
      await world.market.withdraw(STORY.authorId);
      expect((await world.market.state()).srp).to.equal(STORY.srp - STORY.authorEarned);
    });

    it("leaves positionCount as it is", async () => {
      await world.market.withdraw(STORY.authorId);
      expect((await world.market.state()).positionCount).to.equal(3n);
    });

    it("closes the position", async () => {
      await world.market.withdraw(STORY.authorId);
      await expect(world.market.position(STORY.authorId))
        .to.be.revertedWithCustomError(world.market, "PositionClosed")
        .withArgs(STORY.authorId);
    });
  });

  describe("when the rewards were claimed before", () => {
    it("pays the principal whole", async () => {
      const { market, author, ethers, usdc: token } = world;
      await at(market, RULES.lockPeriod);
      await market.claimRewards(STORY.authorId);
      await expect(market.withdraw(STORY.authorId)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [STORY.authorPrincipal, -STORY.authorPrincipal],
      );
    });
  });

  describe("when more was earned than the position may ever get", () => {
    const EXCESS = STORY.challengerEarned - STORY.challengerCap;

    beforeEach(async () => {
      world = { ...world, market: world.market.connect(world.challenger) };
      await at(world.market, STORY.challengedAt + RULES.lockPeriod);
    });

    it("emits Withdrawn with the excess", async () => {
      const { market, challenger } = world;
      await expect(market.withdraw(STORY.challengerId))
        .to.emit(market, "Withdrawn")
        .withArgs(STORY.challengerId, challenger, STORY.challengerPrincipal, STORY.challengerCap, EXCESS);
    });

    it("updates the undistributed rewards by the excess", async () => {
      await world.market.withdraw(STORY.challengerId);
      expect((await world.market.state()).undistributed).to.equal(EXCESS);
    });
  });

  describe("when the last position leaves", () => {
    beforeEach(async () => {
      const { market, author, challenger, supporter } = world;
      await at(market, STORY.supportedAt + RULES.lockPeriod);
      await market.connect(author).withdraw(STORY.authorId);
      await market.connect(challenger).withdraw(STORY.challengerId);
      world = { ...world, market: market.connect(supporter) };
    });

    it("pays its principal whole", async () => {
      const { market, supporter } = world;
      await expect(market.withdraw(STORY.supporterId))
        .to.emit(market, "Withdrawn")
        .withArgs(STORY.supporterId, supporter, STORY.supporterPrincipal, 0n, 0n);
    });

    it("updates all that is left to undistributed, dust included", async () => {
      await world.market.withdraw(STORY.supporterId);
      const { srp, undistributed } = await world.market.state();
      // 220.1 - 139.791505 - 20: the challenger's excess of 60.308494 and one unit that no one could claim
      expect([srp, undistributed]).to.deep.equal([usdc("60.308495"), usdc("60.308495")]);
    });

    it("leaves in the market exactly what is undistributed", async () => {
      const { market, usdc: token } = world;
      await market.withdraw(STORY.supporterId);
      expect(await token.balanceOf(market)).to.equal(usdc("60.308495"));
    });

    it("updates both weights to zero", async () => {
      await world.market.withdraw(STORY.supporterId);
      const { supportWeight, opposeWeight } = await world.market.state();
      expect([supportWeight, opposeWeight]).to.deep.equal([0n, 0n]);
    });
  });
});
