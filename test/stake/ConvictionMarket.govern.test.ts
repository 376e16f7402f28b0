import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { Role } from "../../sdk/roles.ts";
import type { ConvictionMarket, TestUSDC } from "../../typechain-types/index.ts";
import { CLAIM, usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { contestedPool, leave, POOLLESS_CLAIM, type StakeWorld } from "../fixtures/stake.ts";

describe("ConvictionMarket, governed by the AccessManager", () => {
  let world: StakeWorld<TestUSDC>;
  let market: ConvictionMarket;

  beforeEach(async () => {
    world = await load(contestedPool);
    market = world.convictionMarket.connect(world.guardian);
  });

  describe("pauseEntries", () => {
    it("emits Paused when the guardian calls", async () => {
      await expect(market.pauseEntries()).to.emit(market, "Paused").withArgs(world.guardian);
    });

    it("reverts when entries are already paused", async () => {
      await market.pauseEntries();
      await expect(market.pauseEntries()).to.be.revertedWithCustomError(market, "EnforcedPause").withArgs();
    });
  });

  describe("unpauseEntries", () => {
    it("emits Unpaused when the guardian calls", async () => {
      await market.pauseEntries();
      await expect(market.unpauseEntries()).to.emit(market, "Unpaused").withArgs(world.guardian);
    });

    it("reverts when entries are not paused", async () => {
      await expect(market.unpauseEntries()).to.be.revertedWithCustomError(market, "ExpectedPause").withArgs();
    });

    it("lets people buy again", async () => {
      await market.pauseEntries();
      await market.unpauseEntries();
      await expect(market.connect(world.latecomer).buy(CLAIM, Side.Support, usdc(100), 0n)).to.emit(market, "Bought");
    });

    it("lets people create pools again", async () => {
      await market.pauseEntries();
      await market.unpauseEntries();
      await expect(market.connect(world.outsider).createPool(POOLLESS_CLAIM)).to.emit(market, "PoolCreated");
    });
  });

  describe("when anyone but the guardian calls", () => {
    for (const name of ["pauseEntries", "unpauseEntries"] as const) {
      for (const actor of ["deployer", "author", "outsider"] as const) {
        it(`reverts when the ${actor} calls ${name}`, async () => {
          await expect(market.connect(world[actor])[name]())
            .to.be.revertedWithCustomError(market, "AccessManagedUnauthorized")
            .withArgs(world[actor]);
        });
      }

      it(`reverts when a guardian whose role was revoked calls ${name}`, async () => {
        await world.authority.revokeRole(Role.Guardian, world.guardian);
        await expect(market[name]())
          .to.be.revertedWithCustomError(market, "AccessManagedUnauthorized")
          .withArgs(world.guardian);
      });
    }
  });

  describe("when entries and commits are paused", () => {
    beforeEach(async () => {
      await market.pauseEntries();
      await world.truthSerum.connect(world.guardian).pauseCommits();
    });

    it("lets people sell", async () => {
      await expect(leave(world, world.supporter)).to.emit(market, "Sold");
    });

    it("lets people deposit", async () => {
      await expect(world.stakeVault.connect(world.outsider).deposit(1n)).to.emit(world.stakeVault, "Deposited");
    });

    it("lets people withdraw what the sale has freed", async () => {
      await leave(world, world.supporter);
      await expect(world.stakeVault.connect(world.supporter).withdraw(usdc(6))).to.emit(world.stakeVault, "Withdrawn");
    });
  });
});
