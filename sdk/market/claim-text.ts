import { concat, dataLength, dataSlice, id, toUtf8Bytes, toUtf8String } from "ethers";
import { claimIdOf } from "../claims.ts";

// The factory knows a claim by the hash of its text alone. Whoever creates a market appends the text, in UTF-8, to the
// call's data: the contract does not look at it, it stays in the chain's history, and the claim's id proves it.

/** The parameters of a market, as `createMarketWithParams` takes them. */
const PARAMS = "(uint32,uint32,uint16,uint16,uint96,uint16,uint16,uint16,uint32,uint96,uint96)";

const WORD = 32;
const selectorOf = (signature: string) => id(signature).slice(0, 10);

/** Bytes of a call of each function that creates a market, by its selector, before what is appended to it. */
const CALL_LENGTHS: Readonly<Record<string, number>> = {
  [selectorOf("createMarket(bytes32,uint256)")]: 4 + 2 * WORD,
  [selectorOf(`createMarketWithParams(bytes32,uint256,${PARAMS})`)]: 4 + (2 + PARAMS.split(",").length) * WORD,
};

/** The data of a call that creates a market, with the claim's text after it. */
export function withClaimText(data: string, text: string): string {
  return concat([data, toUtf8Bytes(text)]);
}

/**
 * The claim's text that was appended to the data of a call.
 *
 * @param data The whole data of a transaction to the factory.
 * @returns `undefined` where there is none, or one of another claim.
 */
export function claimTextIn(data: string, claimId: string): string | undefined {
  const length = CALL_LENGTHS[data.slice(0, 10)];
  if (length === undefined || dataLength(data) <= length) return undefined;
  try {
    const text = toUtf8String(dataSlice(data, length));
    return claimIdOf(text) === claimId ? text : undefined;
  } catch {
    return undefined; // no UTF-8
  }
}
