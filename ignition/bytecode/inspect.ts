import type { NetworkConnection } from "hardhat/types/network";
import { CONTRACT_NAMES, type DeployableName } from "../contracts.ts";
import { NothingToDoError } from "../errors.ts";
import { chainIdOf } from "../local-chain.ts";
import { compareCode, type Deviation, regionsOf } from "./compare.ts";
import { type CheckedMarket, checkMarkets } from "./markets.ts";
import { type Plan, replayDeployment } from "./replay.ts";

/** A contract of a record, and what is wrong with its code. */
export interface CheckedContract {
  readonly name: DeployableName;
  readonly address: string;
  /** Bytes of its code on the chain; none where there is no contract. */
  readonly size: number;
  /** Nothing where the code is the sources', to the byte. */
  readonly deviations: readonly Deviation[];
}

/** How the code of a deployment compares with the sources. */
export interface BytecodeReport {
  readonly contracts: readonly CheckedContract[];
  /** What the factory has made since. */
  readonly markets: readonly CheckedMarket[];
  /** The block as of which the chain was read. */
  readonly block: number;
}

/** What a comparison needs. */
export interface Sources extends Plan {
  /** Makes a chain in this process, with the record's chain id, which begins at a time in unix seconds. */
  readonly createChain: (startsAt: number) => Promise<NetworkConnection>;
  /** Hears how many blocks of how many were looked through for markets. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compares the code of every contract of a record, and of every market, byte by byte with what the sources make of the
 * record: immutables and metadata included. Sends nothing, and needs no account.
 *
 * @throws NothingToDoError where none of the contracts is on this chain; DeploymentError where the record cannot be
 * rebuilt, as where a transaction of it is unknown or the chain is another.
 */
export async function inspectBytecode(connection: NetworkConnection, sources: Sources): Promise<BytecodeReport> {
  const { record, artifacts, createChain, onProgress } = sources;
  const { provider } = connection.ethers;
  const block = await provider.getBlockNumber();
  const names = [...CONTRACT_NAMES, "TestUSDC"] as const;
  const found = new Map<DeployableName, string>();
  for (const name of names) {
    const recorded = record.contracts[name];
    if (recorded !== undefined) found.set(name, await provider.getCode(recorded.address, block));
  }
  if ([...found.values()].every((code) => code === NO_CODE)) {
    const problem = `None of the record's contracts is on this chain: run \`npm run deploy -- --network ${record.network}\``;
    throw new NothingToDoError(problem, { network: record.network, chainId: await chainIdOf(connection) });
  }
  const rebuilt = await replayDeployment(connection, { record, artifacts }, createChain);
  const contracts: CheckedContract[] = [];
  for (const [name, code] of found) {
    const address = record.contracts[name]?.address ?? "";
    const expected = rebuilt.get(name) ?? NO_CODE;
    const deviations = code === expected ? [] : await deviationsOf(sources, name, expected, code);
    contracts.push({ name, address, size: code.length / 2 - 1, deviations });
  }
  return { contracts, markets: await checkMarkets(connection, record, block, onProgress), block };
}

const NO_CODE = "0x";

async function deviationsOf(
  { artifacts }: Sources,
  name: DeployableName,
  expected: string,
  found: string,
): Promise<Deviation[]> {
  if (found === NO_CODE)
    return [{ what: "contract", expected: `${expected.length / 2 - 1} bytes of code`, found: "none" }];
  return compareCode(expected, found, await regionsOf(artifacts, name));
}
