import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, STAKE, usdc } from "../fixtures/amounts.ts";
import { boundVault, boundVaultOfWhales, lose, unboundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.withdraw", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  const lock = (side: Side, amount: bigint, claimId = CLAIM) =>
    vault.connect(world.venue).setLock(world.supporter, claimId, side, amount);
  const risk = (amount: bigint, claimId = CLAIM) =>
    vault.connect(world.serum).setAtRisk(world.supporter, claimId, amount);

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault.connect(world.supporter);
    await vault.deposit(STAKE);
    await vault.connect(world.challenger).deposit(STAKE);
  });

  describe("when nothing is encumbered", () => {
    it("pays the amount from the vault to its owner", async () => {
      await expect(vault.withdraw(STAKE)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [vault, world.supporter],
        [-STAKE, STAKE],
      );
    });

    it("emits Withdrawn", async () => {
      await expect(vault.withdraw(STAKE)).to.emit(vault, "Withdrawn").withArgs(world.supporter, STAKE);
    });

    it("updates the caller's stake", async () => {
      await vault.withdraw(1n);
      expect(await vault.totalStake(world.supporter)).to.equal(STAKE - 1n);
    });

    it("updates the sum of stakes", async () => {
      await vault.withdraw(1n);
      expect(await vault.stakes()).to.equal(2n * STAKE - 1n);
    });

    it("leaves others' stakes as they are", async () => {
      await vault.withdraw(STAKE);
      expect(await vault.totalStake(world.challenger)).to.equal(STAKE);
    });

    it("pays what was gained and never deposited", async () => {
      await lose(world, world.challenger, STAKE);
      await vault.connect(world.serum).credit(world.supporter, STAKE);
      await expect(vault.withdraw(2n * STAKE)).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.supporter,
        2n * STAKE,
      );
    });

    it("reverts when the amount is zero", async () => {
      await expect(vault.withdraw(0n)).to.be.revertedWithCustomError(vault, "AmountZero").withArgs();
    });

    for (const amount of [STAKE + 1n, 2n ** 85n, 2n ** 128n + 1n, MaxUint256]) {
      it(`reverts when the amount is ${amount}`, async () => {
        await expect(vault.withdraw(amount))
          .to.be.revertedWithCustomError(vault, "WithdrawableExceeded")
          .withArgs(amount, STAKE);
      });
    }

    it("reverts when the caller has no stake", async () => {
      await expect(vault.connect(world.outsider).withdraw(1n))
        .to.be.revertedWithCustomError(vault, "WithdrawableExceeded")
        .withArgs(1n, 0n);
    });

    it("reverts when the caller has withdrawn all before", async () => {
      await vault.withdraw(STAKE);
      await expect(vault.withdraw(1n)).to.be.revertedWithCustomError(vault, "WithdrawableExceeded").withArgs(1n, 0n);
    });
  });

  describe("when part of the stake is encumbered", () => {
    for (const { name, free, encumber } of [
      { name: "a lock of 600", free: usdc(400), encumber: () => lock(Side.Support, usdc(600)) },
      {
        name: "locks of 600 and 300 on both sides",
        free: usdc(100),
        encumber: async () => {
          await lock(Side.Support, usdc(600));
          await lock(Side.Oppose, usdc(300));
        },
      },
      { name: "600 at risk without a lock", free: usdc(400), encumber: () => risk(usdc(600)) },
      {
        name: "600 at risk where 100 are locked",
        free: usdc(400),
        encumber: async () => {
          await lock(Side.Support, usdc(100));
          await risk(usdc(600));
        },
      },
      {
        name: "100 at risk where 600 are locked",
        free: usdc(400),
        encumber: async () => {
          await lock(Side.Support, usdc(600));
          await risk(usdc(100));
        },
      },
      {
        name: "600 at risk on one claim and a lock of 100 on another",
        free: usdc(300),
        encumber: async () => {
          await risk(usdc(600));
          await lock(Side.Oppose, usdc(100), OTHER_CLAIM);
        },
      },
      { name: "a lock of the whole stake", free: 0n, encumber: () => lock(Side.Support, STAKE) },
    ]) {
      describe(`by ${name}`, () => {
        beforeEach(async () => {
          await encumber();
        });

        it(`reverts when the amount is one unit above ${free}`, async () => {
          await expect(vault.withdraw(free + 1n))
            .to.be.revertedWithCustomError(vault, "WithdrawableExceeded")
            .withArgs(free + 1n, free);
        });

        if (free > 0n) {
          it(`pays ${free}`, async () => {
            await vault.withdraw(free);
            expect(await vault.withdrawable(world.supporter)).to.equal(0n);
          });
        }
      });
    }
  });

  describe("when a loss has left the stake below what is encumbered", () => {
    beforeEach(async () => {
      await lock(Side.Support, usdc(600));
      await lose(world, world.supporter, usdc(500));
    });

    it("reverts when a unit is withdrawn", async () => {
      await expect(vault.withdraw(1n)).to.be.revertedWithCustomError(vault, "WithdrawableExceeded").withArgs(1n, 0n);
    });

    it("pays the rest of the stake once the lock is freed", async () => {
      await lock(Side.Support, 0n);
      await expect(vault.withdraw(usdc(500))).to.changeTokenBalance(
        world.ethers,
        world.token,
        world.supporter,
        usdc(500),
      );
    });
  });
});

describe("StakeVault.withdraw, at its limits", () => {
  describe("when the amount is 2^85 - 1", () => {
    it("pays all that the vault holds", async () => {
      const whales = await load(boundVaultOfWhales);
      await whales.stakeVault.connect(whales.supporter).deposit(MAX_AMOUNT);
      await expect(whales.stakeVault.connect(whales.supporter).withdraw(MAX_AMOUNT)).to.changeTokenBalances(
        whales.ethers,
        whales.token,
        [whales.stakeVault, whales.supporter],
        [-MAX_AMOUNT, MAX_AMOUNT],
      );
    });
  });

  describe("when the vault is not bound", () => {
    it("reverts when a unit is withdrawn", async () => {
      const { stakeVault, supporter } = await load(unboundVault);
      await expect(stakeVault.connect(supporter).withdraw(1n))
        .to.be.revertedWithCustomError(stakeVault, "WithdrawableExceeded")
        .withArgs(1n, 0n);
    });
  });
});
