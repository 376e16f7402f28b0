import { expect } from "chai";

import { CredenceError } from "../../sdk/errors.ts";
import type { MarketModel } from "../../sdk/market/model.ts";
import { MAX_TOTAL_PRINCIPAL, type MarketParams, RAY } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { at, CREATED_AT, DAY, expectRevert, market, NO_LIMIT, SMALL, USD, USUAL } from "./market-fixtures.ts";

describe("market model: commitments", () => {
  it("the author's premium waits undistributed while no weight is there", () => {
    const model = market(USUAL);
    // fee = floor(1,000 x 2 %) = 20; the cap would allow floor(2,000 x 1e9 / 12,000) = 166.666666
    expect(model.commitAuthor(1_000n * USD, CREATED_AT)).to.deep.equal({
      positionId: 1n,
      feeBps: 200n,
      fee: 20n * USD,
      principal: 980n * USD,
      rewardAllowance: 40n * USD, // 2 x the fee
      shared: null,
    });
    const { srp, undistributed } = model.state(CREATED_AT);
    expect([srp, undistributed]).to.deep.equal([20n * USD, 20n * USD]);
  });

  it("a fee before the opposing side has weight is shared without the undistributed premium", () => {
    const model = market(USUAL);
    model.commitAuthor(1_000n * USD, CREATED_AT);
    // feeBps = 50 + floor(980 / 1,000); fee = 2.5; W = 980e6 x 100; perWeight = floor(2.5e33 / 9.8e10) is not exact
    const { feeBps, fee, shared } = model.commit("bob", Side.Oppose, 500n * USD, NO_LIMIT, at(100n));
    expect([feeBps, fee]).to.deep.equal([50n, 2_500_000n]);
    expect(shared).to.deep.equal({ amount: 2_500_000n, totalWeight: 98_000_000_000n });
    expect(model.pendingRewards(1n)).to.equal(2_499_999n); // the last unit is short by less than a ray per weight
    expect(model.state(at(100n)).undistributed).to.equal(20n * USD);
  });

  it("the first fee once the opposing side has weight brings the premium along", () => {
    const model = market(USUAL);
    model.commitAuthor(1_000n * USD, CREATED_AT);
    model.commit("bob", Side.Oppose, 500n * USD, NO_LIMIT, at(100n));
    // T = 980 + 497.5, so feeBps = 50 + 1 and fee = 5.1; shared = 5.1 + 20
    // W = 980e6 x 200 + 497.5e6 x 100 = 1.96e11 + 0.4975e11
    const { fee, shared } = model.commit("dora", Side.Support, 1_000n * USD, NO_LIMIT, at(200n));
    expect(fee).to.equal(5_100_000n);
    expect(shared).to.deep.equal({ amount: 25_100_000n, totalWeight: 245_750_000_000n });
    expect(model.pendingRewards(2n)).to.equal(5_000_000n); // of 25.1e6 x 4,975 / 24,575 = 5,081,281.8: capped at 2 x 2.5
    expect(model.pendingRewards(1n)).to.equal(22_518_718n); // 2,499,999.9 + 25.1e6 x 19,600 / 24,575 = 20,018,718.2
    expect(model.pendingRewards(3n)).to.equal(0n);
  });

  it("the first commitment to an empty market pays no fee and may earn a multiple of its principal", () => {
    const { feeBps, fee, rewardAllowance } = market(USUAL).commit("bob", Side.Oppose, 100n * USD, 0n, at(5n));
    expect([feeBps, fee, rewardAllowance]).to.deep.equal([0n, 0n, 200n * USD]);
  });

  it("the entry fee grows by 1 bps for each full step of principal, up to its ceiling", () => {
    const model = market(USUAL);
    expect(model.entryFeeBps()).to.equal(0n);
    model.commit("bob", Side.Support, 10_999n * USD, NO_LIMIT, CREATED_AT);
    expect(model.entryFeeBps()).to.equal(60n); // 50 + floor(10.999)
    model.commit("bob", Side.Support, 600_000n * USD, NO_LIMIT, CREATED_AT);
    expect(model.entryFeeBps()).to.equal(500n); // 50 + 607, above the ceiling
  });

  it("the fee stops at the reward pool's cap and the rest stays principal", () => {
    const model = market({ ...USUAL, authorPremiumBps: 2_000n, maxSrpBps: 100n });
    // f x 10,000 <= 100 x (1e9 - f): f = floor(1e11 / 10,100) = 9,900,990 in place of 200e6
    const { fee, principal } = model.commitAuthor(1_000n * USD, CREATED_AT);
    expect([fee, principal]).to.deep.equal([9_900_990n, 990_099_010n]);
  });

  it("a reward pool above its cap takes no fee, and the allowance counts the principal", () => {
    const model = market({ ...SMALL, authorPremiumBps: 2_000n, maxSrpBps: 1_000n });
    model.commitAuthor(1_000n, CREATED_AT); // fee = floor(1,000 x 1,000 / 11,000) = 90
    model.commit("bob", Side.Oppose, 100n, NO_LIMIT, CREATED_AT); // floor((1,000 x 1,010 - 10,000 x 90) / 11,000) = 10
    model.exitEarly("author", 1n, CREATED_AT); // leaves 91 in the pool and 99 staked
    const { fee, principal, rewardAllowance } = model.commit("carol", Side.Support, 200n, NO_LIMIT, CREATED_AT);
    expect([fee, principal, rewardAllowance]).to.deep.equal([0n, 200n, 200n]);
  });

  it("a reward allowance never exceeds 2^96 - 1", () => {
    const model = market({ ...SMALL, maxUserRewardBps: 2n ** 32n - 1n, maxStake: 2n ** 96n - 1n });
    const { rewardAllowance } = model.commit("bob", Side.Support, 2n ** 96n - 1n, 0n, CREATED_AT);
    expect(rewardAllowance).to.equal(2n ** 96n - 1n);
  });

  it("an amount outside the stake bounds is refused", () => {
    const act = (amount: bigint) => () => market(USUAL).commit("bob", Side.Support, amount, 0n, CREATED_AT);
    expectRevert(act(USD - 1n), "StakeOutOfRange", [USD - 1n, USD, 1_000_000n * USD]);
    expectRevert(act(10n ** 12n + 1n), "StakeOutOfRange", [10n ** 12n + 1n, USD, 1_000_000n * USD]);
    expectRevert(() => market(USUAL).commitAuthor(1n, CREATED_AT), "StakeOutOfRange", [1n, USD, 1_000_000n * USD]);
  });

  it("a fee above the caller's limit is refused, and one at the limit is accepted", () => {
    const model = market(USUAL);
    model.commit("bob", Side.Support, 10n * USD, 0n, CREATED_AT);
    const act = (limit: bigint) => model.commit("bob", Side.Support, 10n * USD, limit, CREATED_AT);
    expectRevert(() => act(49n), "EntryFeeAboveLimit", [50n, 49n]);
    expect(act(50n).positionId).to.equal(2n);
  });

  it("principal of 2^104 and more is refused, and the market stays as it was", () => {
    const maxStake = 2n ** 96n - 1n;
    const model = market({ ...SMALL, lateEntryFeeBaseBps: 0n, maxStake });
    for (let k = 0; k < 256; k++) model.commit("whale", Side.Support, maxStake, 0n, CREATED_AT); // 2^104 - 256
    const act = (amount: bigint) => model.commit("bob", Side.Oppose, amount, 0n, CREATED_AT);
    expectRevert(() => act(256n), "TotalPrincipalTooLarge", [2n ** 104n, MAX_TOTAL_PRINCIPAL]);
    expect(model.positionCount).to.equal(256n);
    expect(act(255n).principal).to.equal(255n);
  });

  it("the author commits in the second of creation or not at all", () => {
    expect(() => market(USUAL).commitAuthor(USD, at(1n))).to.throw(CredenceError);
  });
});

