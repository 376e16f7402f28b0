import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, STAKE, WEALTH } from "../fixtures/amounts.ts";
import { boundVault, boundVaultOfWhales, lose, unboundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.deposit", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  describe("when the vault is bound", () => {
    beforeEach(async () => {
      world = await load(boundVault);
      vault = world.stakeVault.connect(world.supporter);
    });

    it("pays the amount from the caller to the vault", async () => {
      await expect(vault.deposit(STAKE)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.supporter, vault],
        [-STAKE, STAKE],
      );
    });

    it("emits Deposited", async () => {
      await expect(vault.deposit(STAKE)).to.emit(vault, "Deposited").withArgs(world.supporter, STAKE);
    });

    it("updates the caller's stake by what comes", async () => {
      await vault.deposit(STAKE);
      await vault.deposit(1n);
      expect(await vault.totalStake(world.supporter)).to.equal(STAKE + 1n);
    });

    it("updates what the caller can withdraw", async () => {
      await vault.deposit(STAKE);
      expect(await vault.withdrawable(world.supporter)).to.equal(STAKE);
    });

    it("updates the sum of stakes", async () => {
      await vault.deposit(STAKE);
      await vault.connect(world.challenger).deposit(STAKE);
      expect(await vault.stakes()).to.equal(2n * STAKE);
    });

    it("leaves others' stakes as they are", async () => {
      await vault.connect(world.challenger).deposit(STAKE);
      await vault.deposit(1n);
      expect(await vault.totalStake(world.challenger)).to.equal(STAKE);
    });

    it("heals a stake that a loss has left below its locks", async () => {
      await vault.connect(world.venue).setLock(world.supporter, CLAIM, Side.Support, STAKE);
      await lose(world, world.supporter, STAKE);
      await vault.deposit(STAKE + 1n);
      expect(await vault.withdrawable(world.supporter)).to.equal(1n);
    });

    it("leaves the sum of stakes as it is when tokens are sent without it", async () => {
      await world.token.connect(world.supporter).transfer(vault, STAKE);
      expect(await vault.stakes()).to.equal(0n);
    });

    it("reverts when the amount is zero", async () => {
      await expect(vault.deposit(0n)).to.be.revertedWithCustomError(vault, "AmountZero").withArgs();
    });

    it("reverts when the amount is above the balance", async () => {
      await world.token.connect(world.supporter).transfer(world.outsider, WEALTH - STAKE + 1n);
      await expect(vault.deposit(STAKE))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientBalance")
        .withArgs(world.supporter, STAKE - 1n, STAKE);
    });

    it("reverts when the amount is above the allowance", async () => {
      await world.token.connect(world.supporter).approve(vault, STAKE - 1n);
      await expect(vault.deposit(STAKE))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
        .withArgs(vault, STAKE - 1n, STAKE);
    });
  });

  describe("when the vault is not bound", () => {
    it("reverts when anyone deposits", async () => {
      const { stakeVault, supporter } = await load(unboundVault);
      await expect(stakeVault.connect(supporter).deposit(STAKE))
        .to.be.revertedWithCustomError(stakeVault, "NotBound")
        .withArgs();
    });
  });

  describe("when the vault is nearly full", () => {
    beforeEach(async () => {
      world = await load(boundVaultOfWhales);
      vault = world.stakeVault.connect(world.supporter);
    });

    it("updates the sum of stakes to 2^85 - 1", async () => {
      await vault.connect(world.challenger).deposit(MAX_AMOUNT - 1n);
      await vault.deposit(1n);
      expect(await vault.stakes()).to.equal(MAX_AMOUNT);
    });

    for (const amount of [MAX_AMOUNT + 1n, 2n ** 96n, 2n ** 128n + 1n, MaxUint256]) {
      it(`reverts when the first deposit is ${amount}`, async () => {
        await expect(vault.deposit(amount))
          .to.be.revertedWithCustomError(vault, "StakeTooLarge")
          .withArgs(amount, MAX_AMOUNT);
      });
    }

    it("reverts when all stakes together would be 2^85", async () => {
      await vault.connect(world.challenger).deposit(MAX_AMOUNT - 1n);
      await expect(vault.deposit(2n))
        .to.be.revertedWithCustomError(vault, "StakeTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });

    it("reverts with the largest number when the total is beyond all numbers", async () => {
      await vault.deposit(1n);
      await expect(vault.deposit(MaxUint256))
        .to.be.revertedWithCustomError(vault, "StakeTooLarge")
        .withArgs(MaxUint256, MAX_AMOUNT);
    });

    it("reverts when stakes and pots together would be 2^85", async () => {
      await vault.connect(world.challenger).deposit(MAX_AMOUNT);
      await lose(world, world.challenger, STAKE);
      await expect(vault.deposit(1n))
        .to.be.revertedWithCustomError(vault, "StakeTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });
  });
});
