import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { NetworkConnection } from "hardhat/types/network";
import { CONTRACT_NAMES, type ContractName } from "../contracts.ts";
import { NothingToDoError } from "../errors.ts";
import { chainIdOf } from "../local-chain.ts";
import { nameRecipients, officersOf } from "../preflight.ts";
import type { DeploymentRecord } from "../record.ts";
import { recordedParameters } from "../recording.ts";
import { checkAccess } from "./access.ts";
import { checkCode } from "./code.ts";
import { checkCreation } from "./creation.ts";
import { logsOf } from "./logs.ts";
import { checkRules } from "./rules.ts";
import { compare, type Difference, type Subject } from "./subject.ts";
import { checkTimelock } from "./timelock.ts";
import { checkWiring, pausedContracts } from "./wiring.ts";

/** What an inspection needs. */
export interface Inspected {
  /** What is said to be deployed. */
  readonly record: DeploymentRecord;
  /** The parameters file as it is now. */
  readonly parameters: DeploymentParameters;
  /** What the compiler made of the sources here. */
  readonly artifacts: ArtifactManager;
  /** Hears how many blocks of how many were looked through for events, which takes long on a chain that is. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What an inspection found. */
export interface Inspection {
  /** Everything that is not as documented; of a sound deployment nothing. */
  readonly differences: readonly Difference[];
  /** Contracts that their guardian has paused. */
  readonly paused: readonly ContractName[];
  /** The block as of which everything was read. */
  readonly block: number;
}

/**
 * Reads a deployment from its chain and compares all that can go wrong with it: code, how each contract was made, the
 * addresses that they know one another by, every parameter, every role. Sends nothing, and needs no account.
 *
 * @throws NothingToDoError where none of the contracts is on this chain.
 */
export async function inspectDeployment(
  connection: NetworkConnection,
  { record, parameters, artifacts, onProgress }: Inspected,
): Promise<Inspection> {
  const { provider } = connection.ethers;
  const chainId = await chainIdOf(connection);
  const latest = await provider.getBlock("latest");
  if (latest === null) throw new NothingToDoError("The chain has no block", { chainId });
  const { number: block, timestamp } = latest;
  if (!(await isAnythingDeployed(connection, record, block))) {
    const problem = `None of the record's contracts is on this chain: run \`npm run deploy -- --network ${record.network}\``;
    throw new NothingToDoError(problem, { network: record.network, chainId });
  }
  const { AccessManager, TimelockController } = record.contracts;
  const logs = await logsOf(provider, {
    address: [AccessManager.address, TimelockController.address],
    from: Math.min(AccessManager.block, TimelockController.block),
    to: block,
    onProgress,
  });
  const subject: Subject = {
    ...{ provider, artifacts, block, record, logs },
    time: BigInt(timestamp),
    parameters: recordedParameters(nameRecipients(parameters, record.deployer)),
    officers: officersOf(parameters),
  };
  const differences = [
    ...compare("network in the record", connection.networkName, record.network),
    ...compare("chain id in the record", chainId, record.chainId),
    ...(await checkCode(subject)),
    ...(await checkCreation(subject)),
    ...(await checkWiring(subject)),
    ...(await checkRules(subject)),
    ...(await checkHandover(subject)),
    ...(await checkAccess(subject)),
    ...(await checkTimelock(subject)),
  ];
  return { differences, paused: await pausedContracts(subject), block };
}

async function isAnythingDeployed(
  { ethers }: NetworkConnection,
  { contracts }: DeploymentRecord,
  block: number,
): Promise<boolean> {
  for (const name of CONTRACT_NAMES) {
    if ((await ethers.provider.getCode(contracts[name].address, block)) !== "0x") return true;
  }
  return false;
}

/** Compares who is guardian after a handover, and whether there was one, with what the parameters ask for. */
async function checkHandover({ provider, record, parameters }: Subject): Promise<Difference[]> {
  const { handover } = record;
  const asked = parameters.Handover?.guardian;
  const guardians = compare("handover, to the guardian", asked ?? NO_HANDOVER, handover?.guardian ?? NO_HANDOVER);
  if (handover === null) return guardians;
  const receipt = await provider.getTransactionReceipt(handover.transaction);
  return [...guardians, ...compare("handover, block in the record", receipt?.blockNumber ?? "none", handover.block)];
}

const NO_HANDOVER = "none";
