import { expect } from "chai";
import { DAY, MAX_UINT96 } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { atSessionEnd, openSession, Phase } from "../fixtures/council-acts.ts";
import { castVotes, openDebate, openPanel } from "../fixtures/council-stories.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

describe("CouncilChamber.fundSession", () => {
  let world: CouncilWorld;

  const fund = (amount = ACT(7), sessionId = 1n) =>
    world.councilChamber.connect(world.whale).fundSession(sessionId, amount);
  const expectPhase = (phase: bigint) =>
    expect(fund())
      .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
      .withArgs(1n, phase, Phase.Voting);

  describe("when members vote", () => {
    beforeEach(async () => {
      world = await load(openDebate);
    });

    it("emits SessionFunded", async () => {
      await expect(fund()).to.emit(world.councilChamber, "SessionFunded").withArgs(1n, world.whale, ACT(7));
    });

    it("pays it from the caller", async () => {
      await expect(fund()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.whale, world.councilChamber],
        [-ACT(7), ACT(7)],
      );
    });

    it("adds to the reward", async () => {
      await fund();
      expect((await world.councilChamber.session(1n)).reward).to.equal(ACT(107) + 7n);
    });

    it("reverts when the amount is zero", async () => {
      await expect(fund(0n)).to.be.revertedWithCustomError(world.councilChamber, "AmountZero").withArgs();
    });

    it("reverts when there is no such session", async () => {
      await expect(fund(ACT(7), 2n))
        .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
        .withArgs(2n);
    });

    it("reverts when the amount is 2^96", async () => {
      await expect(fund(MAX_UINT96 + 1n))
        .to.be.revertedWithCustomError(world.councilChamber, "SafeCastOverflowedUintDowncast")
        .withArgs(96n, MAX_UINT96 + 1n);
    });
  });

  describe("when members are still to be drawn", () => {
    it("reverts", async () => {
      world = await load(openPanel);
      await openSession(world);
      await expectPhase(Phase.Drawing);
    });
  });

  describe("when voting comes to its end", () => {
    beforeEach(async () => {
      world = await load(openDebate);
    });

    it("reverts when voting is over", async () => {
      await atSessionEnd(world, 1n);
      await expectPhase(Phase.Closable);
    });

    it("adds to the reward in the last second", async () => {
      await atSessionEnd(world, 1n, -1n);
      await expect(fund()).to.emit(world.councilChamber, "SessionFunded");
    });

    it("reverts when all have voted", async () => {
      await castVotes({ ...world, sessionId: 1n }, [0n, 0n, 0n, 0n, 0n]);
      await expectPhase(Phase.Closable);
    });

    it("reverts when it is closed", async () => {
      await atSessionEnd(world, 1n);
      await world.councilChamber.closeSession(1n);
      await expectPhase(Phase.Closed);
    });
  });

  describe("when it is cancelled", () => {
    it("reverts", async () => {
      world = await load(openCouncil);
      await openSession(world);
      await nextAt((await now()) + 7n * DAY);
      await world.councilChamber.connect(world.outsider).cancelSession(1n);
      await expectPhase(Phase.Cancelled);
    });
  });
});
