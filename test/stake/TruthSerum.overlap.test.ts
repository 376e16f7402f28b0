import { expect } from "chai";
import { CLAIM, usdc } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  openAll,
  partsOf,
  scoredVoices,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, atSettleable, enter, leave } from "../fixtures/stake.ts";

describe("TruthSerum, overlapping epochs", () => {
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

  const atRisk = () => atRiskOf(world, "author");

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when voices of three epochs wait, 40, 25 and 10", () => {
    beforeEach(async () => {
      await speak(0n, 40n);
      await speak(1n, 25n);
      await speak(2n, 10n);
      await atSettleable(world.truthSerum, 2n);
    });

    it("has the largest at risk", async () => {
      expect(await atRisk()).to.equal(usdc(40));
    });

    it("encumbers the largest, though the lock is smaller", async () => {
      expect(await world.stakeVault.encumbered(world.author)).to.equal(usdc(40));
    });

    it("emits AtRiskSet with the next largest when the largest has its part", async () => {
      await world.truthSerum.settle(CLAIM, 0n, ALL);
      await expect(world.truthSerum.claim(world.author, CLAIM, 0n))
        .to.emit(world.stakeVault, "AtRiskSet")
        .withArgs(world.author, CLAIM, usdc(25));
    });

    it("emits no AtRiskSet when a smaller one has its part", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      await expect(world.truthSerum.claim(world.author, CLAIM, 1n)).not.to.emit(world.stakeVault, "AtRiskSet");
    });

    for (const [order, risks] of [
      [
        [0n, 1n, 2n],
        [25n, 10n, 0n],
      ],
      [
        [0n, 2n, 1n],
        [25n, 25n, 0n],
      ],
      [
        [1n, 0n, 2n],
        [40n, 10n, 0n],
      ],
      [
        [1n, 2n, 0n],
        [40n, 40n, 0n],
      ],
      [
        [2n, 0n, 1n],
        [40n, 25n, 0n],
      ],
      [
        [2n, 1n, 0n],
        [40n, 40n, 0n],
      ],
    ] as const) {
      it(`has ${risks.join(", ")} at risk after the parts of epochs ${order.join(", ")}`, async () => {
        const found: bigint[] = [];
        for (const epoch of order) {
          await claim(epoch);
          found.push(await atRisk());
        }
        expect(found).to.deep.equal(risks.map((risk) => usdc(risk)));
      });
    }

    it("has the same at risk when it is distributed", async () => {
      await world.truthSerum.settle(CLAIM, 0n, ALL);
      await world.truthSerum.distribute(CLAIM, 0n, ALL);
      expect(await atRisk()).to.equal(usdc(25));
    });

    it("has the same at risk when an epoch is settled and not distributed", async () => {
      await world.truthSerum.settle(CLAIM, 0n, ALL);
      expect(await atRisk()).to.equal(usdc(40));
    });
  });

  describe("when the voices grow, 10, 25 and 40", () => {
    it("has each of them at risk as it comes", async () => {
      const found: bigint[] = [];
      for (const [epoch, amount] of [10n, 25n, 40n].entries()) {
        await speak(BigInt(epoch), amount);
        found.push(await atRisk());
      }
      expect(found).to.deep.equal([usdc(10), usdc(25), usdc(40)]);
    });
  });

  describe("when a voice is replaced while an earlier one of 25 waits", () => {
    beforeEach(async () => {
      await speak(0n, 25n);
      await speak(1n, 40n);
    });

    it("has the new one at risk when it is still the largest", async () => {
      await enter(world, world.author, { lock: usdc(30), stake: 0n });
      await commit(world, "author", { epoch: 1n });
      expect(await atRisk()).to.equal(usdc(30));
    });

    it("has the earlier one at risk when the new one is smaller", async () => {
      await enter(world, world.author, { lock: usdc(10), stake: 0n });
      await commit(world, "author", { epoch: 1n });
      expect(await atRisk()).to.equal(usdc(25));
    });

    it("has the new one at risk when the earlier one has its part", async () => {
      await enter(world, world.author, { lock: usdc(10), stake: 0n });
      await commit(world, "author", { epoch: 1n });
      await atSettleable(world.truthSerum, 0n, 100n);
      await claim(0n);
      expect(await atRisk()).to.equal(usdc(10));
    });
  });

  describe("when the position is sold while voices wait", () => {
    beforeEach(async () => {
      await speak(0n, 40n);
      await speak(1n, 25n);
      await leave(world, world.author);
      await atSettleable(world.truthSerum, 1n);
    });

    it("leaves nothing to withdraw", async () => {
      expect(await world.stakeVault.withdrawable(world.author)).to.equal(0n);
    });

    it("leaves the difference to withdraw when the larger one has its part", async () => {
      await claim(0n);
      expect(await world.stakeVault.withdrawable(world.author)).to.equal(usdc(15));
    });

    it("reverts when a unit more is withdrawn", async () => {
      await claim(0n);
      await expect(world.stakeVault.connect(world.author).withdraw(usdc(15) + 1n))
        .to.be.revertedWithCustomError(world.stakeVault, "WithdrawableExceeded")
        .withArgs(usdc(15) + 1n, usdc(15));
    });

    it("leaves everything to withdraw when both have their parts", async () => {
      await claim(0n);
      await claim(1n);
      await world.stakeVault.connect(world.author).withdraw(usdc(40));
      expect(await world.stakeVault.totalStake(world.author)).to.equal(0n);
    });
  });

  describe("when a place among the three is used again", () => {
    // Epochs 0 and 3 share it, if places are counted modulo three.
    beforeEach(async () => {
      await speak(0n, 40n);
      await speak(1n, 25n);
      await speak(2n, 10n);
      await atEpoch(world.truthSerum, 3n);
      await claim(0n);
      await speak(3n, 5n);
      await atSettleable(world.truthSerum, 3n);
    });

    it("has the largest of the last three at risk", async () => {
      expect(await atRisk()).to.equal(usdc(25));
    });

    it("comes down with each part", async () => {
      const found: bigint[] = [];
      for (const epoch of [1n, 2n, 3n]) {
        await claim(epoch);
        found.push(await atRisk());
      }
      expect(found).to.deep.equal([usdc(10), usdc(5), 0n]);
    });

    it("reverts when the first one claims again", async () => {
      await expect(world.truthSerum.claim(world.author, CLAIM, 0n))
        .to.be.revertedWithCustomError(world.truthSerum, "AlreadyDistributed")
        .withArgs(CLAIM, 0n, world.author);
    });
  });

  describe("when epochs are left out", () => {
    it("has the larger of two with a gap at risk", async () => {
      await speak(0n, 25n);
      await speak(2n, 10n);
      expect(await atRisk()).to.equal(usdc(25));
    });

    it("has the later one alone at risk once the earlier one has its part", async () => {
      await speak(0n, 25n);
      await speak(2n, 10n);
      await claim(0n);
      expect(await atRisk()).to.equal(usdc(10));
    });

    it("has the new one alone at risk after a long silence", async () => {
      await speak(0n, 40n);
      await atSettleable(world.truthSerum, 0n);
      await claim(0n);
      await speak(1_000n, 5n);
      expect(await atRisk()).to.equal(usdc(5));
    });

    for (const epoch of [1n, 2n, 3n, 64n]) {
      it(`lets somebody speak first in epoch ${epoch}`, async () => {
        await speak(epoch, 5n);
        expect(await atRisk()).to.equal(usdc(5));
      });
    }
  });

  describe("when everybody speaks in two epochs", () => {
    beforeEach(async () => {
      await commitAll(world);
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world);
      await commitAll(world, { epoch: 1n });
      await atEpochEnd(world.truthSerum, 1n);
      await openAll(world, { epoch: 1n, openers: ["author", "supporter", "challenger", "latecomer"] });
      await atSettleable(world.truthSerum, 1n);
    });

    it("settles the later one by its own beliefs", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      const { opened, openedWeight } = await world.truthSerum.epochState(CLAIM, 1n);
      expect([opened, openedWeight]).to.deep.equal([4n, usdc(100)]);
    });

    it("leaves the earlier one to be settled", async () => {
      await world.truthSerum.settle(CLAIM, 1n, ALL);
      expect((await world.truthSerum.epochState(CLAIM, 0n)).scored).to.equal(0n);
    });

    it("pays each from its own pot when they are distributed in turns", async () => {
      const before = await stakesOf(world);
      for (const epoch of [1n, 0n]) await world.truthSerum.settle(CLAIM, epoch, ALL);
      for (const _ of before) for (const epoch of [0n, 1n]) await world.truthSerum.distribute(CLAIM, epoch, 1n);
      const [first, second] = [await scoredVoices(world.truthSerum, 0n), await scoredVoices(world.truthSerum, 1n)];
      const [parts, laterParts] = [partsOf(first), partsOf(second)];
      const expected = before.map((stake, index) => {
        const taken = (first[index]?.taken ?? 0n) + (second[index]?.taken ?? 0n);
        return stake - taken + (parts[index] ?? 0n) + (laterParts[index] ?? 0n);
      });
      expect(await stakesOf(world)).to.deep.equal(expected);
    });
  });
});
