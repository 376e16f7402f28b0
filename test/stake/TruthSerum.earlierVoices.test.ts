import { expect } from "chai";
import { CLAIM, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { ALL, commit, type EpochWorld, expectBalancedBooks, sealFor, votersFixture } from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, atSettleable, enter, leave } from "../fixtures/stake.ts";

describe("TruthSerum.commitBelief, with earlier voices", () => {
  let world: EpochWorld;

  /** The author, whose stake is 40, locks `amount` and commits in the first second of an epoch, or at once in epoch 0. */
  const speak = async (epoch: bigint, amount: bigint) => {
    if (epoch > 0n) await atEpoch(world.truthSerum, epoch);
    await enter(world, world.author, { lock: usdc(amount), stake: 0n });
    await commit(world, "author", { epoch });
  };

  /** Epochs in which the author alone raised a voice are void: settling takes nothing. */
  const claim = async (epoch: bigint) => {
    await world.truthSerum.settle(CLAIM, epoch, ALL);
    return world.truthSerum.claim(world.author, CLAIM, epoch);
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when an earlier voice has not got its part", () => {
    /** Nothing is settled unless a case says so. */
    const CASES: readonly { spoken: readonly bigint[]; claimed?: readonly bigint[]; now: bigint; oldest?: bigint }[] = [
      { spoken: [0n], now: 1n },
      { spoken: [0n], now: 2n },
      { spoken: [0n, 1n], now: 2n },
      { spoken: [1n, 2n], now: 3n },
      { spoken: [2n], now: 4n },
      { spoken: [0n], now: 3n, oldest: 1n },
      { spoken: [0n], now: 4n, oldest: 2n },
      { spoken: [0n], now: 9n, oldest: 7n },
      { spoken: [0n, 1n], now: 3n, oldest: 1n },
      { spoken: [0n, 2n], now: 3n, oldest: 1n },
      { spoken: [0n, 1n, 2n], now: 3n, oldest: 1n },
      { spoken: [1n, 3n], now: 4n, oldest: 2n },
      { spoken: [1n, 2n], now: 4n, oldest: 2n },
      { spoken: [0n, 2n], now: 5n, oldest: 3n },
      { spoken: [0n, 1n, 2n], claimed: [0n], now: 3n },
      { spoken: [0n, 1n, 2n], claimed: [1n], now: 3n, oldest: 1n },
      { spoken: [0n, 2n], claimed: [0n], now: 4n },
      { spoken: [0n, 1n, 2n], claimed: [0n, 1n], now: 4n },
      { spoken: [0n, 1n, 2n], claimed: [0n, 2n], now: 4n, oldest: 2n },
      { spoken: [0n, 1n, 2n], claimed: [1n, 2n], now: 5n, oldest: 3n },
      { spoken: [0n, 1n, 2n], claimed: [0n, 1n, 2n], now: 9n },
      { spoken: [0n, 2n], claimed: [2n], now: 3n, oldest: 1n },
      { spoken: [0n, 2n], claimed: [2n], now: 4n, oldest: 2n },
      { spoken: [1n, 2n], claimed: [2n], now: 4n, oldest: 2n },
      { spoken: [0n, 1n, 2n], claimed: [1n, 2n], now: 4n, oldest: 2n },
      { spoken: [0n, 2n], claimed: [0n], now: 5n, oldest: 3n },
      { spoken: [0n, 2n], claimed: [0n, 2n], now: 3n },
    ];

    const prepare = async ({ spoken, claimed = [], now }: (typeof CASES)[number]) => {
      for (const epoch of spoken) await speak(epoch, 10n);
      if (now > (spoken.at(-1) ?? 0n) + 1n) await atEpoch(world.truthSerum, now);
      else await atSettleable(world.truthSerum, now - 1n);
      for (const epoch of claimed) await claim(epoch);
    };

    for (const each of CASES) {
      const { spoken, claimed = [], now, oldest } = each;
      const past = `spoke in ${spoken.join(", ")} and has the parts of ${claimed.join(", ") || "none"}`;
      if (oldest === undefined) {
        it(`emits BeliefCommitted in epoch ${now} when somebody ${past}`, async () => {
          await prepare(each);
          await expect(commit(world, "author", { epoch: now }))
            .to.emit(world.truthSerum, "BeliefCommitted")
            .withArgs(CLAIM, now, world.author, await sealFor(world, "author", { epoch: now }), usdc(10));
        });
      } else {
        it(`reverts in epoch ${now} when somebody ${past}`, async () => {
          await prepare(each);
          await expect(commit(world, "author", { epoch: now }))
            .to.be.revertedWithCustomError(world.truthSerum, "EarlierVoiceUnsettled")
            .withArgs(CLAIM, world.author, oldest);
        });
      }
    }

    describe("when it is of epoch 0", () => {
      beforeEach(async () => {
        await speak(0n, 40n);
      });

      it("emits BeliefCommitted in the last second of epoch 2", async () => {
        await atEpochEnd(world.truthSerum, 2n, -1n);
        await expect(commit(world, "author", { epoch: 2n })).to.emit(world.truthSerum, "BeliefCommitted");
      });

      it("reverts in the first second of epoch 3", async () => {
        await atEpochEnd(world.truthSerum, 2n);
        await expect(commit(world, "author", { epoch: 3n }))
          .to.be.revertedWithCustomError(world.truthSerum, "EarlierVoiceUnsettled")
          .withArgs(CLAIM, world.author, 1n);
      });

      it("reverts in epoch 3 when it is settled and has not got its part", async () => {
        await atEpoch(world.truthSerum, 3n);
        await world.truthSerum.settle(CLAIM, 0n, ALL);
        await expect(commit(world, "author", { epoch: 3n }))
          .to.be.revertedWithCustomError(world.truthSerum, "EarlierVoiceUnsettled")
          .withArgs(CLAIM, world.author, 1n);
      });

      it("emits BeliefCommitted in epoch 3 when it is distributed", async () => {
        await atEpoch(world.truthSerum, 3n);
        await world.truthSerum.settle(CLAIM, 0n, ALL);
        await world.truthSerum.distribute(CLAIM, 0n, ALL);
        await expect(commit(world, "author", { epoch: 3n })).to.emit(world.truthSerum, "BeliefCommitted");
      });

      it("emits BeliefCommitted of a second voice in epoch 2 when that replaces one", async () => {
        await speak(2n, 25n);
        await expect(commit(world, "author", { epoch: 2n })).to.emit(world.truthSerum, "BeliefCommitted");
      });

      it("lets others speak in epoch 3", async () => {
        await atEpoch(world.truthSerum, 3n);
        await expect(commit(world, "supporter", { epoch: 3n })).to.emit(world.truthSerum, "BeliefCommitted");
      });

      it("lets them speak on another claim in epoch 3", async () => {
        await enter(world, world.author, { claimId: OTHER_CLAIM, lock: usdc(5) });
        await atEpoch(world.truthSerum, 3n);
        await expect(commit(world, "author", { claimId: OTHER_CLAIM, epoch: 3n })).to.emit(
          world.truthSerum,
          "BeliefCommitted",
        );
      });

      it("reverts with the missing lock first", async () => {
        await leave(world, world.author);
        await atEpoch(world.truthSerum, 3n);
        await expect(commit(world, "author", { epoch: 3n }))
          .to.be.revertedWithCustomError(world.truthSerum, "LockMissing")
          .withArgs(CLAIM, world.author);
      });
    });
  });
});
