import { expect } from "chai";
import { type AddressLike, ZeroAddress } from "ethers";
import type { LockTier, LockTiers } from "../../sdk/council/tiers.ts";
import { CouncilStaking__factory } from "../../typechain-types/index.ts";
import { type CouncilWorld, openCouncil, STAKING_RULES } from "../fixtures/council.ts";
import { OTHER_TIERS, stakingRulesOf } from "../fixtures/council-checks.ts";
import { load } from "../fixtures/protocol.ts";

/** The most that an account can be let stake. */
const MOST = 2n ** 94n - 1n;

/** Five tiers by their days and multipliers. */
const tiersOf = (days: readonly bigint[], multipliers: readonly bigint[]) =>
  days.map((lockDays, tier) => ({ lockDays, multiplierBps: multipliers[tier] })) as LockTiers;

/** Tiers of which one is wrong: what of the default it has not, and the facts of the error. */
const TIER_REFUSALS = [
  { tier: 0, changed: { lockDays: 1n }, facts: ["lockDays", 1n, 0n, 0n] },
  { tier: 1, changed: { lockDays: 0n }, facts: ["lockDays", 0n, 1n, 3_650n] },
  { tier: 2, changed: { lockDays: 7n }, facts: ["lockDays", 7n, 8n, 3_650n] },
  { tier: 2, changed: { lockDays: 6n }, facts: ["lockDays", 6n, 8n, 3_650n] },
  { tier: 2, changed: { lockDays: 90n }, facts: ["lockDays", 90n, 91n, 3_650n] },
  { tier: 3, changed: { lockDays: 3_650n }, facts: ["lockDays", 180n, 3_651n, 3_650n] },
  { tier: 4, changed: { lockDays: 90n }, facts: ["lockDays", 90n, 91n, 3_650n] },
  { tier: 4, changed: { lockDays: 3_651n }, facts: ["lockDays", 3_651n, 91n, 3_650n] },
  { tier: 4, changed: { lockDays: 65_535n }, facts: ["lockDays", 65_535n, 91n, 3_650n] },
  { tier: 0, changed: { multiplierBps: 0n }, facts: ["multiplierBps", 0n, 10_000n, 40_000n] },
  { tier: 0, changed: { multiplierBps: 9_999n }, facts: ["multiplierBps", 9_999n, 10_000n, 40_000n] },
  { tier: 0, changed: { multiplierBps: 12_001n }, facts: ["multiplierBps", 12_000n, 12_001n, 40_000n] },
  { tier: 1, changed: { multiplierBps: 9_999n }, facts: ["multiplierBps", 9_999n, 10_000n, 40_000n] },
  { tier: 2, changed: { multiplierBps: 11_999n }, facts: ["multiplierBps", 11_999n, 12_000n, 40_000n] },
  { tier: 3, changed: { multiplierBps: 14_999n }, facts: ["multiplierBps", 14_999n, 15_000n, 40_000n] },
  { tier: 4, changed: { multiplierBps: 19_999n }, facts: ["multiplierBps", 19_999n, 20_000n, 40_000n] },
  { tier: 4, changed: { multiplierBps: 40_001n }, facts: ["multiplierBps", 40_001n, 20_000n, 40_000n] },
  { tier: 4, changed: { multiplierBps: 65_535n }, facts: ["multiplierBps", 65_535n, 20_000n, 40_000n] },
  // days are checked first
  { tier: 4, changed: { lockDays: 0n, multiplierBps: 0n }, facts: ["lockDays", 0n, 91n, 3_650n] },
] satisfies { tier: 0 | 1 | 2 | 3 | 4; changed: Partial<LockTier>; facts: unknown[] }[];

