import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { VoteType } from "../../sdk/council/governance.ts";
import { Role } from "../../sdk/roles.ts";
import { type CouncilWorld, PLEDGE, stake } from "../fixtures/council.ts";
import { atSnapshot, type Proposal, propose, vote } from "../fixtures/council-acts.ts";
import { soon } from "../fixtures/council-stories.ts";
import { openVoting, type Voting, votedAt } from "../fixtures/council-votes.ts";
import { load, sharedChain } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** Voters who have staked enough, and have no votes. */
const WITHOUT_VOTES = [
  {
    name: "has staked since the snapshot",
    prepare: async ({ world, proposal }: Voting) => {
      await stake(world, { by: world.whale, lockDays: 90n });
      return { voter: world.whale, proposal };
    },
  },
  {
    name: "had delegated all of it before the snapshot",
    prepare: async ({ world }: Voting) => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      const proposal = await propose(world, { description: "After delegating" });
      await atSnapshot(world, proposal, 1n);
      await mineBlock();
      return { voter: world.staker, proposal };
    },
  },
] as const;

describe("CouncilGovernor.castVote, and its record for the booster", () => {
  let world: CouncilWorld;
  let proposal: Proposal;

  const votes = () => world.councilGovernor.proposalVotes(proposal.id);
  const recorderIs = async (code: string) => {
    const { networkHelpers } = await sharedChain();
    await networkHelpers.setCode(await world.rewardsDistributor.getAddress(), code);
  };

  beforeEach(async () => {
    ({ world, proposal } = await load(openVoting));
  });

  for (const { name, prepare } of WITHOUT_VOTES) {
    describe(`when the voter ${name}`, () => {
      let voter: HardhatEthersSigner;

      beforeEach(async () => {
        ({ proposal, voter } = await prepare({ world, proposal }));
      });

      it("emits VoteCast of no votes", async () => {
        await expect(vote(world, proposal, voter))
          .to.emit(world.councilGovernor, "VoteCast")
          .withArgs(voter, proposal.id, VoteType.For, 0n, "");
      });

      it("counts nothing", async () => {
        await vote(world, proposal, voter);
        expect(await votes()).to.deep.equal([0n, 0n, 0n]);
      });

      it("notes who voted", async () => {
        await vote(world, proposal, voter);
        expect(await world.councilGovernor.hasVoted(proposal.id, voter)).to.equal(true);
      });

      for (const [side, support] of Object.entries(VoteType)) {
        it(`is not recorded when it is ${side}`, async () => {
          await vote(world, proposal, voter, support);
          expect(await votedAt(world, voter)).to.equal(0n);
        });
      }

      it("gives no booster", async () => {
        await vote(world, proposal, voter);
        expect((await world.rewardsDistributor.account(voter)).currentBoosterBps).to.equal(0n);
      });

      it("is counted when the governor may not record", async () => {
        await world.authority.revokeRole(Role.Activity, world.councilGovernor);
        await vote(world, proposal, voter);
        expect(await world.councilGovernor.hasVoted(proposal.id, voter)).to.equal(true);
      });
    });
  }

  describe("when the recorder fails", () => {
    it("counts the vote when the governor may not record", async () => {
      await world.authority.revokeRole(Role.Activity, world.councilGovernor);
      await vote(world, proposal, world.staker);
      expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
    });

    it("records nothing when the governor may not record", async () => {
      await world.authority.revokeRole(Role.Activity, world.councilGovernor);
      await vote(world, proposal, world.staker);
      expect(await votedAt(world, world.staker)).to.equal(0n);
    });

    for (const [name, code] of [
      ["reverts", "0x5f5ffd"],
      ["burns all gas", "0xfe"],
    ] as const) {
      it(`counts the vote when the recorder ${name}`, async () => {
        await recorderIs(code);
        await vote(world, proposal, world.staker);
        expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
      });
    }
  });

  describe("when the transaction has little gas", () => {
    const voteWith = (gasLimit: bigint) =>
      world.councilGovernor.connect(world.staker).castVote(proposal.id, VoteType.For, { gasLimit });
    const enough = () => world.councilGovernor.connect(world.staker).castVote.estimateGas(proposal.id, VoteType.For);
    const expectStarved = (sent: Promise<unknown>) =>
      expect(sent).to.be.revertedWithCustomError(world.councilGovernor, "RecordStarved").withArgs(150_000n);

    it("records the vote when it is just enough", async () => {
      const instant = await soon();
      await voteWith(await enough());
      expect(await votedAt(world, world.staker)).to.equal(instant);
    });

    describe("when the recorder burns all it has", () => {
      let used: bigint;

      /** What a vote uses that has all the gas it can have; it is as if it had not been. */
      const usedByVote = async () => {
        const { networkHelpers } = await sharedChain();
        const snapshot = await networkHelpers.takeSnapshot();
        const receipt = await (await voteWith(10_000_000n)).wait();
        await snapshot.restore();
        return receipt?.gasUsed ?? 0n;
      };

      beforeEach(async () => {
        await recorderIs("0x5b5f56");
        used = await usedByVote();
      });

      it("counts the vote when a sixty-third is left of all that the record may have", async () => {
        await voteWith(used + 150_000n / 63n);
        expect(await votes()).to.deep.equal([0n, PLEDGE, 0n]);
      });

      it("reverts when less is left", async () => {
        await expectStarved(voteWith(used - 5_000n));
      });

      it("uses no more for the record than 150,000 gas", async () => {
        await recorderIs("0x00");
        expect(used - (await usedByVote())).to.be.within(149_000n, 151_000n);
      });
    });
  });
});
