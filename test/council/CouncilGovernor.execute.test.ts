import { expect } from "chai";
import { toBeHex, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { ProposalState } from "../../sdk/council/governance.ts";
import { ACT, type CouncilWorld, TIMELOCK_DELAY, TREASURY } from "../fixtures/council.ts";
import {
  atDeadline,
  atEta,
  atSnapshot,
  carry,
  execute,
  PAYMENT,
  type Proposal,
  propose,
  queue,
  vote,
} from "../fixtures/council-acts.ts";
import { openMajority } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/** A state, as the bit of `GovernorUnexpectedProposalState`. */
const bitOf = (state: bigint) => toBeHex(1n << state, 32);

describe("CouncilGovernor.queue and execute", () => {
  let world: CouncilWorld;
  let proposal: Proposal;

  const governor = () => world.councilGovernor;

  /** The whale has voted for the usual proposal; voting goes on. */
  async function openVoted(connection: NetworkConnection) {
    const opened = await openMajority(connection);
    const motion = await propose(opened);
    await atSnapshot(opened, motion, 1n);
    await vote(opened, motion, opened.whale);
    return { opened, motion };
  }

  /** The usual proposal is queued. */
  async function openQueued(connection: NetworkConnection) {
    const opened = await openMajority(connection);
    const motion = await propose(opened);
    await carry(opened, motion, [opened.whale]);
    return { opened, motion };
  }

  const enter = ({ opened, motion }: { opened: CouncilWorld; motion: Proposal }) => {
    [world, proposal] = [opened, motion];
  };

  describe("when voting goes on", () => {
    beforeEach(async () => enter(await load(openVoted)));

    it("reverts when it is queued in the last second", async () => {
      await atDeadline(world, proposal);
      await expect(queue(world, proposal))
        .to.be.revertedWithCustomError(governor(), "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Active, bitOf(ProposalState.Succeeded));
    });

    it("reverts when it is executed", async () => {
      await expect(execute(world, proposal))
        .to.be.revertedWithCustomError(governor(), "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Active, bitOf(ProposalState.Queued));
    });
  });

  describe("when it has succeeded", () => {
    beforeEach(async () => {
      enter(await load(openVoted));
      await atDeadline(world, proposal, 1n);
    });

    it("emits ProposalQueued for 3 days later, whoever calls", async () => {
      const deadline = await governor().proposalDeadline(proposal.id);
      await expect(queue(world, proposal))
        .to.emit(governor(), "ProposalQueued")
        .withArgs(proposal.id, deadline + 1n + TIMELOCK_DELAY);
    });

    it("is Queued then", async () => {
      await queue(world, proposal);
      expect(await governor().state(proposal.id)).to.equal(ProposalState.Queued);
    });

    it("reverts when it is executed without having been queued", async () => {
      await expect(execute(world, proposal))
        .to.be.revertedWithCustomError(governor(), "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Succeeded, bitOf(ProposalState.Queued));
    });
  });

  describe("when it is queued", () => {
    beforeEach(async () => enter(await load(openQueued)));

    it("reverts when it is queued again", async () => {
      await expect(queue(world, proposal))
        .to.be.revertedWithCustomError(governor(), "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Queued, bitOf(ProposalState.Succeeded));
    });

    it("reverts when it is executed a second before the 3 days are over", async () => {
      const { timelock } = world;
      const [targets, values, payloads, descriptionHash] = proposal.key;
      const salt = toBeHex((BigInt(await governor().getAddress()) << 96n) ^ BigInt(descriptionHash), 32);
      const operation = await timelock.hashOperationBatch(targets, values, payloads, ZeroHash, salt);
      await atEta(world, proposal, -1n);
      await expect(execute(world, proposal))
        .to.be.revertedWithCustomError(timelock, "TimelockUnexpectedOperationState")
        .withArgs(operation, bitOf(2n));
    });

    it("emits ProposalExecuted when they are, whoever calls", async () => {
      await atEta(world, proposal);
      await expect(execute(world, proposal)).to.emit(governor(), "ProposalExecuted").withArgs(proposal.id);
    });

    it("pays out of the treasury", async () => {
      await atEta(world, proposal);
      await expect(execute(world, proposal)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.timelock, world.outsider],
        [-PAYMENT, PAYMENT],
      );
    });

    it("is Executed then", async () => {
      await atEta(world, proposal);
      await execute(world, proposal);
      expect(await governor().state(proposal.id)).to.equal(ProposalState.Executed);
    });

    it("is executed years later", async () => {
      await atEta(world, proposal, 100_000_000n);
      await expect(execute(world, proposal)).to.emit(governor(), "ProposalExecuted").withArgs(proposal.id);
    });

    it("reverts when it is executed again", async () => {
      await atEta(world, proposal);
      await execute(world, proposal);
      await expect(execute(world, proposal))
        .to.be.revertedWithCustomError(governor(), "GovernorUnexpectedProposalState")
        .withArgs(proposal.id, ProposalState.Executed, bitOf(ProposalState.Queued));
    });

    it("reverts when the proposer cancels", async () => {
      await expect(
        governor()
          .connect(world.proposer)
          .cancel(...proposal.key),
      )
        .to.be.revertedWithCustomError(governor(), "GovernorUnableToCancel")
        .withArgs(proposal.id, world.proposer);
    });
  });

  describe("when the treasury cannot pay", () => {
    it("reverts with the token's error", async () => {
      world = await load(openMajority);
      const data = world.token.interface.encodeFunctionData("transfer", [world.outsider.address, TREASURY + 1n]);
      proposal = await propose(world, { deeds: [{ target: world.token, data }] });
      await carry(world, proposal, [world.whale]);
      await atEta(world, proposal);
      await expect(execute(world, proposal))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.timelock, TREASURY, TREASURY + 1n);
    });
  });

  describe("when anyone goes to the timelock without the governor", () => {
    beforeEach(async () => enter(await load(openQueued)));

    for (const actor of ["deployer", "guardian", "whale", "outsider"] as const) {
      it(`reverts when the ${actor} schedules`, async () => {
        const { timelock, token } = world;
        await expect(timelock.connect(world[actor]).schedule(token, 0n, "0x", ZeroHash, ZeroHash, TIMELOCK_DELAY))
          .to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount")
          .withArgs(world[actor], await timelock.PROPOSER_ROLE());
      });
    }

    it("reverts when somebody shortens the delay", async () => {
      await expect(world.timelock.connect(world.whale).updateDelay(0n))
        .to.be.revertedWithCustomError(world.timelock, "TimelockUnauthorizedCaller")
        .withArgs(world.whale);
    });

    it("keeps the treasury where it is", async () => {
      expect(await world.token.balanceOf(world.timelock)).to.equal(ACT(1_000_000));
    });
  });
});
