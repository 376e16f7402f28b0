import { expect } from "chai";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import { expiredIn } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atEndOf, openForum, setRules, slash, viewAtEndOf } from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

describe("ArgumentStaking, head of the queue", () => {
  let world: ActWorld;

  const process = (maxCount = 1_000n) => world.argumentStaking.processExpired(maxCount);
  const remove = (argumentId: bigint) => world.argumentStaking.connect(world.author).deleteArgument(argumentId);
  const endOf = async (stakeId: bigint) => (await world.argumentStaking.stake(stakeId)).endsAt;
  const expectNext = async (count: bigint, nextEndTime: bigint) =>
    expect(await world.argumentStaking.activeStakes()).to.deep.equal([count, nextEndTime]);

  beforeEach(async () => {
    world = await load(openForum);
    await setRules(world, { maxArgumentsPerClaim: 100n });
  });

  describe("when stakes at the head of the queue have ended before their time", () => {
    /** Stakes 1 to 3 run for a week, 4 to 6 for a day; ends are an hour apart. */
    beforeEach(async () => {
      for (const period of [7n * DAY, DAY]) {
        await setRules(world, { period });
        for (let index = 0; index < 3; ++index) {
          await nextAt((await now()) + HOUR);
          await argue(world);
        }
      }
    });

    it("shows the end of the next that runs", async () => {
      await remove(4n);
      await expectNext(5n, await endOf(5n));
    });

    it("shows the end of the next that runs when two were deleted", async () => {
      await remove(5n);
      await remove(4n);
      await expectNext(4n, await endOf(6n));
    });

    it("shows the end of the other period's first when all of one were deleted", async () => {
      for (const argumentId of [4n, 5n, 6n]) await remove(argumentId);
      await expectNext(3n, await endOf(1n));
    });

    it("shows the end of the first that runs when one behind it was deleted", async () => {
      await remove(5n);
      await expectNext(5n, await endOf(4n));
    });

    it("shows the end of the shorter period's first when the longer one's head was deleted", async () => {
      await remove(1n);
      await expectNext(5n, await endOf(4n));
    });

    it("shows the end of the next that runs when the head was slashed", async () => {
      await slash(world, 4n);
      await expectNext(5n, await endOf(5n));
    });

    it("shows no end when all were deleted", async () => {
      for (let argumentId = 1n; argumentId <= 6n; ++argumentId) await remove(argumentId);
      await expectNext(0n, 0n);
    });

    it("shows the same before and after they are taken out", async () => {
      for (const argumentId of [1n, 2n, 4n]) await remove(argumentId);
      const before = await world.argumentStaking.activeStakes();
      await process();
      expect(await world.argumentStaking.activeStakes()).to.deep.equal(before);
    });

    it("shows an end in the past that waits behind a deleted one", async () => {
      await remove(4n);
      await viewAtEndOf(world, 5n, DAY);
      await expectNext(5n, await endOf(5n));
    });

    it("takes them out at once, whatever their ends", async () => {
      await remove(1n);
      await remove(2n);
      expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(2n);
    });

    it("leaves those behind a stake that runs until it has ended", async () => {
      await remove(2n);
      await remove(5n);
      expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(0n);
    });

    it("takes one out before a stake that has expired", async () => {
      await remove(1n);
      await atEndOf(world, 4n);
      expect(await expiredIn(world, await process(1n))).to.deep.equal([]);
    });

    it("processes what has expired after it in the same call", async () => {
      await remove(1n);
      await atEndOf(world, 4n);
      expect(await expiredIn(world, await process(2n))).to.deep.equal([4n]);
    });

    it("counts one that comes to the head between two that have expired", async () => {
      await remove(5n);
      await viewAtEndOf(world, 6n);
      expect(await world.argumentStaking.processExpired.staticCall(10n)).to.equal(3n);
    });

    it("processes all others in order of their ends", async () => {
      await remove(5n);
      await slash(world, 1n);
      await remove(3n);
      await atEndOf(world, 3n);
      expect(await expiredIn(world, await process())).to.deep.equal([4n, 6n, 2n]);
    });
  });
});
