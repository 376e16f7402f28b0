import { AbiCoder, dataSlice, id, isError } from "ethers";
import type { Unit } from "../format/amounts.ts";
import { codesOf, isRejection } from "../wallet/eip1193.ts";

const INSUFFICIENT_ALLOWANCE = id("ERC20InsufficientAllowance(address,uint256,uint256)").slice(0, 10);
const FAILED_TRANSFER = id("SafeERC20FailedOperation(address)").slice(0, 10);
const TEXT = id("Error(string)").slice(0, 10);

/** What ethers calls a node that does not answer, or not as it should. */
const NODE_TROUBLES = ["NETWORK_ERROR", "SERVER_ERROR", "TIMEOUT"] as const;

/** What is said where a wallet has been switched in the meantime. */
export const OTHER_NETWORK = "Your wallet is connected to another network by now. Nothing was sent.";

/** What a contract reverted with; `undefined` where a failure is no revert. */
export function revertDataOf(error: unknown): string | undefined {
  if (isError(error, "CALL_EXCEPTION") && error.data) return error.data;
  return dataIn(error);
}

/** Nodes and wallets put it into `data`, some of them deeper. */
function dataIn(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const { data, error: inner, info, cause, originalError } = error as Record<string, unknown>;
  if (typeof data === "string" && /^0x([0-9a-f]{2}){4,}$/i.test(data)) return data;
  for (const next of [data, inner, info, cause, originalError]) {
    const found = dataIn(next, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a token says, or may mean, that it may not be taken (yet): by the error of ERC-6093, in a text, as USDC does,
 * or without any word, as some do.
 */
export function isAllowanceError(data: string | undefined): boolean {
  if (data === undefined) return false;
  if (data.startsWith(TEXT)) return /allowance/i.test(textOf(data));
  return data === "0x" || data.startsWith(INSUFFICIENT_ALLOWANCE) || data.startsWith(FAILED_TRANSFER);
}

function textOf(data: string): string {
  try {
    return String(AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(data, 4))[0]);
  } catch {
    return "";
  }
}

/**
 * Why something could not be done, in a sentence for whoever wanted it: a contract's refusal in words too.
 *
 * @param unit What amounts are in.
 */
export async function explain(error: unknown, unit: Unit): Promise<string> {
  const data = isRejection(error) ? undefined : revertDataOf(error);
  if (data === undefined) return reasonOf(error);
  // The words for every error of every contract: loaded when they are needed.
  const { wordsOf } = await import("../words/errors.ts");
  return wordsOf(data, unit);
}

/** Why something cannot be had, in a sentence. */
export function reasonOf(error: unknown): string {
  if (isRejection(error)) return "You declined it in the wallet.";
  const message = messageOf(error);
  if (isError(error, "INSUFFICIENT_FUNDS") || /insufficient funds/i.test(message)) {
    return "The account has too little ether to pay for gas.";
  }
  if (isError(error, "NETWORK_ERROR") && error.event === "changed") return OTHER_NETWORK;
  if (NODE_TROUBLES.some((code) => isError(error, code)) || error instanceof TypeError) {
    return "The node does not answer. Try again in a moment.";
  }
  if (codesOf(error).includes(-32_002)) return "The wallet is waiting for an answer already: open it.";
  return message.length > 200 ? `${message.slice(0, 200)}…` : message;
}

/** What the node or the wallet said, without what ethers adds to it. */
function messageOf(error: unknown, depth = 0): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { error: inner, info, shortMessage, message } = error as Record<string, unknown>;
  const behind = [inner, (info as { error?: unknown } | undefined)?.error].find(
    (next) => typeof next === "object" && next !== null && "message" in next,
  );
  if (behind !== undefined && depth < 4) return messageOf(behind, depth + 1);
  return String(shortMessage ?? message ?? "Something went wrong.");
}
