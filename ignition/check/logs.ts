import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import type { Log } from "ethers";
import { messageOf } from "../../keeper/errors.ts";
import { LogSpan } from "../../keeper/span.ts";
import { isRangeRefusal } from "../../keeper/troubles.ts";
import { DeploymentError } from "../errors.ts";

/** The most blocks of a query, and those of the first. */
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
 * All logs of contracts in a range of blocks, in their order. Nodes limit how many blocks a query may reach over: one
 * that is refused for that is made for half as many.
 *
 * @throws DeploymentError where the node refuses a single block, or fails otherwise.
 */
export async function logsOf(
  provider: Pick<HardhatEthersProvider, "getLogs">,
  { address, from, to, onProgress }: Wanted,
): Promise<Log[]> {
  const logs: Log[] = [];
  const span = new LogSpan(WIDEST_SPAN);
  for (let fromBlock = from; fromBlock <= to; ) {
    const toBlock = Math.min(fromBlock + span.blocks - 1, to);
    const blocks = toBlock - fromBlock + 1;
    try {
      logs.push(...(await provider.getLogs({ address, fromBlock, toBlock })));
      span.accept(blocks);
      fromBlock = toBlock + 1;
      onProgress?.(fromBlock - from, to - from + 1);
    } catch (cause) {
      if (isRangeRefusal(cause) && span.refuse(blocks)) continue;
      throw new DeploymentError(`The node gave no logs (${messageOf(cause)})`, { fromBlock, toBlock }, { cause });
    }
  }
  return logs;
}