describe("CouncilStaking.constructor", () => {
  let world: CouncilWorld;

  const deploy = (
    changed: Partial<typeof STAKING_RULES> = {},
    wiring: { token?: AddressLike; distributor?: AddressLike } = {},
  ) => {
    const { token = world.token, distributor = world.rewardsDistributor } = wiring;
    const rules = { ...STAKING_RULES, ...changed };
    return new CouncilStaking__factory(world.deployer).deploy(token, distributor, rules, world.authority);
  };

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when it is deployed", () => {
    it("keeps the token", async () => {
      expect(await world.councilStaking.token()).to.equal(world.token);
    });

    it("keeps the distributor", async () => {
      expect(await world.councilStaking.distributor()).to.equal(world.rewardsDistributor);
    });

    it("keeps the authority", async () => {
      expect(await world.councilStaking.authority()).to.equal(world.authority);
    });

    it("keeps the rules", async () => {
      expect(await stakingRulesOf(world)).to.deep.equal(STAKING_RULES);
    });

    it("is not paused", async () => {
      expect(await world.councilStaking.paused()).to.equal(false);
    });

    it("holds nothing", async () => {
      expect(await world.councilStaking.totalStaked()).to.equal(0n);
    });

    it("signs delegations as AI Council Staking, version 1", async () => {
      const { name, version, chainId, verifyingContract } = await world.councilStaking.eip712Domain();
      expect([name, version, chainId, verifyingContract]).to.deep.equal([
        "AI Council Staking",
        "1",
        31_337n,
        await world.councilStaking.getAddress(),
      ]);
    });
  });

  describe("when every rule is at a bound", () => {
    for (const rules of [
      { minStake: 1n, maxStake: 1n, earlyExitPenaltyBps: 0n },
      { minStake: MOST, maxStake: MOST, earlyExitPenaltyBps: 5_000n },
    ]) {
      it(`keeps ${Object.values(rules).join(", ")}`, async () => {
        const { tiers: _, ...kept } = await stakingRulesOf({ councilStaking: await deploy(rules) });
        expect(kept).to.deep.equal(rules);
      });
    }
  });

  describe("when the tiers are others", () => {
    for (const { name, tiers } of [
      { name: "anything", tiers: OTHER_TIERS },
      {
        name: "at the lower bounds",
        tiers: tiersOf([0n, 1n, 2n, 3n, 4n], [10_000n, 10_000n, 10_000n, 10_000n, 10_000n]),
      },
      {
        name: "at the upper bounds",
        tiers: tiersOf([0n, 3_647n, 3_648n, 3_649n, 3_650n], [40_000n, 40_000n, 40_000n, 40_000n, 40_000n]),
      },
    ]) {
      it(`keeps those that are ${name}`, async () => {
        expect((await stakingRulesOf({ councilStaking: await deploy({ tiers }) })).tiers).to.deep.equal(tiers);
      });
    }
  });

  describe("when a tier is out of bounds", () => {
    for (const { tier, changed, facts } of TIER_REFUSALS) {
      it(`reverts when tier ${tier} has ${Object.entries(changed).flat().join(" ")}`, async () => {
        const tiers = STAKING_RULES.tiers.with(tier, { ...STAKING_RULES.tiers[tier], ...changed }) as LockTiers;
        await expect(deploy({ tiers }))
          .to.be.revertedWithCustomError(world.councilStaking, "ParameterOutOfBounds")
          .withArgs(...facts);
      });
    }
  });

  describe("when a rule is out of bounds", () => {
    for (const { parameter, changed, facts } of [
      { parameter: "minStake", changed: { minStake: 0n }, facts: [0n, 1n, STAKING_RULES.maxStake] },
      { parameter: "minStake", changed: { minStake: 8n, maxStake: 7n }, facts: [8n, 1n, 7n] },
      { parameter: "minStake", changed: { minStake: 0n, maxStake: 0n }, facts: [0n, 1n, 0n] },
      { parameter: "maxStake", changed: { maxStake: MOST + 1n }, facts: [MOST + 1n, STAKING_RULES.minStake, MOST] },
      { parameter: "earlyExitPenaltyBps", changed: { earlyExitPenaltyBps: 5_001n }, facts: [5_001n, 0n, 5_000n] },
    ]) {
      it(`reverts when ${parameter} is ${facts[0]}, of ${facts[1]} to ${facts[2]}`, async () => {
        await expect(deploy(changed))
          .to.be.revertedWithCustomError(world.councilStaking, "ParameterOutOfBounds")
          .withArgs(parameter, ...facts);
      });
    }
  });

  describe("when the token is no contract", () => {
    for (const [name, tokenOf] of [
      ["an account without code", () => world.outsider],
      ["the zero address", () => ZeroAddress],
    ] as const) {
      it(`reverts when it is ${name}`, async () => {
        await expect(deploy({}, { token: tokenOf() }))
          .to.be.revertedWithCustomError(world.councilStaking, "TokenNotContract")
          .withArgs(tokenOf());
      });
    }
  });

  describe("when the distributor is no contract", () => {
    for (const [name, distributorOf] of [
      ["an account without code", () => world.outsider],
      ["the zero address", () => ZeroAddress],
    ] as const) {
      it(`reverts when it is ${name}`, async () => {
        await expect(deploy({}, { distributor: distributorOf() }))
          .to.be.revertedWithCustomError(world.councilStaking, "DistributorNotContract")
          .withArgs(distributorOf());
      });
    }
  });

  describe("when the distributor pays in another token", () => {
    it("reverts with both tokens", async () => {
      await expect(deploy({}, { token: world.authority }))
        .to.be.revertedWithCustomError(world.councilStaking, "TokenMismatch")
        .withArgs(world.authority, world.token);
    });
  });
});
