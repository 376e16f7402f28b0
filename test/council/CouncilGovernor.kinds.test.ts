import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { Role } from "../../sdk/roles.ts";
import { RewardsDistributor__factory } from "../../typechain-types/index.ts";
import { act, DAY } from "../fixtures/amounts.ts";
import { setRules } from "../fixtures/arguments.ts";
import { ACT, type CouncilWorld, REWARD_RULES, TREASURY } from "../fixtures/council.ts";
import type { Deed } from "../fixtures/council-acts.ts";
import { enact, openMajority } from "../fixtures/council-stories.ts";
import { load, type Protocol, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

/** The protocol, whose admin is the timelock of the council: the deployer is none any more. */
async function openGoverned(connection: NetworkConnection): Promise<{ protocol: Protocol; council: CouncilWorld }> {
  const protocol = await protocolFixture(connection);
  const council = await openMajority(connection);
  for (const { authority } of [protocol, council]) {
    await authority.grantRole(Role.Admin, council.timelock, 0n);
    await authority.renounceRole(Role.Admin, council.deployer);
  }
  return { protocol, council };
}

describe("CouncilGovernor, governing the protocol", () => {
  let protocol: Protocol;
  let council: CouncilWorld;

  beforeEach(async () => {
    ({ protocol, council } = await load(openGoverned));
  });

  describe("when a parameter changes", () => {
    const rulesDeed = async (): Promise<Deed> => {
      const { argumentStaking } = protocol;
      const rules = fieldsOf(await argumentStaking.params()) as unknown as ArgumentParams;
      const changed = { ...rules, upvoteStake: act(20), jailPeriod: DAY };
      return { target: argumentStaking, data: argumentStaking.interface.encodeFunctionData("setParams", [changed]) };
    };

    it("updates the rules of argument staking", async () => {
      await enact(council, [await rulesDeed()], ProposalKind.ParameterChange);
      const { upvoteStake, jailPeriod } = await protocol.argumentStaking.params();
      expect([upvoteStake, jailPeriod]).to.deep.equal([act(20), DAY]);
    });

    it("reverts when the deployer sets them", async () => {
      await expect(setRules(protocol, { upvoteStake: act(20) }))
        .to.be.revertedWithCustomError(protocol.argumentStaking, "AccessManagedUnauthorized")
        .withArgs(protocol.deployer);
    });
  });

  describe("when the treasury spends", () => {
    it("pays tokens", async () => {
      const { token, outsider, timelock } = council;
      const data = token.interface.encodeFunctionData("transfer", [outsider.address, TREASURY]);
      await expect(enact(council, [{ target: token, data }], ProposalKind.TreasurySpending)).to.changeTokenBalances(
        council.ethers,
        token,
        [timelock, outsider],
        [-TREASURY, TREASURY],
      );
    });

    it("funds rewards by two calls", async () => {
      const { token, rewardsDistributor } = council;
      const target = await rewardsDistributor.getAddress();
      await enact(
        council,
        [
          { target: token, data: token.interface.encodeFunctionData("approve", [target, ACT(500)]) },
          { target, data: rewardsDistributor.interface.encodeFunctionData("fund", [ACT(500)]) },
        ],
        ProposalKind.TreasurySpending,
      );
      expect(await rewardsDistributor.nextPeriodAmount()).to.equal(ACT(500));
    });

    it("mints inflation", async () => {
      const { token, rewardsDistributor } = council;
      const data = token.interface.encodeFunctionData("mintInflation", [await rewardsDistributor.getAddress(), ACT(7)]);
      await enact(council, [{ target: token, data }], ProposalKind.TreasurySpending);
      expect(await rewardsDistributor.nextPeriodAmount()).to.equal(ACT(7));
    });

    it("reverts when inflation is more than the year's", async () => {
      const { token, timelock } = council;
      const data = token.interface.encodeFunctionData("mintInflation", [
        await timelock.getAddress(),
        ACT(50_000_000) + 1n,
      ]);
      await expect(enact(council, [{ target: token, data }]))
        .to.be.revertedWithCustomError(token, "InflationExceeded")
        .withArgs(ACT(50_000_000) + 1n, ACT(50_000_000));
    });

    it("pays wei", async () => {
      await council.outsider.sendTransaction({ to: council.timelock, value: 5n });
      const before = await council.ethers.provider.getBalance(council.guardian);
      await enact(
        council,
        [{ target: council.guardian.address, value: 5n, data: "0x" }],
        ProposalKind.TreasurySpending,
      );
      expect(await council.ethers.provider.getBalance(council.guardian)).to.equal(before + 5n);
    });
  });

  describe("when the protocol is upgraded", () => {
    const newRecorder = async () => {
      const { deployer, token, authority } = council;
      return new RewardsDistributor__factory(deployer).deploy(token, REWARD_RULES, authority);
    };

    for (const name of ["argumentStaking", "queryEscrow"] as const) {
      it(`updates where ${name} records who takes part`, async () => {
        const recorder = await newRecorder();
        const { interface: abi } = protocol.argumentStaking;
        const data = abi.encodeFunctionData("setRecorder", [await recorder.getAddress()]);
        await enact(council, [{ target: protocol[name], data }], ProposalKind.ProtocolUpgrade);
        expect(await protocol[name].recorder()).to.equal(recorder);
      });
    }

    it("updates who sets ranks, which keepers read", async () => {
      const { authority, outsider } = protocol;
      const data = authority.interface.encodeFunctionData("grantRole", [Role.Registrar, outsider.address, 0n]);
      await enact(council, [{ target: authority, data }], ProposalKind.ProtocolUpgrade);
      expect((await authority.hasRole(Role.Registrar, outsider))[0]).to.equal(true);
    });
  });

  describe("when a feature is activated", () => {
    it("updates how the chamber weighs votes", async () => {
      const { councilChamber } = council;
      const data = councilChamber.interface.encodeFunctionData("setSquareRoot", [true]);
      await enact(council, [{ target: councilChamber, data }], ProposalKind.FeatureActivation);
      expect(await councilChamber.isSquareRoot()).to.equal(true);
    });
  });
});
