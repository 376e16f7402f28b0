import { expect } from "chai";
import { ProposalState } from "../../sdk/council/governance.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, openCouncil } from "../fixtures/council.ts";
import { atDeadline, atSnapshot, type Proposal, propose, queue, vote } from "../fixtures/council-acts.ts";
import { ASSEMBLY, type Ballots, ballot, openFloor, openMajority, QUORUM, soon } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** Of a power of 200,000: a quorum is 20,000 for and abstaining, and 66 % of for and against approve. */
const CASES: readonly { name: string; votes: Ballots; state: keyof typeof ProposalState }[] = [
  { name: "nobody votes", votes: {}, state: "Defeated" },
  { name: "a quorum votes for it", votes: { inFavour: QUORUM }, state: "Succeeded" },
  { name: "a unit misses of a quorum for it", votes: { inFavour: QUORUM - 1n }, state: "Defeated" },
  {
    name: "abstaining makes up the quorum",
    votes: { inFavour: ACT(1_000), abstaining: QUORUM - ACT(1_000) },
    state: "Succeeded",
  },
  {
    name: "a unit misses of a quorum for it and abstaining",
    votes: { inFavour: ACT(1_000), abstaining: QUORUM - ACT(1_000) - 1n },
    state: "Defeated",
  },
  {
    name: "votes against would make up the quorum",
    votes: { inFavour: QUORUM - ACT(1_000), against: ACT(2_000) },
    state: "Defeated",
  },
  { name: "a quorum abstains", votes: { abstaining: QUORUM }, state: "Defeated" },
  { name: "a quorum votes against it", votes: { against: QUORUM }, state: "Defeated" },
  { name: "66 % vote for it", votes: { inFavour: ACT(66_000), against: ACT(34_000) }, state: "Succeeded" },
  { name: "65.99 % vote for it", votes: { inFavour: ACT(65_990), against: ACT(34_010) }, state: "Defeated" },
  {
    name: "66 % less a unit vote for it",
    votes: { inFavour: ACT(66_000) - 1n, against: ACT(34_000) },
    state: "Defeated",
  },
  {
    name: "66 % vote for it and a unit more against",
    votes: { inFavour: ACT(66_000), against: ACT(34_000) + 1n },
    state: "Defeated",
  },
  {
    name: "abstaining is not part of the 66 %",
    votes: { inFavour: ACT(33_000), against: ACT(17_000), abstaining: ACT(100_000) },
    state: "Succeeded",
  },
  { name: "as many vote for it as against", votes: { inFavour: ACT(50_000), against: ACT(50_000) }, state: "Defeated" },
];

describe("CouncilGovernor.state", () => {
  let world: CouncilWorld;

  const stateOf = ({ id }: Proposal) => world.councilGovernor.state(id);

  describe("when voting is over", () => {
    for (const { name, votes, state } of CASES) {
      it(`is ${state} when ${name}`, async () => {
        world = await load(openFloor);
        expect(await stateOf(await ballot(world, votes))).to.equal(ProposalState[state]);
      });
    }
  });

  describe("when voting goes on", () => {
    let proposal: Proposal;

    beforeEach(async () => {
      world = await load(openMajority);
      proposal = await propose(world);
    });

    it("is Pending at the snapshot", async () => {
      await atSnapshot(world, proposal);
      await mineBlock();
      expect(await stateOf(proposal)).to.equal(ProposalState.Pending);
    });

    it("is Active a second later", async () => {
      await atSnapshot(world, proposal, 1n);
      await mineBlock();
      expect(await stateOf(proposal)).to.equal(ProposalState.Active);
    });

    it("is Active in the last second, whatever the votes", async () => {
      await atSnapshot(world, proposal, 1n);
      await vote(world, proposal, world.whale);
      await atDeadline(world, proposal);
      await mineBlock();
      expect(await stateOf(proposal)).to.equal(ProposalState.Active);
    });
  });

  describe("when it has not succeeded", () => {
    it("cannot be queued", async () => {
      world = await load(openFloor);
      const proposal = await ballot(world, { inFavour: ACT(65_990), against: ACT(34_010) });
      await expect(queue(world, proposal))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Defeated, `0x${"10".padStart(64, "0")}`);
    });
  });
});

describe("CouncilGovernor.quorum", () => {
  it("is a tenth of all power at the time", async () => {
    const world = await load(openFloor);
    const { id } = await ballot(world, { inFavour: QUORUM });
    const snapshot = await world.councilGovernor.proposalSnapshot(id);
    expect(await world.councilGovernor.quorum(snapshot)).to.equal(ASSEMBLY / 10n);
  });

  it("is nothing where nobody has staked", async () => {
    const world = await load(openCouncil);
    const at = await world.councilGovernor.clock();
    await mineBlock();
    expect(await world.councilGovernor.quorum(at - 1n)).to.equal(0n);
  });

  it("counts the power of locks", async () => {
    const world = await load(openFloor);
    await world.councilStaking.connect(world.staker).stake(GOVERNOR_RULES.minVotingStake, 180n);
    const at = await world.councilGovernor.clock();
    await soon();
    await mineBlock();
    // a tenth of 10,000 and 3 * 1,000
    expect(await world.councilGovernor.quorum(at)).to.equal(ACT(1_300));
  });
});
