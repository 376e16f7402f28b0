import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { MAX_UINT96, NO_LIMIT, RULES, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { authoredMarket, contestedMarket, emptyMarket, type MarketWorld, STORY } from "../fixtures/market.ts";
import { at, load, now } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefMarket.commit", () => {
  let world: MarketWorld;

  describe("when nobody is staked", () => {
    beforeEach(async () => {
      world = await load(emptyMarket);
    });

    it("pays the amount from the caller to the market", async () => {
      const { market, supporter, ethers, usdc: token } = world;
      await expect(market.connect(supporter).commit(Side.Support, STAKE, 0n)).to.changeTokenBalances(
        ethers,
        token,
        [supporter, market],
        [-STAKE, STAKE],
      );
    });

    it("emits Committed without a fee", async () => {
      const { market, challenger } = world;
      await expect(market.connect(challenger).commit(Side.Oppose, STAKE, 0n))
        .to.emit(market, "Committed")
        .withArgs(1n, challenger, Side.Oppose, STAKE, 0n);
    });

    it("emits no RewardsDistributed", async () => {
      const { market, supporter } = world;
      await expect(market.connect(supporter).commit(Side.Support, STAKE, 0n)).not.to.emit(market, "RewardsDistributed");
    });

    it("opens a position that may earn a multiple of its principal", async () => {
      const { market, challenger } = world;
      await market.connect(challenger).commit(Side.Oppose, STAKE, 0n);
      expect(fieldsOf(await market.position(1n))).to.deep.equal({
        owner: challenger.address,
        side: BigInt(Side.Oppose),
        principal: STAKE,
        depositedAt: await now(),
        rewardAllowance: 2n * STAKE,
      });
    });

    it("returns id 1", async () => {
      const { market, supporter } = world;
      expect(await market.connect(supporter).commit.staticCall(Side.Support, STAKE, 0n)).to.equal(1n);
    });
  });

  describe("when others are staked on both sides", () => {
    // At 300,000: principal 2,779.9, so 1 % + 2 bps; weight 240 + 98.99 on Support, 198 on Oppose.
    const FEE = usdc("10.2");

    beforeEach(async () => {
      world = await load(contestedMarket);
      await at(world.market, 300_000n);
    });

    it("pays the whole amount from the caller to the market", async () => {
      const { market, latecomer, ethers, usdc: token } = world;
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT)).to.changeTokenBalances(
        ethers,
        token,
        [latecomer, market],
        [-STAKE, STAKE],
      );
    });

    it("emits Committed with principal and fee", async () => {
      const { market, latecomer } = world;
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT))
        .to.emit(market, "Committed")
        .withArgs(4n, latecomer, Side.Oppose, STAKE - FEE, FEE);
    });

    it("emits RewardsDistributed with the fee", async () => {
      const { market, latecomer } = world;
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT))
        .to.emit(market, "RewardsDistributed")
        .withArgs(FEE);
    });

    it("returns the next id", async () => {
      const { market, latecomer } = world;
      expect(await market.connect(latecomer).commit.staticCall(Side.Oppose, STAKE, NO_LIMIT)).to.equal(4n);
    });

    it("opens a position that may earn a multiple of its fee", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.position(4n)).rewardAllowance).to.equal(2n * FEE);
    });

    it("gives the new position nothing of its own fee", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect(await market.pendingRewards(4n)).to.equal(0n);
    });

    it("gives the others their share of the fee", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      // 10.2 * 98.99 / 536.99 = 1.880291...
      expect(await market.pendingRewards(STORY.supporterId)).to.equal(usdc("1.880291"));
    });

    it("updates the principal of its side alone", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      const { supportPrincipal, opposePrincipal } = await market.state();
      expect([supportPrincipal, opposePrincipal]).to.deep.equal([usdc("1789.9"), usdc(990) + STAKE - FEE]);
    });

    it("updates the reward pool by the fee", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.state()).srp).to.equal(STORY.srp + FEE);
    });

    it("leaves the weight of its side as it is at that instant", async () => {
      const { market, latecomer } = world;
      await market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect(await market.weight(Side.Oppose)).to.equal(usdc(990) * 200_000n);
    });

    it("opens a second position of someone who has one", async () => {
      const { market, challenger } = world;
      await market.connect(challenger).commit(Side.Support, STAKE, NO_LIMIT);
      expect((await market.position(4n)).owner).to.equal(challenger);
    });

    it("opens a second position of the author on the other side", async () => {
      const { market, author } = world;
      await market.connect(author).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.position(4n)).owner).to.equal(author);
    });
  });

  describe("when the premium waits", () => {
    beforeEach(async () => {
      world = await load(authoredMarket);
    });

    it("keeps it waiting while only the new position opposes", async () => {
      const { market, challenger } = world;
      await at(market, 100_000n);
      await market.connect(challenger).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.state()).undistributed).to.equal(usdc(200));
    });

    it("shares it with the first fee for which Oppose has weight", async () => {
      const { market, challenger, supporter } = world;
      await at(market, 100_000n);
      await market.connect(challenger).commit(Side.Oppose, STAKE, NO_LIMIT);
      await at(market, 100_001n);
      await expect(market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT))
        .to.emit(market, "RewardsDistributed")
        .withArgs(usdc("210.1"));
    });

    it("keeps it waiting one second before the lock period is over", async () => {
      const { market, supporter } = world;
      await at(market, RULES.lockPeriod - 1n);
      await market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT);
      expect((await market.state()).undistributed).to.equal(usdc(200));
    });

    it("shares it with the first fee after the lock period, though nobody opposes", async () => {
      const { market, supporter } = world;
      await at(market, RULES.lockPeriod);
      await expect(market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT))
        .to.emit(market, "RewardsDistributed")
        .withArgs(usdc(210));
    });
  });

  describe("when the others came in the same second", () => {
    // 1 % and 1 bps for the 1,000 that are staked.
    const FEE = usdc("10.1");

    beforeEach(async () => {
      world = await load(emptyMarket);
      await at(world.market, 10n);
      await world.market.connect(world.supporter).commit(Side.Support, STAKE, 0n);
      await at(world.market, 10n);
    });

    it("emits no RewardsDistributed", async () => {
      const { market, challenger } = world;
      await expect(market.connect(challenger).commit(Side.Oppose, STAKE, NO_LIMIT)).not.to.emit(
        market,
        "RewardsDistributed",
      );
    });

    it("keeps the fee undistributed", async () => {
      const { market, challenger } = world;
      await market.connect(challenger).commit(Side.Oppose, STAKE, NO_LIMIT);
      expect((await market.state()).undistributed).to.equal(FEE);
    });
  });

  describe("when the amount is at a bound", () => {
    beforeEach(async () => {
      world = await load(emptyMarket);
    });

    for (const amount of [RULES.minStake, RULES.maxStake]) {
      it(`opens a position with ${amount}`, async () => {
        await world.market.connect(world.supporter).commit(Side.Support, amount, 0n);
        expect((await world.market.position(1n)).principal).to.equal(amount);
      });
    }

    for (const amount of [0n, RULES.minStake - 1n, RULES.maxStake + 1n, MAX_UINT96 + RULES.minStake + 1n]) {
      it(`reverts when it is ${amount}`, async () => {
        await expect(world.market.connect(world.supporter).commit(Side.Support, amount, NO_LIMIT))
          .to.be.revertedWithCustomError(world.market, "StakeOutOfRange")
          .withArgs(amount, RULES.minStake, RULES.maxStake);
      });
    }
  });

  describe("when the fee has grown", () => {
    beforeEach(async () => {
      world = await load(contestedMarket);
    });

    it("reverts when it is above the caller's limit", async () => {
      await expect(world.market.connect(world.latecomer).commit(Side.Oppose, STAKE, 101n))
        .to.be.revertedWithCustomError(world.market, "EntryFeeAboveLimit")
        .withArgs(102n, 101n);
    });

    it("emits Committed when it is at the caller's limit", async () => {
      await expect(world.market.connect(world.latecomer).commit(Side.Oppose, STAKE, 102n)).to.emit(
        world.market,
        "Committed",
      );
    });

    it("reverts with the amount first when that is wrong as well", async () => {
      await expect(world.market.connect(world.latecomer).commit(Side.Oppose, 0n, 0n))
        .to.be.revertedWithCustomError(world.market, "StakeOutOfRange")
        .withArgs(0n, RULES.minStake, RULES.maxStake);
    });
  });

  describe("when the side is none", () => {
    it("reverts when it is 2", async () => {
      const { market, supporter, ethers } = await load(emptyMarket);
      await expect(market.connect(supporter).commit(2, STAKE, NO_LIMIT)).to.be.revertedWithoutReason(ethers);
    });
  });

  describe("when the caller cannot pay", () => {
    beforeEach(async () => {
      world = await load(emptyMarket);
    });

    it("reverts when the amount is above the balance", async () => {
      const { market, supporter, outsider, usdc: token } = world;
      await token.connect(supporter).transfer(outsider, WEALTH - STAKE + 1n);
      await expect(market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(supporter, STAKE - 1n, STAKE);
    });

    it("reverts when the amount is above the allowance", async () => {
      const { market, supporter, usdc: token } = world;
      await token.connect(supporter).approve(market, STAKE - 1n);
      await expect(market.connect(supporter).commit(Side.Support, STAKE, NO_LIMIT))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(market, STAKE - 1n, STAKE);
    });
  });
});
