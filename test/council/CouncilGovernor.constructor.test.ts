import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { CouncilGovernor__factory } from "../../typechain-types/index.ts";
import { type CouncilWorld, GOVERNOR_RULES, openCouncil, STAKING_RULES } from "../fixtures/council.ts";
import { load } from "../fixtures/protocol.ts";

/** The most that an account stakes. */
const MOST = STAKING_RULES.maxStake;

/** Rules with bounds: how they are read, and what the error calls them. */
const BOUNDS = [
  { rule: "approvalBps", read: "approvalBps", name: "approvalBps", min: 5_000n, max: 10_000n },
  { rule: "maxVoteShareBps", read: "maxVoteShareBps", name: "maxVoteShareBps", min: 100n, max: 10_000n },
  { rule: "minVotingStake", read: "minVotingStake", name: "minVotingStake", min: 0n, max: MOST },
  { rule: "minProposalStake", read: "proposalThreshold", name: "proposalThreshold", min: 0n, max: MOST },
  { rule: "quorumPercent", read: "quorumNumerator()", name: "quorumPercent", min: 1n, max: 100n },
] as const;

describe("CouncilGovernor.constructor", () => {
  let world: CouncilWorld;

  const deploy = (changed: Partial<Record<keyof typeof GOVERNOR_RULES, bigint>>) =>
    new CouncilGovernor__factory(world.deployer).deploy(
      world.councilStaking,
      world.rewardsDistributor,
      world.timelock,
      { ...GOVERNOR_RULES, ...changed },
    );

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when it is deployed with the default rules", () => {
    for (const [read, rule] of [
      ["votingDelay", "votingDelay"],
      ["votingPeriod", "votingPeriod"],
      ["proposalThreshold", "minProposalStake"],
      ["minVotingStake", "minVotingStake"],
      ["approvalBps", "approvalBps"],
      ["maxVoteShareBps", "maxVoteShareBps"],
    ] as const) {
      it(`keeps ${rule} as ${read}`, async () => {
        expect(await world.councilGovernor[read]()).to.equal(GOVERNOR_RULES[rule]);
      });
    }

    it("keeps quorumPercent, of a hundred", async () => {
      const { councilGovernor } = world;
      expect([await councilGovernor["quorumNumerator()"](), await councilGovernor.quorumDenominator()]).to.deep.equal([
        10n,
        100n,
      ]);
    });

    it("counts votes of council staking", async () => {
      expect(await world.councilGovernor.token()).to.equal(world.councilStaking);
    });

    it("acts through the timelock", async () => {
      expect(await world.councilGovernor.timelock()).to.equal(world.timelock);
    });

    it("knows no proposal", async () => {
      expect(await world.councilGovernor.proposalKind(1n)).to.deep.equal([ProposalKind.Unspecified, 0n]);
    });

    it("emits each rule of its own", async () => {
      const governor = await deploy({});
      await expect(governor.deploymentTransaction())
        .to.emit(governor, "MinVotingStakeSet")
        .withArgs(GOVERNOR_RULES.minVotingStake)
        .and.to.emit(governor, "ApprovalSet")
        .withArgs(6_600n)
        .and.to.emit(governor, "MaxVoteShareSet")
        .withArgs(10_000n);
    });
  });

  describe("when a rule is at its bounds", () => {
    for (const { rule, read, min, max } of BOUNDS) {
      for (const value of [min, max]) {
        it(`keeps ${rule} of ${value}`, async () => {
          expect(await (await deploy({ [rule]: value }))[read]()).to.equal(value);
        });
      }
    }
  });

  describe("when a rule is out of its bounds", () => {
    for (const { rule, name, min, max } of BOUNDS) {
      for (const value of min > 0n ? [min - 1n, max + 1n] : [max + 1n]) {
        it(`reverts when ${rule} is ${value}`, async () => {
          await expect(deploy({ [rule]: value }))
            .to.be.revertedWithCustomError(world.councilGovernor, "ParameterOutOfBounds")
            .withArgs(name, value, min, max);
        });
      }
    }

    it("reverts with OpenZeppelin's error when there is no time to vote", async () => {
      await expect(deploy({ votingPeriod: 0n }))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorInvalidVotingPeriod")
        .withArgs(0n);
    });
  });
});

describe("CouncilGovernor, by OpenZeppelin's ABI", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  for (const [read, value] of [
    ["name", "AI Council Governor"],
    ["version", "1"],
    ["COUNTING_MODE", "support=bravo&quorum=for,abstain"],
    ["CLOCK_MODE", "mode=timestamp"],
  ] as const) {
    it(`says its ${read}`, async () => {
      expect(await world.councilGovernor[read]()).to.equal(value);
    });
  }

  it("has the clock of council staking", async () => {
    expect(await world.councilGovernor.clock()).to.equal(await world.councilStaking.clock());
  });

  it("has the clock mode of council staking", async () => {
    expect(await world.councilGovernor.CLOCK_MODE()).to.equal(await world.councilStaking.CLOCK_MODE());
  });

  it("supports IGovernor", async () => {
    // the selectors of IGovernor without those of ERC-165 and ERC-6372
    const names = [
      "name",
      "version",
      "COUNTING_MODE",
      "hashProposal",
      "state",
      "proposalThreshold",
      "proposalSnapshot",
      "proposalDeadline",
      "proposalProposer",
      "proposalEta",
      "proposalNeedsQueuing",
      "votingDelay",
      "votingPeriod",
      "quorum",
      "getVotes",
      "getVotesWithParams",
      "hasVoted",
      "propose",
      "queue",
      "execute",
      "cancel",
      "castVote",
      "castVoteWithReason",
      "castVoteWithReasonAndParams",
      "castVoteBySig",
      "castVoteWithReasonAndParamsBySig",
      "getProposalId",
    ] as const;
    const selectors = names.map((name) => BigInt(world.councilGovernor.interface.getFunction(name).selector));
    const id = selectors.reduce((all, selector) => all ^ selector);
    expect(await world.councilGovernor.supportsInterface(`0x${id.toString(16).padStart(8, "0")}`)).to.equal(true);
  });

  it("needs queuing, for every proposal", async () => {
    expect(await world.councilGovernor.proposalNeedsQueuing(1n)).to.equal(true);
  });

  it("takes no wei", async () => {
    await expect(world.outsider.sendTransaction({ to: world.councilGovernor, value: 1n }))
      .to.be.revertedWithCustomError(world.councilGovernor, "GovernorDisabledDeposit")
      .withArgs();
  });

  it("reverts when it is asked for the state of a proposal that nobody made", async () => {
    await expect(world.councilGovernor.state(1n))
      .to.be.revertedWithCustomError(world.councilGovernor, "GovernorNonexistentProposal")
      .withArgs(1n);
  });

  it("lets nobody in the timelock but the governor propose, and anyone execute", async () => {
    const { timelock, councilGovernor, deployer } = world;
    const [proposer, executor] = [await timelock.PROPOSER_ROLE(), await timelock.EXECUTOR_ROLE()];
    expect([
      await timelock.hasRole(proposer, councilGovernor),
      await timelock.hasRole(proposer, deployer),
      await timelock.hasRole(executor, ZeroAddress),
      await timelock.hasRole(await timelock.DEFAULT_ADMIN_ROLE(), deployer),
    ]).to.deep.equal([true, false, true, false]);
  });
});
