import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import type { RankRegistry } from "../../typechain-types/index.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";

describe("RankRegistry.setRanks", () => {
  let world: DollarQueries;
  let registry: RankRegistry;
  let users: readonly HardhatEthersSigner[];

  /** Sets the ranks of the first users, one each. */
  const setRanks = (...ranks: bigint[]) => registry.setRanks(users.slice(0, ranks.length), ranks);
  const ranksOf = (...of: HardhatEthersSigner[]) => Promise.all(of.map((user) => registry.rankOf(user)));

  beforeEach(async () => {
    world = await load(openEscrow);
    registry = world.rankRegistry.connect(world.registrar);
    users = [world.author, world.supporter, world.challenger];
  });

  describe("when a registrar calls", () => {
    it("updates the rank of each", async () => {
      await setRanks(1n, 42n, 7n);
      expect(await ranksOf(...users)).to.deep.equal([1n, 42n, 7n]);
    });

    for (const [place, rank] of [
      [0, 1n],
      [1, 42n],
      [2, 7n],
    ] as const) {
      it(`emits RankSet for the one at place ${place}`, async () => {
        await expect(setRanks(1n, 42n, 7n))
          .to.emit(registry, "RankSet")
          .withArgs(users[place], rank);
      });
    }

    it("leaves the ranks of others as they are", async () => {
      await setRanks(5n, 6n, 7n);
      await registry.setRanks([world.author], [9n]);
      expect(await ranksOf(world.supporter, world.challenger)).to.deep.equal([6n, 7n]);
    });

    it("updates a rank downwards, to 0", async () => {
      await setRanks(42n);
      await setRanks(0n);
      expect(await registry.rankOf(world.author)).to.equal(0n);
    });

    it("emits RankSet when the rank is what it was", async () => {
      await setRanks(3n);
      await expect(setRanks(3n)).to.emit(registry, "RankSet").withArgs(world.author, 3n);
    });

    it("keeps the last of two ranks of one account", async () => {
      await registry.setRanks([world.author, world.author], [3n, 2n]);
      expect(await registry.rankOf(world.author)).to.equal(2n);
    });

    it("emits nothing for no accounts", async () => {
      await expect(registry.setRanks([], [])).not.to.emit(registry, "RankSet");
    });

    it("updates the registrar's own rank", async () => {
      await registry.setRanks([world.registrar], [42n]);
      expect(await registry.rankOf(world.registrar)).to.equal(42n);
    });
  });

  describe("when a rank is out of range", () => {
    for (const rank of [43n, 255n]) {
      it(`reverts when it is ${rank}`, async () => {
        await expect(setRanks(rank)).to.be.revertedWithCustomError(registry, "RankOutOfRange").withArgs(rank, 42n);
      });
    }

    it("reverts when it is the last of many", async () => {
      await expect(setRanks(1n, 2n, 43n))
        .to.be.revertedWithCustomError(registry, "RankOutOfRange")
        .withArgs(43n, 42n);
    });
  });

  describe("when there is not a rank for each account", () => {
    for (const { accounts, ranks } of [
      { accounts: 2, ranks: [1n] },
      { accounts: 1, ranks: [1n, 2n] },
      { accounts: 1, ranks: [] },
      { accounts: 0, ranks: [43n] },
    ]) {
      it(`reverts when there are ${accounts} accounts and ${ranks.length} ranks`, async () => {
        await expect(registry.setRanks(users.slice(0, accounts), ranks))
          .to.be.revertedWithCustomError(registry, "LengthMismatch")
          .withArgs(accounts, ranks.length);
      });
    }
  });

  describe("when anyone else calls", () => {
    for (const actor of ["deployer", "guardian", "asker", "outsider"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        await expect(registry.connect(world[actor]).setRanks([world[actor]], [42n]))
          .to.be.revertedWithCustomError(registry, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }

    it("reverts when it was a registrar whose role was revoked", async () => {
      await world.authority.revokeRole(Role.Registrar, world.registrar);
      await expect(setRanks(1n))
        .to.be.revertedWithCustomError(registry, "AccessManagedUnauthorized")
        .withArgs(world.registrar);
    });

    it("reverts with the same error when a rank is out of range as well", async () => {
      await expect(registry.connect(world.outsider).setRanks([world.author], [43n]))
        .to.be.revertedWithCustomError(registry, "AccessManagedUnauthorized")
        .withArgs(world.outsider);
    });
  });
});
