import { expect } from "chai";
import { act, DAY, HOUR } from "../fixtures/amounts.ts";
import { expiredIn, stakeFor } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atEndOf, openForum, setRules } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** As many periods as the queue can hold. */
const MAX_PERIODS = 16n;

describe("ArgumentStaking, eras of the queue", () => {
  let world: ActWorld;

  const setPeriod = (period: bigint) => setRules(world, { period });
  const process = (maxCount = 1_000n) => world.argumentStaking.processExpired(maxCount);
  const remove = (argumentId: bigint) => world.argumentStaking.connect(world.author).deleteArgument(argumentId);
  const expectTooMany = (period: bigint) =>
    expect(setPeriod(period))
      .to.be.revertedWithCustomError(world.argumentStaking, "TooManyPeriods")
      .withArgs(MAX_PERIODS);

  beforeEach(async () => {
    world = await load(openForum);
    await setRules(world, { maxArgumentsPerClaim: 100n });
  });

  describe("when stakes of as many periods as the queue holds are in it", () => {
    const HOURS = Array.from({ length: Number(MAX_PERIODS) }, (_, index) => BigInt(index) + 10n);
    const otherPeriod = 100n * HOUR;

    /** Stakes 1 to 16 run for 25, 24, ... and 10 hours. */
    beforeEach(async () => {
      for (const hours of HOURS.toReversed()) await stakeFor(world, hours * HOUR);
    });

    it("reverts when the period changes once more", async () => {
      await expectTooMany(otherPeriod);
    });

    it("reverts when it changes to one that others run for", async () => {
      await expectTooMany(25n * HOUR);
    });

    it("emits ParamsSet when other rules change", async () => {
      await expect(setRules(world, { creationStake: act(20), period: 10n * HOUR })).to.emit(
        world.argumentStaking,
        "ParamsSet",
      );
    });

    it("processes all of them, the last one first", async () => {
      await atEndOf(world, 1n);
      const lastFirst = Array.from({ length: 16 }, (_, index) => 16n - BigInt(index));
      expect(await expiredIn(world, await process())).to.deep.equal(lastFirst);
    });

    it("reverts when one has ended and was not processed", async () => {
      await atEndOf(world, 15n);
      await expectTooMany(otherPeriod);
    });

    for (const { which, stakeId } of [
      { which: "in the middle", stakeId: 8n },
      { which: "the first", stakeId: 1n },
    ]) {
      describe(`and the only stake of a period, ${which}, was deleted`, () => {
        beforeEach(async () => {
          await remove(stakeId);
        });

        it("reverts until it is taken from the queue", async () => {
          await expectTooMany(otherPeriod);
        });

        it("emits ParamsSet once it is", async () => {
          await process();
          await expect(setPeriod(otherPeriod)).to.emit(world.argumentStaking, "ParamsSet");
        });

        it("reverts when the period changes a second time after a stake", async () => {
          await process();
          await stakeFor(world, otherPeriod);
          await expectTooMany(otherPeriod + 1n);
        });

        it("emits ParamsSet when it changes a second time before a stake", async () => {
          await process();
          await setPeriod(otherPeriod);
          await expect(setPeriod(otherPeriod + 1n)).to.emit(world.argumentStaking, "ParamsSet");
        });

        it("processes the others and a new one in order of their ends", async () => {
          await process();
          await stakeFor(world, otherPeriod);
          await atEndOf(world, 17n);
          const left = Array.from({ length: 16 }, (_, index) => 16n - BigInt(index)).filter((id) => id !== stakeId);
          expect(await expiredIn(world, await process())).to.deep.equal([...left, 17n]);
        });
      });
    }

    describe("and the stakes of the current one have been processed", () => {
      beforeEach(async () => {
        await atEndOf(world, 16n);
        await process();
      });

      it("emits ParamsSet when the period changes", async () => {
        await expect(setPeriod(otherPeriod)).to.emit(world.argumentStaking, "ParamsSet");
      });

      it("reverts when somebody has staked in it again", async () => {
        await argue(world);
        await expectTooMany(otherPeriod);
      });

      it("processes a stake that is made in it again, at its end", async () => {
        await argue(world);
        await atEndOf(world, 17n);
        expect((await expiredIn(world, await process())).at(-1)).to.equal(17n);
      });

      it("processes a stake of the period that replaced it, at its end", async () => {
        await stakeFor(world, otherPeriod);
        await atEndOf(world, 17n);
        expect((await expiredIn(world, await process())).at(-1)).to.equal(17n);
      });

      it("reverts when the one that replaced it has a stake and the period changes", async () => {
        await stakeFor(world, otherPeriod);
        await expectTooMany(otherPeriod + 1n);
      });
    });

    describe("and ten of them have been processed", () => {
      beforeEach(async () => {
        await atEndOf(world, 7n);
        await process();
      });

      it("lets ten other periods have stakes, and reverts at the eleventh", async () => {
        for (let index = 0n; index < 10n; ++index) await stakeFor(world, otherPeriod + index);
        await expectTooMany(otherPeriod + 10n);
      });
    });
  });

  describe("when the period changes without a stake in between", () => {
    it("takes up no place in the queue", async () => {
      await stakeFor(world, DAY);
      for (let period = HOUR; period < HOUR + 20n; ++period) await setPeriod(period);
      await expect(setPeriod(DAY)).to.emit(world.argumentStaking, "ParamsSet");
    });

    it("processes a stake after it at its own end", async () => {
      await setPeriod(DAY);
      await stakeFor(world, HOUR);
      await atEndOf(world, 1n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n]);
    });
  });
});
