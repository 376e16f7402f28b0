import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, MIN_AGENT_STAKE, openCouncil, stake, stakeAll } from "../fixtures/council.ts";
import {
  addressesOf,
  drawnIn,
  drawSession,
  openSession,
  Phase,
  registerAgents,
  sendSession,
} from "../fixtures/council-acts.ts";
import { openPanel, soon, unstakeFirst, voterAt } from "../fixtures/council-stories.ts";
import { load, sharedChain } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** A transaction's block. */
const blockOf = async (sent: Promise<ContractTransactionResponse>) => BigInt((await sent).blockNumber ?? 0);

/** What makes an agent weigh something else, and in which block it does. */
const CHANGES: readonly { name: string; change: (world: CouncilWorld) => Promise<bigint> }[] = [
  {
    name: "registers",
    change: ({ councilChamber, staker }) => blockOf(councilChamber.connect(staker).registerAgent("")),
  },
  {
    name: "registers anew",
    change: (world) => blockOf(world.councilChamber.connect(voterAt(world, 0)).registerAgent("")),
  },
  {
    name: "is refreshed",
    change: (world) => blockOf(world.councilChamber.refreshAgent(voterAt(world, 0))),
  },
  {
    name: "leaves",
    change: (world) => blockOf(world.councilChamber.connect(voterAt(world, 1)).unregisterAgent()),
  },
  {
    name: "is passed over in another session",
    change: (world) => blockOf(drawSession(world, 2n)),
  },
];

