import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { BeliefMarket } from "../../typechain-types/index.ts";
import { NO_LIMIT, RULES, STAKE, usdc } from "../fixtures/amounts.ts";
import { authoredMarket, contestedMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { describePositionChecks } from "../fixtures/position-checks.ts";
import { at, createOpenMarket, load, protocolFixture } from "../fixtures/protocol.ts";

describe("BeliefMarket.exitEarly", () => {
  describePositionChecks((market, positionId) => market.exitEarly(positionId), {
    closableAt: 300_000n,
    close: (market, positionId) => market.exitEarly(positionId),
  });

  let world: MarketWorld;

  beforeEach(async () => {
    world = await load(contestedMarket);
  });

  describe("when the others stand on both sides", () => {
    // The supporter at 300,000: 10 % of 989.9.
    const PENALTY = usdc("98.99");
    const RETURNED = usdc("890.91");

    beforeEach(async () => {
      world = { ...world, market: world.market.connect(world.supporter) };
      await at(world.market, 300_000n);
    });

    it("pays the principal less the penalty", async () => {
      const { market, supporter, ethers, usdc: token } = world;
      await expect(market.exitEarly(STORY.supporterId)).to.changeTokenBalances(
        ethers,
        token,
        [supporter, market],
        [RETURNED, -RETURNED],
      );
    });

    it("emits ExitedEarly with what it returned, the penalty and what was forfeited", async () => {
      const { market, supporter } = world;
      await expect(market.exitEarly(STORY.supporterId))
        .to.emit(market, "ExitedEarly")
        .withArgs(STORY.supporterId, supporter, RETURNED, PENALTY, 0n);
    });

    it("emits RewardsDistributed with the penalty", async () => {
      const { market } = world;
      await expect(market.exitEarly(STORY.supporterId)).to.emit(market, "RewardsDistributed").withArgs(PENALTY);
    });

    it("returns what it paid and the penalty", async () => {
      const { returned, penalty } = await world.market.exitEarly.staticCall(STORY.supporterId);
      expect([returned, penalty]).to.deep.equal([RETURNED, PENALTY]);
    });

    it("gives those who stay their share of the penalty", async () => {
      await world.market.exitEarly(STORY.supporterId);
      // 139.791505... + 98.99 * 240 / 438
      expect(await world.market.pendingRewards(STORY.authorId)).to.equal(usdc("194.032601"));
    });

    it("updates principal and weight of its side", async () => {
      await world.market.exitEarly(STORY.supporterId);
      const { supportPrincipal, supportWeight } = await world.market.state();
      expect([supportPrincipal, supportWeight]).to.deep.equal([
        STORY.authorPrincipal,
        STORY.authorPrincipal * 300_000n,
      ]);
    });

    it("updates the reward pool by the penalty", async () => {
      await world.market.exitEarly(STORY.supporterId);
      expect((await world.market.state()).srp).to.equal(STORY.srp + PENALTY);
    });

    it("closes the position", async () => {
      await world.market.exitEarly(STORY.supporterId);
      await expect(world.market.position(STORY.supporterId))
        .to.be.revertedWithCustomError(world.market, "PositionClosed")
        .withArgs(STORY.supporterId);
    });
  });

  describe("when it leaves rewards behind and opposing weight stays", () => {
    beforeEach(async () => {
      await at(world.market, 300_000n);
    });

    it("emits ExitedEarly with all it had earned", async () => {
      const { market, author } = world;
      await expect(market.exitEarly(STORY.authorId))
        .to.emit(market, "ExitedEarly")
        .withArgs(STORY.authorId, author, usdc(720), usdc(80), STORY.authorEarned);
    });

    it("emits RewardsDistributed with penalty and forfeited rewards together", async () => {
      const { market } = world;
      await expect(market.exitEarly(STORY.authorId))
        .to.emit(market, "RewardsDistributed")
        .withArgs(usdc(80) + STORY.authorEarned);
    });

    it("leaves nothing undistributed", async () => {
      await world.market.exitEarly(STORY.authorId);
      expect((await world.market.state()).undistributed).to.equal(0n);
    });
  });

  describe("when it leaves rewards behind and the last opposing weight goes with it", () => {
    beforeEach(async () => {
      world = { ...world, market: world.market.connect(world.challenger) };
      await at(world.market, 300_000n);
    });

    it("emits ExitedEarly with all it had earned, above its cap too", async () => {
      const { market, challenger } = world;
      await expect(market.exitEarly(STORY.challengerId))
        .to.emit(market, "ExitedEarly")
        .withArgs(STORY.challengerId, challenger, usdc(891), usdc(99), STORY.challengerEarned);
    });

    it("emits RewardsDistributed with the penalty alone", async () => {
      const { market } = world;
      await expect(market.exitEarly(STORY.challengerId)).to.emit(market, "RewardsDistributed").withArgs(usdc(99));
    });

    it("gives those who stay nothing but the penalty", async () => {
      await world.market.exitEarly(STORY.challengerId);
      // 139.791505... + 99 * 240 / 338.99
      expect(await world.market.pendingRewards(STORY.authorId)).to.equal(usdc("209.882068"));
    });

    it("updates the undistributed rewards by what was forfeited", async () => {
      await world.market.exitEarly(STORY.challengerId);
      expect((await world.market.state()).undistributed).to.equal(STORY.challengerEarned);
    });
  });

  describe("when nobody else is staked", () => {
    beforeEach(async () => {
      world = await load(authoredMarket);
      await at(world.market, 300_000n);
    });

    it("pays the principal whole", async () => {
      const { market, author, ethers, usdc: token } = world;
      await expect(market.exitEarly(1n)).to.changeTokenBalances(
        ethers,
        token,
        [author, market],
        [usdc(800), -usdc(800)],
      );
    });

    it("emits ExitedEarly without a penalty", async () => {
      await expect(world.market.exitEarly(1n))
        .to.emit(world.market, "ExitedEarly")
        .withArgs(1n, world.author, usdc(800), 0n, 0n);
    });

    it("emits no RewardsDistributed", async () => {
      await expect(world.market.exitEarly(1n)).not.to.emit(world.market, "RewardsDistributed");
    });

    it("leaves the premium undistributed", async () => {
      await world.market.exitEarly(1n);
      const { srp, undistributed } = await world.market.state();
      expect([srp, undistributed]).to.deep.equal([usdc(200), usdc(200)]);
    });
  });

  describe("when the last position leaves with rewards that were shared", () => {
    it("updates them to undistributed, dust included", async () => {
      const { market, challenger, supporter, author } = world;
      await at(market, 300_000n);
      await market.connect(challenger).exitEarly(STORY.challengerId);
      await market.connect(supporter).exitEarly(STORY.supporterId);
      await market.connect(author).exitEarly(STORY.authorId);
      const { srp, undistributed } = await market.state();
      expect(undistributed).to.equal(srp);
    });
  });

  describe("when those who stay have no weight", () => {
    it("keeps the penalty undistributed", async () => {
      const { market, supporter, author } = await load(authoredMarket);
      await at(market, 300_000n);
      await market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT);
      await at(market, 300_000n);
      await market.connect(author).exitEarly(1n);
      // the premium of 200, the penalty of 80, and the author's 10 rounded down
      expect((await market.state()).undistributed).to.equal(usdc("289.999999"));
    });
  });

  describe("when the lock is over", () => {
    it("emits ExitedEarly one second before", async () => {
      await at(world.market, RULES.lockPeriod - 1n);
      await expect(world.market.exitEarly(STORY.authorId)).to.emit(world.market, "ExitedEarly");
    });

    it("reverts at that second", async () => {
      await at(world.market, RULES.lockPeriod);
      await expect(world.market.exitEarly(STORY.authorId))
        .to.be.revertedWithCustomError(world.market, "LockEnded")
        .withArgs(STORY.authorId, (await world.market.createdAt()) + RULES.lockPeriod);
    });

    it("emits ExitedEarly one second before the lock of a later position is over", async () => {
      await at(world.market, STORY.supportedAt + RULES.lockPeriod - 1n);
      const market = world.market.connect(world.supporter);
      await expect(market.exitEarly(STORY.supporterId)).to.emit(market, "ExitedEarly");
    });

    it("reverts at the second at which the lock of a later position is over", async () => {
      const unlockedAt = STORY.supportedAt + RULES.lockPeriod;
      await at(world.market, unlockedAt);
      const market = world.market.connect(world.supporter);
      await expect(market.exitEarly(STORY.supporterId))
        .to.be.revertedWithCustomError(market, "LockEnded")
        .withArgs(STORY.supporterId, (await market.createdAt()) + unlockedAt);
    });
  });

  describe("when the market has no early exit", () => {
    let market: BeliefMarket;

    beforeEach(async () => {
      const protocol = await load(protocolFixture);
      market = await createOpenMarket(protocol, { commitment: STAKE, rules: { earlyExitPenaltyBps: 0n } });
    });

    it("reverts before the lock is over", async () => {
      await expect(market.exitEarly(1n)).to.be.revertedWithCustomError(market, "EarlyExitDisabled").withArgs();
    });

    it("reverts with the same error after it", async () => {
      await at(market, RULES.lockPeriod);
      await expect(market.exitEarly(1n)).to.be.revertedWithCustomError(market, "EarlyExitDisabled").withArgs();
    });
  });
});
