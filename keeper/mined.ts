import { type TransactionReceipt, toQuantity } from "ethers";
import type { Chain } from "./chain.ts";
import { isNodeAway } from "./errors.ts";
import type { Call } from "./send.ts";

/** Blocks that are searched, the latest ones: nodes have the state of that many, and a search begins within few. */
export const BLOCKS_SEARCHED = 64;

/** A transaction that was mined, as far as it tells whose it is. */
export interface Mined extends Call {
  readonly hash: string;
  readonly value: bigint;
}

/**
 * The transaction of the chain's account that has a nonce, where it was mined in one of the last blocks. How many the
 * account had sent by which block tells where to look: one block is read, whatever their number.
 *
 * @returns `undefined` where it is in none of them, or the node refuses to tell.
 * @throws The node's error where it does not answer.
 */
export async function minedWith(
  nonce: number,
  { provider, account }: Pick<Chain, "provider" | "account">,
): Promise<Mined | undefined> {
  const isUsedIn = async (block: number) => (await provider.getTransactionCount(account, block)) > nonce;
  let last = await provider.getBlockNumber();
  let before = Math.max(last - BLOCKS_SEARCHED, 0);
  try {
    if ((await isUsedIn(before)) || !(await isUsedIn(last))) return undefined;
    while (last - before > 1) {
      const middle = Math.floor((before + last) / 2);
      if (await isUsedIn(middle)) last = middle;
      else before = middle;
    }
    // ethers does not read the blocks of rollups, which begin with a transaction that nobody signed.
    const block: RawBlock | null = await provider.send("eth_getBlockByNumber", [toQuantity(last), true]);
    const mined = block?.transactions.find(({ from, ...raw }) => isSame(from, account) && Number(raw.nonce) === nonce);
    return mined && { hash: mined.hash, to: mined.to ?? "", data: mined.input, value: BigInt(mined.value) };
  } catch (error) {
    if (isNodeAway(error) || error instanceof TypeError) throw error;
    // A node without the state of those blocks, or behind the one that counted.
    return undefined;
  }
}

/** A block as nodes tell it. */
interface RawBlock {
  readonly transactions: readonly {
    readonly hash: string;
    readonly from: string;
    /** `null` where it makes a contract. */
    readonly to: string | null;
    readonly input: string;
    readonly nonce: string;
    readonly value: string;
  }[];
}

/** Whether a transaction does what a call asks for, and no more. */
export function isDoing({ to, data, value }: Mined, call: Call): boolean {
  return value === 0n && isSame(to, call.to) && isSame(data, call.data);
}

/** Whether two hexadecimal texts are the same, however they are written. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Transactions that are remembered as counted: more than a node can lag behind by. */
const MOST_COUNTED = 64;

/** Receipts that were counted, the last of them: a node that lags behind may bring one of them again. */
export class Counted {
  readonly #keys = new Set<string>();

  add(receipt: TransactionReceipt): void {
    this.#keys.add(keyOf(receipt));
    const [first] = this.#keys;
    if (first !== undefined && this.#keys.size > MOST_COUNTED) this.#keys.delete(first);
  }

  has(receipt: TransactionReceipt): boolean {
    return this.#keys.has(keyOf(receipt));
  }
}

/** After a reorganisation the same transaction, sent again, is another one to count. */
function keyOf({ hash, blockHash }: TransactionReceipt): string {
  return `${hash} in ${blockHash}`;
}
