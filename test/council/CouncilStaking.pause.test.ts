import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, atAge, type CouncilWorld, openCouncil, sendStake, stake, startPeriod } from "../fixtures/council.ts";
import { load } from "../fixtures/protocol.ts";

/** What nobody can stop: done by the staker, a week after they opened an unlocked position and one of 30 days. */
const STEPS: readonly {
  name: string;
  event: string;
  send: (world: CouncilWorld, unlocked: bigint, locked: bigint) => Promise<ContractTransactionResponse>;
}[] = [
  {
    name: "extend locks",
    event: "LockExtended",
    send: ({ councilStaking, staker }, unlocked) => councilStaking.connect(staker).extendLock(unlocked, 7n),
  },
  {
    name: "poke",
    event: "TierReached",
    send: ({ councilStaking, staker }, unlocked) => councilStaking.connect(staker).poke(unlocked),
  },
  {
    name: "unstake",
    event: "Unstaked",
    send: ({ councilStaking, staker }, unlocked) => councilStaking.connect(staker).unstake(unlocked),
  },
  {
    name: "unstake early",
    event: "Unstaked",
    send: ({ councilStaking, staker }, _unlocked, locked) => councilStaking.connect(staker).unstakeEarly(locked),
  },
  {
    name: "delegate",
    event: "DelegateChanged",
    send: ({ councilStaking, staker, delegate }) => councilStaking.connect(staker).delegate(delegate),
  },
];

describe("CouncilStaking, paused", () => {
  let world: CouncilWorld;
  let unlocked: bigint;
  let locked: bigint;

  const pause = () => world.councilStaking.connect(world.guardian).pauseEntries();
  const unpause = () => world.councilStaking.connect(world.guardian).unpauseEntries();

  beforeEach(async () => {
    world = await load(openCouncil);
    unlocked = await stake(world);
    locked = await stake(world, { lockDays: 30n });
    await startPeriod(world, ACT(1_000));
    await atAge(world, unlocked, 7n * DAY);
  });

  describe("when the guardian pauses", () => {
    it("emits Paused", async () => {
      await expect(pause()).to.emit(world.councilStaking, "Paused").withArgs(world.guardian);
    });

    it("updates the state", async () => {
      await pause();
      expect(await world.councilStaking.paused()).to.equal(true);
    });

    it("reverts when it is paused already", async () => {
      await pause();
      await expect(pause()).to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause").withArgs();
    });

    it("reverts when somebody stakes", async () => {
      await pause();
      await expect(sendStake(world)).to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause").withArgs();
    });

    it("reverts when somebody stakes their reward", async () => {
      await pause();
      await expect(world.rewardsDistributor.connect(world.staker).compound(0n))
        .to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause")
        .withArgs();
    });

    for (const { name, event, send } of STEPS) {
      it(`lets people ${name}`, async () => {
        await pause();
        await expect(send(world, unlocked, locked)).to.emit(world.councilStaking, event);
      });
    }

    it("lets people claim", async () => {
      await pause();
      await expect(world.rewardsDistributor.connect(world.staker).claim()).to.emit(world.rewardsDistributor, "Claimed");
    });
  });

  describe("when the guardian ends the pause", () => {
    it("emits Unpaused", async () => {
      await pause();
      await expect(unpause()).to.emit(world.councilStaking, "Unpaused").withArgs(world.guardian);
    });

    it("lets people stake again", async () => {
      await pause();
      await unpause();
      await expect(sendStake(world)).to.emit(world.councilStaking, "Staked");
    });

    it("reverts when it is not paused", async () => {
      await expect(unpause()).to.be.revertedWithCustomError(world.councilStaking, "ExpectedPause").withArgs();
    });
  });

  describe("when another tries", () => {
    for (const name of ["deployer", "outsider", "staker"] as const) {
      for (const call of ["pauseEntries", "unpauseEntries"] as const) {
        it(`reverts when the ${name} calls ${call}`, async () => {
          const { councilStaking, [name]: caller } = world;
          await expect(councilStaking.connect(caller)[call]())
            .to.be.revertedWithCustomError(councilStaking, "AccessManagedUnauthorized")
            .withArgs(caller);
        });
      }
    }
  });
});
