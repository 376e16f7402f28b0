import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { drawSession, openSession, Phase, sendSession } from "../fixtures/council-acts.ts";
import { openAgents, openDebate, unstakeFirst, voterAt } from "../fixtures/council-stories.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

describe("CouncilChamber.cancelSession", () => {
  let world: CouncilWorld;

  const cancel = (by = world.outsider, sessionId = 1n) => world.councilChamber.connect(by).cancelSession(sessionId);
  const atAge = async (age: bigint) => nextAt((await world.councilChamber.session(1n)).openedAt + age);

  beforeEach(async () => {
    world = await load(openCouncil);
    await openSession(world);
  });

  describe("when a week is over", () => {
    beforeEach(async () => atAge(7n * DAY));

    it("emits SessionCancelled", async () => {
      await expect(cancel()).to.emit(world.councilChamber, "SessionCancelled").withArgs(1n, ACT(100));
    });

    it("emits Credited", async () => {
      await expect(cancel()).to.emit(world.councilChamber, "Credited").withArgs(1n, world.outsider, ACT(100));
    });

    it("credits the fee to who opened it", async () => {
      await cancel();
      expect(await world.councilChamber.credited(world.outsider)).to.equal(ACT(100));
    });

    it("moves no token", async () => {
      await expect(cancel()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.outsider, world.councilChamber],
        [0n, 0n],
      );
    });

    it("is Cancelled then", async () => {
      await cancel();
      expect((await world.councilChamber.session(1n)).phase).to.equal(Phase.Cancelled);
    });

    it("reverts when it is cancelled again", async () => {
      await cancel();
      await expect(cancel())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Cancelled, Phase.Drawing);
    });

    it("reverts when it is anyone else", async () => {
      await expect(cancel(world.whale))
        .to.be.revertedWithCustomError(world.councilChamber, "NotOpener")
        .withArgs(1n, world.whale, world.outsider);
    });

    it("emits no Credited when there was no fee", async () => {
      await sendSession(world, { fee: 0n });
      await nextAt((await now()) + 7n * DAY);
      await expect(cancel(world.outsider, 2n)).not.to.emit(world.councilChamber, "Credited");
    });
  });

  describe("when it is not the time", () => {
    it("reverts a second before the week is over", async () => {
      const { openedAt } = await world.councilChamber.session(1n);
      await atAge(7n * DAY - 1n);
      await expect(cancel())
        .to.be.revertedWithCustomError(world.councilChamber, "CancellableLater")
        .withArgs(1n, openedAt + 7n * DAY);
    });

    it("reverts when there is no such session", async () => {
      await expect(cancel(world.outsider, 2n))
        .to.be.revertedWithCustomError(world.councilChamber, "SessionUnknown")
        .withArgs(2n);
    });
  });

  describe("when members are drawn", () => {
    it("reverts, however late", async () => {
      world = await load(openDebate);
      await atAge(100n * DAY);
      await expect(cancel())
        .to.be.revertedWithCustomError(world.councilChamber, "WrongSessionPhase")
        .withArgs(1n, Phase.Closable, Phase.Drawing);
    });
  });

  describe("when a draw passed over agents, and found too few", () => {
    it("credits the fee after a week", async () => {
      world = await load(openAgents);
      await openSession(world);
      await unstakeFirst(world, voterAt(world, 0));
      await drawSession(world, 1n);
      await atAge(7n * DAY);
      await expect(cancel()).to.emit(world.councilChamber, "Credited").withArgs(1n, world.outsider, ACT(100));
    });
  });

  describe("when nobody has cancelled it after a week", () => {
    it("lets members be drawn", async () => {
      world = await load(openAgents);
      await openSession(world);
      await atAge(8n * DAY);
      await expect(drawSession(world, 1n)).to.emit(world.councilChamber, "SessionDrawn");
    });
  });
});
