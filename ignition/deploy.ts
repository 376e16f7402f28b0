import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDeploymentParameters } from "@nomicfoundation/hardhat-ignition/helpers";
import type {} from "@nomicfoundation/hardhat-ignition-ethers";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import type { BaseContract, Signer } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type AccessManager,
  AccessManager__factory,
  type ArgumentStaking,
  ArgumentStaking__factory,
  type BeliefFactory,
  BeliefFactory__factory,
  type ConvictionMarket,
  ConvictionMarket__factory,
  type CouncilChamber,
  CouncilChamber__factory,
  type CouncilGovernor,
  CouncilGovernor__factory,
  type CouncilStaking,
  CouncilStaking__factory,
  type CouncilToken,
  CouncilToken__factory,
  type QueryEscrow,
  QueryEscrow__factory,
  type RankRegistry,
  RankRegistry__factory,
  type RewardsDistributor,
  RewardsDistributor__factory,
  type StakeVault,
  StakeVault__factory,
  type TestUSDC,
  TestUSDC__factory,
  type TimelockController,
  TimelockController__factory,
  type TruthSerum,
  TruthSerum__factory,
} from "../typechain-types/index.ts";
import { DeploymentError } from "./errors.ts";
import { requireLocalChain } from "./local-chain.ts";
import { handoverOf } from "./modules/handover.ts";
import localProtocolModule from "./modules/localProtocol.ts";
import protocolModule, { type ProtocolModule } from "./modules/protocol.ts";
import { checkAsset, checkDeployment, nameRecipients } from "./preflight.ts";

/** The protocol on one chain, its contracts bound to the deployer. */
export interface Deployment {
  deployer: Signer;
  /** Address of the ERC-20 that markets, stake system and query escrow run on. */
  asset: string;
  authority: AccessManager;
  beliefFactory: BeliefFactory;
  stakeVault: StakeVault;
  convictionMarket: ConvictionMarket;
  truthSerum: TruthSerum;
  argumentStaking: ArgumentStaking;
  rankRegistry: RankRegistry;
  queryEscrow: QueryEscrow;
  /** The token in which the council and arguments are staked. */
  councilToken: CouncilToken;
  councilStaking: CouncilStaking;
  rewardsDistributor: RewardsDistributor;
  councilGovernor: CouncilGovernor;
  /** Acts for the council, holds the treasury, and is admin of everything after the handover. */
  timelock: TimelockController;
  councilChamber: CouncilChamber;
}

/** The protocol on a local chain: anyone can mint its dollars, and the deployer has all ACT. */
export interface LocalDeployment extends Deployment {
  usdc: TestUSDC;
}

/** Where a deployment keeps its journal; on in-process chains nothing is written. */
export interface DeployOptions {
  /** Name of the folder in `ignition/deployments/`; by default `chain-<id>`. */
  deploymentId?: string;
  /** Show Ignition's progress on the terminal. */
  displayUi?: boolean;
}

/**
 * Reads `ignition/parameters/<name>.json5`: one object of constructor arguments for each Ignition module.
 *
 * @param name A network of the Hardhat config, or `local` for every local chain.
 * @throws DeploymentError where there is no such file; Ignition's error where it cannot be parsed.
 */
export async function readParameters(name: string): Promise<DeploymentParameters> {
  const file = fileURLToPath(new URL(`./parameters/${name}.json5`, import.meta.url));
  if (!existsSync(file)) {
    throw new DeploymentError(
      `There are no parameters for this network: write ignition/parameters/${name}.json5 after the model of sepolia.json5`,
      { network: name },
    );
  }
  return readDeploymentParameters(file);
}

