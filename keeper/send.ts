import { formatUnits, type TransactionReceipt, toQuantity } from "ethers";
import { type Chain, waitFor } from "./chain.ts";
import { messageOf, StepError } from "./errors.ts";
import type { Log } from "./log.ts";

/** What to ask of which contract. */
export interface Call {
  readonly to: string;
  readonly data: string;
}

/** What the operator allows the keeper to spend. */
export interface SendLimits {
  /** The most gas a transaction may have. */
  readonly gasCap: bigint;
  /** The most to pay for a unit of gas, in wei; as the chain asks where it is not given. */
  readonly maxFeePerGas?: bigint | undefined;
  /** Milliseconds after which a transaction that is not mined is replaced by one that pays more. */
  readonly stuckAfter: number;
  /** Send nothing, only say what would be sent. */
  readonly isDryRun: boolean;
}

/**
 * What became of a transaction: it was mined; its nonce was used by one that this process has no receipt of; or waiting
 * for it was interrupted, and it may still be mined.
 */
export type Sent =
  | { readonly outcome: "mined"; readonly receipt: TransactionReceipt }
  | { readonly outcome: "overtaken" }
  | { readonly outcome: "interrupted" };

interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** A replacement pays a quarter more; nodes ask for a tenth. */
export const RAISE_PERCENT = 25n;
/** Nine times the first fee, after this many raises: something else must be wrong. */
export const MOST_RAISES = 10;

/** In the words of the nodes: Geth, Reth, Erigon, Nethermind, Besu, Hardhat, Anvil. */
const IS_UNDERPRICED = /underpriced|ReplacementNotAllowed|FeeTooLow/i;

/**
 * Sends transactions of one account, one at a time. Each has the account's next nonce, so that of a transaction and its
 * replacements, from this process or from one that was killed, no more than one ever counts.
 */
export class Sender {
  readonly isDryRun: boolean;
  /** Milliseconds that a transaction may take to be mined. */
  readonly patience: number;
  readonly #chain: Chain;
  readonly #limits: SendLimits;
  readonly #log: Log;
  readonly #signal: AbortSignal;

  /** @param signal Given when the process is to end: transactions are waited for no longer. */
  constructor(chain: Chain, limits: SendLimits, log: Log, signal: AbortSignal) {
    this.isDryRun = limits.isDryRun;
    this.patience = limits.stuckAfter;
    this.#chain = chain;
    this.#limits = limits;
    this.#log = log;
    this.#signal = signal;
  }

  /** The most gas a transaction can have now: what the operator allows, and a block holds. */
  async gasCap(): Promise<bigint> {
    const block = await this.#chain.provider.getBlock("latest");
    const ofBlock = block?.gasLimit ?? this.#limits.gasCap;
    return ofBlock < this.#limits.gasCap ? ofBlock : this.#limits.gasCap;
  }

