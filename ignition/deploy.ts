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
  type QueryEscrow,
  QueryEscrow__factory,
  type RankRegistry,
  RankRegistry__factory,
  type StakeVault,
  StakeVault__factory,
  type TestACT,
  TestACT__factory,
  type TestUSDC,
  TestUSDC__factory,
  type TruthSerum,
  TruthSerum__factory,
} from "../typechain-types/index.ts";
import { DeploymentError } from "./errors.ts";
import { requireLocalChain } from "./local-chain.ts";
import localProtocolModule from "./modules/localProtocol.ts";
import protocolModule from "./modules/protocol.ts";
import { checkDeployment, checkTokens } from "./preflight.ts";

/** The protocol on one chain, its contracts bound to the deployer. */
export interface Deployment {
  deployer: Signer;
  /** Address of the ERC-20 that markets, stake system and query escrow run on. */
  asset: string;
  /** Address of the ERC-20 that arguments are staked in. */
  token: string;
  authority: AccessManager;
  beliefFactory: BeliefFactory;
  stakeVault: StakeVault;
  convictionMarket: ConvictionMarket;
  truthSerum: TruthSerum;
  argumentStaking: ArgumentStaking;
  rankRegistry: RankRegistry;
  queryEscrow: QueryEscrow;
}

/** The protocol on a local chain, where its tokens can be minted. */
export interface LocalDeployment extends Deployment {
  usdc: TestUSDC;
  act: TestACT;
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
 * Deploys the protocol, or finishes a deployment that was interrupted: Ignition's journal knows what was sent.
 *
 * @param connection The chain, with its first account as deployer.
 * @param parameters Module parameters; `Market.asset` and `Argument.token` name the ERC-20s that it runs on.
 * @throws DeploymentError before anything is sent where the parameters do not fit the chain.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  parameters: DeploymentParameters,
  options: DeployOptions = {},
): Promise<Deployment> {
  const deployer = await checkDeployment(connection, parameters);
  await checkTokens(connection, parameters);
  return bind(await connection.ignition.deploy(protocolModule, { ...options, parameters }), deployer);
}

/**
 * Deploys test dollars, test tokens and the protocol on them, or finishes doing so.
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
  const deployer = await checkDeployment(connection, given);
  const deployed = await connection.ignition.deploy(localProtocolModule, { ...options, parameters: given });
  const deployment = await bind(deployed, deployer);
  return {
    ...deployment,
    usdc: TestUSDC__factory.connect(deployment.asset, deployer),
    act: TestACT__factory.connect(deployment.token, deployer),
  };
}

async function bind(
  deployed: Record<Exclude<keyof Deployment, "asset" | "token" | "deployer">, BaseContract>,
  deployer: Signer,
): Promise<Deployment> {
  const addressOf = (contract: BaseContract) => contract.getAddress();
  const beliefFactory = BeliefFactory__factory.connect(await addressOf(deployed.beliefFactory), deployer);
  const argumentStaking = ArgumentStaking__factory.connect(await addressOf(deployed.argumentStaking), deployer);
  return {
    deployer,
    asset: await beliefFactory.asset(),
    token: await argumentStaking.token(),
    authority: AccessManager__factory.connect(await addressOf(deployed.authority), deployer),
    beliefFactory,
    stakeVault: StakeVault__factory.connect(await addressOf(deployed.stakeVault), deployer),
    convictionMarket: ConvictionMarket__factory.connect(await addressOf(deployed.convictionMarket), deployer),
    truthSerum: TruthSerum__factory.connect(await addressOf(deployed.truthSerum), deployer),
    argumentStaking,
    rankRegistry: RankRegistry__factory.connect(await addressOf(deployed.rankRegistry), deployer),
    queryEscrow: QueryEscrow__factory.connect(await addressOf(deployed.queryEscrow), deployer),
  };
}
