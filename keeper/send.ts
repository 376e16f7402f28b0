import { type TransactionReceipt, toQuantity } from "ethers";
import { messageOf } from "../sdk/errors.ts";
import { type Chain, waitFor } from "./chain.ts";
import { NodeError, StepError } from "./errors.ts";
import { dearer, FeeKeeper, type Fees, inGwei, rollupFeeOf } from "./fees.ts";
import type { Log } from "./log.ts";
import { Counted, isDoing, minedWith } from "./mined.ts";
import { NO_TALLY, type Tally } from "./tally.ts";

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
  /** Milliseconds after which a transaction that is not mined is replaced by one that pays more; doubts come on top. */
  readonly stuckAfter: number;
  /** Send nothing, only say what would be sent. */
  readonly isDryRun: boolean;
}

/**
 * What became of a transaction: it, or one that does the same, was mined; its nonce was used by another one; or waiting
 * for it was interrupted, and it may still be mined.
 */
export type Sent =
  | { readonly outcome: "mined"; readonly receipt: TransactionReceipt }
  | { readonly outcome: "overtaken" }
  | { readonly outcome: "interrupted" };

/** A transaction, or the last of those that took its place, is not mined in time. */
interface Stuck {
  readonly outcome: "stuck";
  readonly fees: Fees;
}

interface Transaction extends Call, Fees {
  readonly gasLimit: bigint;
  readonly nonce: number;
}

/** What is known of a transaction and its replacements. */
interface Trail {
  readonly hashes: Set<string>;
  /** Whether the node left one without an answer, and so without a hash. */
  isHashLost: boolean;
}

/** What is counted of transactions. */
type SendTally = Pick<Tally, "transaction" | "cost">;

/** How often to look, while a transaction is waited for, whether the node still knows it. */
export const CHECKS = 4;

/**
 * Part of a transaction's time for which bad news must last before it is believed, in per cent: behind one URL there
 * may be several nodes, and one that answers may lag behind the one that answered before.
 */
export const DOUBT_PERCENT = 10;

/** In the words of the nodes: Geth, Reth, Erigon, Nethermind, Besu, Hardhat, Anvil. */
const IS_UNDERPRICED = /underpriced|ReplacementNotAllowed|FeeTooLow/i;

