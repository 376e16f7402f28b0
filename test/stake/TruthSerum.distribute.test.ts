import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  carriedBy,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  partsOf,
  partsPaid,
  rangesDistributed,
  SPEAKERS,
  scoredVoices,
  settleAll,
  speakAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("TruthSerum.distribute", () => {
  let world: EpochWorld;
  let parts: bigint[];
  let carried: bigint;

  const distribute = (maxCount = ALL) => world.truthSerum.connect(world.outsider).distribute(CLAIM, 0n, maxCount);

  const progressOf = async (maxCount: bigint) =>
    fieldsOf(await world.truthSerum.distribute.staticCall(CLAIM, 0n, maxCount));

  const settleStory = async () => {
    await settleAll(world);
    const voices = await scoredVoices(world.truthSerum);
    parts = partsOf(voices);
    carried = sum(voices.map(({ taken }) => taken)) - sum(parts);
  };

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the epoch is not settled", () => {
    it("reverts when nobody joined it", async () => {
      await expect(distribute()).to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled").withArgs(CLAIM, 0n);
    });

    it("reverts when it could be settled", async () => {
      await speakAll(world);
      await expect(distribute()).to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled").withArgs(CLAIM, 0n);
    });

    it("reverts when another claim's is", async () => {
      await settleAll(world);
      await expect(world.truthSerum.distribute(OTHER_CLAIM, 0n, ALL))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(OTHER_CLAIM, 0n);
    });
  });

  describe("when everybody gets their part in one call", () => {
    beforeEach(settleStory);

    it("emits PartPaid for winners alone, each floor(w * s * pot / gains)", async () => {
      await distribute();
      expect(await partsPaid(world.truthSerum)).to.deep.equal([
        [world.author.address, parts[0]],
        [world.supporter.address, parts[1]],
      ]);
    });

    it("emits the vault's Credited for winners alone", async () => {
      await distribute();
      const credits = await world.stakeVault.queryFilter(world.stakeVault.filters.Credited());
      expect(credits.map(({ args }) => [...args])).to.deep.equal(await partsPaid(world.truthSerum));
    });

    it("updates the winners' stakes by their parts", async () => {
      const before = await stakesOf(world);
      await distribute();
      expect(await stakesOf(world)).to.deep.equal(before.map((stake, index) => stake + (parts[index] ?? 0n)));
    });

    it("loses no unit: stakes and what is carried are what stakes were before the epoch", async () => {
      await distribute();
      const before = sum(Object.values(LOCKS));
      expect((await world.stakeVault.stakes()) + (await world.truthSerum.carriedOf(CLAIM))).to.equal(before);
    });

    it("emits PartsDistributed with all of them", async () => {
      await distribute();
      expect(await rangesDistributed(world.truthSerum)).to.deep.equal([[0n, 4n]]);
    });

    it("emits EpochDistributed with what rounding left over", async () => {
      await expect(distribute()).to.emit(world.truthSerum, "EpochDistributed").withArgs(CLAIM, 0n, carried);
    });

    it("updates what is carried", async () => {
      await distribute();
      expect(await world.truthSerum.carriedOf(CLAIM)).to.equal(carried);
    });

    it("updates the pots to what is carried", async () => {
      await distribute();
      expect(await world.stakeVault.pots()).to.equal(carried);
    });

    it("updates what was paid and to how many", async () => {
      await distribute();
      const { distributed, paid: total } = await world.truthSerum.epochState(CLAIM, 0n);
      expect([distributed, total]).to.deep.equal([4n, (parts[0] ?? 0n) + (parts[1] ?? 0n)]);
    });

    it("leaves the pot on record", async () => {
      const { pot } = await world.truthSerum.epochState(CLAIM, 0n);
      await distribute();
      expect((await world.truthSerum.epochState(CLAIM, 0n)).pot).to.equal(pot);
    });

    it("marks every voice as distributed", async () => {
      await distribute();
      const voices = SPEAKERS.map((speaker) => world.truthSerum.participant(CLAIM, 0n, world[speaker]));
      expect((await Promise.all(voices)).map(({ isDistributed }) => isDistributed)).to.deep.equal(Array(4).fill(true));
    });

    it("leaves the winner's payout on record", async () => {
      await distribute();
      const { payout } = await world.truthSerum.participant(CLAIM, 0n, world.supporter);
      expect(payout).to.equal(parts[1]);
    });

    it("ends everybody's risk", async () => {
      await distribute();
      expect(await Promise.all(SPEAKERS.map((speaker) => atRiskOf(world, speaker)))).to.deep.equal([0n, 0n, 0n, 0n]);
    });

    it("emits the vault's AtRiskSet for losers as well", async () => {
      await expect(distribute()).to.emit(world.stakeVault, "AtRiskSet").withArgs(world.latecomer, CLAIM, 0n);
    });

    it("leaves a winner's gain to be withdrawn", async () => {
      await distribute();
      expect(await world.stakeVault.withdrawable(world.supporter)).to.equal(parts[1]);
    });

    it("moves no tokens", async () => {
      await expect(distribute()).not.to.emit(world.token, "Transfer");
    });

    it("returns how many there were", async () => {
      expect(await progressOf(ALL)).to.deep.equal({ processed: 4n, done: true });
    });

    it("returns the same when there is room for no more", async () => {
      expect(await progressOf(4n)).to.deep.equal({ processed: 4n, done: true });
    });
  });

  describe("when it takes several calls", () => {
    beforeEach(settleStory);

    it("returns how far it came", async () => {
      expect(await progressOf(3n)).to.deep.equal({ processed: 3n, done: false });
    });

    it("emits no EpochDistributed before the end", async () => {
      await expect(distribute(3n)).not.to.emit(world.truthSerum, "EpochDistributed");
    });

    it("ends the risk of those it went through alone", async () => {
      await distribute(2n);
      const risks = await Promise.all(SPEAKERS.map((speaker) => atRiskOf(world, speaker)));
      expect(risks).to.deep.equal([0n, 0n, LOCKS.challenger, LOCKS.latecomer]);
    });

    it("emits PartsDistributed for each range", async () => {
      for (const maxCount of [1n, 2n, ALL]) await distribute(maxCount);
      expect(await rangesDistributed(world.truthSerum)).to.deep.equal([
        [0n, 1n],
        [1n, 3n],
        [3n, 4n],
      ]);
    });

    it("emits EpochDistributed once", async () => {
      for (const maxCount of [1n, 2n, 1n, 1n]) await distribute(maxCount);
      expect(await carriedBy(world.truthSerum)).to.deep.equal([carried]);
    });

    it("comes to the same stakes one by one", async () => {
      const before = await stakesOf(world);
      for (const _ of SPEAKERS) await distribute(1n);
      expect(await stakesOf(world)).to.deep.equal(before.map((stake, index) => stake + (parts[index] ?? 0n)));
    });

    it("returns the last of them as done", async () => {
      await distribute(3n);
      expect(await progressOf(ALL)).to.deep.equal({ processed: 1n, done: true });
    });
  });

  describe("when the limit is zero", () => {
    beforeEach(settleStory);

    it("returns that nothing is done", async () => {
      expect(await progressOf(0n)).to.deep.equal({ processed: 0n, done: false });
    });

    it("emits no event", async () => {
      const receipt = await (await distribute(0n)).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });
  });

  describe("when it is done", () => {
    beforeEach(async () => {
      await settleStory();
      await distribute();
    });

    for (const maxCount of [0n, 1n, ALL]) {
      it(`returns that it is done, with none, when the limit is ${maxCount}`, async () => {
        expect(await progressOf(maxCount)).to.deep.equal({ processed: 0n, done: true });
      });
    }

    it("emits no event", async () => {
      const receipt = await (await distribute()).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });

    it("pays nothing again", async () => {
      const before = await stakesOf(world);
      await distribute();
      expect(await stakesOf(world)).to.deep.equal(before);
    });
  });
});
