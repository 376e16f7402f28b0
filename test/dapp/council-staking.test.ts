import { expect } from "chai";
import { claimProblem, startProblem } from "../../dapp/src/pages/council/rewards/rewards.ts";
import { longerLocks, stakeProblem } from "../../dapp/src/pages/council/stake/staking.ts";
import { lockText, multiplierText, shareWad } from "../../dapp/src/pages/council/units.ts";
import { DEFAULT_TIERS } from "../../sdk/council/tiers.ts";
import { DAY } from "../../sdk/time.ts";

const ACT = 10n ** 9n;
const NOW = 1_800_000_000n;

describe("stakeProblem", () => {
  const rules = { minStake: 100n * ACT, maxStake: 1_000n * ACT };

  it("takes what is within the bounds and there", () => {
    expect(stakeProblem(100n * ACT, { rules, staked: 900n * ACT, balance: 100n * ACT })).to.equal(undefined);
    expect(stakeProblem(100n * ACT, { rules, staked: undefined, balance: undefined })).to.equal(undefined);
  });

  it("says what is too little, too much, or not there", () => {
    const at = (amount: bigint) => stakeProblem(amount, { rules, staked: 500n * ACT, balance: 200n * ACT });
    expect(at(99n * ACT)).to.equal("A position is at least 100 ACT.");
    expect(at(501n * ACT)).to.equal("An account stakes at most 1,000 ACT, all positions together.");
    expect(at(201n * ACT)).to.equal("You have 200 ACT.");
  });
});

describe("longerLocks", () => {
  it("offers locks that end later than the one there is", () => {
    const daysAt = (unlocksAt: bigint) =>
      longerLocks({ unlocksAt }, DEFAULT_TIERS, NOW).map(({ lockDays }) => lockDays);
    expect(daysAt(NOW)).to.deep.equal([7n, 30n, 90n, 180n]);
    expect(daysAt(NOW + 30n * DAY)).to.deep.equal([90n, 180n]);
    expect(daysAt(NOW + 180n * DAY)).to.deep.equal([]);
  });
});

describe("claimProblem", () => {
  it("asks for the least reward of whoever has a stake", () => {
    const at = (claimable: bigint, power: bigint) => claimProblem({ claimable, minClaim: ACT, power });
    expect(at(ACT, 1n)).to.equal(undefined);
    expect(at(ACT - 1n, 1n)).to.equal("A reward is paid from 1 ACT on.");
    expect(at(1n, 0n)).to.equal(undefined);
    expect(at(0n, 0n)).to.equal("There is nothing to claim yet.");
  });
});

describe("startProblem", () => {
  it("waits for the end of the period, and for something to stream", () => {
    expect(startProblem(NOW, 1n, NOW)).to.equal(undefined);
    expect(startProblem(NOW + 1n, 1n, NOW)).to.equal("The period is not over.");
    expect(startProblem(NOW, 0n, NOW)).to.equal("There is nothing that a period could stream.");
  });
});

describe("units", () => {
  it("are shown as people read them", () => {
    expect(multiplierText(15_000n)).to.equal("1.5×");
    expect(multiplierText(10_000n)).to.equal("1.0×");
    expect(multiplierText(12_345n)).to.equal("1.2345×");
    expect(lockText(0n)).to.equal("no lock");
    expect(lockText(1n)).to.equal("1 day");
    expect(shareWad(1n, 4n)).to.equal(25n * 10n ** 16n);
    expect(shareWad(0n, 0n)).to.equal(0n);
  });
});
