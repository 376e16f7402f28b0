import { expect } from "chai";
import { MAX_UINT96, usdc } from "../fixtures/amounts.ts";
import { contestedMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { at, load } from "../fixtures/protocol.ts";

describe("BeliefMarket.releaseExcess", () => {
  // What the challenger earned above its cap, less the unit that rounding may claim.
  const RELEASED = STORY.challengerEarned - STORY.challengerCap - 1n;

  let world: MarketWorld;

  beforeEach(async () => {
    world = await load(contestedMarket);
    world = { ...world, market: world.market.connect(world.outsider) };
  });

  describe("when no position has the id", () => {
    for (const positionId of [0n, STORY.unknownId, MAX_UINT96]) {
      it(`reverts when the id is ${positionId}`, async () => {
        await expect(world.market.releaseExcess(positionId))
          .to.be.revertedWithCustomError(world.market, "PositionUnknown")
          .withArgs(positionId, 3n);
      });
    }
  });

  describe("when the position is closed", () => {
    it("reverts", async () => {
      await world.market.connect(world.supporter).exitEarly(STORY.supporterId);
      await expect(world.market.releaseExcess(STORY.supporterId))
        .to.be.revertedWithCustomError(world.market, "PositionClosed")
        .withArgs(STORY.supporterId);
    });
  });

  describe("when the position earned more than it may ever take", () => {
    it("emits ExcessReleased when anyone calls", async () => {
      await expect(world.market.releaseExcess(STORY.challengerId))
        .to.emit(world.market, "ExcessReleased")
        .withArgs(STORY.challengerId, RELEASED);
    });

    it("returns what was released", async () => {
      expect(await world.market.releaseExcess.staticCall(STORY.challengerId)).to.equal(RELEASED);
    });

    it("updates the undistributed rewards by it", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      expect((await world.market.state()).undistributed).to.equal(RELEASED);
    });

    it("leaves the reward pool as large as it is", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      expect((await world.market.state()).srp).to.equal(STORY.srp);
    });

    it("leaves what the position can take", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      expect(await world.market.pendingRewards(STORY.challengerId)).to.equal(STORY.challengerCap);
    });

    it("leaves its allowance", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      expect((await world.market.position(STORY.challengerId)).rewardAllowance).to.equal(STORY.challengerCap);
    });

    it("moves no tokens", async () => {
      await expect(world.market.releaseExcess(STORY.challengerId)).not.to.emit(world.usdc, "Transfer");
    });

    it("releases nothing the second time", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      await expect(world.market.releaseExcess(STORY.challengerId)).not.to.emit(world.market, "ExcessReleased");
    });

    it("lets distribute share it with those who have room", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      await at(world.market, 300_000n);
      await expect(world.market.distribute()).to.emit(world.market, "RewardsDistributed").withArgs(RELEASED);
    });

    it("still pays the position its cap when it claims", async () => {
      await world.market.releaseExcess(STORY.challengerId);
      await at(world.market, 300_000n);
      await expect(world.market.connect(world.challenger).claimRewards(STORY.challengerId)).to.changeTokenBalance(
        world.ethers,
        world.usdc,
        world.challenger,
        usdc(20),
      );
    });
  });

  describe("when the position earned less than it may take", () => {
    it("returns zero", async () => {
      expect(await world.market.releaseExcess.staticCall(STORY.authorId)).to.equal(0n);
    });

    it("emits nothing", async () => {
      await expect(world.market.releaseExcess(STORY.authorId)).not.to.emit(world.market, "ExcessReleased");
    });
  });
});
