import { expect } from "chai";

import type { MarketParams } from "../../sdk/market/params.ts";
import { DAY, expectRevert, market, USUAL } from "./market-fixtures.ts";

describe("market parameters", () => {
  const bound = (value: bigint, min: bigint, max: bigint) => [value, min, max];
  const refused: [keyof MarketParams, bigint[]][] = [
    ["lockPeriod", bound(3_599n, 3_600n, 126_144_000n)],
    ["lockPeriod", bound(126_144_001n, 3_600n, 126_144_000n)],
    ["minRewardDuration", bound(30n * DAY + 1n, 0n, 30n * DAY)],
    ["lateEntryFeeMaxBps", bound(1_001n, 0n, 1_000n)],
    ["lateEntryFeeBaseBps", bound(501n, 0n, 500n)],
    ["lateEntryFeeScale", bound(2n ** 96n, 0n, 2n ** 96n - 1n)],
    ["authorPremiumBps", bound(2_001n, 0n, 2_000n)],
    ["earlyExitPenaltyBps", bound(5_001n, 0n, 5_000n)],
    ["maxSrpBps", bound(0n, 1n, 10_000n)],
    ["maxSrpBps", bound(10_001n, 1n, 10_000n)],
    ["maxUserRewardBps", bound(0n, 1n, 2n ** 32n - 1n)],
    ["maxUserRewardBps", bound(2n ** 32n, 1n, 2n ** 32n - 1n)],
    ["minStake", bound(0n, 1n, USUAL.maxStake)],
    ["minStake", bound(USUAL.maxStake + 1n, 1n, USUAL.maxStake)],
    ["maxStake", bound(2n ** 96n, 1n, 2n ** 96n - 1n)],
  ];
  for (const [name, facts] of refused) {
    it(`${name} of ${facts[0]} is refused`, () => {
      expectRevert(() => market({ ...USUAL, [name]: facts[0] }), "ParameterOutOfBounds", [name, ...facts]);
    });
  }

  it("the rule checked first speaks where two are out of bounds", () => {
    const params = { ...USUAL, lateEntryFeeBaseBps: 1_001n, lateEntryFeeMaxBps: 1_001n };
    expectRevert(() => market(params), "ParameterOutOfBounds", ["lateEntryFeeMaxBps", 1_001n, 0n, 1_000n]);
  });

  it("the smallest and the largest values of every rule are accepted together", () => {
    const smallest = {
      lockPeriod: 3_600n,
      minRewardDuration: 0n,
      lateEntryFeeBaseBps: 0n,
      lateEntryFeeMaxBps: 0n,
      lateEntryFeeScale: 0n,
      authorPremiumBps: 0n,
      earlyExitPenaltyBps: 0n,
      maxSrpBps: 1n,
      maxUserRewardBps: 1n,
      minStake: 1n,
      maxStake: 1n,
    };
    const largest = {
      lockPeriod: 126_144_000n,
      minRewardDuration: 126_144_000n,
      lateEntryFeeBaseBps: 1_000n,
      lateEntryFeeMaxBps: 1_000n,
      lateEntryFeeScale: 2n ** 96n - 1n,
      authorPremiumBps: 2_000n,
      earlyExitPenaltyBps: 5_000n,
      maxSrpBps: 10_000n,
      maxUserRewardBps: 2n ** 32n - 1n,
      minStake: 2n ** 96n - 1n,
      maxStake: 2n ** 96n - 1n,
    };
    expect(market(smallest).params).to.equal(smallest);
    expect(market(largest).params).to.equal(largest);
  });
});
