import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { act, DAY } from "../fixtures/amounts.ts";
import {
  type CouncilWorld,
  fundRewards,
  openCouncil,
  PLEDGE,
  type Pledge,
  STAKING_RULES,
  stake,
} from "../fixtures/council.ts";
import { accountOf, ODD, positionOf, powerOf, STAKE_REFUSALS } from "../fixtures/council-checks.ts";
import { load, nextAt, now, sharedChain } from "../fixtures/protocol.ts";

const { maxStake } = STAKING_RULES;

describe("CouncilStaking.stakeFor", () => {
  let world: CouncilWorld;
  let distributor: HardhatEthersSigner;
  let firstId: bigint;

  /** The distributor stakes for the staker. */
  const send = ({ amount = ODD, lockDays = 30n }: Pledge = {}) =>
    world.councilStaking.connect(distributor).stakeFor(world.staker, amount, lockDays);

  beforeEach(async () => {
    world = await load(openCouncil);
    const { networkHelpers } = await sharedChain();
    const address = await world.rewardsDistributor.getAddress();
    await networkHelpers.setBalance(address, act(1));
    distributor = await world.ethers.getImpersonatedSigner(address);
    firstId = await world.councilStaking.positionIdOf(world.staker, 0n);
    await fundRewards(world, PLEDGE);
  });

  describe("when the distributor stakes", () => {
    it("emits Staked for the owner", async () => {
      const stakedAt = (await now()) + 100n;
      await nextAt(stakedAt);
      await expect(send())
        .to.emit(world.councilStaking, "Staked")
        .withArgs(world.staker, firstId, ODD, 30n, stakedAt + 30n * DAY, powerOf(ODD, 30n));
    });

    it("takes the amount from the distributor", async () => {
      await expect(send()).to.changeTokenBalances(
        world.ethers,
        world.token,
        [distributor, world.councilStaking, world.staker],
        [-ODD, ODD, 0n],
      );
    });

    it("keeps the position as the owner's", async () => {
      await send();
      const { owner, amount, tierDays, power } = await positionOf(world, firstId);
      expect([owner, amount, tierDays, power]).to.deep.equal([world.staker.address, ODD, 30n, powerOf(ODD, 30n)]);
    });

    it("updates the owner's account", async () => {
      await send();
      expect(await accountOf(world, world.staker)).to.deep.equal({
        staked: ODD,
        power: powerOf(ODD, 30n),
        openedPositions: 1n,
        longTermPositions: 0n,
      });
    });

    it("counts the owner's votes", async () => {
      await send();
      expect(await world.councilStaking.getVotes(world.staker)).to.equal(powerOf(ODD, 30n));
    });

    it("returns the id", async () => {
      const id = await world.councilStaking.connect(distributor).stakeFor.staticCall(world.staker, ODD, 30n);
      expect(id).to.equal(firstId);
    });

    it("lets the owner unstake", async () => {
      await send({ lockDays: 0n });
      await expect(world.councilStaking.connect(world.staker).unstake(firstId)).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.staker,
        ODD,
      );
    });
  });

  describe("when another stakes for the owner", () => {
    for (const name of ["staker", "outsider", "deployer"] as const) {
      it(`reverts when the ${name} does`, async () => {
        const { councilStaking, staker, [name]: caller } = world;
        await expect(councilStaking.connect(caller).stakeFor(staker, ODD, 30n))
          .to.be.revertedWithCustomError(councilStaking, "NotDistributor")
          .withArgs(caller);
      });
    }
  });

  describe("when the stake is refused", () => {
    for (const { name, pledge, error, facts } of STAKE_REFUSALS) {
      it(`reverts when ${name}`, async () => {
        await expect(send(pledge))
          .to.be.revertedWithCustomError(world.councilStaking, error)
          .withArgs(...facts);
      });
    }

    it("reverts when the owner has the most already", async () => {
      await stake(world, { amount: maxStake });
      await expect(send())
        .to.be.revertedWithCustomError(world.councilStaking, "StakeTooLarge")
        .withArgs(world.staker, maxStake, ODD, maxStake);
    });

    it("reverts when the distributor has less", async () => {
      await expect(send({ amount: PLEDGE + 1n }))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(distributor, PLEDGE, PLEDGE + 1n);
    });

    it("reverts when entries are paused", async () => {
      await world.councilStaking.connect(world.guardian).pauseEntries();
      await expect(send()).to.be.revertedWithCustomError(world.councilStaking, "EnforcedPause").withArgs();
    });
  });
});