describe("CouncilChamber.drawSession", () => {
  let world: CouncilWorld;

  /** What is called without a transaction sees the latest block. */
  const expectNotThere = (block: bigint, needed: bigint) =>
    expect(world.councilChamber.drawSession.staticCall(1n))
      .to.be.revertedWithCustomError(world.councilChamber, "RandomnessNotThere")
      .withArgs(1n, block, needed);

  describe("when there are as many agents as members", () => {
    beforeEach(async () => {
      world = await load(openPanel);
      await openSession(world);
    });

    it("draws each of them once", async () => {
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal(addressesOf(world.voters.slice(0, 5)));
    });

    it("emits SessionDrawn with the members and the end of voting", async () => {
      const instant = await soon();
      const drawn = drawSession(world, 1n);
      await drawn;
      await expect(drawn)
        .to.emit(world.councilChamber, "SessionDrawn")
        .withArgs(
          1n,
          (await world.councilChamber.members(1n)).map(({ agent }) => agent),
          instant + DAY,
        );
    });

    it("lets voting end a duration after the draw", async () => {
      const instant = await soon();
      await drawSession(world, 1n);
      expect((await world.councilChamber.session(1n)).endsAt).to.equal(instant + DAY);
    });

    it("is Voting then", async () => {
      await drawSession(world, 1n);
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Voting);
    });

    it("says that members were drawn", async () => {
      await mineBlock();
      expect(await world.councilChamber.drawSession.staticCall(1n)).to.equal(true);
    });

    it("leaves members without votes", async () => {
      await drawSession(world, 1n);
      const [first] = await world.councilChamber.members(1n);
      expect(first?.slice(1)).to.deep.equal([false, 0n, 0n]);
    });

    it("leaves what agents weigh as it is", async () => {
      await drawSession(world, 1n);
      expect(await world.councilChamber.totalAgentWeight()).to.equal(ACT(20_000));
    });

    it("reverts when they were drawn before", async () => {
      await drawSession(world, 1n);
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Voting, Phase.Drawing);
    });

    it("reverts when there is no such session", async () => {
      await expect(drawSession(world, 2n))
        .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
        .withArgs(2n);
    });
  });

  describe("when the randomness is not there yet", () => {
    let openedIn: bigint;

    beforeEach(async () => {
      world = await load(openPanel);
      await soon();
      const { blockNumber } = await sendSession(world);
      openedIn = BigInt(blockNumber ?? 0);
    });

    it("reverts in the block of the opening", async () => {
      await expectNotThere(openedIn, openedIn + 2n);
    });

    it("reverts in the block after it", async () => {
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "RandomnessNotThere")
        .withArgs(1n, openedIn + 1n, openedIn + 2n);
    });

    it("draws two blocks after it", async () => {
      await mineBlock();
      await expect(drawSession(world, 1n)).to.emit(world.councilChamber, "SessionDrawn");
    });
  });

  describe("when an agent comes to weigh something else", () => {
    beforeEach(async () => {
      world = await load(openPanel);
      await stakeAll(world, [world.staker, voterAt(world, 0)]);
      await unstakeFirst(world, voterAt(world, 4));
      await openSession(world, { size: 3n });
      await openSession(world, { size: 5n });
    });

    for (const { name, change } of CHANGES) {
      it(`reverts in the block in which an agent ${name}`, async () => {
        const changedIn = await change(world);
        await expectNotThere(changedIn, changedIn + 1n);
      });

      it(`draws in the block after that in which an agent ${name}`, async () => {
        await change(world);
        await expect(drawSession(world, 1n, 3n)).to.emit(world.councilChamber, "SessionDrawn");
      });
    }

    it("draws in a block in which an agent is refreshed, and weighs the same", async () => {
      await world.councilChamber.refreshAgent(voterAt(world, 1));
      expect(await world.councilChamber.drawSession.staticCall(1n)).to.equal(true);
    });

    it("draws in a block in which an agent has more votes, and is not refreshed", async () => {
      await stake(world, { by: voterAt(world, 2) });
      expect(await world.councilChamber.drawSession.staticCall(1n)).to.equal(true);
    });
  });

  describe("when there are too few agents", () => {
    for (const count of [0, 4]) {
      it(`reverts when there are ${count} of 5`, async () => {
        world = await load(openCouncil);
        const agents = world.voters.slice(0, count);
        await stakeAll(world, agents, { amount: MIN_AGENT_STAKE });
        await registerAgents(world, agents);
        await openSession(world);
        await expect(drawSession(world, 1n))
          .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
          .withArgs(count, 5n);
      });
    }

    it("reverts when one of 5 is none any more", async () => {
      world = await load(openPanel);
      await openSession(world);
      await world.councilChamber.connect(voterAt(world, 4)).unregisterAgent();
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(4n, 5n);
    });

    it("reverts when one of 5 weighs nothing", async () => {
      world = await load(openPanel);
      await openSession(world);
      await world.councilStaking.connect(voterAt(world, 4)).delegate(world.outsider);
      await world.councilChamber.refreshAgent(voterAt(world, 4));
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(4n, 5n);
    });

    it("draws when who is missing registers after the opening", async () => {
      world = await load(openCouncil);
      await stake(world, { amount: MIN_AGENT_STAKE });
      await openSession(world, { size: 1n });
      await registerAgents(world, [world.staker]);
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal([world.staker.address]);
    });
  });

  describe("when randomness differs", () => {
    it("draws the same from the same", async () => {
      world = await load(openPanel);
      await openSession(world, { size: 2n });
      const { networkHelpers } = await sharedChain();
      const snapshot = await networkHelpers.takeSnapshot();
      await drawSession(world, 1n, 77n);
      const first = await drawnIn(world, 1n);
      await snapshot.restore();
      await drawSession(world, 1n, 77n);
      expect(await drawnIn(world, 1n)).to.deep.equal(first);
    });

    it("draws another for another session from the same", async () => {
      world = await load(openPanel);
      const drawn = new Set<string>();
      for (let sessionId = 1n; sessionId <= 20n; sessionId++) {
        await openSession(world, { size: 1n, fee: 0n });
        await drawSession(world, sessionId, 77n);
        drawn.add((await drawnIn(world, sessionId))[0] ?? "");
      }
      expect(drawn.size).to.be.greaterThan(2);
    });
  });
});
