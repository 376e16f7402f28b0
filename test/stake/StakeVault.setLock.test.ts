import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import { Side } from "../../sdk/market/side.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { boundVault, gain, lose, unboundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.setLock", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  /** A call of the venue for the supporter. */
  const setLock = (newLock: bigint, side: Side = Side.Support, claimId = CLAIM) =>
    vault.setLock(world.supporter, claimId, side, newLock);
  const stake = (amount: bigint) => vault.connect(world.supporter).deposit(amount);
  const preview = (newLock: bigint, side: Side = Side.Support, claimId = CLAIM) =>
    vault.previewSkim(world.supporter, claimId, side, newLock);

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault.connect(world.venue);
  });

  describe("when the stake covers all locks", () => {
    beforeEach(async () => {
      await stake(usdc(10));
    });

    it("emits LockSet without a skim", async () => {
      await expect(setLock(usdc(10)))
        .to.emit(vault, "LockSet")
        .withArgs(world.supporter, CLAIM, Side.Support, usdc(10), 0n);
    });

    it("pulls nothing", async () => {
      await expect(setLock(usdc(10))).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.venue, vault, world.supporter],
        [0n, 0n, 0n],
      );
    });

    it("leaves the stake as it is", async () => {
      await setLock(usdc(10));
      expect(await vault.totalStake(world.supporter)).to.equal(usdc(10));
    });

    for (const [name, side] of Object.entries(Side)) {
      it(`updates the lock of ${name} alone`, async () => {
        await setLock(usdc(4), side);
        const locks = [];
        for (const each of [Side.Support, Side.Oppose]) locks.push(await vault.lockOf(world.supporter, CLAIM, each));
        expect(locks).to.deep.equal(side === Side.Support ? [usdc(4), 0n] : [0n, usdc(4)]);
      });
    }

    it("adds the locks of both sides up", async () => {
      await setLock(usdc(4));
      await setLock(usdc(3), Side.Oppose);
      expect(await vault.exposureOf(world.supporter, CLAIM)).to.deep.equal([usdc(7), 0n]);
    });

    it("adds the locks of all claims up", async () => {
      await setLock(usdc(4));
      await setLock(usdc(3), Side.Oppose, OTHER_CLAIM);
      expect(await vault.totalLocked(world.supporter)).to.equal(usdc(7));
    });

    it("leaves the locks of the claim's other side and of other claims as they are", async () => {
      await setLock(usdc(4), Side.Oppose);
      await setLock(usdc(3), Side.Support, OTHER_CLAIM);
      await setLock(usdc(2));
      const others = [
        await vault.lockOf(world.supporter, CLAIM, Side.Oppose),
        await vault.lockOf(world.supporter, OTHER_CLAIM, Side.Support),
      ];
      expect(others).to.deep.equal([usdc(4), usdc(3)]);
    });

    it("leaves others' locks as they are", async () => {
      await setLock(usdc(4));
      expect(await vault.totalLocked(world.challenger)).to.equal(0n);
    });

    for (const newLock of [usdc(3), usdc(5), usdc(8)]) {
      it(`replaces a lock of 5 by one of ${newLock}`, async () => {
        await setLock(usdc(5));
        await setLock(newLock);
        expect(await vault.totalLocked(world.supporter)).to.equal(newLock);
      });
    }

    it("updates what all users have encumbered", async () => {
      await setLock(usdc(4));
      await setLock(usdc(3));
      expect(await vault.totalEncumbered()).to.equal(usdc(3));
    });
  });

  describe("when the locks exceed the stake", () => {
    beforeEach(async () => {
      await stake(usdc(10));
      await setLock(usdc(10));
      await gain(world, world.supporter, usdc(5));
    });

    // The seed's example: stake 10, lock 10, reward 5, a purchase that locks 10 elsewhere.
    it("pulls what is missing from the venue", async () => {
      await expect(setLock(usdc(10), Side.Support, OTHER_CLAIM)).to.changeTokenBalances(
        world.ethers,
        world.token,
        [world.venue, vault, world.supporter],
        [-usdc(5), usdc(5), 0n],
      );
    });

    it("emits LockSet with the skim", async () => {
      await expect(setLock(usdc(10), Side.Support, OTHER_CLAIM))
        .to.emit(vault, "LockSet")
        .withArgs(world.supporter, OTHER_CLAIM, Side.Support, usdc(10), usdc(5));
    });

    it("returns the skim", async () => {
      expect(await vault.setLock.staticCall(world.supporter, OTHER_CLAIM, Side.Support, usdc(10))).to.equal(usdc(5));
    });

    it("adds the skim to the user's stake", async () => {
      await setLock(usdc(10), Side.Support, OTHER_CLAIM);
      expect(await vault.totalStake(world.supporter)).to.equal(usdc(20));
    });

    it("adds the skim to the sum of stakes", async () => {
      await setLock(usdc(10), Side.Support, OTHER_CLAIM);
      expect(await vault.stakes()).to.equal(usdc(20));
    });

    it("leaves nothing to withdraw", async () => {
      await setLock(usdc(10), Side.Support, OTHER_CLAIM);
      expect(await vault.withdrawable(world.supporter)).to.equal(0n);
    });

    it("reverts when the venue has not allowed it", async () => {
      await world.token.connect(world.venue).approve(vault, usdc(5) - 1n);
      await expect(setLock(usdc(10), Side.Support, OTHER_CLAIM))
        .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
        .withArgs(vault, usdc(5) - 1n, usdc(5));
    });
  });

  describe("skim and preview", () => {
    /** Stake; locks before on LONG and SHORT of the claim and LONG of the other; the new lock on LONG; the skim. */
    const CASES = [
      { stake: 10n, long: 0n, short: 0n, other: 0n, newLock: 10n, skim: 0n },
      { stake: 10n, long: 0n, short: 0n, other: 0n, newLock: 11n, skim: 1n },
      { stake: 0n, long: 0n, short: 0n, other: 0n, newLock: 7n, skim: 7n },
      { stake: 20n, long: 15n, short: 3n, other: 2n, newLock: 15n, skim: 0n },
      { stake: 20n, long: 15n, short: 3n, other: 2n, newLock: 16n, skim: 1n },
      { stake: 20n, long: 15n, short: 3n, other: 2n, newLock: 1n, skim: 0n },
      { stake: 20n, long: 15n, short: 3n, other: 2n, newLock: 0n, skim: 0n },
      { stake: 20n, long: 0n, short: 18n, other: 2n, newLock: 5n, skim: 5n },
      // after a loss: the purchase heals, and a smaller position needs less
      { stake: 20n, lost: 8n, long: 15n, short: 3n, other: 2n, newLock: 15n, skim: 8n },
      { stake: 20n, lost: 8n, long: 15n, short: 3n, other: 2n, newLock: 7n, skim: 0n },
      { stake: 20n, lost: 8n, long: 15n, short: 3n, other: 2n, newLock: 8n, skim: 1n },
      { stake: 20n, lost: 20n, long: 15n, short: 3n, other: 2n, newLock: 1n, skim: 6n },
      { stake: 20n, lost: 20n, long: 15n, short: 3n, other: 2n, newLock: 0n, skim: 0n },
    ];

    for (const { lost = 0n, ...given } of CASES) {
      const backed = `${given.long} + ${given.short} + ${given.other}`;

      describe(`when a stake of ${given.stake} less ${lost} backs ${backed}, and LONG is to lock ${given.newLock}`, () => {
        beforeEach(async () => {
          if (given.stake > 0n) await stake(given.stake);
          await setLock(given.long);
          await setLock(given.short, Side.Oppose);
          await setLock(given.other, Side.Support, OTHER_CLAIM);
          await lose(world, world.supporter, lost);
        });

        it(`pulls ${given.skim}`, async () => {
          await expect(setLock(given.newLock)).to.changeTokenBalances(
            world.ethers,
            world.token,
            [world.venue, vault],
            [-given.skim, given.skim],
          );
        });

        it(`previews ${given.skim}`, async () => {
          expect(await preview(given.newLock)).to.equal(given.skim);
        });
      });
    }
  });

  describe("when the lock is set to zero", () => {
    beforeEach(async () => {
      await stake(usdc(10));
      await setLock(usdc(6));
      await setLock(usdc(4), Side.Oppose);
      await lose(world, world.supporter, usdc(9));
    });

    it("emits LockSet without a skim, though the other lock exceeds the stake", async () => {
      await expect(setLock(0n)).to.emit(vault, "LockSet").withArgs(world.supporter, CLAIM, Side.Support, 0n, 0n);
    });

    it("pulls nothing", async () => {
      await expect(setLock(0n)).to.changeTokenBalances(world.ethers, world.token, [world.venue, vault], [0n, 0n]);
    });

    it("updates what is locked to the other side's lock", async () => {
      await setLock(0n);
      expect(await vault.totalLocked(world.supporter)).to.equal(usdc(4));
    });

    it("emits LockSet for a side that has none", async () => {
      await expect(setLock(0n, Side.Oppose, OTHER_CLAIM))
        .to.emit(vault, "LockSet")
        .withArgs(world.supporter, OTHER_CLAIM, Side.Oppose, 0n, 0n);
    });
  });

  describe("when something is at risk on the claim", () => {
    beforeEach(async () => {
      await stake(usdc(10));
      await setLock(usdc(6));
      await world.stakeVault.connect(world.serum).setAtRisk(world.supporter, CLAIM, usdc(6));
    });

    it("leaves what is encumbered as it is when the side closes", async () => {
      await setLock(0n);
      expect(await vault.encumbered(world.supporter)).to.equal(usdc(6));
    });

    it("leaves what is at risk as it is when the side closes", async () => {
      await setLock(0n);
      expect(await vault.exposureOf(world.supporter, CLAIM)).to.deep.equal([0n, usdc(6)]);
    });

    it("updates what is encumbered by what the new lock is above it", async () => {
      await setLock(usdc(8));
      expect(await vault.encumbered(world.supporter)).to.equal(usdc(8));
    });

    it("pulls a skim for what is at risk without a lock", async () => {
      await setLock(0n);
      await lose(world, world.supporter, usdc(6));
      await expect(setLock(usdc(4), Side.Oppose))
        .to.emit(vault, "LockSet")
        .withArgs(world.supporter, CLAIM, Side.Oppose, usdc(4), usdc(2));
    });
  });

  describe("when the side is none", () => {
    it("reverts when it is 2", async () => {
      await expect(vault.setLock(world.supporter, CLAIM, 2, 1n)).to.be.revertedWithoutReason(world.ethers);
    });
  });

  describe("when the caller is not the venue", () => {
    for (const actor of ["supporter", "serum", "deployer", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        await expect(vault.connect(world[actor]).setLock(world.supporter, CLAIM, Side.Support, MaxUint256))
          .to.be.revertedWithCustomError(vault, "NotVenue")
          .withArgs(world[actor], world.venue);
      });
    }

    it("reverts when the vault is not bound", async () => {
      const { stakeVault, venue, supporter } = await load(unboundVault);
      await expect(stakeVault.connect(venue).setLock(supporter, CLAIM, Side.Support, 1n))
        .to.be.revertedWithCustomError(stakeVault, "NotVenue")
        .withArgs(venue, ZeroAddress);
    });
  });
});
