import { expect } from "chai";
import type { CouncilWorld } from "../fixtures/council.ts";
import { drawSession, openSession, sendSession } from "../fixtures/council-acts.ts";
import { openPanel, voterAt } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilChamber, governed by the AccessManager", () => {
  let world: CouncilWorld;

  beforeEach(async () => {
    world = await load(openPanel);
  });

  describe("pauseEntries", () => {
    it("emits Paused when the guardian calls", async () => {
      await expect(world.councilChamber.connect(world.guardian).pauseEntries())
        .to.emit(world.councilChamber, "Paused")
        .withArgs(world.guardian);
    });

    it("reverts when it is paused", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(world.councilChamber.connect(world.guardian).pauseEntries())
        .to.be.revertedWithCustomError(world.councilChamber, "EnforcedPause")
        .withArgs();
    });

    it("stops new sessions", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(sendSession(world)).to.be.revertedWithCustomError(world.councilChamber, "EnforcedPause").withArgs();
    });

    it("leaves members of sessions that were opened to be drawn", async () => {
      await openSession(world);
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(drawSession(world, 1n)).to.emit(world.councilChamber, "SessionDrawn");
    });

    it("leaves agents to register", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(world.councilChamber.connect(voterAt(world, 0)).registerAgent("")).to.emit(
        world.councilChamber,
        "AgentRegistered",
      );
    });
  });

  describe("unpauseEntries", () => {
    it("lets new sessions in again", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await world.councilChamber.connect(world.guardian).unpauseEntries();
      await expect(sendSession(world)).to.emit(world.councilChamber, "SessionOpened");
    });

    it("emits Unpaused", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(world.councilChamber.connect(world.guardian).unpauseEntries())
        .to.emit(world.councilChamber, "Unpaused")
        .withArgs(world.guardian);
    });

    it("reverts when it is not paused", async () => {
      await expect(world.councilChamber.connect(world.guardian).unpauseEntries())
        .to.be.revertedWithCustomError(world.councilChamber, "ExpectedPause")
        .withArgs();
    });
  });

  describe("setSquareRoot", () => {
    it("emits SquareRootSet", async () => {
      await expect(world.councilChamber.connect(world.deployer).setSquareRoot(true))
        .to.emit(world.councilChamber, "SquareRootSet")
        .withArgs(true);
    });

    it("is kept with sessions opened from then on", async () => {
      await world.councilChamber.connect(world.deployer).setSquareRoot(true);
      await openSession(world);
      expect((await world.councilChamber.session(1n)).isSquareRoot).to.equal(true);
    });

    it("leaves sessions of before as they are", async () => {
      await openSession(world);
      await world.councilChamber.connect(world.deployer).setSquareRoot(true);
      expect((await world.councilChamber.session(1n)).isSquareRoot).to.equal(false);
    });

    it("can be taken back", async () => {
      await world.councilChamber.connect(world.deployer).setSquareRoot(true);
      await world.councilChamber.connect(world.deployer).setSquareRoot(false);
      expect(await world.councilChamber.isSquareRoot()).to.equal(false);
    });
  });

  describe("when anyone without the role calls", () => {
    for (const [actor, call] of [
      ["deployer", "pauseEntries"],
      ["outsider", "pauseEntries"],
      ["deployer", "unpauseEntries"],
      ["outsider", "unpauseEntries"],
    ] as const) {
      it(`reverts when the ${actor} calls ${call}`, async () => {
        await expect(world.councilChamber.connect(world[actor])[call]())
          .to.be.revertedWithCustomError(world.councilChamber, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }

    for (const actor of ["guardian", "outsider"] as const) {
      it(`reverts when the ${actor} calls setSquareRoot`, async () => {
        await expect(world.councilChamber.connect(world[actor]).setSquareRoot(true))
          .to.be.revertedWithCustomError(world.councilChamber, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }
  });
});
