import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ACT, stake } from "../fixtures/council.ts";
import {
  atSecond,
  openEmptyStream,
  openStream,
  record,
  type StreamWorld,
  soon,
  unstakeFirst,
  viewAtSecond,
  WINDOW,
} from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

const RECORDS = [
  { act: "recordParticipation", field: "participatedAt", bps: 1_000n, weight: "1126.4" },
  { act: "recordVote", field: "votedAt", bps: 1_500n, weight: "1177.6" },
] as const;

for (const { act, field, bps, weight } of RECORDS) {
  describe(`RewardsDistributor.${act}`, () => {
    let world: StreamWorld;

    const account = (user = world.staker) => world.rewardsDistributor.account(user);

    describe("when the account has staked 1,024 tokens", () => {
      beforeEach(async () => {
        world = await load(openStream);
      });

      it("emits no WeightChanged", async () => {
        await expect(record(world, act, world.staker)).not.to.emit(world.rewardsDistributor, "WeightChanged");
      });

      it("notes the time", async () => {
        const instant = await soon();
        await record(world, act, world.staker);
        expect((await account())[field]).to.equal(instant);
      });

      it("counts the booster at the next touch, not before", async () => {
        await record(world, act, world.staker);
        const { boosterBps, currentBoosterBps } = await account();
        expect([boosterBps, currentBoosterBps]).to.deep.equal([0n, bps]);
      });

      it("adds to the weight of all at the next touch", async () => {
        await record(world, act, world.staker);
        await world.rewardsDistributor.poke(world.staker);
        expect(await world.rewardsDistributor.totalWeight()).to.equal(ACT(weight) + ACT(3_072));
      });

      it("emits WeightChanged at the next touch", async () => {
        await record(world, act, world.staker);
        await expect(world.rewardsDistributor.poke(world.staker))
          .to.emit(world.rewardsDistributor, "WeightChanged")
          .withArgs(world.staker, ACT(weight), bps);
      });

      it("leaves others as they are", async () => {
        const before = await account(world.whale);
        await record(world, act, world.staker);
        expect(await account(world.whale)).to.deep.equal(before);
      });

      it("leaves what streams until the next touch at the old share", async () => {
        await atSecond(world, 1_000n);
        await record(world, act, world.staker);
        await atSecond(world, 2_000n);
        await world.rewardsDistributor.poke(world.staker);
        expect(await world.rewardsDistributor.claimable(world.staker)).to.equal(ACT(500));
      });
    });

    describe("when the booster counts already", () => {
      let first: bigint;

      beforeEach(async () => {
        world = await load(openStream);
        await atSecond(world, 100n);
        await record(world, act, world.staker);
        await world.rewardsDistributor.poke(world.staker);
        first = world.startedAt + 100n;
      });

      it("emits no WeightChanged", async () => {
        await expect(record(world, act, world.staker)).not.to.emit(world.rewardsDistributor, "WeightChanged");
      });

      it("notes the later time", async () => {
        await atSecond(world, 200n);
        await record(world, act, world.staker);
        expect((await account())[field]).to.equal(first + 100n);
      });

      it("counts at the next touch until the last second of the window", async () => {
        await viewAtSecond(world, 100n + WINDOW - 1n);
        expect((await account()).currentBoosterBps).to.equal(bps);
      });

      it("counts no more at the next touch when the window is over", async () => {
        await viewAtSecond(world, 100n + WINDOW);
        expect((await account()).currentBoosterBps).to.equal(0n);
      });

      it("counts a window from the later time", async () => {
        await atSecond(world, 200n);
        await record(world, act, world.staker);
        await viewAtSecond(world, 200n + WINDOW - 1n);
        expect((await account()).currentBoosterBps).to.equal(bps);
      });

      it("stays in the weight after the window until the next touch", async () => {
        await viewAtSecond(world, 100n + 2n * WINDOW);
        expect((await account()).weight).to.equal(ACT(weight));
      });

      it("counts on when it has lapsed, was not touched, and is recorded again", async () => {
        await atSecond(world, 100n + 2n * WINDOW);
        await record(world, act, world.staker);
        await expect(world.rewardsDistributor.poke(world.staker)).not.to.emit(
          world.rewardsDistributor,
          "WeightChanged",
        );
      });
    });

    describe("when anyone without the role calls", () => {
      for (const actor of ["deployer", "guardian", "staker", "outsider"] as const) {
        it(`reverts when it is the ${actor}`, async () => {
          world = await load(openStream);
          await expect(world.rewardsDistributor.connect(world[actor])[act](world.staker))
            .to.be.revertedWithCustomError(world.rewardsDistributor, "AccessManagedUnauthorized")
            .withArgs(world[actor]);
        });
      }
    });
  });
}

