import { expect } from "chai";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import type { ArgumentStaking } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES, DAY, HOUR } from "../fixtures/amounts.ts";
import { type ActWorld, argue, atEndOf, openForum, sendArgument, viewAtEndOf } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

/** The most eras in the queue: stakes made in a row for one period are one. */
const MAX_ERAS = 16;

const periodOf = (era: number) => ARGUMENT_RULES.period + BigInt(era) * 2n * HOUR;

describe("ArgumentStaking.setParams, with another period", () => {
  let world: ActWorld;
  let staking: ArgumentStaking;

  beforeEach(async () => {
    world = await load(openForum);
    staking = world.argumentStaking.connect(world.deployer);
  });

  const setParams = (rules: Partial<ArgumentParams>) => staking.setParams({ ...ARGUMENT_RULES, ...rules });

  /** Stakes of as many eras, one each, for longer and longer periods. */
  const fillEras = async (count: number) => {
    for (let era = 0; era < count; era++) {
      await setParams({ period: periodOf(era), maxArgumentsPerClaim: 100n });
      await argue(world);
    }
  };

  const expectRefusal = async (rules: Partial<ArgumentParams>) => {
    await expect(setParams(rules)).to.be.revertedWithCustomError(staking, "TooManyPeriods").withArgs(MAX_ERAS);
  };

  describe("when stakes of 15 periods are in the queue", () => {
    beforeEach(async () => {
      await fillEras(MAX_ERAS - 1);
    });

    it("updates params for the sixteenth", async () => {
      await setParams({ period: DAY });
      expect((await staking.params()).period).to.equal(DAY);
    });

    it("updates params again and again while nobody stakes", async () => {
      for (let hours = 1n; hours <= 20n; hours++) await setParams({ period: hours * HOUR });
      expect((await staking.params()).period).to.equal(20n * HOUR);
    });

    it("updates params after stakes for one and the same period, however often it was set", async () => {
      for (let count = 0; count < 3; count++) {
        await setParams({
          period: periodOf(MAX_ERAS - 2),
          maxArgumentsPerClaim: 100n,
          upvoteStake: BigInt(count) + 1n,
        });
        await argue(world);
      }
      await setParams({ period: DAY });
      expect((await staking.params()).period).to.equal(DAY);
    });
  });

  describe("when stakes of 16 periods are in the queue", () => {
    beforeEach(async () => {
      await fillEras(MAX_ERAS);
    });

    it("reverts when the period is new", async () => {
      await expectRefusal({ period: DAY });
    });

    it("reverts when the period is that of an earlier era", async () => {
      await expectRefusal({ period: periodOf(3) });
    });

    it("reverts with a rule out of bounds before that", async () => {
      await expect(setParams({ period: DAY, unhelpfulThreshold: 0n }))
        .to.be.revertedWithCustomError(staking, "ParameterOutOfBounds")
        .withArgs("unhelpfulThreshold", 0n, 1n, 25n);
    });

    it("leaves params as they are when it reverts", async () => {
      const before = await staking.params();
      await expectRefusal({ period: DAY, upvoteStake: 1n });
      expect(await staking.params()).to.deep.equal(before);
    });

    it("updates the other rules while the period stays", async () => {
      await setParams({ period: periodOf(MAX_ERAS - 1), upvoteStake: 7n });
      expect((await staking.params()).upvoteStake).to.equal(7n);
    });

    it("lets people stake for the period of the last era", async () => {
      await expect(sendArgument(world, { by: world.supporter })).to.emit(staking, "ArgumentCreated");
    });

    it("reverts when the first stake has ended, and nobody has processed it", async () => {
      await atEndOf(world, 1n);
      await expectRefusal({ period: DAY });
    });

    it("updates params once the first stake is processed", async () => {
      await viewAtEndOf(world, 1n);
      await staking.processExpired(1n);
      await setParams({ period: DAY });
      expect((await staking.params()).period).to.equal(DAY);
    });

    it("reverts when the place of the first era is taken again", async () => {
      await viewAtEndOf(world, 1n);
      await staking.processExpired(1n);
      await setParams({ period: DAY });
      await argue(world, { by: world.supporter });
      await expectRefusal({ period: 2n * DAY });
    });

    it("reverts when a stake was deleted, and nobody has taken it from the queue", async () => {
      await staking.connect(world.author).deleteArgument(8n);
      await expectRefusal({ period: DAY });
    });

    it("updates params once a deleted stake is taken from the queue", async () => {
      await staking.connect(world.author).deleteArgument(8n);
      await staking.processExpired(1n);
      await setParams({ period: DAY });
      expect((await staking.params()).period).to.equal(DAY);
    });

    it("updates params once the only stake of the last era is taken from the queue", async () => {
      await staking.connect(world.author).deleteArgument(16n);
      await staking.processExpired(1n);
      await setParams({ period: DAY });
      expect((await staking.params()).period).to.equal(DAY);
    });

    it("updates the queue to the end of a stake made in the place of a processed era", async () => {
      await viewAtEndOf(world, 1n);
      await staking.processExpired(1n);
      await setParams({ period: HOUR });
      await argue(world, { by: world.supporter });
      expect(await staking.activeStakes()).to.deep.equal([16n, (await staking.stake(17n)).endsAt]);
    });
  });
});
