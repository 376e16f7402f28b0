import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NetworkConnection } from "hardhat/types/network";
import { DeploymentError } from "./errors.ts";

/** Chain id of Hardhat's and Anvil's development chains, the only ones where test dollars may exist. */
export const LOCAL_CHAIN_ID = 31_337n;

/** File in a journal's folder that says which chain the journal is about: local chains all have one id. */
const INSTANCE_FILE = "chain-instance";

/** The id of the chain behind a connection. */
export async function chainIdOf(connection: NetworkConnection): Promise<bigint> {
  return BigInt(await request<string>(connection, "eth_chainId"));
}

/** Throws `DeploymentError` unless the chain is a local one. */
export async function requireLocalChain(connection: NetworkConnection): Promise<void> {
  const chainId = await chainIdOf(connection);
  if (chainId === LOCAL_CHAIN_ID) return;
  throw new DeploymentError(
    "Test USDC, which anyone can mint, is deployed on local chains only. Elsewhere name an asset in the parameters file",
    { network: connection.networkName, chainId, localChainId: LOCAL_CHAIN_ID },
  );
}

/**
 * Removes the journal that an earlier local chain left behind, so that Ignition does not take that chain's contracts for
 * this one's, and marks the folder as this chain's.
 *
 * @param connection A local chain.
 * @param deploymentsFolder Ignition's folder of journals, `ignition/deployments`.
 * @returns The folder of this chain's journal.
 */
export async function claimLocalJournal(connection: NetworkConnection, deploymentsFolder: string): Promise<string> {
  const folder = join(deploymentsFolder, `chain-${LOCAL_CHAIN_ID}`);
  const marker = join(folder, INSTANCE_FILE);
  const { instanceId } = await request<{ instanceId: string }>(connection, "hardhat_metadata");
  if ((await readFile(marker, "utf8").catch(() => undefined)) !== instanceId) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(marker, instanceId);
  }
  return folder;
}

async function request<T>(connection: NetworkConnection, method: string): Promise<T> {
  const answer: unknown = await connection.provider.request({ method });
  return answer as T;
}
