import type { Provider } from "ethers";
import type { End } from "./action.ts";
import type { SentTransaction } from "./sent.ts";

/** Blocks for which a transaction must have been replaced before it is believed: nodes may lag behind each other. */
const DOUBT_BLOCKS = 2;

/** Tells how transactions end, look by look. */
export class EndFinder {
  /** The nonces that nodes have told, and the block at which one was first seen to be used by another transaction. */
  readonly #nonces = new Map<string, number>();
  readonly #usedSince = new Map<string, number>();

  /**
   * How a transaction has ended; `undefined` while it has not, as far as the node knows.
   *
   * @param head The newest block.
   */
  async endOf({ hash, account, nonce }: SentTransaction, provider: Provider, head: number): Promise<End | undefined> {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt !== null) return receipt.status === 1 ? "confirmed" : "failed";
    const known = await provider.getTransaction(hash);
    if (known !== null) this.#nonces.set(hash, known.nonce);
    const own = nonce ?? this.#nonces.get(hash);
    const isUsed = own !== undefined && account !== "" && (await provider.getTransactionCount(account)) > own;
    if (!isUsed) {
      this.#usedSince.delete(hash);
      return undefined;
    }
    const since = this.#usedSince.get(hash) ?? head;
    this.#usedSince.set(hash, since);
    return head >= since + DOUBT_BLOCKS ? "replaced" : undefined;
  }

  /** The nonce of a transaction, once a node has told it. */
  nonceOf(hash: string): number | undefined {
    return this.#nonces.get(hash);
  }
}