describe("market model: rewards", () => {
  /** Alice 1,000 on Support and Bob 990 (fee 10) on Oppose at 0; Carol's fee of 1,000 arrives at 10. */
  function shared(params: Partial<MarketParams> = {}): MarketModel {
    const model = market({ ...SMALL, ...params });
    model.commit("alice", Side.Support, 1_000n, NO_LIMIT, CREATED_AT);
    model.commit("bob", Side.Oppose, 1_000n, NO_LIMIT, CREATED_AT);
    model.commit("carol", Side.Support, 100_000n, NO_LIMIT, at(10n));
    return model;
  }

  it("a claim pays whole units up to the cap and hands the excess back", () => {
    const model = shared();
    // 10 + 1,000 shared by W = 10 x 1,990; Bob earned 1,010 x 990 / 1,990 = 502.46, Alice 507.54; Bob may earn 1 x 10
    expect(model.claimRewards("bob", 2n, at(10n))).to.deep.equal({ reward: 10n, excess: 492n });
    expect(model.position(2n).rewardAllowance).to.equal(0n);
    const { srp, undistributed } = model.state(at(10n));
    expect([srp, undistributed]).to.deep.equal([1_000n, 492n]);
    expect(model.claimRewards("bob", 2n, at(10n))).to.deep.equal({ reward: 0n, excess: 0n });
    expect(model.claimRewards("alice", 1n, at(10n))).to.deep.equal({ reward: 507n, excess: 0n });
  });

  it("the excess can be released without a claim, but for the unit that rounding may take", () => {
    const model = shared(); // Bob earned 502.46 and may take 10
    expect(model.releaseExcess(2n, at(10n))).to.deep.equal({ amount: 491n });
    expect(model.releaseExcess(2n, at(10n))).to.deep.equal({ amount: 0n });
    expect([model.pendingRewards(2n), model.state(at(10n)).undistributed]).to.deep.equal([10n, 491n]);
    expect(model.claimRewards("bob", 2n, at(10n))).to.deep.equal({ reward: 10n, excess: 1n });
  });

  it("the fraction of a unit left by a claim is paid by a later one", () => {
    // a fee of 1 bps for each 300 staked, and three positions of 100 from the start
    const model = market({
      ...SMALL,
      lateEntryFeeBaseBps: 0n,
      lateEntryFeeMaxBps: 1_000n,
      lateEntryFeeScale: 300n,
      maxUserRewardBps: 1_000_000n,
    });
    for (const owner of ["alice", "bob", "carol"]) model.commit(owner, Side.Support, 100n, NO_LIMIT, CREATED_AT);
    model.commit("dora", Side.Support, 50_000n, NO_LIMIT, at(100n)); // fee 5: 1.67 for each
    expect(model.claimRewards("alice", 1n, at(100n)).reward).to.equal(1n);
    model.commit("erin", Side.Support, 300n, NO_LIMIT, at(100n)); // floor(300 x 167 / 10,000) = 5: 3.33 for each by now
    expect(model.claimRewards("alice", 1n, at(100n)).reward).to.equal(2n);
    expect(model.pendingRewards(2n)).to.equal(3n);
  });

  it("a claim costs a position of more than 1e27 units up to one ray of each, in favour of the pool", () => {
    const model = market({ ...SMALL, maxStake: 2n ** 96n - 1n });
    model.commit("alice", Side.Support, (3n * RAY) / 2n, 0n, CREATED_AT);
    for (let k = 0; k < 2; k++) {
      // fee 2; perWeight = floor(2 x 1e27 / 1.5e27) = 1 ray, so Alice earns 1.5, and a unit consumes no less than 1 ray
      model.commit("bob", Side.Support, 200n, NO_LIMIT, at(1n));
      expect(model.claimRewards("alice", 1n, at(1n)).reward).to.equal(1n);
    }
    expect(model.pendingRewards(1n)).to.equal(0n); // 2 taken, where one claim at the end would have paid 3
  });

  it("the dust of rounding becomes undistributed when the last position leaves", () => {
    const model = market({ ...SMALL, lateEntryFeeBaseBps: 0n, maxUserRewardBps: 1_000_000n, authorPremiumBps: 1_000n });
    model.commitAuthor(111n, CREATED_AT); // premium 11, principal 100
    for (const owner of ["alice", "bob"]) model.commit(owner, Side.Oppose, 100n, NO_LIMIT, CREATED_AT);
    const end = at(SMALL.lockPeriod);
    model.distribute(end);
    expect(model.withdraw("author", 1n, end)).to.deep.equal({ principal: 100n, reward: 3n, excess: 0n }); // 11 / 3
    model.withdraw("alice", 2n, end);
    expect(model.state(end).undistributed).to.equal(0n);
    model.withdraw("bob", 3n, end);
    const { srp, undistributed } = model.state(end);
    expect([srp, undistributed]).to.deep.equal([2n, 2n]); // 11 - 3 x 3
  });

  it("distribute shares nothing with one side alone until the lock period has passed since creation", () => {
    const model = market(USUAL);
    model.commitAuthor(1_000n * USD, CREATED_AT);
    const lock = USUAL.lockPeriod;
    expect(model.distribute(at(lock - 1n))).to.deep.equal({ amount: 0n, shared: null });
    const { amount } = model.distribute(at(lock));
    expect(amount).to.equal(20n * USD);
    expect(model.pendingRewards(1n)).to.equal(19_999_999n); // 20e6 / (980e6 x lock) has no end in ray
    expect(model.distribute(at(lock)).amount).to.equal(0n);
  });

  it("an amount too small for the weight stays undistributed and leaves the accumulators alone", () => {
    const model = market({ ...SMALL, maxStake: 2n ** 96n - 1n });
    for (let k = 0; k < 2; k++) model.commit("whale", Side.Oppose, 2n ** 96n - 1n, NO_LIMIT, CREATED_AT);
    model.distribute(at(1n));
    const before = model.state(at(10n));
    model.commit("bob", Side.Support, 100n, NO_LIMIT, at(10n)); // fee 1; W = 10 x 1.99 x 2^96 = 1.6e30: less than a ray
    const after = model.state(at(10n));
    expect(after.undistributed).to.equal(before.undistributed + 1n);
    expect(after.rewardPerWeight).to.equal(before.rewardPerWeight);
  });

  it("rewards cannot be claimed before the minimum duration", () => {
    const model = shared({ minRewardDuration: DAY });
    const claimableAt = at(10n + DAY);
    const act = (time: bigint) => model.claimRewards("carol", 3n, time);
    expectRevert(() => act(claimableAt - 1n), "RewardsNotClaimableYet", [3n, claimableAt]);
    expect(act(claimableAt).reward).to.equal(0n);
  });

  it("an early exit forfeits its rewards and shares them with its penalty among those who stay", () => {
    const model = shared();
    // penalty 10 % of 1,000; forfeited floor(507.54); Bob alone has weight: 990 x 10
    expect(model.exitEarly("alice", 1n, at(10n))).to.deep.equal({
      returned: 900n,
      penalty: 100n,
      forfeited: 507n,
      shared: { amount: 607n, totalWeight: 9_900n },
    });
    expect(model.claimRewards("bob", 2n, at(10n)).excess).to.equal(1_099n); // 502.46 + 606.99 - 10
  });

  it("an early exit pays no more penalty than the reward pool's cap has room for", () => {
    const model = market({ ...SMALL, lateEntryFeeBaseBps: 0n, lateEntryFeeMaxBps: 0n, maxSrpBps: 100n });
    for (const owner of ["alice", "bob"]) model.commit(owner, Side.Support, 1_000n, 0n, CREATED_AT);
    const { penalty, returned, shared } = model.exitEarly("alice", 1n, CREATED_AT);
    expect([penalty, returned, shared]).to.deep.equal([10n, 990n, null]); // 1 % of the 1,000 that stay, in place of 100
  });

  it("the last one staked exits early without penalty", () => {
    const model = market(SMALL);
    model.commitAuthor(1_000n, CREATED_AT);
    const { penalty, returned } = model.exitEarly("author", 1n, at(1n));
    expect([penalty, returned]).to.deep.equal([0n, 980n]);
  });

  it("principal is locked until the last second of the lock, and early exit ends with it", () => {
    const model = shared();
    const end = at(SMALL.lockPeriod);
    expectRevert(() => model.withdraw("alice", 1n, end - 1n), "PrincipalLocked", [1n, end]);
    expectRevert(() => model.exitEarly("alice", 1n, end), "LockEnded", [1n, end]);
    expect(model.withdraw("alice", 1n, end)).to.deep.equal({ principal: 1_000n, reward: 507n, excess: 0n });
  });

  it("early exit is refused where the market has none, even after the lock", () => {
    const model = shared({ earlyExitPenaltyBps: 0n });
    expectRevert(() => model.exitEarly("alice", 1n, at(SMALL.lockPeriod)), "EarlyExitDisabled", []);
  });

  it("unknown, closed and foreign positions are refused, in this order", () => {
    const model = shared();
    model.exitEarly("alice", 1n, at(10n));
    for (const action of ["claimRewards", "withdraw", "exitEarly"] as const) {
      const call = (id: bigint) => () => model[action]("mallory", id, at(10n));
      expectRevert(call(0n), "PositionUnknown", [0n, 3n]);
      expectRevert(call(4n), "PositionUnknown", [4n, 3n]);
      expectRevert(call(1n), "PositionClosed", [1n]);
      expectRevert(call(2n), "NotPositionOwner", [2n, "mallory", "bob"]);
    }
    expectRevert(() => model.pendingRewards(1n), "PositionClosed", [1n]);
    expectRevert(() => model.position(4n), "PositionUnknown", [4n, 3n]);
  });
});
