import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import { atSecond, openEmptyStream, record, type StreamWorld, viewAtSecond } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/**
 * Weight is power x boosters. All of them stake 100 seconds into a stream of a token a second; together they weigh
 * 16,000 tokens, so 2,000 seconds later everyone has an eighth of their weight.
 */
const STORIES = [
  { name: "1,000 without a lock", amount: 1_000, lockDays: 0n, boosters: [], bps: 0n, weight: "1000" },
  { name: "1,000 for 7 days", amount: 1_000, lockDays: 7n, boosters: [], bps: 0n, weight: "1200" },
  { name: "1,000 for 30 days", amount: 1_000, lockDays: 30n, boosters: [], bps: 0n, weight: "1500" },
  { name: "1,000 for 90 days", amount: 1_000, lockDays: 90n, boosters: [], bps: 0n, weight: "2000" },
  { name: "1,000 for 180 days", amount: 1_000, lockDays: 180n, boosters: [], bps: 2_000n, weight: "3600" },
  {
    name: "1,000 without a lock, and takes part",
    amount: 1_000,
    lockDays: 0n,
    boosters: ["recordParticipation"],
    bps: 1_000n,
    weight: "1100",
  },
  {
    name: "1,000 without a lock, and votes",
    amount: 1_000,
    lockDays: 0n,
    boosters: ["recordVote"],
    bps: 1_500n,
    weight: "1150",
  },
  {
    name: "1,000 for 180 days, takes part and votes",
    amount: 1_000,
    lockDays: 180n,
    boosters: ["recordParticipation", "recordVote"],
    bps: 4_500n,
    weight: "4350",
  },
  { name: "100 without a lock, to make it even", amount: 100, lockDays: 0n, boosters: [], bps: 0n, weight: "100" },
] as const;

describe("RewardsDistributor, sharing by power and boosters", () => {
  let world: StreamWorld;

  const staker = (index: number) => {
    const found = world.voters[index];
    if (found === undefined) throw new RangeError("there are too few voters");
    return found;
  };

  async function openShares(connection: Parameters<typeof openEmptyStream>[0]): Promise<StreamWorld> {
    const opened = await openEmptyStream(connection);
    for (const [index, { amount, lockDays, boosters }] of STORIES.entries()) {
      const user = opened.voters[index];
      if (user === undefined) throw new RangeError("there are too few voters");
      await atSecond(opened, 100n);
      await stake(opened, { by: user, amount: ACT(amount), lockDays });
      for (const booster of boosters) {
        await atSecond(opened, 100n);
        await record(opened, booster, user);
      }
      await atSecond(opened, 100n);
      await opened.rewardsDistributor.poke(user);
    }
    return opened;
  }

  beforeEach(async () => {
    world = await load(openShares);
  });

  it("counts the sum of all weights", async () => {
    expect(await world.rewardsDistributor.totalWeight()).to.equal(ACT(16_000));
  });

  for (const [index, { name, bps, weight }] of STORIES.entries()) {
    describe(`when somebody stakes ${name}`, () => {
      it(`counts boosters of ${bps}`, async () => {
        expect((await world.rewardsDistributor.account(staker(index))).boosterBps).to.equal(bps);
      });

      it(`counts a weight of ${weight}`, async () => {
        expect((await world.rewardsDistributor.account(staker(index))).weight).to.equal(ACT(weight));
      });

      it("gives their share of 2,000 tokens, an eighth of the weight", async () => {
        await viewAtSecond(world, 2_100n);
        expect(await world.rewardsDistributor.claimable(staker(index))).to.equal(ACT(weight) / 8n);
      });
    });
  }

  it("rounds a weight down", async () => {
    await stake(world, { amount: ACT(100) + 9n });
    await record(world, "recordParticipation", world.staker);
    await world.rewardsDistributor.poke(world.staker);
    // 100,000,000,009 * 1.1 = 110,000,000,009.9
    expect((await world.rewardsDistributor.account(world.staker)).weight).to.equal(110_000_000_009n);
  });
});