  /**
   * Sends a call and waits until it is mined, replacing it when it is stuck.
   *
   * @param gasLimit Gas of the transaction.
   * @throws StepError where the fee cap is too low; the node's error where it does not take the transaction.
   */
  async send(call: Call, gasLimit: bigint): Promise<Sent> {
    const nonce = await this.#freeNonce();
    if (this.#signal.aborted) return { outcome: "interrupted" };
    let fees = await this.#currentFees();
    const hashes: string[] = [];
    for (let raises = 0; ; raises++) {
      const isTaken = await this.#submit({ ...call, gasLimit, nonce, ...fees }, hashes);
      if (isTaken) {
        const sent = await this.#outcomeOf(nonce, hashes);
        if (sent !== undefined) return sent;
      }
      fees = this.#raise(fees, raises, nonce);
      this.#log.warn({ nonce, ...inGwei(fees) }, "replacing a stuck transaction with one that pays more");
    }
  }

  /** Waits until no transaction of an earlier run is in flight, or for the nonce of one that is stuck. */
  async #freeNonce(): Promise<number> {
    const mined = await this.#count("latest");
    if ((await this.#count("pending")) <= mined) return mined;
    this.#log.info({ nonce: mined }, "waiting for a transaction that an earlier run left in flight");
    const isClear = async () => ((await this.#count("pending")) <= (await this.#count("latest")) ? true : undefined);
    await waitFor(isClear, this.patience, this.#signal);
    return this.#count("latest");
  }

  /** Hands a transaction to the node; false where it pays too little to take the place of one that is in flight. */
  async #submit(transaction: Call & Fees & { gasLimit: bigint; nonce: number }, hashes: string[]): Promise<boolean> {
    const { gasLimit, nonce, maxFeePerGas, maxPriorityFeePerGas, to, data } = transaction;
    try {
      // Not through a signer, which would poll for a transaction that was dropped for ever.
      const hash: string = await this.#chain.provider.send("eth_sendTransaction", [
        {
          from: this.#chain.account,
          to,
          data,
          gas: toQuantity(gasLimit),
          nonce: toQuantity(nonce),
          maxFeePerGas: toQuantity(maxFeePerGas),
          maxPriorityFeePerGas: toQuantity(maxPriorityFeePerGas),
        },
      ]);
      hashes.push(hash);
      this.#log.debug(
        { hash, nonce, gasLimit: String(gasLimit), ...inGwei({ maxFeePerGas, maxPriorityFeePerGas }) },
        "sent",
      );
      return true;
    } catch (error) {
      if (IS_UNDERPRICED.test(messageOf(error))) return false;
      // Whatever the node says: a transaction with this nonce is there, ours or another, and no second one can be.
      if ((await this.#count("pending")) <= nonce) throw error;
      this.#log.debug({ nonce, reason: messageOf(error) }, "the node has a transaction with this nonce");
      return true;
    }
  }

  async #outcomeOf(nonce: number, hashes: readonly string[]): Promise<Sent | undefined> {
    const sent = await waitFor(() => this.#look(nonce, hashes), this.patience, this.#signal);
    if (sent !== undefined || !this.#signal.aborted) return sent;
    this.#log.warn({ nonce, hashes }, "interrupted while a transaction is in flight: the next run looks after it");
    return { outcome: "interrupted" };
  }

  async #look(nonce: number, hashes: readonly string[]): Promise<Sent | undefined> {
    // The count first: a receipt that is missing after it is another transaction's.
    const isUsed = (await this.#count("latest")) > nonce;
    for (const hash of hashes) {
      const receipt = await this.#chain.provider.getTransactionReceipt(hash);
      if (receipt !== null) return { outcome: "mined", receipt };
    }
    return isUsed ? { outcome: "overtaken" } : undefined;
  }

  async #currentFees(): Promise<Fees> {
    const { maxFeePerGas, maxPriorityFeePerGas } = await this.#chain.provider.getFeeData();
    if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
      throw new StepError("The chain has no fees after EIP-1559");
    }
    const cap = this.#limits.maxFeePerGas;
    if (cap === undefined || maxFeePerGas <= cap) return { maxFeePerGas, maxPriorityFeePerGas };
    // What is asked leaves room for the base fee to double.
    const needed = (maxFeePerGas + maxPriorityFeePerGas) / 2n;
    if (needed > cap) throw new StepError("Gas costs more than --max-fee allows: this waits", inGwei({ needed, cap }));
    return { maxFeePerGas: cap, maxPriorityFeePerGas };
  }

  #raise({ maxFeePerGas, maxPriorityFeePerGas }: Fees, raises: number, nonce: number): Fees {
    const fees = {
      maxFeePerGas: raised(maxFeePerGas),
      maxPriorityFeePerGas: raised(maxPriorityFeePerGas),
    };
    const cap = this.#limits.maxFeePerGas;
    if (raises >= MOST_RAISES || (cap !== undefined && fees.maxFeePerGas > cap)) {
      throw new StepError("A transaction is stuck, and no more may be paid for it", {
        nonce,
        ...inGwei({ maxFeePerGas }),
      });
    }
    return fees;
  }

  #count(view: "latest" | "pending"): Promise<number> {
    return this.#chain.provider.getTransactionCount(this.#chain.account, view);
  }
}

/** A fee raised once, rounded up: a replacement that pays too little is refused. */
function raised(fee: bigint): bigint {
  return (fee * (100n + RAISE_PERCENT)) / 100n + 1n;
}

function inGwei(fees: Fees | Record<string, bigint>): Record<string, string> {
  return Object.fromEntries(Object.entries(fees).map(([name, fee]) => [`${name}Gwei`, formatUnits(fee, "gwei")]));
}