/**
 * Deploys the protocol, or finishes a deployment that was interrupted: Ignition's journal knows what was sent. Where the
 * parameters have a section `Handover`, the protocol is handed to the timelock in the end, now or in a later run.
 *
 * @param connection The chain, with its first account as deployer.
 * @param parameters Module parameters; `Market.asset` names the ERC-20 that it runs on.
 * @throws DeploymentError before anything is sent where the parameters do not fit the chain.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  parameters: DeploymentParameters,
  options: DeployOptions = {},
): Promise<Deployment> {
  await checkAsset(connection, parameters);
  const module = parameters.Handover === undefined ? protocolModule : handoverOf(protocolModule);
  return deployModule(connection, module, parameters, options);
}

/**
 * Deploys test dollars and the protocol on them, or finishes doing so. The deployer stays admin, and has all ACT.
 *
 * @param connection A local chain, with its first account as deployer.
 * @param parameters Module parameters; those of local chains unless others are given.
 * @throws DeploymentError on any chain but a local one, and where the parameters break a rule.
 */
export async function deployLocal(
  connection: NetworkConnection,
  parameters?: DeploymentParameters,
  options: DeployOptions = {},
): Promise<LocalDeployment> {
  await requireLocalChain(connection);
  const given = parameters ?? (await readParameters("local"));
  if (given.Handover !== undefined) {
    const problem = "On a local chain the deployer stays admin: leave Handover out of the parameters";
    throw new DeploymentError(problem, { network: connection.networkName });
  }
  const deployment = await deployModule(connection, localProtocolModule, given, options);
  return { ...deployment, usdc: TestUSDC__factory.connect(deployment.asset, deployment.deployer) };
}

/**
 * Deploys a module that is the protocol, or finishes doing so.
 *
 * @param connection The chain, with its first account as deployer.
 * @throws DeploymentError before anything is sent where the parameters break a rule or the deployer has no means.
 */
export async function deployModule(
  connection: NetworkConnection,
  module: ProtocolModule | ReturnType<typeof handoverOf>,
  parameters: DeploymentParameters,
  options: DeployOptions = {},
): Promise<Deployment> {
  const deployer = await checkDeployment(connection, parameters);
  const named = nameRecipients(parameters, deployer.address);
  return bind(await connection.ignition.deploy(module, { ...options, parameters: named }), deployer);
}

async function bind(
  deployed: Record<Exclude<keyof Deployment, "asset" | "deployer">, BaseContract>,
  deployer: Signer,
): Promise<Deployment> {
  const addressOf = (contract: BaseContract) => contract.getAddress();
  const beliefFactory = BeliefFactory__factory.connect(await addressOf(deployed.beliefFactory), deployer);
  return {
    deployer,
    asset: await beliefFactory.asset(),
    authority: AccessManager__factory.connect(await addressOf(deployed.authority), deployer),
    beliefFactory,
    stakeVault: StakeVault__factory.connect(await addressOf(deployed.stakeVault), deployer),
    convictionMarket: ConvictionMarket__factory.connect(await addressOf(deployed.convictionMarket), deployer),
    truthSerum: TruthSerum__factory.connect(await addressOf(deployed.truthSerum), deployer),
    argumentStaking: ArgumentStaking__factory.connect(await addressOf(deployed.argumentStaking), deployer),
    rankRegistry: RankRegistry__factory.connect(await addressOf(deployed.rankRegistry), deployer),
    queryEscrow: QueryEscrow__factory.connect(await addressOf(deployed.queryEscrow), deployer),
    councilToken: CouncilToken__factory.connect(await addressOf(deployed.councilToken), deployer),
    councilStaking: CouncilStaking__factory.connect(await addressOf(deployed.councilStaking), deployer),
    rewardsDistributor: RewardsDistributor__factory.connect(await addressOf(deployed.rewardsDistributor), deployer),
    councilGovernor: CouncilGovernor__factory.connect(await addressOf(deployed.councilGovernor), deployer),
    timelock: TimelockController__factory.connect(await addressOf(deployed.timelock), deployer),
    councilChamber: CouncilChamber__factory.connect(await addressOf(deployed.councilChamber), deployer),
  };
}
