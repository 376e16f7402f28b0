import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { CouncilGovernor__factory } from "../../typechain-types/index.ts";
import { ACT, type CouncilWorld, GOVERNOR_RULES, stake } from "../fixtures/council.ts";
import { atSnapshot, type Proposal, propose, vote } from "../fixtures/council-acts.ts";
import { openFloor } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

describe("CouncilGovernor, with a cap of 10 % on the votes of one account", () => {
  let world: CouncilWorld;
  let proposal: Proposal;

  /** All power is 100,000: the proposer's 10,000, the staker's 10,001 and the whale's rest. */
  async function openCapped(connection: NetworkConnection) {
    const floor = await openFloor(connection);
    const councilGovernor = await new CouncilGovernor__factory(floor.deployer).deploy(
      floor.councilStaking,
      floor.rewardsDistributor,
      floor.timelock,
      { ...GOVERNOR_RULES, maxVoteShareBps: 1_000n },
    );
    const capped = { ...floor, councilGovernor };
    await stake(capped, { amount: ACT(10_001) });
    await stake(capped, { by: capped.whale, amount: ACT(79_999) });
    const motion = await propose(capped);
    await atSnapshot(capped, motion, 1n);
    await mineBlock();
    return { capped, motion };
  }

  const votesOf = async (by: HardhatEthersSigner) => {
    await vote(world, proposal, by);
    return (await world.councilGovernor.proposalVotes(proposal.id)).forVotes;
  };

  beforeEach(async () => {
    const { capped, motion } = await load(openCapped);
    [world, proposal] = [capped, motion];
  });

  it("counts 10,000 of 79,999", async () => {
    expect(await votesOf(world.whale)).to.equal(ACT(10_000));
  });

  it("counts 10,000 of 10,001", async () => {
    expect(await votesOf(world.staker)).to.equal(ACT(10_000));
  });

  it("counts 10,000 of 10,000", async () => {
    expect(await votesOf(world.proposer)).to.equal(ACT(10_000));
  });

  it("counts a share of all power at the snapshot, not now", async () => {
    await stake(world, { by: world.delegate, amount: ACT(100_000) });
    expect(await votesOf(world.whale)).to.equal(ACT(10_000));
  });

  it("rounds the share down", async () => {
    await stake(world, { by: world.delegate, amount: ACT(100) + 9n });
    const second = await propose(world, { description: "Again" });
    await atSnapshot(world, second, 1n);
    await vote(world, second, world.whale);
    // a tenth of 100,100,000,000,009 units
    expect((await world.councilGovernor.proposalVotes(second.id)).forVotes).to.equal(10_010_000_000_000n);
  });

  it("says the capped votes", async () => {
    const snapshot = await world.councilGovernor.proposalSnapshot(proposal.id);
    expect(await world.councilGovernor.getVotes(world.whale, snapshot)).to.equal(ACT(10_000));
  });

  it("leaves the quorum at a tenth of all power", async () => {
    const snapshot = await world.councilGovernor.proposalSnapshot(proposal.id);
    expect(await world.councilGovernor.quorum(snapshot)).to.equal(ACT(10_000));
  });
});
