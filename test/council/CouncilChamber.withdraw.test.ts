import { expect } from "chai";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { openSession } from "../fixtures/council-acts.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

describe("CouncilChamber.withdraw", () => {
  let world: CouncilWorld;

  const withdraw = (by = world.outsider) => world.councilChamber.connect(by).withdraw();

  beforeEach(async () => {
    world = await load(openCouncil);
    await openSession(world);
    await nextAt((await now()) + 7n * DAY);
    await world.councilChamber.connect(world.outsider).cancelSession(1n);
  });

  describe("when something is credited", () => {
    it("pays it to the caller", async () => {
      await expect(withdraw()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.councilChamber, world.outsider],
        [-ACT(100), ACT(100)],
      );
    });

    it("emits Withdrawn", async () => {
      await expect(withdraw()).to.emit(world.councilChamber, "Withdrawn").withArgs(world.outsider, ACT(100));
    });

    it("leaves no credit", async () => {
      await withdraw();
      expect(await world.councilChamber.credited(world.outsider)).to.equal(0n);
    });

    it("says the amount", async () => {
      expect(await world.councilChamber.connect(world.outsider).withdraw.staticCall()).to.equal(ACT(100));
    });

    it("pays when entries are paused", async () => {
      await world.councilChamber.connect(world.guardian).pauseEntries();
      await expect(withdraw()).to.emit(world.councilChamber, "Withdrawn").withArgs(world.outsider, ACT(100));
    });
  });

  describe("when nothing is credited", () => {
    it("reverts when it was withdrawn", async () => {
      await withdraw();
      await expect(withdraw())
        .to.be.revertedWithCustomError(world.councilChamber, "CreditZero")
        .withArgs(world.outsider);
    });

    it("reverts when nothing ever was", async () => {
      await expect(withdraw(world.whale))
        .to.be.revertedWithCustomError(world.councilChamber, "CreditZero")
        .withArgs(world.whale);
    });
  });
});
