import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  open,
  settleAll,
  speakAll,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpochEnd, enter } from "../fixtures/stake.ts";

describe("TruthSerum, paused by the guardian", () => {
  let world: EpochWorld;

  const pause = () => world.truthSerum.connect(world.guardian).pauseCommits();
  const unpause = () => world.truthSerum.connect(world.guardian).unpauseCommits();

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("pauseCommits", () => {
    it("emits Paused with the guardian", async () => {
      await expect(pause()).to.emit(world.truthSerum, "Paused").withArgs(world.guardian);
    });

    it("updates paused", async () => {
      await pause();
      expect(await world.truthSerum.paused()).to.equal(true);
    });

    it("reverts when commits are paused", async () => {
      await pause();
      await expect(pause()).to.be.revertedWithCustomError(world.truthSerum, "EnforcedPause").withArgs();
    });

    for (const actor of ["deployer", "author", "outsider"] as const) {
      it(`reverts when the ${actor} calls`, async () => {
        await expect(world.truthSerum.connect(world[actor]).pauseCommits())
          .to.be.revertedWithCustomError(world.truthSerum, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }

    it("reverts when the guardian's role was revoked", async () => {
      await world.authority.revokeRole(Role.Guardian, world.guardian);
      await expect(pause())
        .to.be.revertedWithCustomError(world.truthSerum, "AccessManagedUnauthorized")
        .withArgs(world.guardian);
    });
  });

  describe("unpauseCommits", () => {
    it("emits Unpaused with the guardian", async () => {
      await pause();
      await expect(unpause()).to.emit(world.truthSerum, "Unpaused").withArgs(world.guardian);
    });

    it("lets people commit again", async () => {
      await pause();
      await unpause();
      await expect(commit(world, "author")).to.emit(world.truthSerum, "BeliefCommitted");
    });

    it("reverts when commits are not paused", async () => {
      await expect(unpause()).to.be.revertedWithCustomError(world.truthSerum, "ExpectedPause").withArgs();
    });

    for (const actor of ["deployer", "author", "outsider"] as const) {
      it(`reverts when the ${actor} calls`, async () => {
        await pause();
        await expect(world.truthSerum.connect(world[actor]).unpauseCommits())
          .to.be.revertedWithCustomError(world.truthSerum, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }
  });

  describe("when commits are paused", () => {
    it("reverts when someone with a lock commits", async () => {
      await pause();
      await expect(commit(world, "author")).to.be.revertedWithCustomError(world.truthSerum, "EnforcedPause").withArgs();
    });

    it("reverts when someone replaces a voice", async () => {
      await commit(world, "author");
      await pause();
      await expect(commit(world, "author")).to.be.revertedWithCustomError(world.truthSerum, "EnforcedPause").withArgs();
    });

    it("reverts with the pause first when the lock is missing as well", async () => {
      await pause();
      await expect(world.truthSerum.connect(world.outsider).commitBelief(CLAIM, `0x${"00".repeat(32)}`))
        .to.be.revertedWithCustomError(world.truthSerum, "EnforcedPause")
        .withArgs();
    });

    it("emits BeliefRevealed when a belief is opened", async () => {
      await commitAll(world);
      await pause();
      await atEpochEnd(world.truthSerum, 0n);
      await expect(open(world, "author")).to.emit(world.truthSerum, "BeliefRevealed");
    });

    it("emits EpochSettled when an epoch is settled", async () => {
      await commit(world, "author");
      await pause();
      await atEpochEnd(world.truthSerum, 1n);
      await expect(world.truthSerum.settle(CLAIM, 0n, ALL)).to.emit(world.truthSerum, "EpochSettled");
    });

    it("emits BeliefScored when voices are scored", async () => {
      await commitAll(world);
      await atEpochEnd(world.truthSerum, 0n);
      await pause();
      for (const speaker of ["author", "supporter"] as const) await open(world, speaker);
      await atEpochEnd(world.truthSerum, 1n);
      await expect(world.truthSerum.settle(CLAIM, 0n, ALL)).to.emit(world.truthSerum, "BeliefScored");
    });

    it("emits EpochDistributed when an epoch is distributed", async () => {
      await settleAll(world);
      await pause();
      await expect(world.truthSerum.distribute(CLAIM, 0n, ALL)).to.emit(world.truthSerum, "EpochDistributed");
    });

    it("emits PartPaid when a part is claimed", async () => {
      await settleAll(world);
      await pause();
      await expect(world.truthSerum.claim(world.supporter, CLAIM, 0n)).to.emit(world.truthSerum, "PartPaid");
    });

    it("lets a position be bought, which the pause is not about", async () => {
      await pause();
      await expect(enter(world, world.outsider, { lock: 5n })).to.emit(world.convictionMarket, "Bought");
    });
  });

  describe("when buying is paused", () => {
    it("emits BeliefCommitted when someone with a lock commits", async () => {
      await world.convictionMarket.connect(world.guardian).pauseEntries();
      await expect(commit(world, "author")).to.emit(world.truthSerum, "BeliefCommitted");
    });

    it("emits EpochSettled when an epoch is settled", async () => {
      await speakAll(world);
      await world.convictionMarket.connect(world.guardian).pauseEntries();
      await expect(world.truthSerum.settle(CLAIM, 0n, ALL)).to.emit(world.truthSerum, "EpochSettled");
    });
  });
});
