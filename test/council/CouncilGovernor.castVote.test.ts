import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ProposalState, VoteType } from "../../sdk/council/governance.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, PLEDGE, stake } from "../fixtures/council.ts";
import { atDeadline, atSnapshot, type Proposal, propose, vote } from "../fixtures/council-acts.ts";
import { openFloor, soon } from "../fixtures/council-stories.ts";
import { openVoting, votedAt } from "../fixtures/council-votes.ts";
import { load, now } from "../fixtures/protocol.ts";

/** Names of `Support`, and what is counted in the order of `proposalVotes`. */
const SIDES = [
  ["against", VoteType.Against, [ACT(20_000), 0n, 0n]],
  ["for", VoteType.For, [0n, ACT(20_000), 0n]],
  ["abstaining", VoteType.Abstain, [0n, 0n, ACT(20_000)]],
] as const;

describe("CouncilGovernor.castVote", () => {
  let world: CouncilWorld;
  let proposal: Proposal;

  const votes = () => world.councilGovernor.proposalVotes(proposal.id);

  describe("when the voter has staked enough", () => {
    beforeEach(async () => {
      ({ world, proposal } = await load(openVoting));
    });

    for (const [name, support, counted] of SIDES) {
      it(`counts a vote ${name}`, async () => {
        await vote(world, proposal, world.staker, support);
        expect(await votes()).to.deep.equal(counted);
      });
    }

    it("emits VoteCast with the votes", async () => {
      await expect(vote(world, proposal, world.staker))
        .to.emit(world.councilGovernor, "VoteCast")
        .withArgs(world.staker, proposal.id, VoteType.For, PLEDGE, "");
    });

    it("says the votes", async () => {
      expect(await world.councilGovernor.connect(world.staker).castVote.staticCall(proposal.id, 1n)).to.equal(PLEDGE);
    });

    it("emits VoteCast with a reason", async () => {
      await expect(world.councilGovernor.connect(world.staker).castVoteWithReason(proposal.id, VoteType.For, "why not"))
        .to.emit(world.councilGovernor, "VoteCast")
        .withArgs(world.staker, proposal.id, VoteType.For, PLEDGE, "why not");
    });

    it("notes who voted", async () => {
      await vote(world, proposal, world.staker);
      expect(await world.councilGovernor.hasVoted(proposal.id, world.staker)).to.equal(true);
    });

    it("is recorded for the booster", async () => {
      const instant = await soon();
      await vote(world, proposal, world.staker);
      expect(await votedAt(world, world.staker)).to.equal(instant);
    });

    it("gives the booster of votes", async () => {
      await vote(world, proposal, world.staker);
      expect((await world.rewardsDistributor.account(world.staker)).currentBoosterBps).to.equal(1_500n);
    });

    it("gives the booster to who abstains as well", async () => {
      await vote(world, proposal, world.staker, VoteType.Abstain);
      expect((await world.rewardsDistributor.account(world.staker)).currentBoosterBps).to.equal(1_500n);
    });

    it("reverts when they have voted", async () => {
      await vote(world, proposal, world.staker);
      await expect(vote(world, proposal, world.staker, VoteType.Against))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorAlreadyCastVote")
        .withArgs(world.staker);
    });

    it("reverts when there is no such side", async () => {
      await expect(vote(world, proposal, world.staker, 3n))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorInvalidVoteType")
        .withArgs();
    });

    it("reverts when there is no such proposal", async () => {
      await expect(vote(world, { id: 1n }, world.staker))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorNonexistentProposal")
        .withArgs(1n);
    });

    it("counts two voters together", async () => {
      await vote(world, proposal, world.staker);
      await vote(world, proposal, world.proposer);
      expect(await votes()).to.deep.equal([0n, PLEDGE + GOVERNOR_RULES.minProposalStake, 0n]);
    });
  });

  describe("when somebody brings a signature of the voter's", () => {
    const sign = async (voter: HardhatEthersSigner) => {
      const { chainId } = await world.ethers.provider.getNetwork();
      const verifyingContract = await world.councilGovernor.getAddress();
      return voter.signTypedData(
        { name: "AI Council Governor", version: "1", chainId, verifyingContract },
        {
          Ballot: [
            { name: "proposalId", type: "uint256" },
            { name: "support", type: "uint8" },
            { name: "voter", type: "address" },
            { name: "nonce", type: "uint256" },
          ],
        },
        { proposalId: proposal.id, support: VoteType.For, voter: voter.address, nonce: 0n },
      );
    };
    const castBySig = async (voter: HardhatEthersSigner) =>
      world.councilGovernor.connect(world.outsider).castVoteBySig(proposal.id, VoteType.For, voter, await sign(voter));

    beforeEach(async () => {
      ({ world, proposal } = await load(openVoting));
    });

    it("counts the votes of the voter", async () => {
      await castBySig(world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("is recorded for the booster of the voter", async () => {
      await castBySig(world.staker);
      expect(await votedAt(world, world.staker)).to.equal(await now());
    });

    it("is recorded for nobody else", async () => {
      await castBySig(world.staker);
      expect(await votedAt(world, world.outsider)).to.equal(0n);
    });

    it("reverts when the voter has not staked enough", async () => {
      await expect(castBySig(world.delegate))
        .to.be.revertedWithCustomError(world.councilGovernor, "VoterStakeTooLow")
        .withArgs(world.delegate, 0n, GOVERNOR_RULES.minVotingStake);
    });
  });

  describe("when the voter has not staked enough", () => {
    const min = GOVERNOR_RULES.minVotingStake;
    const expectTooLow = (by: HardhatEthersSigner, staked: bigint) =>
      expect(vote(world, proposal, by))
        .to.be.revertedWithCustomError(world.councilGovernor, "VoterStakeTooLow")
        .withArgs(by, staked, min);

    const openWith = async (prepare: () => Promise<unknown>) => {
      world = await load(openFloor);
      await prepare();
      proposal = await propose(world);
      await atSnapshot(world, proposal, 1n);
    };

    it("reverts when they have staked nothing", async () => {
      await openWith(async () => {});
      await expectTooLow(world.outsider, 0n);
    });

    it("reverts when a unit is missing, whatever the power", async () => {
      await openWith(() => stake(world, { amount: min - 1n, lockDays: 180n }));
      await expectTooLow(world.staker, min - 1n);
    });

    it("counts a vote of exactly as much", async () => {
      await openWith(() => stake(world, { amount: min }));
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, min, 0n]);
    });

    it("reverts when others have delegated to them", async () => {
      await openWith(async () => {
        await stake(world);
        await world.councilStaking.connect(world.staker).delegate(world.delegate);
      });
      await expectTooLow(world.delegate, 0n);
    });

    it("counts what others have delegated once they have", async () => {
      await openWith(async () => {
        await stake(world);
        await world.councilStaking.connect(world.staker).delegate(world.delegate);
        await stake(world, { by: world.delegate, amount: min });
      });
      await vote(world, proposal, world.delegate);
      expect(await votes()).to.deep.equal([0n, PLEDGE + min, 0n]);
    });

    it("reverts when they have unstaked since the snapshot", async () => {
      let positionId = 0n;
      await openWith(async () => {
        positionId = await stake(world);
      });
      await world.councilStaking.connect(world.staker).unstake(positionId);
      await expectTooLow(world.staker, 0n);
    });
  });

  describe("when power has changed since the snapshot", () => {
    beforeEach(async () => {
      ({ world, proposal } = await load(openVoting));
    });

    it("counts what was there at the snapshot when there is more now", async () => {
      await stake(world);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("counts what was there at the snapshot when there is less now", async () => {
      await stake(world, { amount: ACT(1_000) });
      await world.councilStaking
        .connect(world.staker)
        .unstake(await world.councilStaking.positionIdOf(world.staker, 0n));
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("counts for who had the votes at the snapshot, whatever was delegated since", async () => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });
  });

  describe("when power changes before the snapshot", () => {
    it("counts what is staked in its very second", async () => {
      world = await load(openFloor);
      proposal = await propose(world);
      await atSnapshot(world, proposal);
      await stake(world);
      await atSnapshot(world, proposal, 1n);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("counts what is staked during the delay", async () => {
      world = await load(openFloor);
      proposal = await propose(world);
      await stake(world);
      await atSnapshot(world, proposal, 1n);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });
  });

  describe("when it is not the time for votes", () => {
    const expectState = async (state: bigint) =>
      expect(vote(world, proposal, world.staker))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, state, `0x${"2".padStart(64, "0")}`);

    beforeEach(async () => {
      ({ world, proposal } = await load(openVoting));
    });

    it("reverts at the snapshot", async () => {
      world = await load(openFloor);
      await stake(world);
      proposal = await propose(world);
      await atSnapshot(world, proposal);
      await expectState(ProposalState.Pending);
    });

    it("counts a vote in the last second", async () => {
      await atDeadline(world, proposal);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("reverts a second later", async () => {
      await atDeadline(world, proposal, 1n);
      await expectState(ProposalState.Defeated);
    });
  });
});
