import { expect } from "chai";
import { divUp } from "../../sdk/math.ts";
import { CLAIM, OTHER_CLAIM, WAD } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  BELIEFS,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  OPENERS,
  openAll,
  partsOf,
  SPEAKERS,
  scoredVoices,
  speakAll,
  stakesOf,
  voiceAmong,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpochEnd, atSettleable, mineBlock } from "../fixtures/stake.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum.settle", () => {
  let world: EpochWorld;

  const settle = (maxCount = ALL, epoch = 0n) =>
    world.truthSerum.connect(world.outsider).settle(CLAIM, epoch, maxCount);

  const progressOf = async (maxCount: bigint) => {
    await mineBlock(); // a static call sees the latest block's second
    return fieldsOf(await world.truthSerum.settle.staticCall(CLAIM, 0n, maxCount));
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the time for opening is not over", () => {
    let settleableAt: bigint;

    beforeEach(async () => {
      await commitAll(world);
      ({ settleableAt } = await world.truthSerum.scheduleOf(0n));
    });

    it("reverts while the epoch takes commits", async () => {
      await expect(settle())
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettleable")
        .withArgs(0n, settleableAt);
    });

    it("reverts while beliefs are opened", async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await expect(settle())
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettleable")
        .withArgs(0n, settleableAt);
    });

    it("reverts in the last second for opening, though all are open", async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await openAll(world, { openers: SPEAKERS });
      await atSettleable(world.truthSerum, 0n, -1n);
      await expect(settle())
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettleable")
        .withArgs(0n, settleableAt);
    });

    it("emits EpochSettled in the second after it", async () => {
      await atSettleable(world.truthSerum, 0n);
      await expect(settle()).to.emit(world.truthSerum, "EpochSettled");
    });
  });

  describe("when nobody joined", () => {
    it("reverts while the epoch takes commits", async () => {
      await expect(settle()).to.be.revertedWithCustomError(world.truthSerum, "EpochNotJoined").withArgs(CLAIM, 0n);
    });

    it("reverts when it is over", async () => {
      await atSettleable(world.truthSerum, 0n);
      await expect(settle()).to.be.revertedWithCustomError(world.truthSerum, "EpochNotJoined").withArgs(CLAIM, 0n);
    });

    it("reverts when others joined on another claim", async () => {
      await speakAll(world);
      await expect(world.truthSerum.settle(OTHER_CLAIM, 0n, ALL))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotJoined")
        .withArgs(OTHER_CLAIM, 0n);
    });
  });

  describe("when everybody is scored in one call", () => {
    beforeEach(async () => {
      await speakAll(world);
    });

    it("emits BeliefScored for everyone in the order of their commits", async () => {
      await settle();
      const voices = await scoredVoices(world.truthSerum);
      expect(voices.map(({ user }) => user)).to.deep.equal(SPEAKERS.map((speaker) => world[speaker].address));
    });

    it("emits BeliefScored with -1 and the whole weight of the one who did not open", async () => {
      await expect(settle())
        .to.emit(world.truthSerum, "BeliefScored")
        .withArgs(CLAIM, 0n, world.latecomer, -WAD, LOCKS.latecomer);
    });

    it("takes nothing from those who gain", async () => {
      await settle();
      const voices = await scoredVoices(world.truthSerum);
      const winners = voices.filter(({ score }) => score > 0n);
      expect(winners.map(({ user, taken }) => [user, taken])).to.deep.equal([
        [world.author.address, 0n],
        [world.supporter.address, 0n],
      ]);
    });

    it("takes the loss rounded up from the one who loses", async () => {
      await settle();
      const { score, taken } = voiceAmong(await scoredVoices(world.truthSerum), world.challenger);
      expect(taken).to.equal(divUp(LOCKS.challenger * -score, WAD));
    });

    it("emits the vault's Debited for the one who loses", async () => {
      await settle();
      const { taken } = voiceAmong(await scoredVoices(world.truthSerum), world.challenger);
      const debits = await world.stakeVault.queryFilter(world.stakeVault.filters.Debited());
      expect(debits.map(({ args }) => [...args])).to.deep.equal([
        [world.challenger.address, taken],
        [world.latecomer.address, LOCKS.latecomer],
      ]);
    });

    it("updates stakes by what was taken", async () => {
      await settle();
      const voices = await scoredVoices(world.truthSerum);
      expect(await stakesOf(world)).to.deep.equal(voices.map(({ weight, taken }) => weight - taken));
    });

    it("emits EpochSettled with consensus, pot and gains", async () => {
      const settled = await settle();
      const voices = await scoredVoices(world.truthSerum);
      const [author, supporter] = [voiceAmong(voices, world.author), voiceAmong(voices, world.supporter)];
      await expect(settled)
        .to.emit(world.truthSerum, "EpochSettled")
        .withArgs(
          CLAIM,
          0n,
          (62n * WAD) / 90n, // (40 * 0.75 + 30 * 0.8 + 20 * 0.4) / 90
          (455n * WAD) / 900n, // (40 * 0.5 + 30 * 0.55 + 20 * 0.45) / 90
          (70n * WAD) / 90n,
          true,
          false,
          voiceAmong(voices, world.challenger).taken + LOCKS.latecomer,
          LOCKS.author * author.score + LOCKS.supporter * supporter.score,
        );
    });

    it("updates the epoch's state to what EpochSettled said", async () => {
      await settle();
      const [event] = await world.truthSerum.queryFilter(world.truthSerum.filters.EpochSettled());
      const { claimId: _, epoch: __, ...facts } = fieldsOf(event?.args ?? {});
      expect(fieldsOf(await world.truthSerum.epochState(CLAIM, 0n))).to.deep.equal({
        ...facts,
        joined: 4n,
        opened: 3n,
        scored: 4n,
        distributed: 0n,
        openedWeight: LOCKS.author + LOCKS.supporter + LOCKS.challenger,
        isSettled: true,
        paid: 0n,
      });
    });

    it("updates a winner's voice to its score and part", async () => {
      await settle();
      const voices = await scoredVoices(world.truthSerum);
      expect(fieldsOf(await world.truthSerum.participant(CLAIM, 0n, world.supporter))).to.deep.equal({
        weight: LOCKS.supporter,
        isOpened: true,
        isScored: true,
        isDistributed: false,
        ...BELIEFS.supporter,
        score: voiceAmong(voices, world.supporter).score,
        taken: 0n,
        payout: partsOf(voices)[1],
      });
    });

    it("updates a loser's voice to its score and what was taken", async () => {
      await settle();
      const { score, taken } = voiceAmong(await scoredVoices(world.truthSerum), world.challenger);
      expect(fieldsOf(await world.truthSerum.participant(CLAIM, 0n, world.challenger))).to.deep.equal({
        weight: LOCKS.challenger,
        isOpened: true,
        isScored: true,
        isDistributed: false,
        ...BELIEFS.challenger,
        score,
        taken,
        payout: 0n,
      });
    });

    it("updates the voice that was not opened to a score of -1", async () => {
      await settle();
      expect(fieldsOf(await world.truthSerum.participant(CLAIM, 0n, world.latecomer))).to.deep.equal({
        weight: LOCKS.latecomer,
        isOpened: false,
        isScored: true,
        isDistributed: false,
        belief: 0n,
        meta: 0n,
        score: -WAD,
        taken: LOCKS.latecomer,
        payout: 0n,
      });
    });

    it("leaves every voice at risk", async () => {
      await settle();
      const risks = await Promise.all(SPEAKERS.map((speaker) => atRiskOf(world, speaker)));
      expect(risks).to.deep.equal(Object.values(LOCKS));
    });

    it("leaves locks as they are", async () => {
      await settle();
      const locks = SPEAKERS.map((speaker) => world.convictionMarket.grossLock(world[speaker], CLAIM));
      expect(await Promise.all(locks)).to.deep.equal(Object.values(LOCKS));
    });

    it("moves no tokens", async () => {
      await expect(settle()).not.to.emit(world.token, "Transfer");
    });

    it("returns how many there were", async () => {
      expect(await progressOf(ALL)).to.deep.equal({ processed: 4n, done: true });
    });

    it("returns the same when there is room for no more", async () => {
      expect(await progressOf(4n)).to.deep.equal({ processed: 4n, done: true });
    });
  });

  describe("when someone who holds a lock raised no voice", () => {
    beforeEach(async () => {
      await speakAll(world, { speakers: OPENERS });
    });

    it("leaves their stake as it is", async () => {
      await settle();
      expect(await world.stakeVault.totalStake(world.latecomer)).to.equal(LOCKS.latecomer);
    });

    it("leaves what they can withdraw as it is", async () => {
      await world.stakeVault.connect(world.latecomer).deposit(7n);
      await settle();
      expect(await world.stakeVault.withdrawable(world.latecomer)).to.equal(7n);
    });

    it("scores the others alone", async () => {
      await settle();
      const voices = await scoredVoices(world.truthSerum);
      expect(voices.map(({ user }) => user)).to.deep.equal(OPENERS.map((speaker) => world[speaker].address));
    });
  });
});
