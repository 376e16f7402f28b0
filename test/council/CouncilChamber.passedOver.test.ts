import { expect } from "chai";
import { ACT, type CouncilWorld, MIN_AGENT_STAKE, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import {
  addressesOf,
  drawnIn,
  drawSession,
  openSession,
  Phase,
  registerAgents,
  sendSession,
} from "../fixtures/council-acts.ts";
import { openPanel, PANEL, soon, unstakeFirst, voterAt } from "../fixtures/council-stories.ts";
import { load, nextAt } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

/** What the panel weighs. */
const ALL = PANEL.reduce((sum, weight) => sum + weight);

/** How the fifth of the panel, who weighs 10,000 tokens, comes to have fewer votes, and how many are left. */
const LOSSES: readonly { name: string; lose: (world: CouncilWorld) => Promise<unknown>; left: bigint }[] = [
  {
    name: "unstaked all",
    lose: (world) => unstakeFirst(world, voterAt(world, 4)),
    left: 0n,
  },
  {
    name: "unstaked all but what an agent needs",
    lose: async (world) => {
      await stake(world, { by: voterAt(world, 4), amount: MIN_AGENT_STAKE });
      await unstakeFirst(world, voterAt(world, 4));
    },
    left: MIN_AGENT_STAKE,
  },
  {
    name: "unstaked a unit more than that",
    lose: async (world) => {
      await stake(world, { by: voterAt(world, 4), amount: MIN_AGENT_STAKE - 1n });
      await unstakeFirst(world, voterAt(world, 4));
    },
    left: 0n,
  },
  {
    name: "unstaked all, and speaks for others",
    lose: async (world) => {
      await stake(world, { by: world.whale });
      await world.councilStaking.connect(world.whale).delegate(voterAt(world, 4));
      await unstakeFirst(world, voterAt(world, 4));
    },
    left: 0n,
  },
  {
    name: "delegated to one who is no agent",
    lose: (world) => world.councilStaking.connect(voterAt(world, 4)).delegate(world.delegate),
    left: 0n,
  },
];

describe("CouncilChamber.drawSession, and who it passes over", () => {
  let world: CouncilWorld;

  const weightOf = async (agent = voterAt(world, 4)) => (await world.councilChamber.agent(agent)).weight;
  const phase = async () => (await world.councilChamber.session(1n)).phase;

  for (const { name, lose, left } of LOSSES) {
    describe(`when an agent ${name}`, () => {
      const loseAndOpen = async (size: bigint) => {
        world = await load(openPanel);
        await lose(world);
        await openSession(world, { size });
      };

      it("draws the others", async () => {
        await loseAndOpen(4n);
        await drawSession(world, 1n, 1n);
        expect(await drawnIn(world, 1n)).to.deep.equal(addressesOf(world.voters.slice(0, 4)));
      });

      it("emits AgentWeighed with the votes that are left", async () => {
        await loseAndOpen(5n);
        await expect(drawSession(world, 1n))
          .to.emit(world.councilChamber, "AgentWeighed")
          .withArgs(voterAt(world, 4), left);
      });

      it("leaves it an agent who weighs those", async () => {
        await loseAndOpen(5n);
        await drawSession(world, 1n);
        expect(await world.councilChamber.agent(voterAt(world, 4))).to.deep.equal([true, 5n, left]);
      });

      it("takes the rest from the weight of all", async () => {
        await loseAndOpen(5n);
        await drawSession(world, 1n);
        expect(await world.councilChamber.totalAgentWeight()).to.equal(ALL - PANEL[4] + left);
      });

      it("draws nobody where all five are needed", async () => {
        await loseAndOpen(5n);
        await drawSession(world, 1n);
        expect(await phase()).to.equal(Phase.Drawing);
      });
    });
  }

  describe("when an agent was passed over", () => {
    const passOver = async (remaining: bigint) => {
      world = await load(openPanel);
      if (remaining > 0n) await stake(world, { by: voterAt(world, 4), amount: remaining });
      await unstakeFirst(world, voterAt(world, 4));
      await openSession(world, { size: 5n });
      await drawSession(world, 1n);
    };

    it("draws it by another call, where it has a stake", async () => {
      await passOver(MIN_AGENT_STAKE);
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal(addressesOf(world.voters.slice(0, 5)));
    });

    it("reverts by another call, where it has none", async () => {
      await passOver(0n);
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(4n, 5n);
    });
  });

  describe("when an agent has more votes than it weighs", () => {
    beforeEach(async () => {
      world = await load(openPanel);
      await stake(world, { by: voterAt(world, 4) });
      await openSession(world, { size: 5n });
      await drawSession(world, 1n);
    });

    it("draws it", async () => {
      expect(await drawnIn(world, 1n)).to.include(voterAt(world, 4).address);
    });

    it("leaves its weight until it is refreshed", async () => {
      expect(await weightOf()).to.equal(PANEL[4]);
    });
  });

  describe("when the votes of one were weighed with two agents", () => {
    beforeEach(async () => {
      world = await load(openPanel);
      await stake(world, { by: world.whale });
      for (const agent of [voterAt(world, 3), voterAt(world, 4)]) {
        await world.councilStaking.connect(world.whale).delegate(agent);
        await world.councilChamber.refreshAgent(agent);
      }
      await openSession(world, { size: 5n });
    });

    it("weighs them twice until a draw", async () => {
      expect(await world.councilChamber.totalAgentWeight()).to.equal(ALL + 2n * PLEDGE);
    });

    it("weighs them once from the draw on", async () => {
      await drawSession(world, 1n);
      expect(await world.councilChamber.totalAgentWeight()).to.equal(ALL + PLEDGE);
    });

    it("passes over who has them no more", async () => {
      await drawSession(world, 1n);
      expect([await weightOf(voterAt(world, 3)), await phase()]).to.deep.equal([PANEL[3], Phase.Drawing]);
    });
  });

  describe("when an agent had no votes at the opening", () => {
    /** What a draw hits at once: it weighs 50 times as much as the panel. */
    const HEAVY = ACT(1_000_000);

    const openBeforeStake = async (size: bigint) => {
      world = await load(openPanel);
      await openSession(world, { size });
      await stake(world, { amount: HEAVY });
      await registerAgents(world, [world.staker]);
    };

    it("draws the others, however much it weighs", async () => {
      await openBeforeStake(5n);
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal(addressesOf(world.voters.slice(0, 5)));
    });

    it("leaves what it weighs", async () => {
      await openBeforeStake(5n);
      await drawSession(world, 1n);
      expect(await weightOf(world.staker)).to.equal(HEAVY);
    });

    it("emits no AgentWeighed", async () => {
      await openBeforeStake(5n);
      await expect(drawSession(world, 1n)).not.to.emit(world.councilChamber, "AgentWeighed");
    });

    it("reverts where all six are needed: nothing would come of repeating it", async () => {
      await openBeforeStake(6n);
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(5n, 6n);
    });

    it("passes over who had delegated all to another then", async () => {
      world = await load(openPanel);
      await world.councilStaking.connect(voterAt(world, 4)).delegate(world.delegate);
      await openSession(world, { size: 5n });
      await world.councilStaking.connect(voterAt(world, 4)).delegate(voterAt(world, 4));
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(4n, 5n);
    });

    /** A session of one is opened so many seconds after the only agent staked. */
    const openAfterStake = async (elapsed: bigint) => {
      world = await load(openCouncil);
      const stakedAt = await soon();
      await stake(world, { amount: MIN_AGENT_STAKE });
      await nextAt(stakedAt);
      await registerAgents(world, [world.staker]);
      await nextAt(stakedAt + elapsed);
      await sendSession(world, { size: 1n });
      await mineBlock();
    };

    it("passes over who staked in the second of the opening", async () => {
      await openAfterStake(0n);
      await expect(drawSession(world, 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "TooFewAgents")
        .withArgs(0n, 1n);
    });

    it("draws who staked a second before", async () => {
      await openAfterStake(1n);
      await drawSession(world, 1n);
      expect(await drawnIn(world, 1n)).to.deep.equal([world.staker.address]);
    });
  });
});
