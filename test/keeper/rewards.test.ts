import { rm } from "node:fs/promises";
import { expect } from "chai";
import { startDuePeriod } from "../../keeper/jobs/rewards.ts";
import { MINUTE } from "../../sdk/time.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, atAge, atPeriodEnd, fundRewards, stake, startPeriod, viewAt } from "../fixtures/council.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";
import {
  type CouncilOnChain,
  done,
  emptyCouncil,
  failed,
  handsOnRewards,
  left,
  lyingAbout,
  stateOfTests,
} from "./council.ts";
import { eventfulChain, linesOf } from "./workshop.ts";

const FUNDED = ACT(700);

/** Less than any poke needs. */
const SMALL_CAP = 50_000n;

describe("the job rewards", () => {
  const { file, items: remembered } = stateOfTests();
  let world: CouncilOnChain;

  beforeEach(async () => {
    world = await load(emptyCouncil);
  });

  const handsOn = (
    habits: Omit<Parameters<typeof handsOnRewards>[1], "file"> = {},
    lies?: Parameters<typeof handsOnRewards>[2],
  ) => handsOnRewards(world, { file, ...habits }, lies);
  const pass = async () => (await handsOn()).job.run();
  const head = () => world.ethers.provider.getBlockNumber();
  const tierOf = async (positionId: bigint) => (await world.councilStaking.position(positionId)).tierDays;

  describe("about periods", () => {
    it("has nothing to do where there is nothing to stream", async () => {
      expect(await pass()).to.deep.equal(done(0));
    });

    it("begins the first one as soon as there is", async () => {
      await fundRewards(world, FUNDED);
      expect(await pass()).to.deep.equal(done(1));
      expect((await world.rewardsDistributor.stream()).amount).to.equal(FUNDED);
    });

    it("waits while one streams", async () => {
      await startPeriod(world, FUNDED);
      await fundRewards(world, FUNDED);
      await viewAt(atPeriodEnd(world, -MINUTE));
      expect(await pass()).to.deep.equal(done(0));
    });

    it("begins the next one in the second in which one ends", async () => {
      await startPeriod(world, FUNDED);
      await fundRewards(world, FUNDED);
      await viewAt(atPeriodEnd(world));
      const { job, output } = await handsOn();
      expect(await job.run()).to.deep.equal(done(1));
      expect((await world.rewardsDistributor.stream()).period).to.equal(2n);
      expect(linesOf(output, "start period: done")[0]).to.include({ period: "2", done: 1, of: 1 });
    });

    it("sends nothing in a dry run", async () => {
      await fundRewards(world, FUNDED);
      const before = await head();
      const { job, output } = await handsOn({ limits: { isDryRun: true } });
      expect(await job.run()).to.deep.equal(left(1));
      expect(await head()).to.equal(before);
      expect(linesOf(output, "start period: would be sent")).to.have.length(1);
    });

    it("takes it for a success where a rival begins it between estimate and transaction", async () => {
      await fundRewards(world, FUNDED);
      const chain = await eventfulChain(world);
      chain.once(() => startPeriod(world));
      const { job, output } = await handsOn({ chain });
      expect(await job.run()).to.deep.equal(done(1));
      expect(linesOf(output, "start period: somebody was faster")).to.have.length(1);
      expect((await world.rewardsDistributor.stream()).period).to.equal(1n);
    });

    it("takes it for a success where the block that is simulated on has it begun", async () => {
      await startPeriod(world, FUNDED);
      const { context } = await handsOn({}, ({ distributor }) => ({
        distributor: lyingAbout(distributor, {
          stream: async () => ({ period: 1n, endsAt: 1n }),
          nextPeriodAmount: async () => FUNDED,
        }),
      }));
      expect(await startDuePeriod(context)).to.deep.equal(done(1));
    });

    it("says so where it needs more gas than the cap", async () => {
      await fundRewards(world, FUNDED);
      const { job, output } = await handsOn({ limits: { gasCap: SMALL_CAP } });
      expect(await job.run()).to.deep.equal(failed(1));
      expect(linesOf(output, "could not be done, the others go on")[0]?.reason).to.include(
        "start period does not go through",
      );
    });
  });

  describe("about positions", () => {
    it("waits until the day of a tier, and asks nobody before", async () => {
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY - MINUTE));
      const nobody = async () => {
        throw new Error("nobody was to be asked");
      };
      const { job } = await handsOn({}, ({ staking }) => ({ staking: lyingAbout(staking, { position: nobody }) }));
      expect(await job.run()).to.deep.equal(done(0));
    });

    for (const [days, lockDays] of [
      [7n, 0n],
      [30n, 0n],
      [30n, 7n],
      [90n, 30n],
      [180n, 90n],
    ] as const) {
      it(`pokes one locked for ${lockDays} days in the second in which it is ${days} days old`, async () => {
        const positionId = await stake(world, { lockDays });
        await viewAt(atAge(world, positionId, days * DAY));
        const { job, output } = await handsOn();
        expect(await job.run()).to.deep.equal(done(1));
        expect(await tierOf(positionId)).to.equal(days);
        expect(linesOf(output, "poke position: done")[0]).to.include({ tierDays: String(days) });
      });
    }

    it("goes on with the tiers after it, with what it remembers", async () => {
      const positionId = await stake(world);
      const { job } = await handsOn();
      for (const days of [7n, 30n, 90n, 180n]) {
        await viewAt(atAge(world, positionId, days * DAY));
        expect(await job.run()).to.deep.equal(done(1));
        expect(await tierOf(positionId)).to.equal(days);
      }
      await job.run();
      expect(await remembered()).to.deep.equal([]);
    });

    it("pokes nothing of one that was closed, and forgets it", async () => {
      const positionId = await stake(world);
      await pass();
      await world.councilStaking.connect(world.staker).unstake(positionId);
      await nextAt((await now()) + 7n * DAY);
      await mineBlock();
      expect(await pass()).to.deep.equal(done(0));
      expect(await remembered()).to.deep.equal([]);
    });

    it("does not watch one at the highest tier", async () => {
      await stake(world, { lockDays: 180n });
      await pass();
      expect((await remembered()).filter(({ positionId }) => positionId !== undefined)).to.deep.equal([]);
    });

    it("pokes nothing of one whose lock was extended beyond its time's tier", async () => {
      const positionId = await stake(world);
      await pass();
      await world.councilStaking.connect(world.staker).extendLock(positionId, 30n);
      await viewAt(atAge(world, positionId, 7n * DAY));
      expect(await pass()).to.deep.equal(done(0));
      expect((await remembered()).map(({ lookAt }) => BigInt(lookAt ?? 0))).to.deep.equal([
        (await world.councilStaking.position(positionId)).stakedAt + 90n * DAY,
      ]);
    });

    it("pokes the others where one fails, and says why", async () => {
      const [first = 0n, second = 0n] = [await stake(world), await stake(world, { by: world.whale })];
      await viewAt(atAge(world, second, 7n * DAY));
      const { job, output } = await handsOn({}, ({ staking }) => ({
        staking: lyingAbout(staking, {
          position: async (id: bigint, block: object) => {
            if (id === first) throw new Error("the node is tired");
            return staking.position(id, block);
          },
        }),
      }));
      expect(await job.run()).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0 });
      expect(linesOf(output, "could not be done, the others go on")[0]).to.include({
        item: `position ${first}`,
        reason: "the node is tired",
      });
      expect([await tierOf(first), await tierOf(second)]).to.deep.equal([0n, 7n]);
    });

    it("lets one rest that failed before it tries again", async () => {
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY));
      const { job } = await handsOn({ limits: { gasCap: SMALL_CAP } });
      await job.run();
      expect(await job.run()).to.deep.equal(left(1));
    });

    it("takes it for a success where its owner closes it between estimate and transaction", async () => {
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY));
      const chain = await eventfulChain(world);
      chain.once(() => world.councilStaking.connect(world.staker).unstake(positionId));
      const { job, output } = await handsOn({ chain });
      expect(await job.run()).to.deep.equal(done(1));
      expect(linesOf(output, "poke position: somebody was faster")).to.have.length(1);
    });

    it("takes it for a success where a rival pokes it between estimate and transaction", async () => {
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY));
      const chain = await eventfulChain(world);
      chain.once(() => world.councilStaking.connect(world.outsider).poke(positionId));
      expect(await (await handsOn({ chain })).job.run()).to.deep.equal(done(1));
      expect(await tierOf(positionId)).to.equal(7n);
    });

    it("sends nothing more when it is to end, and the next run goes on", async () => {
      const positions = [await stake(world), await stake(world), await stake(world)];
      await viewAt(atAge(world, positions[2] ?? 0n, 7n * DAY));
      const chain = await eventfulChain(world);
      const { job, end } = await handsOn({ chain });
      let estimates = 0;
      chain.onEstimate = async () => {
        if (++estimates === 2) end.abort();
      };
      expect(await job.run()).to.deep.equal({ due: 3, done: 1, failed: 0, left: 2 });
      expect(await pass()).to.deep.equal(done(2));
      expect(await Promise.all(positions.map(tierOf))).to.deep.equal([7n, 7n, 7n]);
    });
  });

  describe("about what it remembers", () => {
    it("finds everything again where the state file was deleted", async () => {
      const positionId = await stake(world);
      await pass();
      await rm(file);
      await viewAt(atAge(world, positionId, 7n * DAY));
      expect(await pass()).to.deep.equal(done(1));
    });

    it("looks again at what it poked until that is confirmed", async () => {
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY));
      await world.connection.networkHelpers.mine(5);
      const { job } = await handsOn({ confirmations: 5 });
      const { stakedAt } = await world.councilStaking.position(positionId);
      const lookAts = async () => (await remembered()).map(({ lookAt }) => BigInt(lookAt ?? 0) - stakedAt);
      await job.run();
      expect((await lookAts())[0]).to.be.lessThanOrEqual(7n * DAY);
      await world.connection.networkHelpers.mine(5);
      expect(await job.run()).to.deep.equal(done(0));
      expect(await lookAts()).to.deep.equal([30n * DAY]);
    });

    it("pokes a position that a reorganisation moved to another second", async () => {
      const fork = await world.connection.networkHelpers.takeSnapshot();
      await stake(world);
      const { job } = await handsOn();
      await job.run();
      await fork.restore();
      await world.connection.networkHelpers.time.increase(DAY);
      const positionId = await stake(world);
      await viewAt(atAge(world, positionId, 7n * DAY));
      await world.connection.networkHelpers.mine(3);
      expect(await job.run()).to.deep.equal(done(1));
      expect(await tierOf(positionId)).to.equal(7n);
    });
  });
});
