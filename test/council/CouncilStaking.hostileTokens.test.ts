import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type BlacklistToken,
  BlacklistToken__factory,
  type NoReturnToken,
  NoReturnToken__factory,
} from "../../typechain-types/index.ts";
import {
  atUnlock,
  type CouncilWorld,
  openCouncil,
  openCouncilOn,
  PLEDGE,
  sendStake,
  stake,
} from "../fixtures/council.ts";
import { accountOf, positionOf, powerOf } from "../fixtures/council-checks.ts";
import { setOneWord } from "../fixtures/one-word.ts";
import { load } from "../fixtures/protocol.ts";
import { attempt } from "../fixtures/query-payments.ts";

const PENALTY = PLEDGE / 10n;

describe("CouncilStaking, on a token that returns nothing", () => {
  let world: CouncilWorld<NoReturnToken>;

  beforeEach(async () => {
    world = await load(councilOnNoReturn);
  });

  it("takes a stake", async () => {
    await expect(sendStake(world)).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.staker, world.councilStaking],
      [-PLEDGE, PLEDGE],
    );
  });

  it("pays a stake back", async () => {
    const positionId = await stake(world);
    await expect(world.councilStaking.connect(world.staker).unstake(positionId)).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.staker, world.councilStaking],
      [PLEDGE, -PLEDGE],
    );
  });

  it("pays a penalty, and the rest back", async () => {
    const positionId = await stake(world, { lockDays: 7n });
    await expect(world.councilStaking.connect(world.staker).unstakeEarly(positionId)).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.staker, world.councilStaking, world.rewardsDistributor],
      [PLEDGE - PENALTY, -PLEDGE, PENALTY],
    );
  });

  it("reverts with the token's error when a staker allows a unit less", async () => {
    const { token, staker, councilStaking } = world;
    await token.connect(staker).approve(councilStaking, PLEDGE - 1n);
    await expect(sendStake(world))
      .to.be.revertedWithCustomError(token, "AllowanceTooSmall")
      .withArgs(councilStaking, PLEDGE - 1n, PLEDGE);
  });
});

describe("CouncilStaking, on a token that returns false", () => {
  let world: CouncilWorld;

  /** From here on, every transfer says that it failed. */
  const failTransfers = async () => setOneWord(await world.token.getAddress(), 0);
  const expectFailed = (sent: Promise<unknown>) =>
    expect(sent).to.be.revertedWithCustomError(world.councilStaking, "SafeERC20FailedOperation").withArgs(world.token);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  it("reverts when people stake", async () => {
    await failTransfers();
    await expectFailed(sendStake(world));
  });

  it("reverts when people unstake", async () => {
    const positionId = await stake(world);
    await failTransfers();
    await expectFailed(world.councilStaking.connect(world.staker).unstake(positionId));
  });

  it("reverts when people unstake early", async () => {
    const positionId = await stake(world, { lockDays: 7n });
    await failTransfers();
    await expectFailed(world.councilStaking.connect(world.staker).unstakeEarly(positionId));
  });
});

describe("CouncilStaking, on a token that shuts accounts out", () => {
  let world: CouncilWorld<BlacklistToken>;
  let positionId: bigint;

  beforeEach(async () => {
    world = await load(councilOnBlacklist);
    positionId = await stake(world, { lockDays: 7n });
  });

  it("reverts with the token's error when a staker is shut out", async () => {
    await world.token.setBlacklisted(world.staker, true);
    await expect(world.councilStaking.connect(world.staker).unstakeEarly(positionId))
      .to.be.revertedWithCustomError(world.token, "AccountBlacklisted")
      .withArgs(world.staker);
  });

  it("pays another back meanwhile", async () => {
    const other = await stake(world, { by: world.whale });
    await world.token.setBlacklisted(world.staker, true);
    await expect(world.councilStaking.connect(world.whale).unstake(other)).to.changeTokenBalance(
      world.ethers,
      world.token,
      world.whale,
      PLEDGE,
    );
  });

  it("pays a staker back who is let in again", async () => {
    await world.token.setBlacklisted(world.staker, true);
    await world.token.setBlacklisted(world.staker, false);
    await atUnlock(world, positionId);
    await expect(world.councilStaking.connect(world.staker).unstake(positionId)).to.changeTokenBalance(
      world.ethers,
      world.token,
      world.staker,
      PLEDGE,
    );
  });

  it("pays all back after the lock when the distributor is shut out", async () => {
    await world.token.setBlacklisted(world.rewardsDistributor, true);
    await atUnlock(world, positionId);
    await expect(world.councilStaking.connect(world.staker).unstake(positionId)).to.changeTokenBalance(
      world.ethers,
      world.token,
      world.staker,
      PLEDGE,
    );
  });

  it("raises a shut-out staker's tier with their lock", async () => {
    await world.token.setBlacklisted(world.staker, true);
    await world.councilStaking.connect(world.staker).extendLock(positionId, 180n);
    expect((await positionOf(world, positionId)).power).to.equal(powerOf(PLEDGE, 180n));
  });

  it("leaves the account as it is when the payment is refused", async () => {
    await world.token.setBlacklisted(world.staker, true);
    const before = await accountOf(world, world.staker);
    await attempt(world.councilStaking.connect(world.staker).unstakeEarly(positionId));
    expect(await accountOf(world, world.staker)).to.deep.equal(before);
  });
});

/* SET-UP */

async function councilOnNoReturn(connection: NetworkConnection) {
  const deployer = await connection.ethers.provider.getSigner(0);
  return openCouncilOn(connection, await new NoReturnToken__factory(deployer).deploy());
}

async function councilOnBlacklist(connection: NetworkConnection) {
  const deployer = await connection.ethers.provider.getSigner(0);
  return openCouncilOn(connection, await new BlacklistToken__factory(deployer).deploy());
}
