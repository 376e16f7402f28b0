import { readFile } from "node:fs/promises";
import type {} from "@nomicfoundation/hardhat-ignition-ethers";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import type { Signer } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import JSON5 from "json5";
import {
  type AccessManager,
  AccessManager__factory,
  type BeliefFactory,
  BeliefFactory__factory,
  type TestUSDC,
  TestUSDC__factory,
} from "../typechain-types/index.ts";
import marketModule from "./modules/market.ts";
import testAssetModule from "./modules/testAsset.ts";

/** The protocol on one chain, its contracts bound to the deployer. */
export interface Deployment {
  deployer: Signer;
  /** Address of the ERC-20 that markets are staked in. */
  asset: string;
  authority: AccessManager;
  beliefFactory: BeliefFactory;
}

/** The protocol on a local chain, where the asset can be minted. */
export interface LocalDeployment extends Deployment {
  usdc: TestUSDC;
}

/** Where a deployment keeps its journal; without one (in-process chains) nothing is written. */
export interface DeployOptions {
  /** Name of the folder in `ignition/deployments/`; by default `chain-<id>`. */
  deploymentId?: string;
  /** Show Ignition's progress on the terminal. */
  displayUi?: boolean;
}

/** Reads `ignition/parameters/<name>.json5`: one object of constructor arguments for each Ignition module. */
export async function readParameters(name: string): Promise<DeploymentParameters> {
  const file = new URL(`./parameters/${name}.json5`, import.meta.url);
  return JSON5.parse(await readFile(file, "utf8"));
}

/**
 * Deploys the protocol, or finishes a deployment that was interrupted: Ignition's journal knows what was sent.
 *
 * @param connection The chain, with its first account as deployer.
 * @param parameters Module parameters; `Market.asset` names the ERC-20.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  parameters: DeploymentParameters,
  options: DeployOptions = {},
): Promise<Deployment> {
  const deployed = await connection.ignition.deploy(marketModule, { ...options, parameters });
  const [deployer] = await connection.ethers.getSigners();
  const beliefFactory = BeliefFactory__factory.connect(await deployed.beliefFactory.getAddress(), deployer);
  return {
    deployer: deployer as Signer,
    asset: await beliefFactory.asset(),
    authority: AccessManager__factory.connect(await deployed.authority.getAddress(), deployer),
    beliefFactory,
  };
}

/** Deploys test dollars and the protocol on them, with the parameters of local chains unless others are given. */
export async function deployLocal(
  connection: NetworkConnection,
  parameters?: DeploymentParameters,
  options: DeployOptions = {},
): Promise<LocalDeployment> {
  const { asset } = await connection.ignition.deploy(testAssetModule, options);
  const address = await asset.getAddress();
  const given = parameters ?? (await readParameters("local"));
  const deployment = await deployProtocol(
    connection,
    { ...given, Market: { ...given.Market, asset: address } },
    options,
  );
  return { ...deployment, usdc: TestUSDC__factory.connect(address, deployment.deployer) };
}
