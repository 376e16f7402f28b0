import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import { openEmptyStream, record, type StreamWorld } from "../fixtures/council-stories.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { pick, type Random, randomFrom } from "../fixtures/random.ts";

/** Accounts of a history. */
const USERS = ["staker", "whale", "delegate", "proposer"] as const;

/** What rounding can keep from all accounts together: less than a unit each, and one that is carried. */
const DUST = BigInt(USERS.length) + 1n;

/** The locks that there are. */
const LOCK_DAYS = [0n, 7n, 30n, 90n, 180n] as const;

const SEEDS = [1, 2, 3, 4] as const;
const STEPS = 60;

describe("RewardsDistributor, over random histories", () => {
  let world: StreamWorld;
  let paid: bigint;
  let streamed: bigint;
  let instant: bigint;
  const positions = new Map<bigint, HardhatEthersSigner>();

  const claimables = async () => {
    const all = await Promise.all(USERS.map((user) => world.rewardsDistributor.claimable(world[user])));
    return all.reduce((sum, each) => sum + each);
  };

  const acts: readonly ((user: HardhatEthersSigner, random: Random) => Promise<void>)[] = [
    async (user, random) => {
      const amount = random(ACT(100), ACT(10_000));
      const lockDays = pick(random, LOCK_DAYS);
      positions.set(await stake(world, { by: user, amount, lockDays }), user);
    },
    async (_, random) => {
      const open = [...positions];
      if (open.length === 0) return;
      const [positionId, owner] = pick(random, open);
      const { unlocksAt } = await world.councilStaking.position(positionId);
      const staking = world.councilStaking.connect(owner);
      await (instant < unlocksAt ? staking.unstakeEarly(positionId) : staking.unstake(positionId));
      positions.delete(positionId);
    },
    async (user) => {
      const reward = await world.rewardsDistributor.claimable(user);
      if (reward < ACT(1)) return;
      const before = await world.token.balanceOf(user);
      await world.rewardsDistributor.connect(user).claim();
      paid += (await world.token.balanceOf(user)) - before;
    },
    async (user, random) => {
      await record(world, pick(random, ["recordParticipation", "recordVote"] as const), user);
    },
    async (user) => {
      await world.rewardsDistributor.poke(user);
    },
    async (_, random) => {
      await world.rewardsDistributor.connect(world.outsider).fund(random(1n, ACT(1_000)));
    },
    async () => {
      const { endsAt, amount } = await world.rewardsDistributor.stream();
      if (instant < endsAt || (await world.rewardsDistributor.nextPeriodAmount()) === 0n) return;
      await world.rewardsDistributor.startPeriod();
      streamed += amount;
    },
  ];

  /** Replays a history; after each act, says whether books and balance agree. */
  const play = async (seed: number, check: () => Promise<void>) => {
    const random = randomFrom(seed);
    for (let step = 0; step < STEPS; step++) {
      instant = (await now()) + random(1n, 100_000n);
      await nextAt(instant);
      await pick(random, acts)(world[pick(random, USERS)], random);
      await check();
    }
  };

  beforeEach(async () => {
    world = await load(openEmptyStream);
    [paid, streamed] = [0n, 0n];
    positions.clear();
  });

  for (const seed of SEEDS) {
    it(`holds what it owes and what is next, to the unit (seed ${seed})`, async () => {
      await play(seed, async () => {
        const { rewardsDistributor, token } = world;
        const [owed, next] = await Promise.all([rewardsDistributor.owed(), rewardsDistributor.nextPeriodAmount()]);
        expect(owed + next).to.equal(await token.balanceOf(rewardsDistributor));
      });
    });

    it(`owes what is claimable and still to stream, and a fraction for rounding (seed ${seed})`, async () => {
      await play(seed, async () => {
        const [owed, { amount, streamed: out }] = await Promise.all([
          world.rewardsDistributor.owed(),
          world.rewardsDistributor.stream(),
        ]);
        const dust = owed - (amount - out) - (await claimables());
        expect(dust).to.be.within(0n, DUST);
      });
    });

    it(`pays no more than has streamed (seed ${seed})`, async () => {
      await play(seed, async () => {
        const { streamed: out } = await world.rewardsDistributor.stream();
        expect(paid + (await claimables())).to.be.at.most(streamed + out);
      });
    });
  }
});
