import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import type { Log } from "ethers";
import { DeploymentError } from "../errors.ts";

/** Blocks of a first query. */
export const WIDEST_SPAN = 10_000;

/** Which logs are wanted. */
export interface Wanted {
  /** Addresses of the contracts. */
  readonly address: string[];
  /** The first block. */
  readonly from: number;
  /** The last block. */
  readonly to: number;
  /** Hears how many blocks of how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * All logs of contracts in a range of blocks, in their order. Nodes limit how many blocks a query may reach over, each in
 * its own words: a query that is refused is asked for half as many.
 *
 * @throws DeploymentError where the node refuses a single block.
 */
export async function logsOf(
  provider: Pick<HardhatEthersProvider, "getLogs">,
  { address, from, to, onProgress }: Wanted,
): Promise<Log[]> {
  const logs: Log[] = [];
  let span = WIDEST_SPAN;
  for (let fromBlock = from; fromBlock <= to; ) {
    const toBlock = Math.min(fromBlock + span - 1, to);
    try {
      logs.push(...(await provider.getLogs({ address, fromBlock, toBlock })));
      fromBlock = toBlock + 1;
      onProgress?.(fromBlock - from, to - from + 1);
    } catch (cause) {
      if (fromBlock === toBlock) {
        throw new DeploymentError("The node does not tell the logs of a block", { block: toBlock }, { cause });
      }
      span = Math.ceil((toBlock - fromBlock + 1) / 2);
    }
  }
  return logs;
}
