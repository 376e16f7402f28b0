import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { ProposalKind, ProposalState } from "../../sdk/council/governance.ts";
import { CouncilGovernor__factory } from "../../typechain-types/index.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, STAKING_RULES } from "../fixtures/council.ts";
import { atEta, atSnapshot, carry, execute, propose, sendProposal, vote } from "../fixtures/council-acts.ts";
import { ballot, enact, openFloor, openMajority } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/** The most that an account stakes. */
const MOST = STAKING_RULES.maxStake;

/** Rules of the governor's own: how they are set, read, and told. */
const OWN_RULES = [
  { set: "setMinVotingStake", read: "minVotingStake", event: "MinVotingStakeSet", value: ACT(2_000) },
  { set: "setApproval", read: "approvalBps", event: "ApprovalSet", value: 7_500n },
  { set: "setMaxVoteShare", read: "maxVoteShareBps", event: "MaxVoteShareSet", value: 500n },
] as const;

/** Rules of OpenZeppelin's. */
const OTHER_RULES = [
  { set: "setVotingDelay", read: "votingDelay", value: 172_800n },
  { set: "setVotingPeriod", read: "votingPeriod", value: 259_200n },
  { set: "setProposalThreshold", read: "proposalThreshold", value: ACT(5_000) },
  { set: "updateQuorumNumerator", read: "quorumNumerator()", value: 20n },
] as const;

/** Rules with bounds: how they are set and read, and what the error calls them. */
const BOUNDS = [
  { set: "setApproval", read: "approvalBps", name: "approvalBps", min: 5_000n, max: 10_000n },
  { set: "setMaxVoteShare", read: "maxVoteShareBps", name: "maxVoteShareBps", min: 100n, max: 10_000n },
  { set: "setMinVotingStake", read: "minVotingStake", name: "minVotingStake", min: 0n, max: MOST },
  { set: "setProposalThreshold", read: "proposalThreshold", name: "proposalThreshold", min: 0n, max: MOST },
  { set: "updateQuorumNumerator", read: "quorumNumerator()", name: "quorumPercent", min: 1n, max: 100n },
] as const;

