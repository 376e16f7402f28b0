import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { listTransactions, type TransactionInfo, TransactionStatus } from "@nomicfoundation/ignition-core";
import { getAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Role } from "../sdk/roles.ts";
import { addressesOf, CONTRACT_NAMES, type ContractName, DEPLOYABLE, type DeployableName } from "./contracts.ts";
import type { Deployment } from "./deploy.ts";
import { DeploymentError } from "./errors.ts";
import { chainIdOf } from "./local-chain.ts";
import { nameRecipients } from "./preflight.ts";
import {
  abiHashOf,
  type DeploymentRecord,
  RECORD_FORMAT,
  type RecordedContract,
  type RecordedParameter,
  writeRecord,
} from "./record.ts";

/** A deployment that is complete, and how it came about. */
export interface Completed {
  readonly deployment: Deployment;
  /** As the file has them. */
  readonly parameters: DeploymentParameters;
  /** Folder of Ignition's journal. */
  readonly journal: string;
}

/**
 * Writes down what a deployment consists of, for those who cannot read Ignition's journal.
 *
 * @param folder Where records are, by default `deployments/`.
 * @returns The record's file.
 */
export async function recordDeployment(
  connection: NetworkConnection,
  completed: Completed,
  folder?: string,
): Promise<string> {
  return writeRecord(await recordOf(connection, completed), folder);
}

/** The record of a deployment. Block and transaction of each contract are the chain's, as the journal's hashes find them. */
export async function recordOf(
  connection: NetworkConnection,
  { deployment, parameters, journal }: Completed,
): Promise<DeploymentRecord> {
  const deployer = await deployment.deployer.getAddress();
  const sent = (await listTransactions(journal, NO_ARTIFACTS)).filter(
    ({ status }) => status === TransactionStatus.SUCCESS,
  );
  const addresses = await addressesOf(deployment);
  const contracts: Partial<Record<DeployableName, RecordedContract>> = {};
  for (const name of CONTRACT_NAMES) {
    // The factory makes the implementation of its markets itself.
    const made = name === "BeliefMarket" ? "BeliefFactory" : name;
    const { txHash } = creationOf(sent, made, addresses[made]);
    contracts[name] = await recordContract(connection, name, addresses[name], txHash);
  }
  const dollars = sent.find(({ name }) => name === "TestUSDC");
  if (dollars !== undefined) {
    contracts.TestUSDC = await recordContract(connection, "TestUSDC", deployment.asset, dollars.txHash);
  }
  return {
    format: RECORD_FORMAT,
    network: connection.networkName,
    chainId: Number(await chainIdOf(connection)),
    deployer,
    contracts: contracts as DeploymentRecord["contracts"],
    asset: deployment.asset,
    parameters: recordedParameters(nameRecipients(parameters, deployer)),
    handover: await handoverIn(connection, sent, parameters),
  };
}

/**
 * Parameters in the form of a record: every number a `bigint`, every address in its checksummed spelling. Who was given an
 * office since is left out.
 */
export function recordedParameters({ Offices: _, ...others }: DeploymentParameters): DeploymentRecord["parameters"] {
  const modules = Object.entries(others).map(([module, values]) => {
    const recorded = Object.entries(values).map(([name, value]) => [name, recordedParameter(value)]);
    return [module, Object.fromEntries(recorded)];
  });
  return Object.fromEntries(modules);
}

function recordedParameter(value: unknown): RecordedParameter {
  if (typeof value === "number" || typeof value === "bigint") return BigInt(value);
  if (typeof value === "boolean") return value;
  return getAddress(String(value));
}

function creationOf(sent: readonly TransactionInfo[], contract: ContractName, address: string): TransactionInfo {
  const found = sent.find((transaction) => transaction.name === contract && transaction.address === address);
  if (found !== undefined) return found;
  throw new DeploymentError("Ignition's journal does not tell which transaction made a contract", {
    contract,
    address,
  });
}

async function recordContract(
  connection: NetworkConnection,
  name: DeployableName,
  address: string,
  transaction: string,
): Promise<RecordedContract> {
  const block = await blockOf(connection, transaction);
  return { address, block, transaction, abiHash: abiHashOf(DEPLOYABLE[name].abi) };
}

async function handoverIn(
  connection: NetworkConnection,
  sent: readonly TransactionInfo[],
  { Handover }: DeploymentParameters,
): Promise<DeploymentRecord["handover"]> {
  if (Handover === undefined) return null;
  const last = sent.findLast(({ name, params }) => name === "AccessManager#renounceRole" && params?.[0] === Role.Admin);
  if (last === undefined) throw new DeploymentError("Ignition's journal does not tell of the handover");
  return {
    guardian: getAddress(String(Handover.guardian)),
    block: await blockOf(connection, last.txHash),
    transaction: last.txHash,
  };
}

async function blockOf(connection: NetworkConnection, transaction: string): Promise<number> {
  const receipt = await connection.ethers.provider.getTransactionReceipt(transaction);
  if (receipt === null)
    throw new DeploymentError("The node does not know a transaction of the deployment", { transaction });
  return receipt.blockNumber;
}

/** Listing transactions resolves no artifact. */
const NO_ARTIFACTS = undefined as unknown as Parameters<typeof listTransactions>[1];
