import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { Role } from "../../sdk/roles.ts";
import type { StakeVault } from "../../typechain-types/index.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { boundVault, SERUM_FUNCTIONS, unboundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { load } from "../fixtures/protocol.ts";

describe("StakeVault.bind", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  const selectorOf = (name: "setLock" | (typeof SERUM_FUNCTIONS)[number]) => vault.interface.getFunction(name).selector;

  beforeEach(async () => {
    world = await load(unboundVault);
    vault = world.stakeVault;
  });

  describe("when both accounts have their roles", () => {
    it("emits Bound with venue and serum", async () => {
      await expect(vault.bind(world.venue, world.serum)).to.emit(vault, "Bound").withArgs(world.venue, world.serum);
    });

    it("updates the venue", async () => {
      await vault.bind(world.venue, world.serum);
      expect(await vault.venue()).to.equal(world.venue);
    });

    it("updates the serum", async () => {
      await vault.bind(world.venue, world.serum);
      expect(await vault.serum()).to.equal(world.serum);
    });

    it("binds one account that has both roles to both offices", async () => {
      await world.authority.grantRole(Role.Serum, world.venue, 0n);
      await expect(vault.bind(world.venue, world.venue)).to.emit(vault, "Bound").withArgs(world.venue, world.venue);
    });
  });

  describe("when the caller is not the admin", () => {
    for (const actor of ["guardian", "outsider", "venue", "serum"] as const) {
      it(`reverts when it is the ${actor}`, async () => {
        await expect(vault.connect(world[actor]).bind(world.venue, world.serum))
          .to.be.revertedWithCustomError(vault, "AccessManagedUnauthorized")
          .withArgs(world[actor]);
      });
    }
  });

  describe("when an account lacks its role", () => {
    it("reverts when the venue cannot set locks", async () => {
      await world.authority.revokeRole(Role.Venue, world.venue);
      await expect(vault.bind(world.venue, world.serum))
        .to.be.revertedWithCustomError(vault, "RoleMissing")
        .withArgs(world.venue, selectorOf("setLock"));
    });

    for (const name of SERUM_FUNCTIONS) {
      it(`reverts when the serum cannot call ${name}`, async () => {
        await world.authority.setTargetFunctionRole(vault, [selectorOf(name)], Role.Guardian);
        await expect(vault.bind(world.venue, world.serum))
          .to.be.revertedWithCustomError(vault, "RoleMissing")
          .withArgs(world.serum, selectorOf(name));
      });
    }

    it("reverts when the two are swapped", async () => {
      await expect(vault.bind(world.serum, world.venue))
        .to.be.revertedWithCustomError(vault, "RoleMissing")
        .withArgs(world.serum, selectorOf("setLock"));
    });

    for (const office of ["venue", "serum"] as const) {
      it(`reverts when the ${office} could call only after a delay`, async () => {
        const role = office === "venue" ? Role.Venue : Role.Serum;
        await world.authority.grantRole(role, world[office], 1n);
        await expect(vault.bind(world.venue, world.serum))
          .to.be.revertedWithCustomError(vault, "RoleMissing")
          .withArgs(world[office], selectorOf(office === "venue" ? "setLock" : "setAtRisk"));
      });

      it(`reverts when the ${office} is the zero address`, async () => {
        const named = { venue: world.venue.address, serum: world.serum.address, [office]: ZeroAddress };
        await expect(vault.bind(named.venue, named.serum))
          .to.be.revertedWithCustomError(vault, "RoleMissing")
          .withArgs(ZeroAddress, selectorOf(office === "venue" ? "setLock" : "setAtRisk"));
      });

      it(`reverts when the ${office} is the zero address and everybody has its role`, async () => {
        const everybody = await world.authority.PUBLIC_ROLE();
        const functions = office === "venue" ? (["setLock"] as const) : SERUM_FUNCTIONS;
        await world.authority.setTargetFunctionRole(vault, functions.map(selectorOf), everybody);
        const named = { venue: world.venue.address, serum: world.serum.address, [office]: ZeroAddress };
        await expect(vault.bind(named.venue, named.serum))
          .to.be.revertedWithCustomError(vault, "RoleMissing")
          .withArgs(ZeroAddress, selectorOf(office === "venue" ? "setLock" : "setAtRisk"));
      });
    }
  });
});

describe("StakeVault.bind, once bound", () => {
  let world: VaultWorld;
  let vault: StakeVault;

  beforeEach(async () => {
    world = await load(boundVault);
    vault = world.stakeVault;
  });

  it("reverts when the same two are bound again", async () => {
    await expect(vault.bind(world.venue, world.serum))
      .to.be.revertedWithCustomError(vault, "AlreadyBound")
      .withArgs(world.venue, world.serum);
  });

  it("reverts when others who have the roles are bound", async () => {
    await world.authority.grantRole(Role.Venue, world.outsider, 0n);
    await world.authority.grantRole(Role.Serum, world.outsider, 0n);
    await expect(vault.bind(world.outsider, world.outsider))
      .to.be.revertedWithCustomError(vault, "AlreadyBound")
      .withArgs(world.venue, world.serum);
  });

  it("keeps the venue in office when its role is revoked", async () => {
    await world.authority.revokeRole(Role.Venue, world.venue);
    await expect(vault.connect(world.venue).setLock(world.supporter, CLAIM, 0, 1n)).to.emit(vault, "LockSet");
  });

  it("keeps the serum in office when its role is revoked", async () => {
    await world.authority.revokeRole(Role.Serum, world.serum);
    await expect(vault.connect(world.serum).setAtRisk(world.supporter, CLAIM, 1n)).to.emit(vault, "AtRiskSet");
  });
});
