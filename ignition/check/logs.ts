import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import type { Log } from "ethers";
import { messageOf } from "../../sdk/errors.ts";
import { LogSpan } from "../../sdk/node/log-span.ts";
import { isRangeRefusal } from "../../sdk/node/range-refusal.ts";
import { refusalIn, statusOf, troubleBehind } from "../../sdk/node/troubles.ts";
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
 * that is refused for that, or left without an answer, is made for half as many.
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
      if (isTooMuch(cause) && span.refuse(blocks)) continue;
      throw new DeploymentError(`The node gave no logs (${messageOf(cause)})`, { fromBlock, toBlock }, { cause });
    }
  }
  return logs;
}

/** HTTP status of an answer that would be too long. */
const TOO_LARGE = 413;

/** Whether a node may answer for fewer blocks. Some refuse under an HTTP status of an error, or fall silent. */
function isTooMuch(cause: unknown): boolean {
  if (isRangeRefusal(refusalIn(cause) ?? cause) || statusOf(cause) === TOO_LARGE) return true;
  return troubleBehind(cause)?.kind === "silent";
}