describe("CouncilGovernor, its rules through governance", () => {
  let world: CouncilWorld;

  const deedOf = (set: (typeof OWN_RULES | typeof OTHER_RULES)[number]["set"], value: bigint) => ({
    target: world.councilGovernor,
    data: world.councilGovernor.interface.encodeFunctionData(set as "setApproval", [value]),
  });

  beforeEach(async () => {
    world = await load(openMajority);
  });

  describe("when a proposal is executed", () => {
    for (const { set, read, value } of [...OWN_RULES, ...OTHER_RULES]) {
      it(`updates ${read} by ${set}`, async () => {
        await enact(world, [deedOf(set, value)], ProposalKind.ParameterChange);
        expect(await world.councilGovernor[read]()).to.equal(value);
      });
    }

    for (const { set, event, value } of OWN_RULES) {
      it(`emits ${event}`, async () => {
        await expect(enact(world, [deedOf(set, value)]))
          .to.emit(world.councilGovernor, event)
          .withArgs(value);
      });
    }

    for (const { set, read, name, min, max } of BOUNDS) {
      for (const value of [min, max]) {
        it(`updates ${read} by ${set} to its bound ${value}`, async () => {
          await enact(world, [deedOf(set, value)]);
          expect(await world.councilGovernor[read]()).to.equal(value);
        });
      }

      for (const value of min > 0n ? [min - 1n, max + 1n, MaxUint256] : [max + 1n, MaxUint256]) {
        it(`reverts when ${set} is to set ${value}`, async () => {
          await expect(enact(world, [deedOf(set, value)]))
            .to.be.revertedWithCustomError(world.councilGovernor, "ParameterOutOfBounds")
            .withArgs(name, value, min, max);
        });
      }
    }

    it("reverts with OpenZeppelin's error when there would be no time to vote", async () => {
      await expect(enact(world, [deedOf("setVotingPeriod", 0n)]))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorInvalidVotingPeriod")
        .withArgs(0n);
    });

    it("updates the delay of the timelock", async () => {
      const data = world.timelock.interface.encodeFunctionData("updateDelay", [432_000n]);
      await enact(world, [{ target: world.timelock, data }]);
      expect(await world.timelock.getMinDelay()).to.equal(432_000n);
    });
  });

  describe("when anyone else calls", () => {
    for (const { set, value } of [...OWN_RULES, ...OTHER_RULES]) {
      for (const actor of ["deployer", "whale"] as const) {
        it(`reverts when the ${actor} calls ${set}`, async () => {
          await expect(world[actor].sendTransaction({ to: world.councilGovernor, data: deedOf(set, value).data }))
            .to.be.revertedWithCustomError(world.councilGovernor, "GovernorOnlyExecutor")
            .withArgs(world[actor]);
        });
      }
    }
  });

  describe("when the approval has changed", () => {
    it("is what proposals of before had", async () => {
      const proposal = await propose(world, { description: "Before" });
      await enact(world, [deedOf("setApproval", 9_000n)]);
      expect((await world.councilGovernor.proposalKind(proposal.id)).neededBps).to.equal(6_600n);
    });

    it("is the new one of proposals from then on", async () => {
      await enact(world, [deedOf("setApproval", 9_000n)]);
      const proposal = await propose(world);
      expect((await world.councilGovernor.proposalKind(proposal.id)).neededBps).to.equal(9_000n);
    });

    it("lets a proposal of before succeed by the old one", async () => {
      // the whale's 1,000,000 for, the staker's 250,000 against: 80 %
      await world.councilStaking.connect(world.staker).stake(ACT(250_000), 0n);
      const change = await propose(world, { deeds: [deedOf("setApproval", 9_000n)] });
      const proposal = await propose(world, { description: "Before" });
      await atSnapshot(world, proposal, 1n);
      await vote(world, proposal, world.staker, 0n);
      await vote(world, proposal, world.whale);
      await carry(world, change, [world.whale]);
      await atEta(world, change);
      await execute(world, change);
      expect(await world.councilGovernor.state(proposal.id)).to.equal(ProposalState.Succeeded);
    });
  });

  describe("when the voting stake has changed", () => {
    it("reverts when somebody votes with less, on proposals of before too", async () => {
      await world.councilStaking.connect(world.staker).stake(GOVERNOR_RULES.minVotingStake, 0n);
      await enact(world, [deedOf("setMinVotingStake", ACT(2_000))]);
      const proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
      await expect(vote(world, proposal, world.staker))
        .to.be.revertedWithCustomError(world.councilGovernor, "VoterStakeTooLow")
        .withArgs(world.staker, GOVERNOR_RULES.minVotingStake, ACT(2_000));
    });
  });

  describe("when the voting stake is nothing", () => {
    /** Somebody without a stake to whom the staker has delegated, on a proposal of after the change. */
    const openDelegated = async () => {
      await enact(world, [deedOf("setMinVotingStake", 0n)]);
      await world.councilStaking.connect(world.staker).stake(ACT(1_000), 0n);
      await world.councilStaking.connect(world.staker).delegate(world.outsider);
      const proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
      return proposal;
    };

    it("counts the votes of somebody without a stake", async () => {
      const proposal = await openDelegated();
      await vote(world, proposal, world.outsider);
      expect(await world.councilGovernor.proposalVotes(proposal.id)).to.deep.equal([0n, ACT(1_000), 0n]);
    });

    it("records nothing for somebody with neither stake nor votes", async () => {
      const proposal = await openDelegated();
      await vote(world, proposal, world.guardian);
      expect((await world.rewardsDistributor.account(world.guardian)).votedAt).to.equal(0n);
    });
  });

  describe("when the proposal threshold is nothing", () => {
    it("lets somebody without a stake propose", async () => {
      await enact(world, [deedOf("setProposalThreshold", 0n)]);
      await expect(sendProposal(world, { by: world.outsider, description: "Without a stake" })).to.emit(
        world.councilGovernor,
        "ProposalCreated",
      );
    });
  });

  describe("when the approval is at its bounds", () => {
    for (const [approval, inFavour, against, state] of [
      [5_000n, 50_000, 50_000, ProposalState.Succeeded],
      [5_000n, 49_999, 50_000, ProposalState.Defeated],
      [10_000n, 100_000, 0, ProposalState.Succeeded],
      [10_000n, 100_000, 1_000, ProposalState.Defeated],
    ] as const) {
      it(`of ${inFavour} for and ${against} against by ${approval} makes ${state}`, async () => {
        world = await load(openFloor);
        const councilGovernor = await new CouncilGovernor__factory(world.deployer).deploy(
          world.councilStaking,
          world.rewardsDistributor,
          world.timelock,
          { ...GOVERNOR_RULES, approvalBps: approval },
        );
        const { id } = await ballot({ ...world, councilGovernor }, { inFavour: ACT(inFavour), against: ACT(against) });
        expect(await councilGovernor.state(id)).to.equal(state);
      });
    }
  });
});
