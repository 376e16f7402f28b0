import { expect } from "chai";
import { ConvictionMarket__factory, TestUSDC__factory } from "../../typechain-types/index.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

describe("ConvictionMarket.constructor", () => {
  let protocol: DollarProtocol;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the asset", async () => {
      expect(await protocol.convictionMarket.asset()).to.equal(protocol.usdc);
    });

    it("keeps the factory", async () => {
      expect(await protocol.convictionMarket.factory()).to.equal(protocol.beliefFactory);
    });

    it("keeps the vault", async () => {
      expect(await protocol.convictionMarket.vault()).to.equal(protocol.stakeVault);
    });

    it("keeps the authority", async () => {
      expect(await protocol.convictionMarket.authority()).to.equal(protocol.authority);
    });
  });

  describe("when the vault holds another asset", () => {
    it("reverts with both assets", async () => {
      const { deployer, beliefFactory, stakeVault, authority, convictionMarket, usdc } = protocol;
      const other = await new TestUSDC__factory(deployer).deploy();
      await expect(new ConvictionMarket__factory(deployer).deploy(other, beliefFactory, stakeVault, authority))
        .to.be.revertedWithCustomError(convictionMarket, "AssetMismatch")
        .withArgs(other, usdc);
    });
  });
});
