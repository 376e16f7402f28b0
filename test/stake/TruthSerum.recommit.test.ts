import { expect } from "chai";
import { CLAIM, usdc } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  belief,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  open,
  sealFor,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, enter, leave } from "../fixtures/stake.ts";

describe("TruthSerum.commitBelief, with a voice in the epoch", () => {
  let world: EpochWorld;

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the caller has a voice in the epoch", () => {
    const replaced = { ...belief(10n, 20n), epoch: 0n };

    beforeEach(async () => {
      await commitAll(world);
    });

    it("emits BeliefCommitted with the new seal", async () => {
      await expect(commit(world, "supporter", replaced))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(CLAIM, 0n, world.supporter, await sealFor(world, "supporter", replaced), LOCKS.supporter);
    });

    it("emits no AtRiskSet when the lock is the same", async () => {
      await expect(commit(world, "supporter", replaced)).not.to.emit(world.stakeVault, "AtRiskSet");
    });

    it("leaves the number of those who joined as it is", async () => {
      await commit(world, "supporter", replaced);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).joined).to.equal(4n);
    });

    it("leaves the place in the order as it is", async () => {
      await commit(world, "supporter", replaced);
      expect(await world.truthSerum.participants(CLAIM, 0n, 0n, ALL)).to.deep.equal([
        world.author.address,
        world.supporter.address,
        world.challenger.address,
        world.latecomer.address,
      ]);
    });

    it("opens by the new seal", async () => {
      await commit(world, "supporter", replaced);
      await atEpochEnd(world.truthSerum, 0n);
      await expect(open(world, "supporter", replaced)).to.emit(world.truthSerum, "BeliefRevealed");
    });

    it("reverts when it is opened by the old seal", async () => {
      await commit(world, "supporter", replaced);
      await atEpochEnd(world.truthSerum, 0n);
      await expect(open(world, "supporter"))
        .to.be.revertedWithCustomError(world.truthSerum, "SealMismatch")
        .withArgs(CLAIM, 0n, world.supporter, await sealFor(world, "supporter"));
    });

    for (const [size, amount] of [
      ["larger", usdc(50)],
      ["smaller", usdc(3)],
    ] as const) {
      describe(`when the lock has become ${size}`, () => {
        beforeEach(async () => {
          await enter(world, world.supporter, { lock: amount, stake: usdc(50) });
        });

        it("leaves the voice as it is until it is replaced", async () => {
          const { weight } = await world.truthSerum.participant(CLAIM, 0n, world.supporter);
          expect(weight).to.equal(LOCKS.supporter);
        });

        it("emits BeliefCommitted with that lock", async () => {
          await expect(commit(world, "supporter"))
            .to.emit(world.truthSerum, "BeliefCommitted")
            .withArgs(CLAIM, 0n, world.supporter, await sealFor(world, "supporter"), amount);
        });

        it("emits AtRiskSet with that lock", async () => {
          await expect(commit(world, "supporter"))
            .to.emit(world.stakeVault, "AtRiskSet")
            .withArgs(world.supporter, CLAIM, amount);
        });

        it("updates the weight", async () => {
          await commit(world, "supporter");
          expect((await world.truthSerum.participant(CLAIM, 0n, world.supporter)).weight).to.equal(amount);
        });

        it("opens with the new weight", async () => {
          await commit(world, "supporter");
          await atEpochEnd(world.truthSerum, 0n);
          await open(world, "supporter");
          expect((await world.truthSerum.epochState(CLAIM, 0n)).openedWeight).to.equal(amount);
        });
      });
    }
  });

  describe("when the position is sold while the voice is at risk", () => {
    beforeEach(async () => {
      await commit(world, "author");
      await leave(world, world.author);
    });

    it("leaves the whole voice at risk", async () => {
      expect(await atRiskOf(world, "author")).to.equal(LOCKS.author);
    });

    it("leaves nothing to withdraw", async () => {
      expect(await world.stakeVault.withdrawable(world.author)).to.equal(0n);
    });

    it("reverts when the stake is withdrawn", async () => {
      await expect(world.stakeVault.connect(world.author).withdraw(1n))
        .to.be.revertedWithCustomError(world.stakeVault, "WithdrawableExceeded")
        .withArgs(1n, 0n);
    });

    it("ends part of the risk when a smaller position commits again", async () => {
      await enter(world, world.author, { lock: usdc(15), stake: 0n });
      await commit(world, "author");
      expect(await world.stakeVault.withdrawable(world.author)).to.equal(LOCKS.author - usdc(15));
    });
  });

  describe("when a larger voice of the epoch before is still at risk", () => {
    const next = { ...belief(70n, 50n), epoch: 1n };

    beforeEach(async () => {
      await commit(world, "author");
      await atEpoch(world.truthSerum, 1n);
      await enter(world, world.author, { lock: usdc(4), stake: 0n });
      await commit(world, "author", next);
    });

    for (const lock of [usdc(2), usdc(6)]) {
      it(`leaves that at risk when a lock of ${lock} units commits again`, async () => {
        await enter(world, world.author, { lock, stake: 0n });
        await expect(commit(world, "author", next)).not.to.emit(world.stakeVault, "AtRiskSet");
        expect(await atRiskOf(world, "author")).to.equal(LOCKS.author);
      });
    }

    it("puts the new voice at risk when a larger lock than both commits again", async () => {
      await enter(world, world.author, { lock: LOCKS.author + usdc(1), stake: usdc(1) });
      await commit(world, "author", next);
      expect(await atRiskOf(world, "author")).to.equal(LOCKS.author + usdc(1));
    });
  });
});
