import { expect } from "chai";
import { changedRules, RULE_SETS } from "../../dapp/src/pages/council/proposals/ruleSets.ts";
import {
  parseRule,
  ruleKind,
  ruleLabel,
  ruleText,
  typedRule,
  unitOf,
} from "../../dapp/src/pages/council/proposals/rules.ts";

const ACT = { symbol: "ACT", decimals: 9 } as const;
const USDC = { symbol: "USDC", decimals: 6 } as const;

describe("rules", () => {
  it("are known by their names", () => {
    const kinds = { upvoteStake: "amount", creatorShareBps: "share", jailPeriod: "span", unjailUpvotes: "count" };
    for (const [name, kind] of Object.entries(kinds)) expect(ruleKind(name), name).to.equal(kind);
    expect(ruleKind("minVotingStake_")).to.equal("amount");
    expect(ruleKind("unhelpfulThreshold")).to.equal("count");
    expect(ruleKind("quorumPercent")).to.equal("count");
  });

  it("have names that people read", () => {
    expect(ruleLabel("creatorShareBps")).to.equal("Creator share");
    expect(ruleLabel("maxSrpBps")).to.equal("Most SRP");
    expect(ruleLabel("minVotingStake_")).to.equal("Least voting stake");
    expect(ruleLabel("quorumPercent")).to.equal("Quorum");
  });

  it("are typed as they are shown", () => {
    expect(typedRule("upvoteStake", 10_500_000_000n, ACT)).to.equal("10.5");
    expect(typedRule("creatorShareBps", 6_600n, ACT)).to.equal("66");
    expect(typedRule("period", 604_800n, ACT)).to.equal("604800");
    expect(ruleText("period", 604_800n, ACT)).to.equal("7 days");
  });

  it("are told to the last unit", () => {
    expect(ruleText("upvoteStake", 10_123_456_789n, ACT)).to.equal("10.123456789 ACT");
    expect(ruleText("upvoteStake", 10_123_456_789n, undefined)).to.equal("10,123,456,789");
  });

  it("have the unit of their contract", () => {
    const units = {
      ...{ CouncilToken: "ACT", CouncilStaking: "ACT", RewardsDistributor: "ACT", CouncilGovernor: "ACT" },
      ...{ USDC: "USDC", BeliefFactory: "USDC", StakeVault: "USDC", QueryEscrow: "USDC", AccessManager: undefined },
    };
    for (const [contract, symbol] of Object.entries(units)) {
      expect(unitOf(contract, "amount", USDC)?.symbol, contract).to.equal(symbol);
    }
    for (const contract of ["TimelockController", "CouncilGovernor"]) {
      expect(unitOf(contract, "value", USDC)).to.deep.equal({ symbol: "ETH", decimals: 18 });
    }
    expect(unitOf("CouncilToken", "value", USDC)?.symbol).to.equal("ACT");
  });

  it("are understood in the unit in which they are typed", () => {
    expect(parseRule("upvoteStake", "10.5", ACT)).to.deep.equal({ units: 10_500_000_000n });
    expect(parseRule("creatorShareBps", "66.5", ACT)).to.deep.equal({ units: 6_650n });
    expect(parseRule("period", "1.5", ACT)).to.have.property("problem");
  });
});

describe("changedRules", () => {
  const { voting } = RULE_SETS;
  const current = {
    ...{ votingDelay: 86_400n, votingPeriod: 604_800n, minProposalStake: 10_000_000_000_000n },
    ...{ minVotingStake: 1_000_000_000_000n, quorumPercent: 10n, approvalBps: 6_600n },
    ...{ maxVoteShareBps: 10_000n, timelockDelay: 259_200n },
  };

  it("finds those that change", () => {
    const found = changedRules(voting, current, { minVotingStake: "500", quorumPercent: "10" }, ACT);
    expect(found).to.deep.equal({
      changed: { minVotingStake: 500_000_000_000n },
      values: { ...current, minVotingStake: 500_000_000_000n },
    });
  });

  it("says where none changes", () => {
    expect(changedRules(voting, current, { approvalBps: "66.00" }, ACT)).to.deep.equal({ problem: "Change a rule." });
  });

  it("says the bounds of one that is outside them", () => {
    const found = changedRules(voting, current, { approvalBps: "49" }, ACT);
    expect(found).to.deep.equal({ problem: "Approval is 50 % to 100 %." });
  });

  it("says what is no number", () => {
    const found = changedRules(voting, current, { quorumPercent: "many" }, ACT);
    expect(found).to.deep.equal({ problem: "Quorum: Enter a number, such as 12.50." });
  });
});
