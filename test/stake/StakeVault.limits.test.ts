import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import { MAX_AMOUNT } from "../../sdk/stake/math.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { boundVaultOfWhales, lose, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.setLock, with large locks", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  const preview = (newLock: bigint) => vault.previewSkim(world.supporter, CLAIM, Side.Support, newLock);
  const setLock = (newLock: bigint, side: Side = Side.Support) => vault.setLock(world.supporter, CLAIM, side, newLock);

  beforeEach(async () => {
    world = await load(boundVaultOfWhales);
    vault = world.stakeVault.connect(world.venue);
  });

  it("updates the lock to 2^85 - 1", async () => {
    await setLock(MAX_AMOUNT, Side.Oppose);
    expect(await vault.exposureOf(world.supporter, CLAIM)).to.deep.equal([MAX_AMOUNT, 0n]);
  });

  for (const newLock of [MAX_AMOUNT + 1n, 2n ** 96n, 2n ** 128n + 1n, MaxUint256]) {
    it(`reverts when it is ${newLock}`, async () => {
      await expect(setLock(newLock))
        .to.be.revertedWithCustomError(vault, "EncumbranceTooLarge")
        .withArgs(newLock, MAX_AMOUNT);
    });
  }

  it("reverts when a lock of 2^85 is previewed", async () => {
    await expect(preview(MAX_AMOUNT + 1n))
      .to.be.revertedWithCustomError(vault, "EncumbranceTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });

  for (const user of ["supporter", "challenger"] as const) {
    it(`reverts when it and what the ${user} has at risk elsewhere would be 2^85`, async () => {
      await vault.connect(world.serum).setAtRisk(world[user], OTHER_CLAIM, MAX_AMOUNT - 1n);
      await expect(setLock(2n))
        .to.be.revertedWithCustomError(vault, "EncumbranceTooLarge")
        .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
    });
  }

  it("emits LockSet when a lock at the limit is replaced by another one at the limit", async () => {
    await setLock(MAX_AMOUNT);
    await expect(setLock(MAX_AMOUNT)).to.emit(vault, "LockSet");
  });

  it("emits LockSet up to what is at risk on the claim, where that is at the limit", async () => {
    await vault.connect(world.serum).setAtRisk(world.supporter, CLAIM, MAX_AMOUNT);
    await expect(setLock(MAX_AMOUNT))
      .to.emit(vault, "LockSet")
      .withArgs(world.supporter, CLAIM, Side.Support, MAX_AMOUNT, MAX_AMOUNT);
  });

  it("reverts when the skim would make all stakes 2^85", async () => {
    await vault.connect(world.challenger).deposit(MAX_AMOUNT - 1n);
    await expect(setLock(2n))
      .to.be.revertedWithCustomError(vault, "StakeTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });

  it("reverts when the skim would make stakes and pots 2^85", async () => {
    await vault.connect(world.challenger).deposit(MAX_AMOUNT);
    await lose(world, world.challenger, MAX_AMOUNT);
    await expect(setLock(1n))
      .to.be.revertedWithCustomError(vault, "StakeTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });

  it("reverts when a skim is previewed that would make all stakes 2^85", async () => {
    await vault.connect(world.challenger).deposit(MAX_AMOUNT - 1n);
    await expect(preview(2n))
      .to.be.revertedWithCustomError(vault, "StakeTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });
});

describe("StakeVault.setAtRisk, with large amounts", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  const setAtRisk = (amount: bigint) => vault.setAtRisk(world.supporter, CLAIM, amount);

  beforeEach(async () => {
    world = await load(boundVaultOfWhales);
    vault = world.stakeVault.connect(world.serum);
  });

  it("updates what is at risk to 2^85 - 1", async () => {
    await setAtRisk(MAX_AMOUNT);
    expect(await vault.exposureOf(world.supporter, CLAIM)).to.deep.equal([0n, MAX_AMOUNT]);
  });

  for (const amount of [MAX_AMOUNT + 1n, 2n ** 96n, 2n ** 128n + 1n, MaxUint256]) {
    it(`reverts when it is ${amount}`, async () => {
      await expect(setAtRisk(amount))
        .to.be.revertedWithCustomError(vault, "EncumbranceTooLarge")
        .withArgs(amount, MAX_AMOUNT);
    });
  }

  it("reverts when all that is encumbered together would be 2^85", async () => {
    await vault.setAtRisk(world.challenger, CLAIM, MAX_AMOUNT - 1n);
    await expect(setAtRisk(2n))
      .to.be.revertedWithCustomError(vault, "EncumbranceTooLarge")
      .withArgs(MAX_AMOUNT + 1n, MAX_AMOUNT);
  });

  it("emits AtRiskSet when it is covered by a lock at the limit", async () => {
    await vault.connect(world.venue).setLock(world.supporter, CLAIM, Side.Oppose, MAX_AMOUNT);
    await expect(setAtRisk(MAX_AMOUNT)).to.emit(vault, "AtRiskSet").withArgs(world.supporter, CLAIM, MAX_AMOUNT);
  });
});
