import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, STAKE, usdc } from "../fixtures/amounts.ts";
import { boundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.debit", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault.connect(world.serum);
    for (const user of [world.supporter, world.challenger]) await vault.connect(user).deposit(STAKE);
  });

  describe("when the stake covers the loss", () => {
    it("emits Debited with the loss", async () => {
      await expect(vault.debit(world.supporter, usdc(7)))
        .to.emit(vault, "Debited")
        .withArgs(world.supporter, usdc(7));
    });

    it("returns the loss", async () => {
      expect(await vault.debit.staticCall(world.supporter, usdc(7))).to.equal(usdc(7));
    });

    it("updates the stake", async () => {
      await vault.debit(world.supporter, usdc(7));
      expect(await vault.totalStake(world.supporter)).to.equal(STAKE - usdc(7));
    });

    it("moves the loss from stakes to pots", async () => {
      await vault.debit(world.supporter, usdc(7));
      await vault.debit(world.challenger, usdc(5));
      expect([await vault.stakes(), await vault.pots()]).to.deep.equal([2n * STAKE - usdc(12), usdc(12)]);
    });

    it("moves no tokens", async () => {
      await expect(vault.debit(world.supporter, usdc(7))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [vault, world.serum, world.supporter],
        [0n, 0n, 0n],
      );
    });

    it("leaves others' stakes as they are", async () => {
      await vault.debit(world.supporter, usdc(7));
      expect(await vault.totalStake(world.challenger)).to.equal(STAKE);
    });

    it("leaves locks as they are, though it reaches into them", async () => {
      await vault.connect(world.venue).setLock(world.supporter, CLAIM, Side.Support, STAKE);
      await vault.debit(world.supporter, usdc(7));
      expect(await vault.totalLocked(world.supporter)).to.equal(STAKE);
    });
  });

  describe("when the loss is at least the stake", () => {
    for (const loss of [STAKE, STAKE + 1n, 2n ** 128n, MaxUint256]) {
      it(`takes no more than the stake for ${loss}`, async () => {
        await expect(vault.debit(world.supporter, loss)).to.emit(vault, "Debited").withArgs(world.supporter, STAKE);
      });
    }

    it("returns the stake", async () => {
      expect(await vault.debit.staticCall(world.supporter, STAKE + 1n)).to.equal(STAKE);
    });

    it("updates the stake to zero", async () => {
      await vault.debit(world.supporter, STAKE + 1n);
      expect(await vault.totalStake(world.supporter)).to.equal(0n);
    });

    it("adds no more than the stake to the pots", async () => {
      await vault.debit(world.supporter, STAKE + 1n);
      expect([await vault.stakes(), await vault.pots()]).to.deep.equal([STAKE, STAKE]);
    });
  });

  describe("when nothing is taken", () => {
    it("emits nothing when the loss is zero", async () => {
      await expect(vault.debit(world.supporter, 0n)).not.to.emit(vault, "Debited");
    });

    it("emits nothing when there is no stake", async () => {
      await expect(vault.debit(world.outsider, usdc(7))).not.to.emit(vault, "Debited");
    });

    it("returns zero when there is no stake", async () => {
      expect(await vault.debit.staticCall(world.outsider, usdc(7))).to.equal(0n);
    });
  });
});
