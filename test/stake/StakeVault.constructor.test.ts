import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { StakeVault__factory } from "../../typechain-types/index.ts";
import { unboundVault, type VaultWorld } from "../fixtures/hand-settled.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

describe("StakeVault.constructor", () => {
  describe("when it is deployed by Ignition", () => {
    let protocol: DollarProtocol;

    beforeEach(async () => {
      protocol = await load(protocolFixture);
    });

    it("keeps the asset", async () => {
      expect(await protocol.stakeVault.asset()).to.equal(protocol.usdc);
    });

    it("keeps the authority", async () => {
      expect(await protocol.stakeVault.authority()).to.equal(protocol.authority);
    });

    it("is bound to the conviction market", async () => {
      expect(await protocol.stakeVault.venue()).to.equal(protocol.convictionMarket);
    });

    it("is bound to the truth serum", async () => {
      expect(await protocol.stakeVault.serum()).to.equal(protocol.truthSerum);
    });

    it("has nothing staked, in pots or encumbered", async () => {
      const { stakeVault } = protocol;
      const books = [await stakeVault.stakes(), await stakeVault.pots(), await stakeVault.totalEncumbered()];
      expect(books).to.deep.equal([0n, 0n, 0n]);
    });
  });

  describe("when it is not bound yet", () => {
    let world: VaultWorld;

    beforeEach(async () => {
      world = await load(unboundVault);
    });

    for (const office of ["venue", "serum"] as const) {
      it(`has the zero address as ${office}`, async () => {
        expect(await world.stakeVault[office]()).to.equal(ZeroAddress);
      });
    }
  });

  describe("when the asset is no contract", () => {
    it("reverts when it is an account without code", async () => {
      const { deployer, outsider, authority, stakeVault } = await load(protocolFixture);
      await expect(new StakeVault__factory(deployer).deploy(outsider, authority))
        .to.be.revertedWithCustomError(stakeVault, "AssetNotContract")
        .withArgs(outsider);
    });

    it("reverts when it is the zero address", async () => {
      const { deployer, authority, stakeVault } = await load(protocolFixture);
      await expect(new StakeVault__factory(deployer).deploy(ZeroAddress, authority))
        .to.be.revertedWithCustomError(stakeVault, "AssetNotContract")
        .withArgs(ZeroAddress);
    });
  });
});
