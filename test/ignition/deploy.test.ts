import { expect } from "chai";
import { ZeroAddress } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { deployLocal, deployProtocol, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { argumentParamsOf, councilParamsOf, epochParamsOf, timingOf } from "../../ignition/preflight.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { BPS } from "../../sdk/bounds.ts";
import { lockTiersOf } from "../../sdk/council/tiers.ts";
import { PARAM_BOUNDS } from "../../sdk/market/params.ts";
import { Role } from "../../sdk/roles.ts";
import { oneWordCode } from "../fixtures/one-word.ts";
import { fieldsOf } from "../fixtures/structs.ts";
import { deploymentWithGuardian, parametersOn } from "./deployments.ts";

const SEPOLIA_CHAIN_ID = 11_155_111;

describe("the deployment", () => {
  describe("when a guardian is named", () => {
    let scene: Awaited<ReturnType<typeof deploymentWithGuardian>>;

    beforeEach(async () => {
      scene = await deploymentWithGuardian();
    });

    it("makes the deployer admin", async () => {
      const { deployment, deployer } = scene;
      expect(await deployment.authority.hasRole(Role.Admin, deployer)).to.deep.equal([true, 0n]);
    });

    it("lets the guardian pause creation", async () => {
      const { deployment, guardian } = scene;
      await deployment.beliefFactory.connect(guardian).pauseCreation();
      expect(await deployment.beliefFactory.isCreationPaused()).to.equal(true);
    });

    it("lets the guardian unpause creation", async () => {
      const { deployment, guardian } = scene;
      await deployment.beliefFactory.connect(guardian).pauseCreation();
      await deployment.beliefFactory.connect(guardian).unpauseCreation();
      expect(await deployment.beliefFactory.isCreationPaused()).to.equal(false);
    });

    it("reverts when the deployer pauses creation", async () => {
      const { deployment, deployer } = scene;
      await expect(deployment.beliefFactory.connect(deployer).pauseCreation())
        .to.be.revertedWithCustomError(deployment.beliefFactory, "AccessManagedUnauthorized")
        .withArgs(deployer);
    });

    it("reverts when an outsider pauses creation", async () => {
      const { deployment, outsider } = scene;
      await expect(deployment.beliefFactory.connect(outsider).pauseCreation())
        .to.be.revertedWithCustomError(deployment.beliefFactory, "AccessManagedUnauthorized")
        .withArgs(outsider);
    });

    it("reverts when the guardian sets the default rules", async () => {
      const { deployment, guardian, rules } = scene;
      await expect(deployment.beliefFactory.connect(guardian).setDefaultParams(rules))
        .to.be.revertedWithCustomError(deployment.beliefFactory, "AccessManagedUnauthorized")
        .withArgs(guardian);
    });

    it("lets the deployer set the default rules", async () => {
      const { deployment, rules } = scene;
      await deployment.beliefFactory.setDefaultParams({ ...rules, authorPremiumBps: 7n });
      expect((await deployment.beliefFactory.defaultParams()).authorPremiumBps).to.equal(7n);
    });
  });

  describe("of the stake system", () => {
    let local: LocalDeployment;

    before(async () => {
      local = await deployLocal(await hre.network.create());
    });

    it("binds the vault to the venue", async () => {
      expect(await local.stakeVault.venue()).to.equal(await local.convictionMarket.getAddress());
    });

    it("binds the vault to the serum", async () => {
      expect(await local.stakeVault.serum()).to.equal(await local.truthSerum.getAddress());
    });

    it("gives the venue its role, and it alone", async () => {
      const granted = await local.authority.queryFilter(local.authority.filters.RoleGranted(Role.Venue));
      expect(granted.map(({ args }) => args.account)).to.deep.equal([await local.convictionMarket.getAddress()]);
    });

    it("gives the serum its role, and it alone", async () => {
      const granted = await local.authority.queryFilter(local.authority.filters.RoleGranted(Role.Serum));
      expect(granted.map(({ args }) => args.account)).to.deep.equal([await local.truthSerum.getAddress()]);
    });

    it("runs on the asset of the markets", async () => {
      expect(await local.stakeVault.asset()).to.equal(local.asset);
    });
  });

  describe("of argument staking", () => {
    let scene: Awaited<ReturnType<typeof deploymentWithGuardian>>;

    beforeEach(async () => {
      scene = await deploymentWithGuardian();
    });

    it("argues about the claims of the markets", async () => {
      const { argumentStaking, beliefFactory } = scene.deployment;
      expect(await argumentStaking.factory()).to.equal(await beliefFactory.getAddress());
    });

    it("runs on the council's token", async () => {
      const { argumentStaking, councilToken } = scene.deployment;
      expect(await argumentStaking.token()).to.equal(await councilToken.getAddress());
    });

    it("records who argues for the council's rewards", async () => {
      const { argumentStaking, rewardsDistributor } = scene.deployment;
      expect(await argumentStaking.recorder()).to.equal(await rewardsDistributor.getAddress());
    });

    it("lets the guardian pause entries", async () => {
      const { deployment, guardian } = scene;
      await deployment.argumentStaking.connect(guardian).pauseEntries();
      expect(await deployment.argumentStaking.paused()).to.equal(true);
    });

    it("lets the guardian unpause entries", async () => {
      const { deployment, guardian } = scene;
      await deployment.argumentStaking.connect(guardian).pauseEntries();
      await deployment.argumentStaking.connect(guardian).unpauseEntries();
      expect(await deployment.argumentStaking.paused()).to.equal(false);
    });

    for (const [office, role] of [
      ["curator", Role.Curator],
      ["slasher", Role.Slasher],
    ] as const) {
      it(`labels the role of a ${office}`, async () => {
        const { authority } = scene.deployment;
        const labels = await authority.queryFilter(authority.filters.RoleLabel(role));
        expect(labels.map(({ args }) => args.label)).to.deep.equal([office.toUpperCase()]);
      });

      it(`makes nobody a ${office}`, async () => {
        const { authority } = scene.deployment;
        expect(await authority.queryFilter(authority.filters.RoleGranted(role))).to.deep.equal([]);
      });
    }
  });

  describe("of the query escrow", () => {
    let scene: Awaited<ReturnType<typeof deploymentWithGuardian>>;

    beforeEach(async () => {
      scene = await deploymentWithGuardian();
    });

    it("runs on the asset of the markets", async () => {
      const { queryEscrow, asset } = scene.deployment;
      expect(await queryEscrow.asset()).to.equal(asset);
    });

    it("records who answers and judges for the council's rewards", async () => {
      const { queryEscrow, rewardsDistributor } = scene.deployment;
      expect(await queryEscrow.recorder()).to.equal(await rewardsDistributor.getAddress());
    });

    it("takes ranks from the registry", async () => {
      const { queryEscrow, rankRegistry } = scene.deployment;
      expect(await queryEscrow.ranks()).to.equal(await rankRegistry.getAddress());
    });

    it("lets the guardian pause entries", async () => {
      const { deployment, guardian } = scene;
      await deployment.queryEscrow.connect(guardian).pauseEntries();
      expect(await deployment.queryEscrow.paused()).to.equal(true);
    });

    it("lets the guardian unpause entries", async () => {
      const { deployment, guardian } = scene;
      await deployment.queryEscrow.connect(guardian).pauseEntries();
      await deployment.queryEscrow.connect(guardian).unpauseEntries();
      expect(await deployment.queryEscrow.paused()).to.equal(false);
    });

    it("labels the role of a registrar", async () => {
      const { authority } = scene.deployment;
      const labels = await authority.queryFilter(authority.filters.RoleLabel(Role.Registrar));
      expect(labels.map(({ args }) => args.label)).to.deep.equal(["REGISTRAR"]);
    });

    it("makes nobody a registrar", async () => {
      const { authority } = scene.deployment;
      expect(await authority.queryFilter(authority.filters.RoleGranted(Role.Registrar))).to.deep.equal([]);
    });

    it("lets a registrar set ranks", async () => {
      const { deployment, guardian, outsider } = scene;
      await deployment.authority.grantRole(Role.Registrar, guardian, 0n);
      await deployment.rankRegistry.connect(guardian).setRanks([outsider], [7n]);
      expect(await deployment.rankRegistry.rankOf(outsider)).to.equal(7n);
    });

    it("reverts when the deployer sets ranks", async () => {
      const { deployment, deployer, outsider } = scene;
      await expect(deployment.rankRegistry.connect(deployer).setRanks([outsider], [7n]))
        .to.be.revertedWithCustomError(deployment.rankRegistry, "AccessManagedUnauthorized")
        .withArgs(deployer);
    });
  });

  describe("when no guardian is named", () => {
    it("makes the deployer guardian", async () => {
      const { authority, deployer } = await deployLocal(await hre.network.create());
      expect(await authority.hasRole(Role.Guardian, deployer)).to.deep.equal([true, 0n]);
    });
  });

  for (const name of ["local", "sepolia"]) {
    describe(`with the parameters of ${name}.json5`, () => {
      it("makes them the default rules of the factory", async () => {
        const parameters = await readParameters(name);
        const { beliefFactory } = await deployLocal(await hre.network.create(), parameters);
        const rules = await beliefFactory.defaultParams();
        for (const bound of PARAM_BOUNDS)
          expect(rules[bound.name], bound.name).to.equal(parameters.Market?.[bound.name]);
      });

      it("takes the lengths of epochs from them", async () => {
        const parameters = await readParameters(name);
        const { truthSerum } = await deployLocal(await hre.network.create(), parameters);
        const lengths = [await truthSerum.epochLength(), await truthSerum.revealWindow()];
        expect(lengths).to.deep.equal(Object.values(epochParamsOf(parameters)));
      });

      it("takes the windows of queries from them", async () => {
        const parameters = await readParameters(name);
        const { queryEscrow } = await deployLocal(await hre.network.create(), parameters);
        expect(fieldsOf(await queryEscrow.defaultTiming())).to.deep.equal(timingOf(parameters));
      });

      it("takes what the council needs from them", async () => {
        const parameters = await readParameters(name);
        const deployed = councilParamsOf(parameters);
        const local = await deployLocal(await hre.network.create(), parameters);
        const { councilChamber, councilGovernor, councilStaking, councilToken, rewardsDistributor, timelock } = local;
        const { tiers: _, ...staking } = fieldsOf(await councilStaking.params());
        expect(deployed).to.include({
          supply: await councilToken.totalSupply(),
          maxInflationBps: await councilToken.maxInflationBps(),
          ...staking,
          ...fieldsOf(await rewardsDistributor.params()),
          votingDelay: await councilGovernor.votingDelay(),
          votingPeriod: await councilGovernor.votingPeriod(),
          minProposalStake: await councilGovernor.proposalThreshold(),
          minVotingStake: await councilGovernor.minVotingStake(),
          quorumPercent: await councilGovernor["quorumNumerator()"](),
          approvalBps: await councilGovernor.approvalBps(),
          maxVoteShareBps: await councilGovernor.maxVoteShareBps(),
          timelockDelay: await timelock.getMinDelay(),
          minAgentStake: await councilChamber.minAgentStake(),
        });
      });

      it("takes the tiers of locks from them", async () => {
        const parameters = await readParameters(name);
        const { councilStaking } = await deployLocal(await hre.network.create(), parameters);
        const { tiers } = await councilStaking.params();
        expect(tiers.map(fieldsOf)).to.deep.equal(lockTiersOf(councilParamsOf(parameters)));
      });

      it("takes the shares of the first supply from them", async () => {
        const parameters = await readParameters(name);
        const params = councilParamsOf(parameters);
        const { councilToken } = await deployLocal(await hre.network.create(), parameters);
        const minted = await councilToken.queryFilter(councilToken.filters.Transfer(ZeroAddress));
        const { communityBps, teamBps, treasuryBps, liquidityBps, partnersBps } = params;
        const shares = [communityBps, teamBps, treasuryBps, liquidityBps, partnersBps];
        expect(minted.map(({ args }) => args.value)).to.deep.equal(shares.map((bps) => (params.supply * bps) / BPS));
      });

      it("takes the rules of argument staking from them", async () => {
        const parameters = await readParameters(name);
        const { argumentStaking } = await deployLocal(await hre.network.create(), parameters);
        const rules = await argumentStaking.params();
        for (const [rule, value] of Object.entries(argumentParamsOf(parameters)))
          expect(rules[rule as keyof ArgumentParams], rule).to.equal(value);
      });
    });
  }

  describe("when it must not go ahead", () => {
    let connection: NetworkConnection;
    let local: LocalDeployment;

    beforeEach(async () => {
      connection = await hre.network.create();
      local = await deployLocal(connection);
    });

    async function expectRefusal(attempt: () => Promise<unknown>, facts: Record<string, unknown>): Promise<void> {
      const before = await local.deployer.getNonce();
      const error: unknown = await attempt().catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(DeploymentError);
      expect((error as DeploymentError).facts).to.deep.equal(facts);
      expect(await local.deployer.getNonce()).to.equal(before);
    }

    it("refuses test dollars on a chain that is not local", async () => {
      const sepolia = await hre.network.create({ network: "default", override: { chainId: SEPOLIA_CHAIN_ID } });
      const facts = { network: "default", chainId: BigInt(SEPOLIA_CHAIN_ID), localChainId: 31_337n };
      await expectRefusal(() => deployLocal(sepolia), facts);
      const [deployer] = await sepolia.ethers.getSigners();
      expect(await deployer?.getNonce()).to.equal(0);
    });

    it("refuses an asset that is no contract", async () => {
      const address = await local.deployer.getAddress();
      const facts = { address, network: "default", chainId: 31_337n };
      await expectRefusal(async () => deployProtocol(connection, await parametersOn(address)), facts);
    });

    it("refuses parameters without an asset", async () => {
      const parameters = await readParameters("local");
      await expectRefusal(() => deployProtocol(connection, parameters), { network: "default", chainId: 31_337n });
    });

    it("refuses an asset of more than 18 decimals", async () => {
      const asset = await local.beliefFactory.getAddress(); // no ERC-20, but it can be given the code of one
      await connection.networkHelpers.setCode(asset, oneWordCode(19));
      const parameters = await parametersOn(asset);
      await expectRefusal(() => deployProtocol(connection, parameters), { asset, decimals: 19n, max: 18n });
    });

    it("refuses an asset that does not tell its decimals", async () => {
      const asset = await local.beliefFactory.getAddress();
      const parameters = await parametersOn(asset);
      await expectRefusal(() => deployProtocol(connection, parameters), { asset });
    });

    it("refuses a deployer without ether", async () => {
      const parameters = await parametersOn(local.asset);
      const deployer = await local.deployer.getAddress();
      await connection.networkHelpers.setBalance(deployer, 0n);
      const facts = { deployer, network: "default", chainId: 31_337n };
      await expectRefusal(() => deployProtocol(connection, parameters), facts);
    });

    it("refuses a reveal window longer than an epoch", async () => {
      const Stake = { epochLength: 100, revealWindow: 101 };
      const parameters = { ...(await parametersOn(local.asset)), Stake };
      const facts = { epochLength: 100n, revealWindow: 101n };
      await expectRefusal(() => deployProtocol(connection, parameters), facts);
    });
  });
});
