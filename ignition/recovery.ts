import { trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { DeploymentError } from "./errors.ts";

/** A transaction that a journal announces and of which it knows no more: its sender was stopped while sending it. */
interface LostTransaction {
  readonly futureId: string;
  readonly sender: string;
  readonly nonce: number;
}

/** Number of Ignition's error about a lost transaction, TRANSACTION_LOST. */
const TRANSACTION_LOST = 10_410;

/**
 * Runs a deployment, after bringing a journal up to date that ends in the middle of sending a transaction. Ignition asks
 * a human to find out what became of it; the sender's nonces say it as well.
 *
 * @param connection The chain.
 * @param journal Folder of the deployment's journal.
 * @param deploy The deployment.
 * @throws DeploymentError while the transaction waits to be mined, and where the node does not tell its fate.
 */
export async function withRecovery<T>(
  connection: NetworkConnection,
  journal: string,
  deploy: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await deploy();
    } catch (error) {
      const lost = lostTransactionOf(error);
      if (lost === undefined) throw error;
      await recover(connection, journal, lost);
    }
  }
}

function lostTransactionOf(error: unknown): LostTransaction | undefined {
  if (!(error instanceof Error && "number" in error && "messageArguments" in error)) return undefined;
  return error.number === TRANSACTION_LOST ? (error.messageArguments as LostTransaction) : undefined;
}

async function recover(connection: NetworkConnection, journal: string, lost: LostTransaction): Promise<void> {
  const { provider } = connection.ethers;
  if ((await provider.getTransactionCount(lost.sender, "pending")) <= lost.nonce) {
    // It never arrived. Sent again it has the same nonce, so that no more than one of the two can ever count.
    await wipe(journal, NO_ARTIFACTS, lost.futureId);
    return;
  }
  if ((await provider.getTransactionCount(lost.sender, "latest")) <= lost.nonce) {
    throw new DeploymentError("A transaction of the interrupted deployment waits to be mined: run this again later", {
      ...lost,
    });
  }
  await trackTransaction(journal, await findTransaction(connection, lost), connection.provider);
}

/** Hash of the mined transaction with the lost one's nonce, sought backwards from the latest block. */
async function findTransaction(connection: NetworkConnection, lost: LostTransaction): Promise<string> {
  const { provider } = connection.ethers;
  const isMinedAt = async (block: number) => (await provider.getTransactionCount(lost.sender, block)) > lost.nonce;
  try {
    // Mined at `late` and not yet at `early`: first in growing steps, so that recent blocks suffice, then by halves.
    let late = await provider.getBlockNumber();
    let early = late - 1;
    for (let step = 1; early >= 0 && (await isMinedAt(early)); step *= 2) {
      late = early;
      early = Math.max(early - step, -1);
    }
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (await isMinedAt(middle)) late = middle;
      else early = middle;
    }
    const block = await provider.getBlock(late, true);
    const found = block?.prefetchedTransactions.find(
      ({ from, nonce }) => isSame(from, lost.sender) && nonce === lost.nonce,
    );
    if (found !== undefined) return found.hash;
  } catch (cause) {
    throw new DeploymentError(NOT_FOUND, { ...lost }, { cause });
  }
  throw new DeploymentError(NOT_FOUND, { ...lost });
}

const NOT_FOUND =
  "The node does not tell what became of a transaction of the interrupted deployment. Look its hash up in a block " +
  "explorer and run: npx hardhat ignition track-tx <hash> <deployment> --network <name>";

/** Wiping a journal on disk resolves no artifact. */
const NO_ARTIFACTS = undefined as unknown as Parameters<typeof wipe>[1];

function isSame(address: string, other: string): boolean {
  return address.toLowerCase() === other.toLowerCase();
}
