import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { BeliefFactory__factory, BeliefMarket__factory } from "../../typechain-types/index.ts";
import { RULES } from "../fixtures/amounts.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefFactory.constructor", () => {
  let protocol: DollarProtocol;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the asset", async () => {
      expect(await protocol.beliefFactory.asset()).to.equal(protocol.usdc);
    });

    it("keeps the authority", async () => {
      expect(await protocol.beliefFactory.authority()).to.equal(protocol.authority);
    });

    it("keeps the default rules", async () => {
      const defaults = await protocol.beliefFactory.defaultParams();
      expect(fieldsOf(defaults)).to.deep.equal(RULES);
    });

    it("emits DefaultParamsSet with the default rules", async () => {
      const [event] = await protocol.beliefFactory.queryFilter(protocol.beliefFactory.filters.DefaultParamsSet());
      expect(event?.args.params).to.deep.equal(Object.values(RULES));
    });

    it("deploys an implementation that names it as factory", async () => {
      const implementation = BeliefMarket__factory.connect(
        await protocol.beliefFactory.implementation(),
        protocol.outsider,
      );
      expect(await implementation.factory()).to.equal(protocol.beliefFactory);
    });

    it("has no market", async () => {
      expect(await protocol.beliefFactory.marketCount()).to.equal(0n);
    });

    it("is not paused", async () => {
      expect(await protocol.beliefFactory.isCreationPaused()).to.equal(false);
    });
  });

  describe("when an argument is wrong", () => {
    it("reverts when the asset is an account without code", async () => {
      const factory = new BeliefFactory__factory(protocol.deployer);
      await expect(factory.deploy(protocol.outsider, { ...RULES }, protocol.authority))
        .to.be.revertedWithCustomError(protocol.beliefFactory, "AssetNotContract")
        .withArgs(protocol.outsider);
    });

    it("reverts when the asset is the zero address", async () => {
      const factory = new BeliefFactory__factory(protocol.deployer);
      await expect(factory.deploy(ZeroAddress, { ...RULES }, protocol.authority))
        .to.be.revertedWithCustomError(protocol.beliefFactory, "AssetNotContract")
        .withArgs(ZeroAddress);
    });

    it("reverts when a default rule is out of bounds", async () => {
      const factory = new BeliefFactory__factory(protocol.deployer);
      await expect(factory.deploy(protocol.usdc, { ...RULES, lockPeriod: 3_599n }, protocol.authority))
        .to.be.revertedWithCustomError(protocol.beliefFactory, "ParameterOutOfBounds")
        .withArgs("lockPeriod", 3_599n, 3_600n, 126_144_000n);
    });
  });
});
