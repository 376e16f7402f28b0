import { expect } from "chai";
import { ZeroHash } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, EPOCHS, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  sealFor,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, enter, leave, UNKNOWN_CLAIM } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum.commitBelief", () => {
  let world: EpochWorld;

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the caller holds a lock on the claim", () => {
    it("emits BeliefCommitted with the seal and the lock as weight", async () => {
      await expect(commit(world, "author"))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author"), LOCKS.author);
    });

    it("emits BeliefCommitted with both sides' locks added", async () => {
      await expect(commit(world, "latecomer"))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.latecomer, await sealFor(world, "latecomer"), usdc(6) + usdc(4));
    });

    it("emits the vault's AtRiskSet with that weight", async () => {
      await expect(commit(world, "latecomer"))
        .to.emit(world.stakeVault, "AtRiskSet")
        .withArgs(world.latecomer, CLAIM, LOCKS.latecomer);
    });

    it("updates what is at risk", async () => {
      await commit(world, "challenger");
      expect(await atRiskOf(world, "challenger")).to.equal(LOCKS.challenger);
    });

    it("encumbers no more than the lock did", async () => {
      await commit(world, "challenger");
      expect(await world.stakeVault.encumbered(world.challenger)).to.equal(LOCKS.challenger);
    });

    it("adds a voice that is neither opened nor scored", async () => {
      await commit(world, "author");
      expect(fieldsOf(await world.truthSerum.participant(CLAIM, 0n, world.author))).to.deep.equal({
        weight: LOCKS.author,
        isOpened: false,
        isScored: false,
        isDistributed: false,
        belief: 0n,
        meta: 0n,
        score: 0n,
        taken: 0n,
        payout: 0n,
      });
    });

    it("updates the number of those who joined", async () => {
      await commitAll(world);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).joined).to.equal(4n);
    });

    it("counts no weight as opened", async () => {
      await commitAll(world);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).openedWeight).to.equal(0n);
    });

    it("moves no tokens", async () => {
      await expect(commit(world, "author")).not.to.emit(world.token, "Transfer");
    });

    it("takes a seal of zeros for a seal", async () => {
      await world.truthSerum.connect(world.author).commitBelief(CLAIM, ZeroHash);
      expect(await world.truthSerum.participants(CLAIM, 0n, 0n, ALL)).to.deep.equal([world.author.address]);
    });

    it("joins once with two seals of zeros", async () => {
      await world.truthSerum.connect(world.author).commitBelief(CLAIM, ZeroHash);
      await world.truthSerum.connect(world.author).commitBelief(CLAIM, ZeroHash);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).joined).to.equal(1n);
    });
  });

  describe("when the caller holds no lock on the claim", () => {
    const seal = ZeroHash;

    it("reverts when they never bought", async () => {
      await expect(world.truthSerum.connect(world.outsider).commitBelief(CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(CLAIM, world.outsider);
    });

    it("reverts when they hold one on another claim", async () => {
      await expect(world.truthSerum.connect(world.author).commitBelief(OTHER_CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(OTHER_CLAIM, world.author);
    });

    it("reverts when they have sold everything", async () => {
      await leave(world, world.author);
      await expect(world.truthSerum.connect(world.author).commitBelief(CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(CLAIM, world.author);
    });

    it("reverts when they have sold everything and have a voice in the epoch", async () => {
      await commit(world, "author");
      await leave(world, world.author);
      await expect(world.truthSerum.connect(world.author).commitBelief(CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(CLAIM, world.author);
    });

    it("reverts when stake lies there without a position", async () => {
      await world.stakeVault.connect(world.outsider).deposit(usdc(100));
      await expect(world.truthSerum.connect(world.outsider).commitBelief(CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(CLAIM, world.outsider);
    });

    it("reverts when the claim does not exist", async () => {
      await expect(world.truthSerum.connect(world.author).commitBelief(UNKNOWN_CLAIM, seal))
        .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
        .withArgs(UNKNOWN_CLAIM, world.author);
    });
  });

  describe("when one of two sides is sold", () => {
    it("emits BeliefCommitted with the lock of the other", async () => {
      await leave(world, world.latecomer);
      await expect(commit(world, "latecomer"))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.latecomer, await sealFor(world, "latecomer"), usdc(4));
    });
  });

  describe("when part of a side is sold", () => {
    it("emits BeliefCommitted with the whole lock", async () => {
      await world.convictionMarket.connect(world.author).sell(CLAIM, Side.Support, 1_000n, 0n);
      await expect(commit(world, "author"))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author"), LOCKS.author);
    });
  });

  describe("when the second matters", () => {
    for (const [name, elapsed, epoch] of [
      ["in the last second of epoch 0", EPOCHS.epochLength - 1n, 0n],
      ["in the first second of epoch 1", EPOCHS.epochLength, 1n],
      ["in the last second of epoch 1", 2n * EPOCHS.epochLength - 1n, 1n],
      ["in the first second of epoch 1,000", 1_000n * EPOCHS.epochLength, 1_000n],
    ] as const) {
      it(`emits BeliefCommitted of epoch ${epoch} ${name}`, async () => {
        await atEpoch(world.truthSerum, 0n, elapsed);
        await expect(commit(world, "author", { epoch }))
          .to.emit(world.truthSerum, "BeliefCommitted")
          .withArgs(CLAIM, epoch, world.author, await sealFor(world, "author", { epoch }), LOCKS.author);
      });
    }

    it("joins the next epoch with a second voice, not the one that is over", async () => {
      await commit(world, "author");
      await atEpochEnd(world.truthSerum, 0n);
      await commit(world, "author", { epoch: 1n });
      const joined = [0n, 1n].map(async (epoch) => (await world.truthSerum.epochState(CLAIM, epoch)).joined);
      expect(await Promise.all(joined)).to.deep.equal([1n, 1n]);
    });
  });

  describe("when there are several claims", () => {
    beforeEach(async () => {
      await enter(world, world.author, { claimId: OTHER_CLAIM, lock: usdc(7) });
      await commit(world, "author");
    });

    it("joins the one that is named alone", async () => {
      expect((await world.truthSerum.epochState(OTHER_CLAIM, 0n)).joined).to.equal(0n);
    });

    it("emits BeliefCommitted with the lock on the one that is named", async () => {
      const options = { claimId: OTHER_CLAIM };
      await expect(commit(world, "author", options))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(OTHER_CLAIM, 0n, world.author, await sealFor(world, "author", options), usdc(7));
    });

    it("updates what is at risk on each of them", async () => {
      await commit(world, "author", { claimId: OTHER_CLAIM });
      expect([await atRiskOf(world, "author"), await atRiskOf(world, "author", OTHER_CLAIM)]).to.deep.equal([
        LOCKS.author,
        usdc(7),
      ]);
    });
  });
});
