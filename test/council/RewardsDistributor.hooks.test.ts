import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { MaxUint256 } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { type RewardsDistributor, RewardsDistributor__factory } from "../../typechain-types/index.ts";
import { ACT, type CouncilWorld, openCouncil, REWARD_RULES } from "../fixtures/council.ts";
import { openStream, type StreamWorld } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

/** The most that all weights together are where a stake grows, and the most that a period streams. */
const MOST = 2n ** 78n - 1n;
const MOST_STREAMED = 2n ** 80n - 1n;

/** A distributor that is bound to nothing. */
async function openUnbound(connection: NetworkConnection) {
  const world = await openCouncil(connection);
  const { deployer, token, authority } = world;
  const distributor = await new RewardsDistributor__factory(deployer).deploy(token, REWARD_RULES, authority);
  return { world, distributor };
}

/** One that takes the word of the delegate for stakes. */
async function openTold(connection: NetworkConnection) {
  const { world, distributor } = await openUnbound(connection);
  await distributor.bind(world.delegate);
  return { world, distributor };
}

describe("RewardsDistributor.bind", () => {
  let world: CouncilWorld;
  let distributor: RewardsDistributor;

  beforeEach(async () => {
    ({ world, distributor } = await load(openUnbound));
  });

  describe("when the admin calls for the first time", () => {
    it("keeps staking", async () => {
      await distributor.bind(world.councilStaking);
      expect(await distributor.staking()).to.equal(world.councilStaking);
    });

    it("lets staking take tokens, for compounding", async () => {
      await distributor.bind(world.councilStaking);
      expect(await world.token.allowance(distributor, world.councilStaking)).to.equal(MaxUint256);
    });
  });

  describe("when it is bound", () => {
    for (const target of ["councilStaking", "outsider"] as const) {
      it(`reverts when it would be bound to the ${target}`, async () => {
        await distributor.bind(world.councilStaking);
        await expect(distributor.bind(world[target]))
          .to.be.revertedWithCustomError(distributor, "AlreadyBound")
          .withArgs(world.councilStaking);
      });
    }
  });

  describe("when anyone else calls", () => {
    for (const actor of ["guardian", "staker", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        await expect(distributor.connect(world[actor]).bind(world.councilStaking))
          .to.be.revertedWithCustomError(distributor, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }
  });
});

describe("RewardsDistributor.onStakeChanged", () => {
  describe("when anyone but staking calls", () => {
    for (const actor of ["deployer", "guardian", "staker", "recorder", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        const world: StreamWorld = await load(openStream);
        await expect(world.rewardsDistributor.connect(world[actor]).onStakeChanged(world[actor], ACT(1), true))
          .to.be.revertedWithCustomError(world.rewardsDistributor, "NotStaking")
          .withArgs(world[actor]);
      });
    }

    it("reverts when it is staking of another distributor, before that is bound", async () => {
      const { world, distributor } = await load(openUnbound);
      await expect(distributor.connect(world.staker).onStakeChanged(world.staker, ACT(1), true))
        .to.be.revertedWithCustomError(distributor, "NotStaking")
        .withArgs(world.staker);
    });
  });

  describe("when staking calls", () => {
    let world: CouncilWorld;
    let distributor: RewardsDistributor;

    const tell = (user: HardhatEthersSigner, power: bigint, isLongTerm = false) =>
      distributor.connect(world.delegate).onStakeChanged(user, power, isLongTerm);

    beforeEach(async () => {
      ({ world, distributor } = await load(openTold));
    });

    it("emits WeightChanged", async () => {
      await expect(tell(world.staker, 1_001n, true))
        .to.emit(distributor, "WeightChanged")
        .withArgs(world.staker, 1_201n, 2_000n);
    });

    it("updates the account", async () => {
      await tell(world.staker, 1_001n, true);
      expect(await distributor.account(world.staker)).to.deep.equal([1_001n, 1_201n, 2_000n, 2_000n, 0n, 0n]);
    });

    it("emits no WeightChanged when nothing has changed", async () => {
      await tell(world.staker, 1_001n, true);
      await expect(tell(world.staker, 1_001n, true)).not.to.emit(distributor, "WeightChanged");
    });

    it("keeps all weights at 2^78 - 1", async () => {
      await tell(world.whale, MOST - 5n);
      await tell(world.staker, 5n);
      expect(await distributor.totalWeight()).to.equal(MOST);
    });

    it("reverts when all weights would be 2^78", async () => {
      await tell(world.whale, MOST - 5n);
      await expect(tell(world.staker, 6n))
        .to.be.revertedWithCustomError(distributor, "WeightTooLarge")
        .withArgs(MOST + 1n, MOST);
    });

    it("updates the account when power falls and all weights were 2^78 - 1", async () => {
      await tell(world.whale, MOST);
      await tell(world.whale, MOST - 1n);
      expect(await distributor.totalWeight()).to.equal(MOST - 1n);
    });

    describe("when a booster has brought all weights beyond 2^78 - 1", () => {
      /** The whale's weight with its booster of votes. */
      const boosted = ((MOST - 100n) * 11_500n) / 10_000n;

      beforeEach(async () => {
        await tell(world.whale, MOST - 100n);
        await tell(world.staker, 100n);
        await distributor.connect(world.deployer).recordVote(world.whale);
        await distributor.poke(world.whale);
      });

      it("counts them", async () => {
        expect(await distributor.totalWeight()).to.equal(boosted + 100n);
      });

      for (const { name, power, isLongTerm, weight } of [
        { name: "falls by a unit", power: 99n, isLongTerm: false, weight: 99n },
        { name: "falls to nothing", power: 0n, isLongTerm: false, weight: 0n },
        { name: "stays, and a booster adds to its weight", power: 100n, isLongTerm: true, weight: 120n },
        { name: "falls, and a booster adds more to its weight", power: 90n, isLongTerm: true, weight: 108n },
      ]) {
        it(`updates the weight of an account whose power ${name}`, async () => {
          await tell(world.staker, power, isLongTerm);
          expect(await distributor.totalWeight()).to.equal(boosted + weight);
        });
      }

      it("lets the largest leave", async () => {
        await tell(world.whale, 0n);
        expect(await distributor.totalWeight()).to.equal(100n);
      });

      it("reverts when somebody's power rises by a unit", async () => {
        await expect(tell(world.staker, 101n))
          .to.be.revertedWithCustomError(distributor, "WeightTooLarge")
          .withArgs(boosted + 101n, MOST);
      });
    });

    describe("when boosters are the largest that can be", () => {
      it("counts four times as much as power can be", async () => {
        const { deployer, token, authority, whale, delegate } = world;
        const boosters = { participationBps: 10_000n, longTermBps: 10_000n, governanceBps: 10_000n };
        distributor = await new RewardsDistributor__factory(deployer).deploy(
          token,
          { ...REWARD_RULES, ...boosters },
          authority,
        );
        await distributor.bind(delegate);
        await tell(whale, MOST);
        await distributor.recordVote(whale);
        await distributor.recordParticipation(whale);
        await tell(whale, MOST, true);
        expect(await distributor.totalWeight()).to.equal(4n * MOST);
      });
    });

    describe("when a unit streams to a weight of one unit", () => {
      it("gives all of 2^80 - 1 units", async () => {
        const { ethers, token } = world;
        const keys = [await distributor.getAddress(), 0n];
        const slot = ethers.solidityPackedKeccak256(["uint256", "uint256"], keys);
        await ethers.provider.send("hardhat_setStorageAt", [
          await token.getAddress(),
          slot,
          ethers.toBeHex(MOST_STREAMED, 32),
        ]);
        await tell(world.staker, 1n);
        await distributor.startPeriod();
        const { endsAt } = await distributor.stream();
        await ethers.provider.send("evm_setNextBlockTimestamp", [Number(endsAt)]);
        await ethers.provider.send("evm_mine", []);
        expect(await distributor.claimable(world.staker)).to.equal(MOST_STREAMED);
      });
    });
  });
});
