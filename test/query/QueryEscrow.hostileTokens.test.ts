import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { type NoReturnToken, NoReturnToken__factory } from "../../typechain-types/index.ts";
import { setOneWord } from "../fixtures/one-word.ts";
import { load } from "../fixtures/protocol.ts";
import { openEscrow, openEscrowOn, type QueryWorld, STAKES, settle } from "../fixtures/queries.ts";
import { attempt, PAYMENTS } from "../fixtures/query-payments.ts";
import { queryWith } from "../fixtures/query-stories.ts";

describe("QueryEscrow, on a token that returns nothing", () => {
  let world: QueryWorld<NoReturnToken>;

  /** Someone gives all away that they hold, `left` units aside. */
  const leaveWith = async (user: HardhatEthersSigner, left: bigint) =>
    world.token.connect(user).transfer(world.author, (await world.token.balanceOf(user)) - left);

  beforeEach(async () => {
    world = await load(escrowOnNoReturn);
  });

  for (const { name, amount, story, callerOf, send } of PAYMENTS) {
    it(`pays the stake into the escrow of those who ${name}`, async () => {
      await queryWith(world, story);
      await expect(send(world)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [callerOf(world), world.queryEscrow],
        [-amount, amount],
      );
    });

    it(`reverts with the token's error when those who ${name} allow one unit less`, async () => {
      await queryWith(world, story);
      await world.token.connect(callerOf(world)).approve(world.queryEscrow, amount - 1n);
      await expect(send(world))
        .to.be.revertedWithCustomError(world.token, "AllowanceTooSmall")
        .withArgs(world.queryEscrow, amount - 1n, amount);
    });

    it(`reverts with the token's error when those who ${name} have one unit less`, async () => {
      await queryWith(world, story);
      await leaveWith(callerOf(world), amount - 1n);
      await expect(send(world))
        .to.be.revertedWithCustomError(world.token, "BalanceTooSmall")
        .withArgs(callerOf(world), amount - 1n, amount);
    });
  }

  it("pays a withdrawal out", async () => {
    const { queryId } = await queryWith(world);
    await settle(world, queryId);
    await expect(world.queryEscrow.connect(world.asker).withdraw()).to.changeTokenBalances(
      world.ethers,
      world.token,
      [world.asker, world.queryEscrow],
      [STAKES.submitStake, -STAKES.submitStake],
    );
  });
});

describe("QueryEscrow, on a token that returns false", () => {
  let world: QueryWorld;

  /** From here on, every transfer says that it failed. */
  const failTransfers = async () => setOneWord(await world.token.getAddress(), 0);
  const expectFailed = async (sent: Promise<unknown>) =>
    expect(sent).to.be.revertedWithCustomError(world.queryEscrow, "SafeERC20FailedOperation").withArgs(world.token);

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  for (const { name, story, send } of PAYMENTS) {
    it(`reverts when people ${name}`, async () => {
      await queryWith(world, story);
      await failTransfers();
      await expectFailed(send(world));
    });
  }

  it("reverts when people withdraw", async () => {
    const { queryId } = await queryWith(world);
    await settle(world, queryId);
    await failTransfers();
    await expectFailed(world.queryEscrow.connect(world.asker).withdraw());
  });

  it("leaves the credit as it is when people try to withdraw", async () => {
    const { queryId } = await queryWith(world);
    await settle(world, queryId);
    await failTransfers();
    await attempt(world.queryEscrow.connect(world.asker).withdraw());
    expect(await world.queryEscrow.credited(world.asker)).to.equal(STAKES.submitStake);
  });
});

/* SET-UP */

async function escrowOnNoReturn(connection: NetworkConnection): Promise<QueryWorld<NoReturnToken>> {
  const deployer = await connection.ethers.provider.getSigner(0);
  return openEscrowOn(connection, await new NoReturnToken__factory(deployer).deploy());
}