/** Who has no power, and how they came to have none. */
const POWERLESS = [
  { name: "never staked", prepare: async ({ outsider }: StreamWorld) => outsider },
  {
    name: "has unstaked everything",
    prepare: async (world: StreamWorld) => {
      await unstakeFirst(world, world.staker);
      return world.staker;
    },
  },
  {
    name: "has only what others delegated",
    prepare: async ({ councilStaking, whale, delegate }: StreamWorld) => {
      await councilStaking.connect(whale).delegate(delegate);
      return delegate;
    },
  },
] as const;

describe("RewardsDistributor.recordParticipation, with power", () => {
  let world: StreamWorld;

  beforeEach(async () => {
    world = await load(openStream);
  });

  it("emits ParticipationRecorded", async () => {
    await expect(record(world, "recordParticipation", world.staker))
      .to.emit(world.rewardsDistributor, "ParticipationRecorded")
      .withArgs(world.staker, world.recorder);
  });

  it("emits ParticipationRecorded for who has delegated everything", async () => {
    await world.councilStaking.connect(world.staker).delegate(world.delegate);
    await expect(record(world, "recordParticipation", world.staker))
      .to.emit(world.rewardsDistributor, "ParticipationRecorded")
      .withArgs(world.staker, world.recorder);
  });
});

describe("RewardsDistributor.recordParticipation, without power", () => {
  for (const { name, prepare } of POWERLESS) {
    describe(`when the account ${name}`, () => {
      let world: StreamWorld;
      let user: HardhatEthersSigner;

      beforeEach(async () => {
        world = await load(openStream);
        user = await prepare(world);
      });

      for (const caller of ["recorder", "deployer", "guardian", "whale", "outsider"] as const) {
        it(`emits nothing when the ${caller} calls`, async () => {
          const sent = await world.rewardsDistributor.connect(world[caller]).recordParticipation(user);
          expect((await sent.wait())?.logs).to.deep.equal([]);
        });
      }

      it("leaves the account as it is", async () => {
        const before = await world.rewardsDistributor.account(user);
        await record(world, "recordParticipation", user);
        expect(await world.rewardsDistributor.account(user)).to.deep.equal(before);
      });

      it("leaves the weight of all as it is", async () => {
        const before = await world.rewardsDistributor.totalWeight();
        await record(world, "recordParticipation", user);
        expect(await world.rewardsDistributor.totalWeight()).to.equal(before);
      });

      it("counts for nothing when they stake in the window", async () => {
        await record(world, "recordParticipation", user);
        await stake(world, { by: user, amount: ACT(1_024) });
        expect((await world.rewardsDistributor.account(user)).weight).to.equal(ACT(1_024));
      });
    });
  }

  describe("when the account took part before it unstaked", () => {
    it("keeps when that was", async () => {
      const world = await load(openStream);
      const instant = await soon();
      await record(world, "recordParticipation", world.staker);
      await unstakeFirst(world, world.staker);
      await record(world, "recordParticipation", world.staker);
      expect((await world.rewardsDistributor.account(world.staker)).participatedAt).to.equal(instant);
    });
  });
});

describe("RewardsDistributor.recordVote, with a stake", () => {
  it("emits nothing", async () => {
    const world = await load(openStream);
    const sent = await record(world, "recordVote", world.staker);
    expect((await sent.wait())?.logs).to.deep.equal([]);
  });
});

describe("RewardsDistributor.recordVote, without a stake", () => {
  let world: StreamWorld;

  const account = () => world.rewardsDistributor.account(world.staker);

  beforeEach(async () => {
    world = await load(openEmptyStream);
  });

  it("notes the time", async () => {
    const instant = await soon();
    await record(world, "recordVote", world.staker);
    expect((await account()).votedAt).to.equal(instant);
  });

  it("counts the booster of no weight", async () => {
    await record(world, "recordVote", world.staker);
    expect(await world.rewardsDistributor.totalWeight()).to.equal(0n);
  });

  it("counts from the first stake on, within the window", async () => {
    await record(world, "recordVote", world.staker);
    await stake(world, { amount: ACT(1_024) });
    expect((await account()).weight).to.equal(ACT("1177.6"));
  });

  it("counts for nothing when the first stake comes after the window", async () => {
    await atSecond(world, 100n);
    await record(world, "recordVote", world.staker);
    await atSecond(world, 100n + WINDOW);
    await stake(world, { amount: ACT(1_024) });
    expect((await account()).weight).to.equal(ACT(1_024));
  });

  for (const actor of ["deployer", "guardian", "staker", "outsider"] as const) {
    it(`reverts when it is the ${actor} who records`, async () => {
      await expect(world.rewardsDistributor.connect(world[actor]).recordVote(world.staker))
        .to.be.revertedWithCustomError(world.rewardsDistributor, "AccessManagedUnauthorized")
        .withArgs(world[actor]);
    });
  }
});
