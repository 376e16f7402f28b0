import { expect } from "chai";
import { AbiCoder, keccak256, toBeHex } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { divUp } from "../../sdk/math.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import { CLAIM, OTHER_CLAIM, WAD } from "../fixtures/amounts.ts";
import {
  ALL,
  commit,
  type EpochWorld,
  expectBalancedBooks,
  openAll,
  partsOf,
  type Speaker,
  scoredVoices,
  sealFor,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load, sharedChain } from "../fixtures/protocol.ts";
import { atEpochEnd, atSettleable, enter, LOCK_DIVISOR, leave, openPoolsOfWhales } from "../fixtures/stake.ts";

/** Those who can pay `MAX_AMOUNT`. */
const WHALES: readonly Speaker[] = ["supporter", "challenger", "latecomer"];

/** The lock of a purchase that costs as much as a pool can hold. */
const WEIGHT = MAX_AMOUNT / LOCK_DIVISOR;

/** The most participants of an epoch. */
const MAX_PARTICIPANTS = 2n ** 26n - 1n;

describe("TruthSerum, with as much as its books can count", () => {
  let world: EpochWorld;

  afterEach(() => expectBalancedBooks(world));

  describe("when three voices each weigh a fiftieth of 2^85", () => {
    beforeEach(async () => {
      world = await load(whalesFixture);
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world, { openers: WHALES });
      await atSettleable(world.truthSerum, 0n);
      await world.truthSerum.settle(CLAIM, 0n, ALL);
    });

    it("counts means without overflow", async () => {
      const { openedWeight, consensus, meanMeta, supportShare } = await world.truthSerum.epochState(CLAIM, 0n);
      expect([openedWeight, consensus, meanMeta, supportShare]).to.deep.equal([
        3n * WEIGHT,
        (210n * WAD) / 300n, // 0.8, 0.4 and 0.9
        (150n * WAD) / 300n, // 0.55, 0.45 and 0.5
        (2n * WAD) / 3n,
      ]);
    });

    it("takes the loss rounded up, to the unit", async () => {
      const losers = (await scoredVoices(world.truthSerum)).filter(({ score }) => score < 0n);
      expect(losers.map(({ user, taken }) => [user, taken])).to.deep.equal([
        [world.challenger.address, divUp(WEIGHT * -(losers[0]?.score ?? 0n), WAD)],
      ]);
    });

    it("pays parts to the unit", async () => {
      await world.truthSerum.distribute(CLAIM, 0n, ALL);
      const voices = await scoredVoices(world.truthSerum);
      const parts = partsOf(voices);
      const stakes = voices.map(({ user }) => world.stakeVault.totalStake(user));
      expect(await Promise.all(stakes)).to.deep.equal(
        voices.map(({ weight, taken }, index) => weight - taken + (parts[index] ?? 0n)),
      );
    });
  });

  describe("when a stake of nearly a fiftieth of 2^85 does not cover a loss", () => {
    let left: bigint;

    beforeEach(async () => {
      world = await load(whalesFixture);
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world, { openers: WHALES });
      await commitInTurn(world, { epoch: 1n, stake: 0n });
      await atEpochEnd(world.truthSerum, 1n);
      await openAll(world, { epoch: 1n, openers: ["supporter", "latecomer"] });
      await atSettleable(world.truthSerum, 1n);
      await world.truthSerum.settle(CLAIM, 0n, ALL);
      left = await world.stakeVault.totalStake(world.challenger);
      await world.truthSerum.settle(CLAIM, 1n, ALL);
    });

    it("takes all of it, and remembers that", async () => {
      expect((await world.truthSerum.participant(CLAIM, 1n, world.challenger)).taken).to.equal(left);
    });

    it("pays parts to winners alone", async () => {
      await world.truthSerum.distribute(CLAIM, 1n, ALL);
      const voices = await scoredVoices(world.truthSerum, 1n);
      const paid = voices.map(({ user }) => world.truthSerum.participant(CLAIM, 1n, user));
      expect((await Promise.all(paid)).map(({ payout }) => payout)).to.deep.equal(partsOf(voices));
    });
  });

  describe("when an epoch has as many participants as it can count", () => {
    /** Writes how many joined epoch 0 of `CLAIM`, wherever the first word of an epoch lies. */
    const fill = async (joined: bigint) => {
      const { networkHelpers } = await sharedChain();
      const address = await world.truthSerum.getAddress();
      const at = (key: string, slot: string) =>
        keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [key, slot]));
      for (let slot = 0n; slot < 16n; slot++) {
        const place = at(toBeHex(0n, 32), at(CLAIM, toBeHex(slot, 32)));
        if (BigInt(await networkHelpers.getStorageAt(address, BigInt(place))) !== 1n) continue;
        await networkHelpers.setStorageAt(address, BigInt(place), joined);
        return;
      }
      throw new RangeError("no word of the storage counts one participant");
    };

    beforeEach(async () => {
      world = await load(votersFixture);
      await commit(world, "author");
    });

    it("reverts when another commits", async () => {
      await fill(MAX_PARTICIPANTS);
      await expect(commit(world, "supporter"))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochFull")
        .withArgs(CLAIM, 0n, MAX_PARTICIPANTS);
    });

    it("emits BeliefCommitted when somebody in it replaces a voice", async () => {
      await fill(MAX_PARTICIPANTS);
      await expect(commit(world, "author")).to.emit(world.truthSerum, "BeliefCommitted");
    });

    it("emits BeliefCommitted for the last place", async () => {
      await fill(MAX_PARTICIPANTS - 1n);
      await expect(commit(world, "supporter"))
        .to.emit(world.truthSerum, "BeliefCommitted")
        .withArgs(
          CLAIM,
          0n,
          world.supporter,
          await sealFor(world, "supporter"),
          await world.stakeVault.totalStake(world.supporter),
        );
    });

    it("lists the one in the last place", async () => {
      await fill(MAX_PARTICIPANTS - 1n);
      await commit(world, "supporter");
      expect(await world.truthSerum.participants(CLAIM, 0n, MAX_PARTICIPANTS - 1n, ALL)).to.deep.equal([
        world.supporter.address,
      ]);
    });

    it("opens the one in the last place", async () => {
      await fill(MAX_PARTICIPANTS - 1n);
      await commit(world, "supporter");
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world, { openers: ["supporter"] });
      expect((await world.truthSerum.epochState(CLAIM, 0n)).openedWeight).to.equal(
        await world.stakeVault.totalStake(world.supporter),
      );
    });

    it("emits BeliefCommitted on another claim", async () => {
      await fill(MAX_PARTICIPANTS);
      await enter(world, world.supporter, { claimId: OTHER_CLAIM, lock: 1n });
      await expect(commit(world, "supporter", { claimId: OTHER_CLAIM })).to.emit(world.truthSerum, "BeliefCommitted");
    });
  });
});

/** Three voices in epoch 0 of `CLAIM`, all of their stake. */
async function whalesFixture(connection: NetworkConnection): Promise<EpochWorld> {
  const world = await openPoolsOfWhales(connection);
  await commitInTurn(world, { epoch: 0n, stake: WEIGHT });
  return world;
}

/** Each whale buys for all that a pool can hold, commits, and sells, so that the next one can. */
async function commitInTurn(world: EpochWorld, { epoch, stake }: { epoch: bigint; stake: bigint }): Promise<void> {
  for (const speaker of WHALES) {
    await enter(world, world[speaker], { lock: WEIGHT, stake });
    await commit(world, speaker, { epoch });
    await leave(world, world[speaker]);
  }
}
