import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import { listTransactions } from "@nomicfoundation/ignition-core";
import type { BaseContract } from "ethers";
import { z } from "zod/v4";
import { messageOf } from "../sdk/errors.ts";
import {
  type CouncilGovernor,
  CouncilGovernor__factory,
  type IArgumentStaking,
  IArgumentStaking__factory,
  type ICouncilStaking,
  ICouncilStaking__factory,
  type IQueryEscrow,
  IQueryEscrow__factory,
  type ITruthSerum,
  ITruthSerum__factory,
} from "../typechain-types/index.ts";
import { isNodeAway, KeeperConfigError } from "./errors.ts";
import type { Log } from "./log.ts";

/** What the keeper works on. */
export interface KeptContracts {
  /** Bound to the provider. */
  readonly truthSerum: ITruthSerum;
  /** Bound to the provider; `undefined` where the deployment is from before arguments. */
  readonly argumentStaking: IArgumentStaking | undefined;
  /** Bound to the provider; `undefined` where the deployment is from before queries. */
  readonly queryEscrow: IQueryEscrow | undefined;
  /** Bound to the provider; `undefined` where the deployment is from before the council. */
  readonly councilStaking: ICouncilStaking | undefined;
  /** Bound to the provider; `undefined` where the deployment is from before the council. */
  readonly councilGovernor: CouncilGovernor | undefined;
  /** The block in which one of them was deployed, or one before it. */
  deployedIn(contract: BaseContract): Promise<number>;
}

/** What binds a contract to a provider. */
interface Factory<T> {
  connect(address: string, provider: HardhatEthersProvider): T;
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
  const addresses = await addressesIn(journal, network);
  const { TruthSerum: serum } = addresses;
  if (serum === undefined) throw missingFrom(journal, "TruthSerum", network);
  const connect = <T>(contract: string, { connect }: Factory<T>) => {
    const address = addresses[contract];
    return address === undefined ? undefined : connect(address, provider);
  };
  const truthSerum = ITruthSerum__factory.connect(serum, provider);
  const argumentStaking = connect("ArgumentStaking", IArgumentStaking__factory);
  const queryEscrow = connect("QueryEscrow", IQueryEscrow__factory);
  const councilStaking = connect("CouncilStaking", ICouncilStaking__factory);
  const councilGovernor = connect("CouncilGovernor", CouncilGovernor__factory);
  const requireAnswer = (contract: string) => (cause: unknown) => {
    if (isNodeAway(cause)) throw cause;
    const problem =
      "The contract that the deployment's journal names is not on this chain: the journal is another chain's. " +
      `Deploy with \`npm run deploy -- --network ${network}\`, or name the right folder with --deployment`;
    throw new KeeperConfigError(problem, { contract, address: addresses[contract] ?? null, journal }, { cause });
  };
  await truthSerum.startedAt().catch(requireAnswer("TruthSerum"));
  await argumentStaking?.owed().catch(requireAnswer("ArgumentStaking"));
  await queryEscrow?.queryCount().catch(requireAnswer("QueryEscrow"));
  await councilStaking?.totalStaked().catch(requireAnswer("CouncilStaking"));
  await councilGovernor?.votingPeriod().catch(requireAnswer("CouncilGovernor"));
  const deployedIn = async (contract: BaseContract) =>
    deploymentBlockOf(await contract.getAddress(), provider, journal, log);
  return { truthSerum, argumentStaking, queryEscrow, councilStaking, councilGovernor, deployedIn };
}

/** That a journal lacks a contract which is needed, and what to do about it. */
export function missingFrom(journal: string, contract: string, network: string): KeeperConfigError {
  const problem = `The deployment lacks ${contract}: finish it with \`npm run deploy -- --network ${network}\``;
  return new KeeperConfigError(problem, { journal });
}

/** The addresses in a journal, by names of contracts. */
async function addressesIn(journal: string, network: string): Promise<Partial<Record<string, string>>> {
  const file = join(journal, "deployed_addresses.json");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const problem =
      `There is no deployment to keep on ${network}: deploy it with \`npm run deploy -- --network ${network}\`, ` +
      "or name its folder with --deployment";
    throw new KeeperConfigError(problem, { missing: file }, { cause });
  });
  const addresses = Object.entries(parse(text, file));
  return Object.fromEntries(addresses.map(([future, address]) => [future.split("#")[1], address]));
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
    if (isNodeAway(error)) throw error;
    log.debug({ reason: messageOf(error) }, "the journal cannot be read");
  }
  log.warn(
    { journal, address },
    "the journal does not tell the block of the deployment: looking through the chain from block 0",
  );
  return 0;
}

/** Listing transactions resolves no artifact. */
const UNUSED = undefined as unknown as Parameters<typeof listTransactions>[1];
