import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { BeliefFactory } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, RULES, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { createMarket, type DollarProtocol, load, nextMarket, now, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefFactory.createMarket", () => {
  let protocol: DollarProtocol;
  let factory: BeliefFactory;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
    factory = protocol.beliefFactory.connect(protocol.author);
  });

  describe("when the claim has no market", () => {
    it("emits MarketCreated with the claim, the market and the author", async () => {
      const market = await nextMarket(protocol);
      await expect(factory.createMarket(CLAIM, 0n))
        .to.emit(factory, "MarketCreated")
        .withArgs(CLAIM, market, protocol.author);
    });

    it("emits no CustomParamsSet", async () => {
      await expect(factory.createMarket(CLAIM, 0n)).not.to.emit(factory, "CustomParamsSet");
    });

    it("updates marketOf", async () => {
      const market = await nextMarket(protocol);
      await factory.createMarket(CLAIM, 0n);
      expect(await factory.marketOf(CLAIM)).to.equal(market);
    });

    it("updates marketCount by one", async () => {
      await factory.createMarket(CLAIM, 0n);
      expect(await factory.marketCount()).to.equal(1n);
    });

    it("leaves other claims without a market", async () => {
      await factory.createMarket(CLAIM, 0n);
      expect(await factory.marketOf(OTHER_CLAIM)).to.equal(ZeroAddress);
    });

    it("gives the market the claim", async () => {
      const market = await createMarket(protocol);
      expect(await market.claimId()).to.equal(CLAIM);
    });

    it("gives the market the caller as author", async () => {
      const market = await createMarket(protocol, { author: protocol.outsider });
      expect(await market.author()).to.equal(protocol.outsider);
    });

    it("gives the market the block's time", async () => {
      const market = await createMarket(protocol);
      expect(await market.createdAt()).to.equal(await now());
    });

    it("gives the market the default rules", async () => {
      const market = await createMarket(protocol);
      expect(fieldsOf(await market.params())).to.deep.equal(RULES);
    });
  });

  describe("when the default rules change later", () => {
    it("leaves the market with the rules it was created with", async () => {
      const market = await createMarket(protocol);
      await protocol.beliefFactory.setDefaultParams({ ...RULES, lockPeriod: 7_200n, minRewardDuration: 0n });
      expect((await market.params()).lockPeriod).to.equal(RULES.lockPeriod);
    });
  });

  describe("when there is no commitment", () => {
    it("moves no tokens", async () => {
      await expect(factory.createMarket(CLAIM, 0n)).not.to.emit(protocol.usdc, "Transfer");
    });

    it("opens no position", async () => {
      const market = await createMarket(protocol);
      expect((await market.state()).positionCount).to.equal(0n);
    });
  });

  describe("when there is a commitment", () => {
    it("pays the commitment from the author to the market", async () => {
      const market = await nextMarket(protocol);
      await expect(factory.createMarket(CLAIM, STAKE)).to.changeTokenBalances(
        protocol.ethers,
        protocol.usdc,
        [protocol.author, market, factory],
        [-STAKE, STAKE, 0n],
      );
    });

    it("opens position 1 of the author on Support, less the premium", async () => {
      const market = await createMarket(protocol, { commitment: STAKE });
      expect(fieldsOf(await market.position(1n))).to.deep.equal({
        owner: protocol.author.address,
        side: BigInt(Side.Support),
        principal: usdc(800),
        depositedAt: await now(),
        rewardAllowance: usdc(400),
      });
    });

    it("emits Committed from the market with principal and premium", async () => {
      const market = await createMarket(protocol, { claimId: OTHER_CLAIM });
      const address = await nextMarket(protocol);
      await expect(factory.createMarket(CLAIM, STAKE))
        .to.emit(market.attach(address), "Committed")
        .withArgs(1n, protocol.author, Side.Support, usdc(800), usdc(200));
    });

    it("keeps the premium undistributed", async () => {
      const market = await createMarket(protocol, { commitment: STAKE });
      expect((await market.state()).undistributed).to.equal(usdc(200));
    });
  });

  describe("when the commitment cannot be made", () => {
    it("reverts when it is below the minimum", async () => {
      const market = await createMarket(protocol, { claimId: OTHER_CLAIM });
      const amount = RULES.minStake - 1n;
      await expect(factory.createMarket(CLAIM, amount))
        .to.be.revertedWithCustomError(market, "StakeOutOfRange")
        .withArgs(amount, RULES.minStake, RULES.maxStake);
    });

    it("reverts when it is above the maximum", async () => {
      const market = await createMarket(protocol, { claimId: OTHER_CLAIM });
      const amount = RULES.maxStake + 1n;
      await expect(factory.createMarket(CLAIM, amount))
        .to.be.revertedWithCustomError(market, "StakeOutOfRange")
        .withArgs(amount, RULES.minStake, RULES.maxStake);
    });

    it("reverts when the author has not allowed it to the factory", async () => {
      await protocol.usdc.connect(protocol.author).approve(factory, STAKE - 1n);
      await expect(factory.createMarket(CLAIM, STAKE))
        .to.be.revertedWithCustomError(protocol.usdc, "ERC20InsufficientAllowance")
        .withArgs(factory, STAKE - 1n, STAKE);
    });

    it("reverts when the author has not got it", async () => {
      await protocol.usdc.connect(protocol.author).transfer(protocol.outsider, WEALTH - STAKE + 1n);
      await expect(factory.createMarket(CLAIM, STAKE))
        .to.be.revertedWithCustomError(protocol.usdc, "ERC20InsufficientBalance")
        .withArgs(protocol.author, STAKE - 1n, STAKE);
    });
  });

  describe("when the claim has a market", () => {
    it("reverts when another author asks for it", async () => {
      const market = await createMarket(protocol);
      await expect(factory.connect(protocol.outsider).createMarket(CLAIM, 0n))
        .to.be.revertedWithCustomError(factory, "MarketAlreadyExists")
        .withArgs(CLAIM, market);
    });

    it("updates nothing when another claim gets one", async () => {
      const market = await createMarket(protocol);
      await createMarket(protocol, { claimId: OTHER_CLAIM });
      expect(await factory.marketOf(CLAIM)).to.equal(market);
    });
  });

  describe("when the claim is zero", () => {
    it("reverts when no claim is named", async () => {
      await expect(factory.createMarket(ZeroHash, 0n)).to.be.revertedWithCustomError(factory, "ClaimIdZero").withArgs();
    });
  });

  describe("when creation is paused", () => {
    it("reverts when anyone creates", async () => {
      await factory.connect(protocol.guardian).pauseCreation();
      await expect(factory.createMarket(CLAIM, 0n))
        .to.be.revertedWithCustomError(factory, "CreationIsPaused")
        .withArgs();
    });
  });
});
