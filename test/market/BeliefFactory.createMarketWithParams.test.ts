import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { MarketParams } from "../../sdk/market/params.ts";
import type { BeliefFactory } from "../../typechain-types/index.ts";
import { CLAIM, HOUR, MAX_UINT32, MAX_UINT96, OTHER_CLAIM, RULES, STAKE, usdc, YEAR } from "../fixtures/amounts.ts";
import { createMarket, type DollarProtocol, load, nextMarket, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** A rule at a bound, with what else must be set for it to be the only one in question. */
interface Bound {
  name: keyof MarketParams;
  min: bigint;
  max: bigint;
  /** Other rules that the bound depends on. */
  given?: Partial<MarketParams>;
  /** A bound that is the end of the type, with nothing beyond it. */
  isEndOfType?: "min" | "max" | "both";
}

const BOUNDS: readonly Bound[] = [
  { name: "lockPeriod", min: HOUR, max: 4n * YEAR, given: { minRewardDuration: 0n } },
  { name: "minRewardDuration", min: 0n, max: 5_000n, given: { lockPeriod: 5_000n }, isEndOfType: "min" },
  { name: "lateEntryFeeBaseBps", min: 0n, max: 300n, given: { lateEntryFeeMaxBps: 300n }, isEndOfType: "min" },
  { name: "lateEntryFeeMaxBps", min: 0n, max: 1_000n, given: { lateEntryFeeBaseBps: 0n }, isEndOfType: "min" },
  { name: "lateEntryFeeScale", min: 0n, max: MAX_UINT96, isEndOfType: "both" },
  { name: "authorPremiumBps", min: 0n, max: 2_000n, isEndOfType: "min" },
  { name: "earlyExitPenaltyBps", min: 0n, max: 5_000n, isEndOfType: "min" },
  { name: "maxSrpBps", min: 1n, max: 10_000n },
  { name: "maxUserRewardBps", min: 1n, max: MAX_UINT32, isEndOfType: "max" },
  { name: "minStake", min: 1n, max: 7_000n, given: { maxStake: 7_000n } },
  { name: "maxStake", min: 7_000n, max: MAX_UINT96, given: { minStake: 7_000n }, isEndOfType: "both" },
];

describe("BeliefFactory.createMarketWithParams", () => {
  const CUSTOM: MarketParams = { ...RULES, lockPeriod: 7_200n, minRewardDuration: 60n, authorPremiumBps: 1_500n };
  let protocol: DollarProtocol;
  let factory: BeliefFactory;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
    factory = protocol.beliefFactory.connect(protocol.author);
  });

  describe("when the claim has no market", () => {
    it("emits CustomParamsSet with the rules", async () => {
      const market = await nextMarket(protocol, { rules: CUSTOM });
      await expect(factory.createMarketWithParams(CLAIM, 0n, CUSTOM))
        .to.emit(factory, "CustomParamsSet")
        .withArgs(market, Object.values(CUSTOM));
    });

    it("emits MarketCreated after CustomParamsSet", async () => {
      const receipt = await (await factory.createMarketWithParams(CLAIM, 0n, CUSTOM)).wait();
      const names = receipt?.logs.map((log) => factory.interface.parseLog(log)?.name);
      expect(names).to.deep.equal(["CustomParamsSet", "MarketCreated"]);
    });

    it("emits MarketCreated with the claim, the market and the author", async () => {
      const market = await nextMarket(protocol, { rules: CUSTOM });
      await expect(factory.createMarketWithParams(CLAIM, 0n, CUSTOM))
        .to.emit(factory, "MarketCreated")
        .withArgs(CLAIM, market, protocol.author);
    });

    it("updates marketOf", async () => {
      const market = await nextMarket(protocol, { rules: CUSTOM });
      await factory.createMarketWithParams(CLAIM, 0n, CUSTOM);
      expect(await factory.marketOf(CLAIM)).to.equal(market);
    });

    it("updates marketCount by one", async () => {
      await factory.createMarketWithParams(CLAIM, 0n, CUSTOM);
      expect(await factory.marketCount()).to.equal(1n);
    });

    it("gives the market its own rules", async () => {
      const market = await createMarket(protocol, { rules: CUSTOM });
      expect(fieldsOf(await market.params())).to.deep.equal(CUSTOM);
    });

    it("leaves the default rules as they are", async () => {
      await factory.createMarketWithParams(CLAIM, 0n, CUSTOM);
      expect(fieldsOf(await factory.defaultParams())).to.deep.equal(RULES);
    });
  });

  describe("when there is a commitment", () => {
    it("pays the commitment from the author to the market", async () => {
      const market = await nextMarket(protocol, { rules: CUSTOM });
      await expect(factory.createMarketWithParams(CLAIM, STAKE, CUSTOM)).to.changeTokenBalances(
        protocol.ethers,
        protocol.usdc,
        [protocol.author, market, factory],
        [-STAKE, STAKE, 0n],
      );
    });

    it("charges the premium of its own rules", async () => {
      const market = await createMarket(protocol, { rules: CUSTOM, commitment: STAKE });
      expect((await market.state()).undistributed).to.equal(usdc(150));
    });

    it("reverts when it is outside the stakes of its own rules", async () => {
      const market = await createMarket(protocol);
      const rules = { ...CUSTOM, minStake: usdc(5), maxStake: usdc(10) };
      await expect(factory.createMarketWithParams(OTHER_CLAIM, usdc(11), rules))
        .to.be.revertedWithCustomError(market, "StakeOutOfRange")
        .withArgs(usdc(11), usdc(5), usdc(10));
    });
  });

  describe("when it cannot be created", () => {
    it("reverts when the claim has a market", async () => {
      const market = await createMarket(protocol);
      await expect(factory.createMarketWithParams(CLAIM, 0n, CUSTOM))
        .to.be.revertedWithCustomError(factory, "MarketAlreadyExists")
        .withArgs(CLAIM, market);
    });

    it("reverts when no claim is named", async () => {
      await expect(factory.createMarketWithParams(ZeroHash, 0n, CUSTOM))
        .to.be.revertedWithCustomError(factory, "ClaimIdZero")
        .withArgs();
    });

    it("reverts when creation is paused", async () => {
      await factory.connect(protocol.guardian).pauseCreation();
      await expect(factory.createMarketWithParams(CLAIM, 0n, CUSTOM))
        .to.be.revertedWithCustomError(factory, "CreationIsPaused")
        .withArgs();
    });
  });

  for (const { name, min, max, given, isEndOfType } of BOUNDS) {
    const rulesWith = (value: bigint): MarketParams => ({ ...RULES, ...given, [name]: value });

    describe(`when ${name} is at a bound`, () => {
      for (const bound of [min, max]) {
        it(`creates a market with ${bound}`, async () => {
          const market = await createMarket(protocol, { rules: rulesWith(bound) });
          expect((await market.params())[name]).to.equal(bound);
        });
      }
    });

    const beyond = [
      ...(isEndOfType === "min" || isEndOfType === "both" ? [] : [min - 1n]),
      ...(isEndOfType === "max" || isEndOfType === "both" ? [] : [max + 1n]),
    ];
    if (beyond.length === 0) continue;

    describe(`when ${name} is one beyond a bound`, () => {
      for (const value of beyond) {
        it(`reverts when it is ${value}`, async () => {
          await expect(factory.createMarketWithParams(CLAIM, 0n, rulesWith(value)))
            .to.be.revertedWithCustomError(factory, "ParameterOutOfBounds")
            .withArgs(name, value, min, max);
        });
      }
    });
  }

  describe("when two rules contradict each other", () => {
    it("reverts when the largest stake is below the smallest", async () => {
      await expect(factory.createMarketWithParams(CLAIM, 0n, { ...RULES, minStake: 10n, maxStake: 9n }))
        .to.be.revertedWithCustomError(factory, "ParameterOutOfBounds")
        .withArgs("minStake", 10n, 1n, 9n);
    });

    it("reverts when no stake is possible", async () => {
      await expect(factory.createMarketWithParams(CLAIM, 0n, { ...RULES, minStake: 0n, maxStake: 0n }))
        .to.be.revertedWithCustomError(factory, "ParameterOutOfBounds")
        .withArgs("minStake", 0n, 1n, 0n);
    });
  });
});
