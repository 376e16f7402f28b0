import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { ProposalState } from "../../sdk/council/governance.ts";
import { HOUR } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, openCouncil, sendStake, stake } from "../fixtures/council.ts";
import {
  atDeadline,
  atEta,
  atSnapshot,
  carry,
  execute,
  type Proposal,
  propose,
  sendProposal,
  vote,
} from "../fixtures/council-acts.ts";
import { openMajority, unstakeFirst } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

const THRESHOLD = GOVERNOR_RULES.minProposalStake;

/** The states of a proposal after pending, and how the usual one gets there; the whale decides. */
const LATER = [
  {
    state: "Active",
    reach: async (world: CouncilWorld, proposal: Proposal) => {
      await atSnapshot(world, proposal, 1n);
      await mineBlock();
    },
  },
  {
    state: "Defeated",
    reach: async (world: CouncilWorld, proposal: Proposal) => {
      await atDeadline(world, proposal, 1n);
      await mineBlock();
    },
  },
  {
    state: "Succeeded",
    reach: async (world: CouncilWorld, proposal: Proposal) => {
      await atSnapshot(world, proposal, 1n);
      await vote(world, proposal, world.whale);
      await atDeadline(world, proposal, 1n);
      await mineBlock();
    },
  },
  { state: "Queued", reach: (world: CouncilWorld, proposal: Proposal) => carry(world, proposal, [world.whale]) },
  {
    state: "Executed",
    reach: async (world: CouncilWorld, proposal: Proposal) => {
      await carry(world, proposal, [world.whale]);
      await atEta(world, proposal);
      await execute(world, proposal);
    },
  },
  {
    state: "Canceled",
    reach: async ({ councilGovernor, proposer }: CouncilWorld, { key }: Proposal) => {
      await councilGovernor.connect(proposer).cancel(...key);
    },
  },
] as const;

describe("CouncilGovernor.cancel", () => {
  let world: CouncilWorld;
  let proposal: Proposal;

  const cancel = (by: HardhatEthersSigner) => world.councilGovernor.connect(by).cancel(...proposal.key);
  const expectCancelled = (sent: Promise<unknown>) =>
    expect(sent).to.emit(world.councilGovernor, "ProposalCanceled").withArgs(proposal.id);
  const expectUnable = (by: HardhatEthersSigner) =>
    expect(cancel(by))
      .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnableToCancel")
      .withArgs(proposal.id, by);

  /** The usual proposal of the proposer's, who has staked exactly the threshold; the whale decides alone. */
  async function openPending(connection: NetworkConnection) {
    const opened = await openMajority(connection);
    return { opened, made: await propose(opened) };
  }

  beforeEach(async () => {
    const { opened, made } = await load(openPending);
    [world, proposal] = [opened, made];
  });

  describe("when the proposer has the stake still", () => {
    it("lets the proposer withdraw a proposal that is pending", async () => {
      await expectCancelled(cancel(world.proposer));
    });

    it("is over for good", async () => {
      await cancel(world.proposer);
      expect(await world.councilGovernor.state(proposal.id)).to.equal(ProposalState.Canceled);
    });

    it("reverts when it is proposed once more", async () => {
      await cancel(world.proposer);
      await expect(sendProposal(world))
        .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Canceled, `0x${"0".repeat(64)}`);
    });

    for (const name of ["outsider", "whale", "guardian", "deployer"] as const) {
      it(`reverts when the ${name} cancels`, async () => {
        await expectUnable(world[name]);
      });
    }

    it("reverts when they have delegated it, and anyone cancels", async () => {
      await world.councilStaking.connect(world.proposer).delegate(world.delegate);
      await expectUnable(world.outsider);
    });

    for (const { state, reach } of LATER) {
      it(`reverts when it is ${state}, and the proposer cancels`, async () => {
        await reach(world, proposal);
        expect(await world.councilGovernor.state(proposal.id)).to.equal(ProposalState[state]);
        await expectUnable(world.proposer);
      });
    }
  });

  describe("when the proposer has unstaked", () => {
    for (const name of ["outsider", "whale", "proposer"] as const) {
      it(`lets the ${name} cancel a proposal that is pending`, async () => {
        await unstakeFirst(world, world.proposer);
        await expectCancelled(cancel(world[name]));
      });
    }

    it("lets anyone cancel in the last second before voting begins", async () => {
      await unstakeFirst(world, world.proposer);
      await atSnapshot(world, proposal);
      await expectCancelled(cancel(world.outsider));
    });

    it("reverts a second later", async () => {
      await unstakeFirst(world, world.proposer);
      await atSnapshot(world, proposal, 1n);
      await expectUnable(world.outsider);
    });

    it("reverts when they have staked again", async () => {
      await unstakeFirst(world, world.proposer);
      await stake(world, { by: world.proposer, amount: THRESHOLD });
      await expectUnable(world.outsider);
    });

    it("lets anyone cancel when others have delegated as much to them", async () => {
      await world.councilStaking.connect(world.whale).delegate(world.proposer);
      await unstakeFirst(world, world.proposer);
      await expectCancelled(cancel(world.outsider));
    });

    for (const { state, reach } of LATER) {
      it(`reverts when it is ${state}, and anyone cancels`, async () => {
        await reach(world, proposal);
        await unstakeFirst(world, world.proposer);
        expect(await world.councilGovernor.state(proposal.id)).to.equal(ProposalState[state]);
        await expectUnable(world.outsider);
      });
    }
  });

  describe("when the proposer has unstaked a part", () => {
    /** The proposer closes a position of 100 ACT, and keeps another. */
    const keep = async (kept: bigint) => {
      world = await load(openCouncil);
      const spare = await stake(world, { by: world.proposer, amount: ACT(100) });
      await sendStake(world, { by: world.proposer, amount: kept, lockDays: 180n });
      proposal = await propose(world);
      await world.councilStaking.connect(world.proposer).unstake(spare);
    };

    it("reverts when exactly the threshold is left", async () => {
      await keep(THRESHOLD);
      await expectUnable(world.outsider);
    });

    it("lets anyone cancel when a unit less is left, whatever the power", async () => {
      await keep(THRESHOLD - 1n);
      await expectCancelled(cancel(world.outsider));
    });
  });

  describe("when the threshold has changed since", () => {
    /** Governance sets another threshold while the usual proposal is pending. */
    const change = async (threshold: bigint) => {
      const data = world.councilGovernor.interface.encodeFunctionData("setProposalThreshold", [threshold]);
      const deeds = [{ target: world.councilGovernor, data }];
      const rule = await propose(world, { description: "Another threshold", deeds });
      await carry(world, rule, [world.whale]);
      await atEta(world, rule, -HOUR);
      proposal = await propose(world, { description: "Pending" });
      await atEta(world, rule);
      await execute(world, rule);
    };

    it("lets anyone cancel when it is a unit more than the stake", async () => {
      await change(THRESHOLD + 1n);
      await expectCancelled(cancel(world.outsider));
    });

    it("reverts when it is exactly the stake", async () => {
      await change(THRESHOLD);
      await expectUnable(world.outsider);
    });

    it("reverts when it is nothing, and the proposer has unstaked", async () => {
      await change(0n);
      await unstakeFirst(world, world.proposer);
      await expectUnable(world.outsider);
    });
  });
});
