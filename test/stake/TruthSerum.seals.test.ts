import { expect } from "chai";
import { id, toBeHex } from "ethers";
import { sealBelief } from "../../sdk/stake/seal.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  BELIEFS,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  open,
  sealFor,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpochEnd, percent, SALT } from "../fixtures/stake.ts";

const _MAX_UINT64 = 2n ** 64n - 1n;

describe("TruthSerum.revealBelief, seals", () => {
  let world: EpochWorld;

  /** The author opens `BELIEFS.author`, or what of it is replaced. */
  const reveal = (replaced: { epoch?: bigint; belief?: bigint; meta?: bigint; salt?: string } = {}) =>
    open(world, "author", replaced);

  beforeEach(async () => {
    world = await load(votersFixture);
    await commitAll(world);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the belief is open", () => {
    beforeEach(async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await reveal();
    });

    it("reverts when it is opened again", async () => {
      await expect(reveal())
        .to.be.revertedWithCustomError(world.truthSerum, "AlreadyRevealed")
        .withArgs(CLAIM, 0n, world.author);
    });

    it("reverts with the same error when the salt is wrong", async () => {
      await expect(reveal({ salt: id("another salt") }))
        .to.be.revertedWithCustomError(world.truthSerum, "AlreadyRevealed")
        .withArgs(CLAIM, 0n, world.author);
    });
  });

  describe("when the values are not what was sealed", () => {
    const WRONG = {
      belief: { belief: percent(75n) + 1n },
      meta: { meta: percent(50n) - 1n },
      salt: { salt: id("another salt") },
      "belief and meta, swapped,": { belief: BELIEFS.author.meta, meta: BELIEFS.author.belief },
    };

    for (const [what, replaced] of Object.entries(WRONG)) {
      it(`reverts when the ${what} differs`, async () => {
        await atEpochEnd(world.truthSerum, 0n);
        await expect(reveal(replaced))
          .to.be.revertedWithCustomError(world.truthSerum, "SealMismatch")
          .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author", replaced));
      });
    }
  });

  describe("when the seal is one bit off", () => {
    for (const bit of [64n, 128n, 255n]) {
      it(`reverts when it is bit ${bit}`, async () => {
        const seal = BigInt(await sealFor(world, "author")) ^ (1n << bit);
        await world.truthSerum.connect(world.author).commitBelief(CLAIM, toBeHex(seal, 32));
        await atEpochEnd(world.truthSerum, 0n);
        await expect(reveal())
          .to.be.revertedWithCustomError(world.truthSerum, "SealMismatch")
          .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author"));
      });
    }
  });

  describe("when a seal was made for something else", () => {
    const sealedBy = async (options: { chainId?: bigint; truthSerum?: string; claimId?: string; epoch?: bigint }) => {
      const { chainId } = await world.ethers.provider.getNetwork();
      return sealBelief({
        chainId,
        truthSerum: await world.truthSerum.getAddress(),
        claimId: CLAIM,
        epoch: 0n,
        user: world.author.address,
        ...BELIEFS.author,
        salt: SALT,
        ...options,
      });
    };

    const FOREIGN = {
      "another chain": { chainId: 1n },
      "another contract": { truthSerum: "0x0000000000000000000000000000000000000001" },
      "another claim": { claimId: OTHER_CLAIM },
      "another epoch": { epoch: 1n },
    };

    for (const [what, options] of Object.entries(FOREIGN)) {
      it(`reverts when it was ${what}`, async () => {
        await world.truthSerum.connect(world.author).commitBelief(CLAIM, await sealedBy(options));
        await atEpochEnd(world.truthSerum, 0n);
        await expect(reveal())
          .to.be.revertedWithCustomError(world.truthSerum, "SealMismatch")
          .withArgs(CLAIM, 0n, world.author, await sealFor(world, "author"));
      });
    }

    it("reverts when it was copied from another user", async () => {
      await world.truthSerum.connect(world.challenger).commitBelief(CLAIM, await sealFor(world, "author"));
      await atEpochEnd(world.truthSerum, 0n);
      await expect(open(world, "challenger", BELIEFS.author))
        .to.be.revertedWithCustomError(world.truthSerum, "SealMismatch")
        .withArgs(CLAIM, 0n, world.challenger, await sealFor(world, "challenger", BELIEFS.author));
    });

    it("opens for the one whose seal was copied", async () => {
      await world.truthSerum.connect(world.challenger).commitBelief(CLAIM, await sealFor(world, "author"));
      await atEpochEnd(world.truthSerum, 0n);
      await expect(reveal()).to.emit(world.truthSerum, "BeliefRevealed");
    });
  });
});
