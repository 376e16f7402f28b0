import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, STAKE, usdc } from "../fixtures/amounts.ts";
import { boundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.setAtRisk", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  const setAtRisk = (amount: bigint, claimId = CLAIM) => vault.setAtRisk(world.supporter, claimId, amount);
  const setLock = (amount: bigint, side: Side = Side.Support, claimId = CLAIM) =>
    vault.connect(world.venue).setLock(world.supporter, claimId, side, amount);

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault.connect(world.serum);
    await vault.connect(world.supporter).deposit(STAKE);
  });

  describe("when the amount changes", () => {
    it("emits AtRiskSet with the new amount", async () => {
      await setAtRisk(usdc(7));
      await expect(setAtRisk(usdc(5)))
        .to.emit(vault, "AtRiskSet")
        .withArgs(world.supporter, CLAIM, usdc(5));
    });

    it("emits AtRiskSet when nothing is at risk any more", async () => {
      await setAtRisk(usdc(7));
      await expect(setAtRisk(0n)).to.emit(vault, "AtRiskSet").withArgs(world.supporter, CLAIM, 0n);
    });

    it("updates what is at risk on the claim", async () => {
      await setAtRisk(usdc(7));
      expect(await vault.exposureOf(world.supporter, CLAIM)).to.deep.equal([0n, usdc(7)]);
    });

    it("leaves what is at risk on other claims as it is", async () => {
      await setAtRisk(usdc(7), OTHER_CLAIM);
      await setAtRisk(usdc(3));
      expect(await vault.exposureOf(world.supporter, OTHER_CLAIM)).to.deep.equal([0n, usdc(7)]);
    });

    it("leaves stake and locks as they are", async () => {
      await setLock(usdc(3));
      await setAtRisk(usdc(7));
      const books = [await vault.totalStake(world.supporter), await vault.totalLocked(world.supporter)];
      expect(books).to.deep.equal([STAKE, usdc(3)]);
    });

    it("moves no tokens", async () => {
      await expect(setAtRisk(usdc(7))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [vault, world.serum, world.supporter],
        [0n, 0n, 0n],
      );
    });
  });

  describe("when the amount is what it was", () => {
    for (const amount of [0n, usdc(7)]) {
      it(`emits nothing for ${amount}`, async () => {
        await setAtRisk(amount);
        await expect(setAtRisk(amount)).not.to.emit(vault, "AtRiskSet");
      });
    }
  });

  describe("what is encumbered", () => {
    for (const [long, short, atRisk, encumbered] of [
      [0n, 0n, 5n, 5n],
      [3n, 0n, 5n, 5n],
      [5n, 0n, 5n, 5n],
      [6n, 0n, 5n, 6n],
      [3n, 2n, 5n, 5n], // the gross lock counts, not the larger side
      [3n, 3n, 5n, 6n],
      [3n, 3n, 0n, 6n],
    ] as const) {
      it(`is ${encumbered} when ${long} LONG and ${short} SHORT are locked and ${atRisk} at risk`, async () => {
        await setLock(long);
        await setLock(short, Side.Oppose);
        await setAtRisk(atRisk);
        expect(await vault.encumbered(world.supporter)).to.equal(encumbered);
      });

      it(`is ${encumbered} as well when ${atRisk} were at risk before ${long} LONG and ${short} SHORT`, async () => {
        await setAtRisk(atRisk);
        await setLock(long);
        await setLock(short, Side.Oppose);
        expect(await vault.encumbered(world.supporter)).to.equal(encumbered);
      });
    }

    it("is the sum over the claims", async () => {
      await setLock(3n);
      await setAtRisk(5n);
      await setLock(7n, Side.Oppose, OTHER_CLAIM);
      await setAtRisk(2n, OTHER_CLAIM);
      expect(await vault.encumbered(world.supporter)).to.equal(12n);
    });

    it("falls back to the lock when the risk ends", async () => {
      await setLock(3n);
      await setAtRisk(5n);
      await setAtRisk(0n);
      expect(await vault.encumbered(world.supporter)).to.equal(3n);
    });

    it("is added up over all users", async () => {
      await setAtRisk(5n);
      await vault.setAtRisk(world.challenger, CLAIM, 4n);
      await setAtRisk(1n);
      expect(await vault.totalEncumbered()).to.equal(5n);
    });

    it("may exceed the stake, of which nothing can be withdrawn then", async () => {
      await setAtRisk(STAKE + 1n);
      expect(await vault.withdrawable(world.supporter)).to.equal(0n);
    });
  });
});
