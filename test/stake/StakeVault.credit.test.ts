import { expect } from "chai";
import { MaxUint256 } from "ethers";
import type { StakeVault } from "../../typechain-types/index.ts";
import { STAKE, usdc } from "../fixtures/amounts.ts";
import { boundVault, lose, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.credit", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault.connect(world.serum);
    for (const user of [world.supporter, world.challenger]) await vault.connect(user).deposit(STAKE);
    await lose(world, world.challenger, usdc(7));
  });

  describe("when the pots cover the amount", () => {
    it("emits Credited", async () => {
      await expect(vault.credit(world.supporter, usdc(7)))
        .to.emit(vault, "Credited")
        .withArgs(world.supporter, usdc(7));
    });

    it("updates the stake of someone who has one", async () => {
      await vault.credit(world.supporter, usdc(3));
      expect(await vault.totalStake(world.supporter)).to.equal(STAKE + usdc(3));
    });

    it("updates the stake of someone who has none", async () => {
      await vault.credit(world.outsider, usdc(3));
      expect(await vault.totalStake(world.outsider)).to.equal(usdc(3));
    });

    it("moves the amount from pots to stakes", async () => {
      await vault.credit(world.supporter, usdc(3));
      expect([await vault.stakes(), await vault.pots()]).to.deep.equal([2n * STAKE - usdc(4), usdc(4)]);
    });

    it("moves no tokens", async () => {
      await expect(vault.credit(world.supporter, usdc(7))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [vault, world.serum, world.supporter],
        [0n, 0n, 0n],
      );
    });
  });

  describe("when the amount is zero", () => {
    it("emits nothing", async () => {
      await expect(vault.credit(world.supporter, 0n)).not.to.emit(vault, "Credited");
    });
  });

  describe("when the amount is above the pots", () => {
    for (const amount of [usdc(7) + 1n, 2n ** 128n, MaxUint256]) {
      it(`reverts when it is ${amount}`, async () => {
        await expect(vault.credit(world.supporter, amount))
          .to.be.revertedWithCustomError(vault, "PotsExceeded")
          .withArgs(amount, usdc(7));
      });
    }

    it("reverts when the pots are paid out", async () => {
      await vault.credit(world.supporter, usdc(7));
      await expect(vault.credit(world.supporter, 1n))
        .to.be.revertedWithCustomError(vault, "PotsExceeded")
        .withArgs(1n, 0n);
    });
  });
});
