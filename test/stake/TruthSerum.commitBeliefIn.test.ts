import { expect } from "chai";
import { CLAIM, EPOCHS } from "../fixtures/amounts.ts";
import {
  ALL,
  commit,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  sealFor,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch } from "../fixtures/stake.ts";

describe("TruthSerum.commitBeliefIn", () => {
  let world: EpochWorld;

  /** The author commits the seal of an epoch, for that epoch. */
  const commitIn = async (epoch: bigint) =>
    world.truthSerum.connect(world.author).commitBeliefIn(CLAIM, epoch, await sealFor(world, "author", { epoch }));

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the epoch takes commits", () => {
    it("emits BeliefCommitted with the seal and the lock as weight", async () => {
      await expect(commitIn(0n))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author"), LOCKS.author);
    });

    it("emits the vault's AtRiskSet", async () => {
      await expect(commitIn(0n)).to.emit(world.stakeVault, "AtRiskSet").withArgs(world.author, CLAIM, LOCKS.author);
    });

    it("replaces a voice", async () => {
      await commit(world, "author");
      await commitIn(0n);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).joined).to.equal(1n);
    });

    for (const [second, elapsed] of [
      ["first", 0n],
      ["last", EPOCHS.epochLength - 1n],
    ] as const) {
      it(`emits BeliefCommitted in its ${second} second`, async () => {
        await atEpoch(world.truthSerum, 1n, elapsed);
        await expect(commitIn(1n)).to.emit(world.truthSerum, "BeliefCommitted");
      });
    }
  });

  describe("when the epoch takes no commits", () => {
    it("reverts in the first second after it", async () => {
      await atEpoch(world.truthSerum, 1n);
      await expect(commitIn(0n)).to.be.revertedWithCustomError(world.truthSerum, "EpochNotCurrent").withArgs(0n, 1n);
    });

    it("reverts in the last second before it", async () => {
      await atEpoch(world.truthSerum, 2n, -1n);
      await expect(commitIn(2n)).to.be.revertedWithCustomError(world.truthSerum, "EpochNotCurrent").withArgs(2n, 1n);
    });

    it("reverts when it will never be", async () => {
      await expect(commitIn(ALL)).to.be.revertedWithCustomError(world.truthSerum, "EpochNotCurrent").withArgs(ALL, 0n);
    });

    it("reverts with the same error when the lock is missing as well", async () => {
      await expect(world.truthSerum.connect(world.outsider).commitBeliefIn(CLAIM, 1n, CLAIM))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotCurrent")
        .withArgs(1n, 0n);
    });
  });

  describe("when the caller may not commit", () => {
    it("reverts when the lock is missing", async () => {
      await expect(world.truthSerum.connect(world.outsider).commitBeliefIn(CLAIM, 0n, CLAIM))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(CLAIM, world.outsider);
    });

    it("reverts when an earlier voice has not got its part", async () => {
      await commitIn(0n);
      await atEpoch(world.truthSerum, 3n);
      await expect(commitIn(3n))
        .to.be.revertedWithCustomError(world.truthSerum, "EarlierVoiceUnsettled")
        .withArgs(CLAIM, world.author, 1n);
    });

    it("reverts with the pause first", async () => {
      await world.truthSerum.connect(world.guardian).pauseCommits();
      await expect(commitIn(1n)).to.be.revertedWithCustomError(world.truthSerum, "EnforcedPause").withArgs();
    });
  });
});
