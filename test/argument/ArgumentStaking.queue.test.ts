import { expect } from "chai";
import { act, DAY, HOUR } from "../fixtures/amounts.ts";
import { expiredIn, stakeFor } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atEndOf, openForum, setRules, upvote, viewAtEndOf } from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

describe("ArgumentStaking, queue", () => {
  let world: ActWorld;

  const setPeriod = (period: bigint) => setRules(world, { period });
  const process = (maxCount = 1_000n) => world.argumentStaking.processExpired(maxCount);
  const endOf = async (stakeId: bigint) => (await world.argumentStaking.stake(stakeId)).endsAt;
  const expectNext = async (count: bigint, nextEndTime: bigint) =>
    expect(await world.argumentStaking.activeStakes()).to.deep.equal([count, nextEndTime]);

  beforeEach(async () => {
    world = await load(openForum);
    await setRules(world, { maxArgumentsPerClaim: 100n });
  });

  describe("when nobody has staked", () => {
    it("shows no end", async () => {
      await expectNext(0n, 0n);
    });

    it("says that it processed none", async () => {
      expect(await world.argumentStaking.processExpired.staticCall(1n)).to.equal(0n);
    });
  });

  describe("when a shorter period follows a longer one", () => {
    beforeEach(async () => {
      await stakeFor(world, 7n * DAY);
      await stakeFor(world, DAY);
    });

    it("shows the end of the second stake", async () => {
      await expectNext(2n, await endOf(2n));
    });

    it("processes the second stake at its end", async () => {
      await atEndOf(world, 2n);
      expect(await expiredIn(world, await process())).to.deep.equal([2n]);
    });

    it("shows the end of the first stake after it", async () => {
      await atEndOf(world, 2n);
      await process();
      await expectNext(1n, await endOf(1n));
    });

    it("processes nothing a second before the end of the first", async () => {
      await atEndOf(world, 2n);
      await process();
      await atEndOf(world, 1n, -1n);
      expect(await expiredIn(world, await process())).to.deep.equal([]);
    });

    it("processes the first stake at its end", async () => {
      await atEndOf(world, 2n);
      await process();
      await atEndOf(world, 1n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n]);
    });
  });

  describe("when a longer period follows a shorter one", () => {
    beforeEach(async () => {
      await stakeFor(world, DAY);
      await stakeFor(world, 7n * DAY);
    });

    it("shows the end of the first stake", async () => {
      await expectNext(2n, await endOf(1n));
    });

    it("processes the first stake at its end", async () => {
      await atEndOf(world, 1n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n]);
    });

    it("processes both at the end of the second", async () => {
      await atEndOf(world, 2n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n, 2n]);
    });
  });

  describe("when stakes of seven periods are made in turn, four of each", () => {
    const PERIODS = [50n, 10n, 70n, 30n, 20n, 60n, 40n].map((hours) => hours * HOUR);
    const COUNT = 28n;
    let byEnd: { stakeId: bigint; endsAt: bigint }[];

    beforeEach(async () => {
      for (const period of PERIODS) {
        await setPeriod(period);
        for (let index = 0; index < 4; ++index) {
          await nextAt((await now()) + 2n * HOUR + 1n);
          await argue(world, { by: world.crowd[index] ?? world.author });
        }
      }
      byEnd = [];
      for (let stakeId = 1n; stakeId <= COUNT; ++stakeId) byEnd.push({ stakeId, endsAt: await endOf(stakeId) });
      byEnd.sort((a, b) => Number(a.endsAt - b.endsAt));
    });

    it("processes them in order of their ends in one call", async () => {
      await nextAt((byEnd.at(-1)?.endsAt ?? 0n) + 1n);
      expect(await expiredIn(world, await process())).to.deep.equal(byEnd.map(({ stakeId }) => stakeId));
    });

    it("processes them in order of their ends in calls for three", async () => {
      await nextAt((byEnd.at(-1)?.endsAt ?? 0n) + 1n);
      const order: bigint[] = [];
      for (let call = 0; call < 10; ++call) order.push(...(await expiredIn(world, await process(3n))));
      expect(order).to.deep.equal(byEnd.map(({ stakeId }) => stakeId));
    });

    it("processes all that have ended, and no others, hour by hour", async () => {
      const wrong: unknown[] = [];
      const last = byEnd.at(-1)?.endsAt ?? 0n;
      let processed = 0;
      for (let instant = (await now()) + HOUR; instant <= last + HOUR; instant += HOUR) {
        await nextAt(instant);
        const expired = await expiredIn(world, await process());
        const due = byEnd.filter(({ endsAt }) => endsAt <= instant).slice(processed);
        processed += due.length;
        if (expired.join() !== due.map(({ stakeId }) => stakeId).join()) wrong.push({ instant, expired, due });
      }
      expect({ wrong, processed }).to.deep.equal({ wrong: [], processed: Number(COUNT) });
    });

    it("shows the next end and how many are left before and after each", async () => {
      const shown: unknown[] = [];
      for (const { endsAt } of byEnd) {
        const { count, nextEndTime } = await world.argumentStaking.activeStakes();
        shown.push([count, nextEndTime]);
        if (endsAt > (await now())) await nextAt(endsAt);
        await process(1n);
      }
      expect(shown).to.deep.equal(byEnd.map(({ endsAt }, index) => [COUNT - BigInt(index), endsAt]));
    });

    it("processes a stake of a new period in its place after some eras have left", async () => {
      await nextAt(byEnd[19]?.endsAt ?? 0n);
      await process();
      const stakeId = await stakeFor(world, HOUR);
      const { endsAt } = await world.argumentStaking.stake(stakeId);
      const left = byEnd.slice(20);
      await nextAt((left.at(-1)?.endsAt ?? 0n) + HOUR);
      const expected = [...left, { stakeId, endsAt }].sort((a, b) => Number(a.endsAt - b.endsAt));
      expect(await expiredIn(world, await process())).to.deep.equal(expected.map((entry) => entry.stakeId));
    });
  });

  describe("when stakes end at the same second", () => {
    it("processes the one of the period that began first before another", async () => {
      await stakeFor(world, 3n * HOUR);
      const { createdAt } = await world.argumentStaking.stake(1n);
      await setPeriod(2n * HOUR);
      await nextAt(createdAt + HOUR);
      await argue(world);
      await setPeriod(HOUR);
      await nextAt(createdAt + 2n * HOUR);
      await argue(world);
      await atEndOf(world, 3n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n, 2n, 3n]);
    });

    it("processes those of one period in order of their ids", async () => {
      const instant = (await now()) + HOUR;
      for (const by of [world.author, world.supporter, world.challenger]) {
        await nextAt(instant);
        await argue(world, { by });
      }
      await atEndOf(world, 1n);
      expect(await expiredIn(world, await process())).to.deep.equal([1n, 2n, 3n]);
    });

    it("leaves the one of the later period for the next call for one", async () => {
      await stakeFor(world, 2n * HOUR);
      await setPeriod(HOUR);
      const { createdAt } = await world.argumentStaking.stake(1n);
      await nextAt(createdAt + HOUR);
      await argue(world);
      await atEndOf(world, 1n);
      await process(1n);
      expect(await expiredIn(world, await process(1n))).to.deep.equal([2n]);
    });
  });

  describe("when a user has stakes of several periods", () => {
    /** Stakes of 50, of 20, 5 and 40 days, a day apart; and an upvote of 10 after them, for 40 days. */
    beforeEach(async () => {
      await stakeFor(world, 20n * DAY);
      for (const period of [5n, 40n]) {
        await nextAt((await now()) + DAY);
        await setPeriod(period * DAY);
        await argue(world);
      }
      await argue(world, { by: world.supporter });
      await upvote(world, 4n, world.author);
    });

    for (const { ended, stakeId, left } of [
      { ended: "none", stakeId: undefined, left: 160 },
      { ended: "the second", stakeId: 2n, left: 110 },
      { ended: "the first two", stakeId: 1n, left: 60 },
      { ended: "all", stakeId: 5n, left: 0 },
    ]) {
      it(`shows ${left} running when ${ended} have ended, unprocessed`, async () => {
        if (stakeId !== undefined) await viewAtEndOf(world, stakeId);
        expect(await world.argumentStaking.runningStake(world.author)).to.equal(act(left));
      });

      it(`shows ${left} running when ${ended} have ended and were processed`, async () => {
        if (stakeId !== undefined) await atEndOf(world, stakeId);
        await process();
        expect(await world.argumentStaking.runningStake(world.author)).to.equal(act(left));
      });
    }

    it("shows what runs after a new stake where an era has left", async () => {
      await atEndOf(world, 2n);
      await process();
      await stakeFor(world, 3n * DAY);
      await mineBlock();
      expect(await world.argumentStaking.runningStake(world.author)).to.equal(act(160));
    });
  });
});
