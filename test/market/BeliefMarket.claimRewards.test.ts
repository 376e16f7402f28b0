import { expect } from "chai";
import { RULES, usdc } from "../fixtures/amounts.ts";
import { contestedMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { describePositionChecks } from "../fixtures/position-checks.ts";
import { at, load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefMarket.claimRewards", () => {
  describePositionChecks((market, positionId) => market.claimRewards(positionId), {
    closableAt: 300_000n,
    close: (market, positionId) => market.exitEarly(positionId),
  });

  let world: MarketWorld;

  beforeEach(async () => {
    world = await load(contestedMarket);
  });

  describe("when the position is younger than the minimum", () => {
    it("reverts when one second is missing", async () => {
      const { market, supporter } = world;
      const claimableAt = STORY.supportedAt + RULES.minRewardDuration;
      await at(market, claimableAt - 1n);
      await expect(market.connect(supporter).claimRewards(STORY.supporterId))
        .to.be.revertedWithCustomError(market, "RewardsNotClaimableYet")
        .withArgs(STORY.supporterId, (await market.createdAt()) + claimableAt);
    });

    it("emits RewardsClaimed once the second has passed", async () => {
      const { market, supporter } = world;
      await at(market, STORY.supportedAt + RULES.minRewardDuration);
      await expect(market.connect(supporter).claimRewards(STORY.supporterId)).to.emit(market, "RewardsClaimed");
    });
  });

  describe("when rewards are due", () => {
    beforeEach(async () => {
      await at(world.market, 250_000n);
    });

    it("pays them from the market to the owner", async () => {
      const { market, author, ethers, usdc: token } = world;
      await expect(market.claimRewards(STORY.authorId)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [STORY.authorEarned, -STORY.authorEarned],
      );
    });

    it("emits RewardsClaimed with the reward and no excess", async () => {
      const { market, author } = world;
      await expect(market.claimRewards(STORY.authorId))
        .to.emit(market, "RewardsClaimed")
        .withArgs(STORY.authorId, author, STORY.authorEarned, 0n);
    });

    it("returns the reward", async () => {
      expect(await world.market.claimRewards.staticCall(STORY.authorId)).to.equal(STORY.authorEarned);
    });

    it("updates the reward pool by what it paid", async () => {
      await world.market.claimRewards(STORY.authorId);
      expect((await world.market.state()).srp).to.equal(STORY.srp - STORY.authorEarned);
    });

    it("updates pendingRewards to zero", async () => {
      await world.market.claimRewards(STORY.authorId);
      expect(await world.market.pendingRewards(STORY.authorId)).to.equal(0n);
    });

    it("updates nothing of the position but its allowance", async () => {
      const before = fieldsOf(await world.market.position(STORY.authorId));
      await world.market.claimRewards(STORY.authorId);
      expect(fieldsOf(await world.market.position(STORY.authorId))).to.deep.equal({
        ...before,
        rewardAllowance: usdc(400) - STORY.authorEarned,
      });
    });

    it("leaves what the others earned as it is", async () => {
      await world.market.claimRewards(STORY.authorId);
      expect(await world.market.pendingRewards(STORY.challengerId)).to.equal(STORY.challengerCap);
    });

    it("leaves the weights as they are at that instant", async () => {
      await world.market.claimRewards(STORY.authorId);
      const { supportWeight, opposeWeight } = await world.market.state();
      expect([supportWeight, opposeWeight]).to.deep.equal([
        STORY.authorPrincipal * 250_000n + STORY.supporterPrincipal * 50_000n,
        STORY.challengerPrincipal * 150_000n,
      ]);
    });
  });

  describe("when more was earned than the position may ever get", () => {
    const EXCESS = STORY.challengerEarned - STORY.challengerCap;

    beforeEach(async () => {
      world = { ...world, market: world.market.connect(world.challenger) };
      await at(world.market, 250_000n);
    });

    it("pays up to the cap", async () => {
      const { market, challenger, ethers, usdc: token } = world;
      await expect(market.claimRewards(STORY.challengerId)).to.changeTokenBalances(
        ethers,
        token,
        [challenger, market],
        [STORY.challengerCap, -STORY.challengerCap],
      );
    });

    it("emits RewardsClaimed with the excess", async () => {
      const { market, challenger } = world;
      await expect(market.claimRewards(STORY.challengerId))
        .to.emit(market, "RewardsClaimed")
        .withArgs(STORY.challengerId, challenger, STORY.challengerCap, EXCESS);
    });

    it("updates the undistributed rewards by the excess", async () => {
      await world.market.claimRewards(STORY.challengerId);
      expect((await world.market.state()).undistributed).to.equal(EXCESS);
    });

    it("updates the allowance to zero", async () => {
      await world.market.claimRewards(STORY.challengerId);
      expect((await world.market.position(STORY.challengerId)).rewardAllowance).to.equal(0n);
    });

    it("pays nothing of later rewards", async () => {
      const { market, ethers, usdc: token, challenger } = world;
      await market.claimRewards(STORY.challengerId);
      await market.distribute();
      await expect(market.claimRewards(STORY.challengerId)).to.changeTokenBalances(
        ethers,
        token,
        [challenger, market],
        [0n, 0n],
      );
    });

    it("hands all of later rewards back", async () => {
      const { market, challenger } = world;
      await market.claimRewards(STORY.challengerId);
      await at(market, 300_000n);
      await market.distribute();
      // 60.308494 * 198 / 536.99 = 22.237065...
      await expect(market.claimRewards(STORY.challengerId))
        .to.emit(market, "RewardsClaimed")
        .withArgs(STORY.challengerId, challenger, 0n, usdc("22.237065"));
    });
  });

  describe("when nothing is due", () => {
    beforeEach(async () => {
      await at(world.market, 250_000n);
      await world.market.claimRewards(STORY.authorId);
    });

    it("emits RewardsClaimed with zero", async () => {
      const { market, author } = world;
      await expect(market.claimRewards(STORY.authorId))
        .to.emit(market, "RewardsClaimed")
        .withArgs(STORY.authorId, author, 0n, 0n);
    });

    it("moves no tokens", async () => {
      await expect(world.market.claimRewards(STORY.authorId)).not.to.emit(world.usdc, "Transfer");
    });

    it("leaves the allowance as it is", async () => {
      await world.market.claimRewards(STORY.authorId);
      const { rewardAllowance } = await world.market.position(STORY.authorId);
      expect(rewardAllowance).to.equal(usdc(400) - STORY.authorEarned);
    });
  });
});
