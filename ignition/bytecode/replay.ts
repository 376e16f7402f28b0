import { getCreateAddress, toBeHex } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { NetworkConnection } from "hardhat/types/network";
import { messageOf } from "../../sdk/errors.ts";
import { BeliefFactory__factory, TestUSDC__factory } from "../../typechain-types/index.ts";
import { argumentsOf, deploymentsOf } from "../check/creation.ts";
import type { DeployableName } from "../contracts.ts";
import { DeploymentError } from "../errors.ts";
import type { DeploymentRecord, RecordedContract } from "../record.ts";

/** What a deployment is rebuilt from. */
export interface Plan {
  readonly record: DeploymentRecord;
  /** What the compiler made of the sources here. */
  readonly artifacts: ArtifactManager;
}

/** When and by whom a contract was made. */
interface Creation {
  readonly name: DeployableName;
  readonly from: string;
  readonly nonce: number;
  /** In unix seconds. */
  readonly time: number;
}

/**
 * Makes the contracts of a record once more, on a chain in this process: with the same chain id, at the same addresses,
 * in the same seconds, with the arguments that the modules make of the record. So everything that a constructor fixes in
 * code, the chain's time and the contract's own address too, comes out as it has to be on the other chain.
 *
 * @param connection Where the record's contracts are.
 * @param createChain Makes the chain in this process, which begins at a time in unix seconds.
 * @returns Runtime code by contract.
 * @throws DeploymentError where a transaction of the record did not make its contract, or a constructor refuses.
 */
export async function replayDeployment(
  connection: NetworkConnection,
  plan: Plan,
  createChain: (startsAt: number) => Promise<NetworkConnection>,
): Promise<Map<DeployableName, string>> {
  const { record } = plan;
  const creations = await creationsOf(connection, record);
  const local = await createChain((creations[0]?.time ?? 1) - 1);
  try {
    if (record.contracts.TestUSDC === undefined) await placeAsset(connection, local, record.asset);
    const codes = new Map<DeployableName, string>();
    for (const creation of creations) codes.set(creation.name, await replay(local, plan, creation));
    const factory = BeliefFactory__factory.connect(record.contracts.BeliefFactory.address, local.ethers.provider);
    return codes.set("BeliefMarket", await local.ethers.provider.getCode(await factory.implementation()));
  } finally {
    await local.close();
  }
}

/** The transactions that made the contracts, in their order. */
async function creationsOf(connection: NetworkConnection, record: DeploymentRecord): Promise<Creation[]> {
  const creations: Creation[] = [];
  for (const { contractName } of deploymentsOf(record)) {
    const name = contractName as DeployableName;
    const recorded = record.contracts[name];
    if (recorded !== undefined) creations.push(await creationOf(connection, name, recorded));
  }
  return creations.toSorted((a, b) => a.time - b.time || a.nonce - b.nonce);
}

async function creationOf(
  { ethers: { provider } }: NetworkConnection,
  name: DeployableName,
  { address, transaction }: RecordedContract,
): Promise<Creation> {
  const sent = await provider.getTransaction(transaction);
  const block = sent?.blockNumber == null ? null : await provider.getBlock(sent.blockNumber);
  if (sent === null || block === null) {
    throw new DeploymentError("The node does not know a transaction of the record", { contract: name, transaction });
  }
  const { from, nonce } = sent;
  if (sent.to !== null || getCreateAddress({ from, nonce }) !== address) {
    throw new DeploymentError("A transaction of the record did not make its contract", { contract: name, transaction });
  }
  return { name, from, nonce, time: block.timestamp };
}

/** Makes one contract, and says what its code is. */
async function replay(local: NetworkConnection, { record, artifacts }: Plan, creation: Creation): Promise<string> {
  const { ethers, networkHelpers } = local;
  const { name, from, nonce, time } = creation;
  await networkHelpers.impersonateAccount(from);
  await networkHelpers.setBalance(from, 10n ** 24n);
  await networkHelpers.setNonce(from, nonce);
  await networkHelpers.time.setNextBlockTimestamp(time);
  const { abi, bytecode } = await artifacts.readArtifact(name);
  const { provider } = ethers;
  const block = await provider.getBlockNumber();
  const subject = { provider, record, block };
  const factory = new ethers.ContractFactory(abi, bytecode, await ethers.getSigner(from));
  try {
    const contract = await factory.deploy(...(await argumentsOf(subject, name)));
    return await provider.getCode(contract);
  } catch (cause) {
    const problem = `The sources here do not make ${name} of the record (${messageOf(cause).split("\n", 1)[0]})`;
    throw new DeploymentError(problem, {}, { cause });
  }
}

/** Puts something where the asset is that answers constructors as it does: with its decimals, and that it approves. */
async function placeAsset(connection: NetworkConnection, local: NetworkConnection, asset: string): Promise<void> {
  const decimals = await TestUSDC__factory.connect(asset, connection.ethers.provider).decimals();
  await local.networkHelpers.setCode(asset, `${BEFORE_DECIMALS}${toBeHex(decimals, 1).slice(2)}${AFTER_DECIMALS}`);
}

// calldatasize > 4 ? 1 : decimals
const BEFORE_DECIMALS = "0x3660041080" + "1560";
const AFTER_DECIMALS = "0201" + "5f5260205ff3";
