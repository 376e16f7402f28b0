import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import { listTransactions } from "@nomicfoundation/ignition-core";
import { z } from "zod/v4";
import { type ITruthSerum, ITruthSerum__factory } from "../typechain-types/index.ts";
import { KeeperConfigError, messageOf } from "./errors.ts";
import type { Log } from "./log.ts";

/** What the keeper works on. */
export interface KeptContracts {
  /** Bound to the provider. */
  readonly truthSerum: ITruthSerum;
  /** The block in which the serum was deployed, or one before it. */
  readonly deployedIn: number;
}

const fileSchema = z.record(z.string(), z.string().regex(/^0x[0-9a-fA-F]{40}$/));

/**
 * Finds the contracts in the journal that Ignition keeps of a deployment, and on the chain.
 *
 * @param journal Folder of the journal.
 * @throws KeeperConfigError where there is no journal, or its contracts are not on this chain.
 */
export async function findContracts(
  provider: HardhatEthersProvider,
  network: string,
  journal: string,
  log: Log,
): Promise<KeptContracts> {
  const address = await addressOf("TruthSerum", network, journal);
  const truthSerum = ITruthSerum__factory.connect(address, provider);
  try {
    await truthSerum.startedAt();
  } catch (cause) {
    const problem =
      "The contract that the deployment's journal names is not on this chain: the journal is another chain's. " +
      `Deploy with \`npm run deploy -- --network ${network}\`, or name the right folder with --deployment`;
    throw new KeeperConfigError(problem, { truthSerum: address, journal }, { cause });
  }
  return { truthSerum, deployedIn: await deploymentBlockOf(address, provider, journal, log) };
}

async function addressOf(contract: string, network: string, journal: string): Promise<string> {
  const file = join(journal, "deployed_addresses.json");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const problem =
      `There is no deployment to keep on ${network}: deploy it with \`npm run deploy -- --network ${network}\`, ` +
      "or name its folder with --deployment";
    throw new KeeperConfigError(problem, { missing: file }, { cause });
  });
  const addresses = parse(text, file);
  const found = Object.entries(addresses).find(([future]) => future.split("#")[1] === contract);
  if (found === undefined) {
    const problem = `The deployment lacks ${contract}: finish it with \`npm run deploy -- --network ${network}\``;
    throw new KeeperConfigError(problem, { file });
  }
  return found[1];
}

function parse(text: string, file: string): Record<string, string> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new KeeperConfigError("The deployment's addresses cannot be read", { file }, { cause });
  }
}

async function deploymentBlockOf(
  address: string,
  provider: HardhatEthersProvider,
  journal: string,
  log: Log,
): Promise<number> {
  try {
    const transactions = await listTransactions(journal, UNUSED);
    const deployment = transactions.find((transaction) => transaction.address?.toLowerCase() === address.toLowerCase());
    const receipt = deployment === undefined ? null : await provider.getTransactionReceipt(deployment.txHash);
    if (receipt !== null) return receipt.blockNumber;
  } catch (error) {
    log.debug({ reason: messageOf(error) }, "the journal cannot be read");
  }
  log.warn(
    { journal },
    "the journal does not tell the block of the deployment: looking through the chain from block 0",
  );
  return 0;
}

/** Listing transactions resolves no artifact. */
const UNUSED = undefined as unknown as Parameters<typeof listTransactions>[1];
