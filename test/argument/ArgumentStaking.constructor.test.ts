import { expect } from "chai";
import { type AddressLike, ZeroAddress } from "ethers";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { ArgumentStaking__factory } from "../../typechain-types/index.ts";
import { ARGUMENT_RULES } from "../fixtures/amounts.ts";
import { OTHER_RULES, RULE_REFUSALS } from "../fixtures/argument-rules.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("ArgumentStaking.constructor", () => {
  let protocol: DollarProtocol;

  const deploy = (rules: ArgumentParams, wiring: { token?: AddressLike; factory?: AddressLike } = {}) => {
    const { token = protocol.act, factory = protocol.beliefFactory } = wiring;
    return new ArgumentStaking__factory(protocol.deployer).deploy(token, factory, { ...rules }, protocol.authority);
  };

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when it is deployed by Ignition", () => {
    it("keeps the token", async () => {
      expect(await protocol.argumentStaking.token()).to.equal(protocol.act);
    });

    it("keeps the factory of claims", async () => {
      expect(await protocol.argumentStaking.factory()).to.equal(protocol.beliefFactory);
    });

    it("keeps the authority", async () => {
      expect(await protocol.argumentStaking.authority()).to.equal(protocol.authority);
    });

    it("keeps the rules", async () => {
      expect(fieldsOf(await protocol.argumentStaking.params())).to.deep.equal(ARGUMENT_RULES);
    });

    it("is not paused", async () => {
      expect(await protocol.argumentStaking.paused()).to.equal(false);
    });

    it("has nothing in the reserve, free or set aside", async () => {
      expect(await protocol.argumentStaking.rewardReserve()).to.deep.equal([0n, 0n]);
    });

    it("owes nothing", async () => {
      expect(await protocol.argumentStaking.owed()).to.equal(0n);
    });

    it("has an empty queue", async () => {
      expect(await protocol.argumentStaking.activeStakes()).to.deep.equal([0n, 0n]);
    });

    it("knows nothing of anyone", async () => {
      expect(await protocol.argumentStaking.account(protocol.author)).to.deep.equal([0n, 0n, 0n, 0n]);
    });
  });

  describe("when it is deployed with rules that all differ", () => {
    it("keeps each of them", async () => {
      const argumentStaking = await deploy(OTHER_RULES);
      expect(fieldsOf(await argumentStaking.params())).to.deep.equal(OTHER_RULES);
    });

    it("emits ParamsSet with them", async () => {
      const argumentStaking = await deploy(OTHER_RULES);
      await expect(argumentStaking.deploymentTransaction())
        .to.emit(argumentStaking, "ParamsSet")
        .withArgs(Object.values(OTHER_RULES));
    });
  });

  describe("when the token is no contract", () => {
    it("reverts when it is an account without code", async () => {
      await expect(deploy(ARGUMENT_RULES, { token: protocol.outsider }))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "TokenNotContract")
        .withArgs(protocol.outsider);
    });

    it("reverts when it is the zero address", async () => {
      await expect(deploy(ARGUMENT_RULES, { token: ZeroAddress }))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "TokenNotContract")
        .withArgs(ZeroAddress);
    });

    it("reverts with the same error when everything else is wrong as well", async () => {
      const wiring = { token: ZeroAddress, factory: ZeroAddress };
      await expect(deploy({ ...ARGUMENT_RULES, upvoteStake: 0n }, wiring))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "TokenNotContract")
        .withArgs(ZeroAddress);
    });
  });

  describe("when the factory of claims is no contract", () => {
    it("reverts when it is an account without code", async () => {
      await expect(deploy(ARGUMENT_RULES, { factory: protocol.outsider }))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "FactoryNotContract")
        .withArgs(protocol.outsider);
    });

    it("reverts with the same error when a rule is out of bounds as well", async () => {
      await expect(deploy({ ...ARGUMENT_RULES, upvoteStake: 0n }, { factory: ZeroAddress }))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "FactoryNotContract")
        .withArgs(ZeroAddress);
    });
  });

  describe("when a rule is out of bounds", () => {
    for (const { rules, facts } of RULE_REFUSALS) {
      it(`reverts when ${facts[0]} is ${facts[1]}, and may be ${facts[2]} to ${facts[3]}`, async () => {
        await expect(deploy({ ...ARGUMENT_RULES, ...rules }))
          .to.be.revertedWithCustomError(protocol.argumentStaking, "ParameterOutOfBounds")
          .withArgs(...facts);
      });
    }
  });
});