/** That the node has this very transaction, also where it does not count it yet. */
const IS_KNOWN = /already known|already imported|known transaction/i;

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
  readonly #fees: FeeKeeper;
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #tally: SendTally;
  readonly #counted = new Counted();

  /** @param signal Given when the process is to end: transactions are waited for no longer. */
  constructor(chain: Chain, limits: SendLimits, log: Log, signal: AbortSignal, tally: SendTally = NO_TALLY) {
    this.isDryRun = limits.isDryRun;
    this.patience = limits.stuckAfter;
    this.#chain = chain;
    this.#limits = limits;
    this.#fees = new FeeKeeper(chain, limits.maxFeePerGas);
    this.#log = log;
    this.#signal = signal;
    this.#tally = tally;
  }

  /** The most gas a transaction can have now: what the operator allows, and a block holds. */
  async gasCap(): Promise<bigint> {
    const block = await this.#chain.provider.getBlock("latest");
    const ofBlock = block?.gasLimit ?? this.#limits.gasCap;
    return ofBlock < this.#limits.gasCap ? ofBlock : this.#limits.gasCap;
  }

  /**
   * Sends a call and waits until it is mined, handing it over again when the node forgot it, and replacing it when it is
   * stuck.
   *
   * @param gasLimit Gas of the transaction.
   * @throws StepError where the fee cap is too low; the node's error where it does not take the transaction.
   */
  async send(call: Call, gasLimit: bigint): Promise<Sent> {
    const nonce = await this.#freeNonce();
    if (this.#signal.aborted) return { outcome: "interrupted" };
    let fees = await this.#fees.current();
    const trail: Trail = { hashes: new Set(), isHashLost: false };
    for (let raises = 0; ; raises++) {
      const transaction = { ...call, gasLimit, nonce, ...fees };
      const isTaken = await this.#submit(transaction, trail);
      try {
        const sent = isTaken ? await this.#outcomeOf(transaction, trail) : { outcome: "stuck" as const, fees };
        if (sent.outcome !== "stuck") return sent;
        fees = await this.#fees.raise(sent.fees, raises, nonce);
      } catch (error) {
        if (isTaken) this.#tally.transaction("abandoned");
        throw error;
      }
      if (isTaken) this.#tally.transaction("replaced");
      this.#log.warn({ nonce, ...inGwei(fees) }, "replacing a stuck transaction with one that pays more");
    }
  }

  /** Waits until no transaction of an earlier run is in flight, or for the nonce of one that is stuck. */
  async #freeNonce(): Promise<number> {
    const mined = await this.#count("latest");
    if ((await this.#count("pending")) <= mined) return mined;
    // Where gas costs too much, nothing could take its place: no need to wait for that, item by item.
    await this.#fees.current();
    this.#log.info({ nonce: mined }, "waiting for a transaction that an earlier run left in flight");
    const isClear = async () => ((await this.#count("pending")) <= (await this.#count("latest")) ? true : undefined);
    await waitFor(isClear, this.patience, this.#signal);
    return this.#count("latest");
  }

  /** Hands a transaction to the node; false where it pays too little to take the place of one that is in flight. */
  async #submit(transaction: Transaction, trail: Trail): Promise<boolean> {
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
      trail.hashes.add(hash);
      this.#log.debug(
        { hash, nonce, gasLimit: String(gasLimit), ...inGwei({ maxFeePerGas, maxPriorityFeePerGas }) },
        "sent",
      );
      return true;
    } catch (error) {
      if (error instanceof NodeError) trail.isHashLost = true;
      const isUnderpriced = IS_UNDERPRICED.test(messageOf(error));
      // Whatever the node says: a transaction with this nonce is there, ours or another, and no second one can be.
      if (IS_KNOWN.test(messageOf(error)) || (!isUnderpriced && (await this.#isTaken(nonce, error)))) {
        this.#log.debug({ nonce, reason: messageOf(error) }, "the node has a transaction with this nonce");
        return true;
      }
      this.#tally.transaction("refused");
      if (isUnderpriced) return false;
      throw error;
    }
  }

  /** Whether the node has a transaction with this nonce. Throws `error` where it does not tell. */
  async #isTaken(nonce: number, error: unknown): Promise<boolean> {
    const isFree = async () => (await this.#count("pending")) <= nonce;
    try {
      // Where no answer came, it may be a while before all nodes know.
      return !(error instanceof NodeError ? await this.#isLasting(isFree) : await isFree());
    } catch {
      this.#tally.transaction("abandoned");
      throw error;
    }
  }

  /** Waits for a transaction or one of its forerunners. Where it is stuck, tells what the last of them pays. */
  async #outcomeOf(transaction: Transaction, trail: Trail): Promise<Sent | Stuck> {
    const { nonce } = transaction;
    let fees: Fees = transaction;
    for (let checks = 0; checks < CHECKS; checks++) {
      const sent = await waitFor(() => this.#look(transaction, trail), this.patience / CHECKS, this.#signal);
      if (sent !== undefined) {
        await this.#account(sent);
        return sent;
      }
      if (this.#signal.aborted) {
        const known = { nonce, hashes: [...trail.hashes] };
        this.#log.warn(known, "interrupted while a transaction is in flight: the next run looks after it");
        this.#tally.transaction("interrupted");
        return { outcome: "interrupted" };
      }
      if (await this.#isLasting(async () => (await this.#count("pending")) < nonce)) {
        const problem =
          "The chain was reorganised: transactions before this one are gone, and it waits for them in vain";
        throw new StepError(problem, { nonce });
      }
      if (await this.#isLasting(() => this.#isForgotten(nonce, trail))) {
        fees = await this.#submitAgain({ ...transaction, ...fees }, trail);
      }
    }
    const { maxFeePerGas, maxPriorityFeePerGas } = fees;
    return { outcome: "stuck", fees: { maxFeePerGas, maxPriorityFeePerGas } };
  }

  /** Whether the node knows neither one of these transactions nor another one with their nonce. */
  async #isForgotten(nonce: number, { hashes }: Trail): Promise<boolean> {
    if ((await this.#count("pending")) > nonce) return false;
    for (const hash of hashes) {
      if ((await this.#chain.provider.getTransaction(hash)) !== null) return false;
    }
    return true;
  }

  /**
   * Hands a transaction over once more. It is the same one, unless gas costs more by now: no two of them can count.
   *
   * @returns What the last one pays.
   */
  async #submitAgain(transaction: Transaction, trail: Trail): Promise<Fees> {
    const fees = dearer(transaction, await this.#fees.current());
    this.#log.warn({ nonce: transaction.nonce, ...inGwei(fees) }, "the node forgot a transaction: sending it again");
    if (!(await this.#submit({ ...transaction, ...fees }, trail))) return transaction;
    this.#tally.transaction("forgotten");
    return fees;
  }

  async #account(sent: Sent): Promise<void> {
    if (sent.outcome !== "mined") return this.#tally.transaction(sent.outcome);
    const { status, gasUsed, fee, hash } = sent.receipt;
    this.#counted.add(sent.receipt);
    this.#tally.transaction(status === 1 ? "mined" : "reverted");
    this.#tally.cost(gasUsed, fee + (await rollupFeeOf(hash, this.#chain)));
  }

  /** Looks for the receipt of a transaction or one of its forerunners, and for what took their nonce. */
  async #look(transaction: Transaction, trail: Trail): Promise<Sent | undefined> {
    // The count first: a receipt that is missing after it is another transaction's, unless the node lags behind.
    const isUsed = (await this.#count("latest")) > transaction.nonce;
    const receipt = await this.#receiptAmong(trail);
    if (receipt !== undefined) return { outcome: "mined", receipt };
    if (!isUsed) return undefined;
    const sent = await waitFor(() => this.#whoWasMined(transaction, trail), this.#doubt, this.#signal);
    return sent ?? (this.#signal.aborted ? undefined : { outcome: "overtaken" });
  }

  /** The receipt that is there. One that was counted belongs to another call, whose nonce a node took for free. */
  async #receiptAmong({ hashes }: Trail): Promise<TransactionReceipt | undefined> {
    for (const hash of hashes) {
      const receipt = await this.#chain.provider.getTransactionReceipt(hash);
      if (receipt !== null && !this.#counted.has(receipt)) return receipt;
    }
    return undefined;
  }

  /** What has used a nonce: a transaction of ours, also where the answer with its hash was lost, or another one. */
  async #whoWasMined(transaction: Transaction, trail: Trail): Promise<Sent | undefined> {
    // Only then: what another process sent from this account can do the same, and is not ours to count.
    const mined = trail.isHashLost ? await minedWith(transaction.nonce, this.#chain) : undefined;
    if (mined !== undefined && !isDoing(mined, transaction)) return { outcome: "overtaken" };
    if (mined !== undefined) trail.hashes.add(mined.hash);
    const receipt = await this.#receiptAmong(trail);
    return receipt && { outcome: "mined", receipt };
  }

  /** Whether something is so for a while: what one node says another may contradict. */
  async #isLasting(isSo: () => Promise<boolean>): Promise<boolean> {
    const contradicted = await waitFor(async () => ((await isSo()) ? undefined : true), this.#doubt, this.#signal);
    return contradicted === undefined && !this.#signal.aborted;
  }

  /** Milliseconds for which bad news must last. */
  get #doubt(): number {
    return (this.patience * DOUBT_PERCENT) / 100;
  }

  #count(view: "latest" | "pending"): Promise<number> {
    return this.#chain.provider.getTransactionCount(this.#chain.account, view);
  }
}
