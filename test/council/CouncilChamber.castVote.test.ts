import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { ACT, PLEDGE, stake } from "../fixtures/council.ts";
import { atSessionEnd, castVote, drawSession, openSession, Phase, sendSession } from "../fixtures/council-acts.ts";
import {
  drawDebate,
  openDebate,
  openPanel,
  PANEL,
  type SessionWorld,
  soon,
  voterAt,
} from "../fixtures/council-stories.ts";
import { load, nextAt, sharedChain } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("CouncilChamber.castVote", () => {
  let world: SessionWorld;

  const cast = (option = 1n, by = voterAt(world, 2), sessionId = 1n) => castVote(world, sessionId, by, option);
  const voteOf = async (agent = voterAt(world, 2)) => {
    const members = await world.councilChamber.members(1n);
    const member = members.find((each) => each.agent === agent.address);
    return member === undefined ? undefined : fieldsOf(member);
  };

  beforeEach(async () => {
    world = await load(openDebate);
  });

  describe("when the caller is a member", () => {
    it("emits SessionVoted", async () => {
      await expect(cast()).to.emit(world.councilChamber, "SessionVoted").withArgs(1n, voterAt(world, 2), 1n, PANEL[2]);
    });

    it("keeps the vote", async () => {
      await cast();
      expect(await voteOf()).to.deep.equal({
        agent: voterAt(world, 2).address,
        hasVoted: true,
        option: 1n,
        weight: PANEL[2],
      });
    });

    for (const [option, tallies] of [
      [0n, [PANEL[2], 0n, 0n]],
      [1n, [0n, PANEL[2], 0n]],
      [2n, [0n, 0n, PANEL[2]]],
    ] as const) {
      it(`counts its power for option ${option}`, async () => {
        await cast(option);
        expect(await world.councilChamber.tallies(1n)).to.deep.equal(tallies);
      });
    }

    it("counts who voted", async () => {
      await cast();
      expect((await world.councilChamber.session(1n)).voted).to.equal(1n);
    });

    it("adds to what others voted for", async () => {
      await cast();
      await cast(1n, voterAt(world, 4));
      expect(await world.councilChamber.tallies(1n)).to.deep.equal([0n, ACT(13_000), 0n]);
    });

    it("is recorded as taking part", async () => {
      await expect(cast())
        .to.emit(world.rewardsDistributor, "ParticipationRecorded")
        .withArgs(voterAt(world, 2), world.councilChamber);
    });

    it("gives the booster of taking part", async () => {
      await cast();
      expect((await world.rewardsDistributor.account(voterAt(world, 2))).currentBoosterBps).to.equal(1_000n);
    });

    it("is Closable once all have voted", async () => {
      for (const voter of world.voters.slice(0, 5)) await cast(0n, voter);
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Closable);
    });

    it("is Voting until then", async () => {
      for (const voter of world.voters.slice(0, 4)) await cast(0n, voter);
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Voting);
    });

    it("counts in the last second", async () => {
      await atSessionEnd(world, 1n, -1n);
      await expect(cast()).to.emit(world.councilChamber, "SessionVoted");
    });

    it("counts who is no agent any more", async () => {
      await world.councilChamber.connect(voterAt(world, 2)).unregisterAgent();
      await expect(cast()).to.emit(world.councilChamber, "SessionVoted");
    });
  });

  describe("when power has changed since the opening", () => {
    it("counts what it was when there is more now", async () => {
      await stake(world, { by: voterAt(world, 2), amount: PLEDGE });
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });

    it("counts what it was when there is none now", async () => {
      const agent = voterAt(world, 2);
      await world.councilStaking.connect(agent).unstake(await world.councilStaking.positionIdOf(agent, 0n));
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });

    it("counts what it was at the opening, not at the draw", async () => {
      const panel = await load(openPanel);
      await openSession(panel);
      await stake(panel, { by: voterAt(panel, 2), amount: PLEDGE });
      await drawSession(panel, 1n);
      world = { ...panel, sessionId: 1n };
      await cast(0n);
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });

    /** Agent 2 stakes more, and so many seconds later a session is opened, and drawn. */
    const openAfterStake = async (elapsed: bigint) => {
      const panel = await load(openPanel);
      const stakedAt = await soon();
      await stake(panel, { by: voterAt(panel, 2), amount: PLEDGE });
      await nextAt(stakedAt + elapsed);
      await sendSession(panel);
      await mineBlock();
      await drawSession(panel, 1n);
      world = { ...panel, sessionId: 1n };
    };

    it("counts nothing of what was staked in the second of the opening, before it", async () => {
      await openAfterStake(0n);
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });

    it("counts what was staked a second before the opening", async () => {
      await openAfterStake(1n);
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2] + PLEDGE);
    });

    it("counts what was delegated to the member at the opening", async () => {
      const panel = await load(openPanel);
      await stake(panel, { by: panel.whale });
      await panel.councilStaking.connect(panel.whale).delegate(voterAt(panel, 2));
      world = await drawDebate(panel);
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2] + PLEDGE);
    });
  });

  describe("when votes weigh the square root", () => {
    for (const [index, root] of [1_000_000n, 1_414_213n, 1_732_050n, 2_000_000n, 3_162_277n].entries()) {
      it(`counts ${root} for ${PANEL[index]} units`, async () => {
        const panel = await load(openPanel);
        await panel.councilChamber.connect(panel.deployer).setSquareRoot(true);
        world = await drawDebate(panel);
        await expect(cast(1n, voterAt(world, index)))
          .to.emit(world.councilChamber, "SessionVoted")
          .withArgs(1n, voterAt(world, index), 1n, root);
      });
    }

    it("leaves sessions opened before with the power itself", async () => {
      await world.councilChamber.connect(world.deployer).setSquareRoot(true);
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });
  });

  describe("when the vote is refused", () => {
    it("reverts when the member has voted", async () => {
      await cast();
      await expect(cast(0n))
        .to.be.revertedWithCustomError(world.councilChamber, "AlreadyVoted")
        .withArgs(1n, voterAt(world, 2));
    });

    it("reverts when the caller is no member", async () => {
      await expect(cast(1n, world.whale))
        .to.be.revertedWithCustomError(world.councilChamber, "NotMember")
        .withArgs(1n, world.whale);
    });

    for (const option of [3n, 255n]) {
      it(`reverts when the option is ${option} of three`, async () => {
        await expect(cast(option))
          .to.be.revertedWithCustomError(world.councilChamber, "OptionUnknown")
          .withArgs(option, 3n);
      });
    }

    it("reverts when there is no such session", async () => {
      await expect(cast(1n, voterAt(world, 2), 2n))
        .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
        .withArgs(2n);
    });

    it("reverts when members are still to be drawn", async () => {
      await openSession(world);
      await expect(cast(1n, voterAt(world, 2), 2n))
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(2n, Phase.Drawing, Phase.Voting);
    });

    it("reverts when time is over", async () => {
      await atSessionEnd(world, 1n);
      await expect(cast())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Closable, Phase.Voting);
    });

    it("reverts when it is closed", async () => {
      await atSessionEnd(world, 1n);
      await world.councilChamber.closeSession(1n);
      await expect(cast())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Closed, Phase.Voting);
    });
  });

  describe("when the recorder fails", () => {
    it("counts the vote when the chamber may not record", async () => {
      await world.authority.revokeRole(Role.Activity, world.councilChamber);
      await cast();
      expect((await voteOf())?.weight).to.equal(PANEL[2]);
    });

    for (const [name, code] of [
      ["reverts", "0x5f5ffd"],
      ["burns all gas", "0xfe"],
    ] as const) {
      it(`counts the vote when the recorder ${name}`, async () => {
        const { networkHelpers } = await sharedChain();
        await networkHelpers.setCode(await world.rewardsDistributor.getAddress(), code);
        await cast();
        expect((await voteOf())?.weight).to.equal(PANEL[2]);
      });
    }
  });
});
