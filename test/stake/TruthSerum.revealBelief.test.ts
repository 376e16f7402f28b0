import { expect } from "chai";
import type { ITruthSerum } from "../../typechain-types/contracts/stake/TruthSerum.ts";
import { CLAIM, OTHER_CLAIM, WAD } from "../fixtures/amounts.ts";
import {
  atRiskOf,
  belief,
  commit,
  commitAll,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  open,
  openAll,
  stakesOf,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { atEpoch, atEpochEnd, atSettleable, enter, leave, percent, SALT } from "../fixtures/stake.ts";

const MAX_UINT64 = 2n ** 64n - 1n;

describe("TruthSerum.revealBelief", () => {
  let world: EpochWorld;

  const stateOf = (epoch = 0n): Promise<ITruthSerum.EpochStateStructOutput> =>
    world.truthSerum.epochState(CLAIM, epoch);

  /** The author opens `BELIEFS.author`, or what of it is replaced. */
  const reveal = (replaced: { epoch?: bigint; belief?: bigint; meta?: bigint; salt?: string } = {}) =>
    open(world, "author", replaced);

  beforeEach(async () => {
    world = await load(votersFixture);
    await commitAll(world);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the epoch is being opened", () => {
    beforeEach(async () => {
      await atEpochEnd(world.truthSerum, 0n);
    });

    it("emits BeliefRevealed with both probabilities", async () => {
      await expect(reveal())
        .to.emit(world.truthSerum, "BeliefRevealed")
        .withArgs(CLAIM, 0n, world.author, percent(75n), percent(50n));
    });

    it("emits BeliefRevealed when a stranger opens it", async () => {
      await expect(
        world.truthSerum
          .connect(world.outsider)
          .revealBelief(world.author, CLAIM, 0n, percent(75n), percent(50n), SALT),
      )
        .to.emit(world.truthSerum, "BeliefRevealed")
        .withArgs(CLAIM, 0n, world.author, percent(75n), percent(50n));
    });

    it("updates the voice", async () => {
      await reveal();
      const voice = await world.truthSerum.participant(CLAIM, 0n, world.author);
      expect([voice.isOpened, voice.belief, voice.meta]).to.deep.equal([true, percent(75n), percent(50n)]);
    });

    it("leaves other voices closed", async () => {
      await reveal();
      const { isOpened } = await world.truthSerum.participant(CLAIM, 0n, world.supporter);
      expect(isOpened).to.equal(false);
    });

    it("updates the number of opened beliefs with each of them", async () => {
      await openAll(world);
      expect((await stateOf()).opened).to.equal(3n);
    });

    it("updates the opened weight", async () => {
      await openAll(world);
      expect((await stateOf()).openedWeight).to.equal(LOCKS.author + LOCKS.supporter + LOCKS.challenger);
    });

    it("updates the mean belief, rounded down", async () => {
      await openAll(world);
      // (40 * 0.75 + 30 * 0.8 + 20 * 0.4) / 90 = 62 / 90
      expect((await stateOf()).consensus).to.equal((62n * WAD) / 90n);
    });

    it("updates the mean meta-prediction, rounded down", async () => {
      await openAll(world);
      // (40 * 0.5 + 30 * 0.55 + 20 * 0.45) / 90 = 45.5 / 90
      expect((await stateOf()).meanMeta).to.equal((455n * WAD) / 900n);
    });

    it("updates the share of weight above 0.5, rounded down", async () => {
      await openAll(world);
      expect((await stateOf()).supportShare).to.equal((70n * WAD) / 90n);
    });

    it("leaves everybody's stake as it is", async () => {
      await openAll(world);
      expect(await stakesOf(world)).to.deep.equal(Object.values(LOCKS));
    });

    it("leaves the voice at risk", async () => {
      await reveal();
      expect(await atRiskOf(world, "author")).to.equal(LOCKS.author);
    });

    it("opens a voice whose position is sold", async () => {
      await leave(world, world.author);
      await reveal();
      expect((await stateOf()).openedWeight).to.equal(LOCKS.author);
    });

    it("opens with the committed weight when the lock has changed since", async () => {
      await enter(world, world.author, { lock: 1n });
      await reveal();
      expect((await stateOf()).openedWeight).to.equal(LOCKS.author);
    });
  });

  describe("when the second matters", () => {
    const scheduled = async () => {
      const { endsAt, settleableAt } = await world.truthSerum.scheduleOf(0n);
      return { endsAt, settleableAt };
    };

    it("reverts when the epoch takes commits", async () => {
      await expect(reveal())
        .to.be.revertedWithCustomError(world.truthSerum, "RevealNotOpen")
        .withArgs(0n, (await scheduled()).endsAt);
    });

    it("reverts in the epoch's last second", async () => {
      await atEpochEnd(world.truthSerum, 0n, -1n);
      await expect(reveal())
        .to.be.revertedWithCustomError(world.truthSerum, "RevealNotOpen")
        .withArgs(0n, (await scheduled()).endsAt);
    });

    it("emits BeliefRevealed in the last second for opening", async () => {
      await atSettleable(world.truthSerum, 0n, -1n);
      await expect(reveal()).to.emit(world.truthSerum, "BeliefRevealed");
    });

    it("reverts in the second after it", async () => {
      await atSettleable(world.truthSerum, 0n);
      await expect(reveal())
        .to.be.revertedWithCustomError(world.truthSerum, "RevealClosed")
        .withArgs(0n, (await scheduled()).settleableAt);
    });

    it("reverts when the epoch is to come", async () => {
      await expect(reveal({ epoch: 9n }))
        .to.be.revertedWithCustomError(world.truthSerum, "RevealNotOpen")
        .withArgs(9n, (await world.truthSerum.scheduleOf(9n)).endsAt);
    });

    it("reverts with the range first when it is too early as well", async () => {
      await expect(reveal({ belief: WAD + 1n }))
        .to.be.revertedWithCustomError(world.truthSerum, "BeliefOutOfRange")
        .withArgs(WAD + 1n, WAD);
    });

    it("reverts with the time first when nobody joined the epoch", async () => {
      await atSettleable(world.truthSerum, 1n);
      await expect(reveal({ epoch: 1n }))
        .to.be.revertedWithCustomError(world.truthSerum, "RevealClosed")
        .withArgs(1n, (await world.truthSerum.scheduleOf(1n)).settleableAt);
    });
  });

  describe("when a probability is at a bound", () => {
    for (const [own, others] of [
      [0n, 0n],
      [WAD, WAD],
      [0n, WAD],
      [WAD, 0n],
    ] as const) {
      it(`updates the voice to ${own} and ${others}`, async () => {
        const extreme = { belief: own, meta: others };
        await commit(world, "author", extreme);
        await atEpochEnd(world.truthSerum, 0n);
        await reveal(extreme);
        const voice = await world.truthSerum.participant(CLAIM, 0n, world.author);
        expect([voice.isOpened, voice.belief, voice.meta]).to.deep.equal([true, own, others]);
      });
    }

    for (const value of [WAD + 1n, MAX_UINT64]) {
      for (const which of ["belief", "meta"] as const) {
        it(`reverts when the ${which} is ${value}`, async () => {
          await commit(world, "author", { [which]: value });
          await atEpochEnd(world.truthSerum, 0n);
          await expect(reveal({ [which]: value }))
            .to.be.revertedWithCustomError(world.truthSerum, "BeliefOutOfRange")
            .withArgs(value, WAD);
        });
      }
    }

    it("reverts with the belief when both are above 1", async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await expect(reveal({ belief: WAD + 2n, meta: WAD + 1n }))
        .to.be.revertedWithCustomError(world.truthSerum, "BeliefOutOfRange")
        .withArgs(WAD + 2n, WAD);
    });

    it("counts a belief of 0.5 as no support", async () => {
      const even = belief(50n, 50n);
      await commit(world, "author", even);
      await atEpochEnd(world.truthSerum, 0n);
      await reveal(even);
      expect((await stateOf()).supportShare).to.equal(0n);
    });

    it("counts a belief a 1e-18 above 0.5 as support", async () => {
      const above = { belief: WAD / 2n + 1n };
      await commit(world, "author", above);
      await atEpochEnd(world.truthSerum, 0n);
      await reveal(above);
      expect((await stateOf()).supportShare).to.equal(WAD);
    });
  });

  describe("when the user did not commit", () => {
    it("reverts when they never did", async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await expect(world.truthSerum.revealBelief(world.outsider, CLAIM, 0n, 1n, 1n, SALT))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 0n, world.outsider);
    });

    it("reverts when they did in another epoch", async () => {
      await atEpoch(world.truthSerum, 1n);
      await commit(world, "supporter", { epoch: 1n });
      await atEpochEnd(world.truthSerum, 1n);
      await expect(reveal({ epoch: 1n }))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 1n, world.author);
    });

    it("reverts when they did on another claim", async () => {
      await atEpochEnd(world.truthSerum, 0n);
      await expect(open(world, "author", { claimId: OTHER_CLAIM }))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(OTHER_CLAIM, 0n, world.author);
    });
  });

  describe("when two epochs overlap", () => {
    it("opens the earlier one while the later one takes commits", async () => {
      await atEpoch(world.truthSerum, 1n);
      await commit(world, "author", { epoch: 1n });
      await reveal();
      expect([(await stateOf(0n)).opened, (await stateOf(1n)).opened]).to.deep.equal([1n, 0n]);
    });
  });
});
