import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Side } from "../../sdk/market/side.ts";
import {
  type BlacklistToken,
  BlacklistToken__factory,
  type NoReturnToken,
  NoReturnToken__factory,
} from "../../typechain-types/index.ts";
import { CLAIM, STAKE, usdc, WEALTH } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import {
  contestedPoolOn,
  enter,
  finishEpoch,
  leave,
  POOL,
  percent,
  playEpoch,
  type StakeWorld,
  surplusOf,
} from "../fixtures/stake.ts";

describe("StakeVault and ConvictionMarket, on a token that returns nothing", () => {
  let world: StakeWorld<NoReturnToken>;

  beforeEach(async () => {
    world = await load(noReturnPool);
  });

  it("pays a deposit into the vault", async () => {
    const { stakeVault, latecomer, token, ethers } = world;
    await expect(stakeVault.connect(latecomer).deposit(STAKE)).to.changeTokenBalances(
      ethers,
      token,
      [latecomer, stakeVault],
      [-STAKE, STAKE],
    );
  });

  it("pays a purchase into venue and vault", async () => {
    const { convictionMarket, stakeVault, latecomer, token, ethers } = world;
    await expect(convictionMarket.connect(latecomer).buy(CLAIM, Side.Support, usdc(100), 0n)).to.changeTokenBalances(
      ethers,
      token,
      [latecomer, convictionMarket, stakeVault],
      [-usdc(100), usdc(98), usdc(2)],
    );
  });

  it("pays a sale out", async () => {
    const { convictionMarket, supporter, token, ethers } = world;
    await expect(leave(world, supporter)).to.changeTokenBalances(
      ethers,
      token,
      [supporter, convictionMarket],
      [usdc(100), -usdc(100)],
    );
  });

  it("pays a withdrawal out", async () => {
    const { stakeVault, supporter, token, ethers } = world;
    await leave(world, supporter);
    await expect(stakeVault.connect(supporter).withdraw(POOL.longLock)).to.changeTokenBalances(
      ethers,
      token,
      [supporter, stakeVault],
      [POOL.longLock, -POOL.longLock],
    );
  });

  it("reverts with the token's error when a purchase is above the balance", async () => {
    const { convictionMarket, latecomer, outsider, token } = world;
    await token.connect(latecomer).transfer(outsider, WEALTH - STAKE + 1n);
    await expect(convictionMarket.connect(latecomer).buy(CLAIM, Side.Support, STAKE, 0n))
      .to.be.revertedWithCustomError(token, "BalanceTooSmall")
      .withArgs(latecomer, STAKE - 1n, STAKE);
  });
});

describe("StakeVault and ConvictionMarket, on a token that shuts an owner out", () => {
  let world: StakeWorld<BlacklistToken>;

  beforeEach(async () => {
    world = await load(blacklistPool);
    await world.token.setBlacklisted(world.challenger, true);
  });

  describe("when the owner who is shut out calls", () => {
    const CALLS: readonly { name: string; send: () => Promise<ContractTransactionResponse> }[] = [
      { name: "deposit", send: () => world.stakeVault.connect(world.challenger).deposit(1n) },
      { name: "withdraw", send: () => world.stakeVault.connect(world.challenger).withdraw(1n) },
      {
        name: "buy",
        send: () => world.convictionMarket.connect(world.challenger).buy(CLAIM, Side.Support, usdc(100), 0n),
      },
      { name: "sell", send: () => leave(world, world.challenger, { side: Side.Oppose }) },
    ];

    for (const { name, send } of CALLS) {
      it(`reverts when they ${name}`, async () => {
        await expect(send())
          .to.be.revertedWithCustomError(world.token, "AccountBlacklisted")
          .withArgs(world.challenger);
      });
    }
  });

  describe("when the others call", () => {
    it("emits Bought when someone buys", async () => {
      const { convictionMarket, latecomer } = world;
      await expect(convictionMarket.connect(latecomer).buy(CLAIM, Side.Support, usdc(100), 0n)).to.emit(
        convictionMarket,
        "Bought",
      );
    });

    it("pays a sale of the other side out", async () => {
      const { supporter, convictionMarket, token, ethers } = world;
      const amount = await convictionMarket.quoteSell(CLAIM, Side.Support, POOL.longSupply);
      await expect(leave(world, supporter)).to.changeTokenBalances(
        ethers,
        token,
        [supporter, convictionMarket],
        [amount, -amount],
      );
    });

    it("pays a withdrawal out", async () => {
      const { stakeVault, latecomer, token, ethers } = world;
      await expect(stakeVault.connect(latecomer).withdraw(STAKE)).to.changeTokenBalance(
        ethers,
        token,
        latecomer,
        STAKE,
      );
    });

    it("keeps what is the shut out owner's when all others have left", async () => {
      const { supporter, author, latecomer, stakeVault } = world;
      for (const user of [supporter, author]) await leave(world, user);
      for (const user of [supporter, author, latecomer]) {
        await stakeVault.connect(user).withdraw(await stakeVault.withdrawable(user));
      }
      expect(await surplusOf(world)).to.deep.equal({ vault: 0n, venue: 0n });
    });
  });

  describe("when the shut out owner has raised a voice", () => {
    beforeEach(async () => {
      const { author, supporter, challenger } = world;
      await playEpoch(world, [
        { user: supporter, belief: percent(90n), meta: percent(50n) },
        { user: author, belief: percent(80n), meta: percent(60n) },
        { user: challenger, belief: percent(20n), meta: percent(40n) },
      ]);
    });

    it("emits Debited with their loss as the epoch is settled", async () => {
      const { truthSerum, stakeVault, challenger } = world;
      await expect(truthSerum.settle(CLAIM, 0n, 3n))
        .to.emit(stakeVault, "Debited")
        .withArgs(challenger, POOL.shortLock);
    });

    it("pays the winners out of it", async () => {
      await finishEpoch(world);
      const { stakeVault, supporter, author } = world;
      const stakes = (await stakeVault.totalStake(supporter)) + (await stakeVault.totalStake(author));
      expect(stakes).to.equal(POOL.longLock + usdc(5) + POOL.shortLock - (await stakeVault.pots()));
    });
  });

  describe("when the owner is let in again", () => {
    it("pays the sale after all others have left", async () => {
      for (const user of [world.supporter, world.author]) await leave(world, user);
      await world.token.setBlacklisted(world.challenger, false);
      const { reserve } = await world.convictionMarket.pool(CLAIM);
      await expect(leave(world, world.challenger, { side: Side.Oppose })).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.challenger, world.convictionMarket],
        [reserve, -reserve],
      );
    });
  });
});

async function noReturnPool(connection: NetworkConnection): Promise<StakeWorld<NoReturnToken>> {
  const deployer = await connection.ethers.provider.getSigner(0);
  return contestedPoolOn(connection, await new NoReturnToken__factory(deployer).deploy());
}

/** The author has joined LONG with a lock of 5; the latecomer has a stake and nothing else, the challenger a unit more. */
async function blacklistPool(connection: NetworkConnection): Promise<StakeWorld<BlacklistToken>> {
  const deployer = await connection.ethers.provider.getSigner(0);
  const world = await contestedPoolOn(connection, await new BlacklistToken__factory(deployer).deploy());
  await enter(world, world.author, { lock: usdc(5) });
  await world.stakeVault.connect(world.latecomer).deposit(STAKE);
  await world.stakeVault.connect(world.challenger).deposit(1n);
  return world;
}
