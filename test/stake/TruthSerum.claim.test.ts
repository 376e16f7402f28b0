import { expect } from "chai";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import {
  ALL,
  atRiskOf,
  type EpochWorld,
  expectBalancedBooks,
  LOCKS,
  partsOf,
  scoredVoices,
  settleAll,
  speakAll,
  votersFixture,
} from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";

describe("TruthSerum.claim", () => {
  let world: EpochWorld;

  /** A stranger calls for one of the speakers. */
  const claim = (speaker: "author" | "supporter" | "challenger" | "latecomer" | "outsider") =>
    world.truthSerum.connect(world.guardian).claim(world[speaker], CLAIM, 0n);

  beforeEach(async () => {
    world = await load(votersFixture);
  });

  afterEach(() => expectBalancedBooks(world));

  describe("when the epoch is not settled", () => {
    it("reverts when nobody joined it", async () => {
      await expect(claim("author"))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(CLAIM, 0n);
    });

    it("reverts when it could be settled", async () => {
      await speakAll(world);
      await expect(claim("author"))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(CLAIM, 0n);
    });

    it("reverts with the same error when the user did not commit", async () => {
      await speakAll(world);
      await expect(claim("outsider"))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(CLAIM, 0n);
    });

    it("reverts when it is settled on another claim", async () => {
      await settleAll(world);
      await expect(world.truthSerum.claim(world.author, OTHER_CLAIM, 0n))
        .to.be.revertedWithCustomError(world.truthSerum, "EpochNotSettled")
        .withArgs(OTHER_CLAIM, 0n);
    });
  });

  describe("when the epoch is settled", () => {
    let parts: bigint[];

    beforeEach(async () => {
      await settleAll(world);
      parts = partsOf(await scoredVoices(world.truthSerum));
    });

    it("reverts when the user did not commit", async () => {
      await expect(claim("outsider"))
        .to.be.revertedWithCustomError(world.truthSerum, "NotParticipant")
        .withArgs(CLAIM, 0n, world.outsider);
    });

    it("emits PartPaid with the winner's share", async () => {
      await expect(claim("supporter"))
        .to.emit(world.truthSerum, "PartPaid")
        .withArgs(CLAIM, 0n, world.supporter, parts[1]);
    });

    it("pays the winner's stake, not the caller's", async () => {
      await claim("supporter");
      expect(await world.stakeVault.totalStake(world.supporter)).to.equal(LOCKS.supporter + (parts[1] ?? 0n));
    });

    it("emits PartsDistributed for this one", async () => {
      await expect(claim("challenger")).to.emit(world.truthSerum, "PartsDistributed").withArgs(CLAIM, 0n, 2n, 3n);
    });

    it("emits no PartPaid for a loser", async () => {
      await expect(claim("challenger")).not.to.emit(world.truthSerum, "PartPaid");
    });

    it("ends a loser's risk", async () => {
      await claim("challenger");
      expect(await atRiskOf(world, "challenger")).to.equal(0n);
    });

    it("leaves the others' risk", async () => {
      await claim("challenger");
      expect(await atRiskOf(world, "latecomer")).to.equal(LOCKS.latecomer);
    });

    it("marks the voice as distributed", async () => {
      await claim("author");
      expect((await world.truthSerum.participant(CLAIM, 0n, world.author)).isDistributed).to.equal(true);
    });

    it("updates what was paid and to how many", async () => {
      await claim("author");
      const { distributed, paid } = await world.truthSerum.epochState(CLAIM, 0n);
      expect([distributed, paid]).to.deep.equal([1n, parts[0]]);
    });

    it("emits no EpochDistributed while others wait", async () => {
      await expect(claim("author")).not.to.emit(world.truthSerum, "EpochDistributed");
    });

    it("carries nothing while others wait", async () => {
      await claim("author");
      expect(await world.truthSerum.carriedOf(CLAIM)).to.equal(0n);
    });

    it("moves no tokens", async () => {
      await expect(claim("supporter")).not.to.emit(world.token, "Transfer");
    });

    describe("when it is the last", () => {
      beforeEach(async () => {
        await claim("latecomer");
        await world.truthSerum.distribute(CLAIM, 0n, 2n);
      });

      it("emits EpochDistributed with what rounding left over", async () => {
        const { pot } = await world.truthSerum.epochState(CLAIM, 0n);
        await expect(claim("challenger"))
          .to.emit(world.truthSerum, "EpochDistributed")
          .withArgs(CLAIM, 0n, pot - (parts[0] ?? 0n) - (parts[1] ?? 0n));
      });

      it("updates what is carried", async () => {
        await claim("challenger");
        const { pot, paid } = await world.truthSerum.epochState(CLAIM, 0n);
        expect(await world.truthSerum.carriedOf(CLAIM)).to.equal(pot - paid);
      });
    });

    describe("when the voice has its part", () => {
      it("reverts when it was claimed", async () => {
        await claim("supporter");
        await expect(claim("supporter"))
          .to.be.revertedWithCustomError(world.truthSerum, "AlreadyDistributed")
          .withArgs(CLAIM, 0n, world.supporter);
      });

      it("reverts when a loser's was claimed", async () => {
        await claim("latecomer");
        await expect(claim("latecomer"))
          .to.be.revertedWithCustomError(world.truthSerum, "AlreadyDistributed")
          .withArgs(CLAIM, 0n, world.latecomer);
      });

      it("reverts when it was distributed", async () => {
        await world.truthSerum.distribute(CLAIM, 0n, 1n);
        await expect(claim("author"))
          .to.be.revertedWithCustomError(world.truthSerum, "AlreadyDistributed")
          .withArgs(CLAIM, 0n, world.author);
      });

      it("reverts when everything was distributed", async () => {
        await world.truthSerum.distribute(CLAIM, 0n, ALL);
        await expect(claim("latecomer"))
          .to.be.revertedWithCustomError(world.truthSerum, "AlreadyDistributed")
          .withArgs(CLAIM, 0n, world.latecomer);
      });
    });
  });
});
