import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { dataSlice, id } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { act } from "../fixtures/amounts.ts";
import { type CouncilWorld, MIN_AGENT_STAKE, stake } from "../fixtures/council.ts";
import { addressesOf, drawnIn, drawSession, openSession, Phase, registerAgents } from "../fixtures/council-acts.ts";
import { openAgents, unstakeFirst, voterAt } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** More agents than a draw passes over at once: 32. */
const CROWD = 40;

/** A crowd of agents, each with the least stake. */
async function registerCrowd(connection: NetworkConnection, world: CouncilWorld): Promise<HardhatEthersSigner[]> {
  const { token, councilStaking, whale } = world;
  const crowd: HardhatEthersSigner[] = [];
  for (let i = 0; i < CROWD; i++) {
    const address = dataSlice(id(`agent ${i}`), 12);
    await connection.networkHelpers.setBalance(address, act(1_000));
    const agent = await connection.ethers.getImpersonatedSigner(address);
    await token.connect(whale).transfer(agent, MIN_AGENT_STAKE);
    await token.connect(agent).approve(councilStaking, MIN_AGENT_STAKE);
    await stake(world, { by: agent, amount: MIN_AGENT_STAKE });
    crowd.push(agent);
  }
  await registerAgents(world, crowd);
  return crowd;
}

describe("CouncilChamber.drawSession, by more than one call", () => {
  let world: CouncilWorld;

  describe("when more agents have unstaked than a draw passes over", () => {
    /** One agent with a stake, and a crowd without. */
    async function openStale(connection: NetworkConnection): Promise<CouncilWorld> {
      const opened = await openAgents(connection, 1);
      for (const agent of await registerCrowd(connection, opened)) await unstakeFirst(opened, agent);
      await stake(opened, { amount: MIN_AGENT_STAKE });
      await openSession(opened, { size: 2n });
      return opened;
    }

    beforeEach(async () => {
      world = await load(openStale);
    });

    it("emits no SessionDrawn", async () => {
      await expect(drawSession(world, 1n)).not.to.emit(world.councilChamber, "SessionDrawn");
    });

    it("says that no members were drawn", async () => {
      await mineBlock();
      expect(await world.councilChamber.drawSession.staticCall(1n)).to.equal(false);
    });

    it("leaves the session to be drawn", async () => {
      await drawSession(world, 1n);
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Drawing);
    });

    it("takes the weight of 32 from that of all", async () => {
      await drawSession(world, 1n);
      expect(await world.councilChamber.totalAgentWeight()).to.equal(9n * MIN_AGENT_STAKE);
    });

    it("takes the weight of the others by another call", async () => {
      await drawSession(world, 1n);
      await drawSession(world, 1n);
      expect(await world.councilChamber.totalAgentWeight()).to.equal(MIN_AGENT_STAKE);
    });

    it("reverts by a third call, when one is left of two", async () => {
      await drawSession(world, 1n);
      await drawSession(world, 1n);
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(1n, 2n);
    });

    it("draws by a third call once there are two", async () => {
      await drawSession(world, 1n);
      await drawSession(world, 1n);
      await registerAgents(world, [world.staker]);
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal(addressesOf([voterAt(world, 0), world.staker]));
    });
  });

  describe("when more agents have come since the opening than a draw passes over", () => {
    /** A session of two, opened when there was one agent. */
    async function openCrowded(connection: NetworkConnection): Promise<CouncilWorld> {
      const opened = await openAgents(connection, 1);
      await openSession(opened, { size: 2n });
      await registerCrowd(connection, opened);
      await mineBlock();
      return opened;
    }

    beforeEach(async () => {
      world = await load(openCrowded);
    });

    it("says that no members were drawn: another draw may find more", async () => {
      expect(await world.councilChamber.drawSession.staticCall(1n)).to.equal(false);
    });

    it("leaves what they weigh", async () => {
      await expect(drawSession(world, 1n)).not.to.emit(world.councilChamber, "AgentWeighed");
    });
  });
});
