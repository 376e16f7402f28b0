import { toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { CredenceError } from "../../sdk/errors.ts";

/** A transaction to send: `data` to the contract at `to`, from an account of the chain. */
export interface Call {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** An event as a receipt carries it. */
export interface ReceiptLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** What a mined transaction left behind. */
export interface Receipt {
  readonly logs: readonly ReceiptLog[];
  /** As JSON-RPC has it: a quantity in hexadecimal digits. */
  readonly gasUsed: string;
}

/** Far above what any call of the demo uses, so that nothing has to be estimated. */
const GAS_LIMIT = 1_000_000;
/** 1,000 gwei, far above the base fee of a chain with nobody else on it. */
const MAX_FEE_PER_GAS = 10n ** 12n;

/** A transaction of the demo did not succeed: it carries the contract's own words. */
export class DemoTransactionError extends CredenceError {}

/**
 * An in-process chain whose clock and blocks are in the demo's hands: transactions are collected and mined together at
 * the instant they belong to.
 */
export class DemoChain {
  readonly connection: NetworkConnection;
  /** Accounts with ether and known keys; the first deploys. */
  readonly accounts: readonly string[];
  readonly #nonces = new Map<string, number>();

  private constructor(connection: NetworkConnection, accounts: readonly string[]) {
    this.connection = connection;
    this.accounts = accounts;
  }

  /** Starts a chain with `accountCount` accounts. It mines each transaction at once until `holdBlocks`. */
  static async start(accountCount: number): Promise<DemoChain> {
    // The keys are Hardhat's well-known ones. First come, first served, so that a plan fixes the order in a block.
    const connection = await hre.network.create({
      override: { accounts: { count: accountCount }, mining: { auto: true, mempool: { order: "fifo" } } },
    });
    return new DemoChain(connection, await connection.provider.request({ method: "eth_accounts" }));
  }

  /** Who deploys, and sends what is nobody's business. */
  get operator(): string {
    return this.accounts[0] as string;
  }

  /** Account of a person, by index. */
  accountOf(person: number): string {
    return this.accounts[person + 1] as string;
  }

  /** From here on blocks are mined by `mineAt` and `mineNext` alone. */
  async holdBlocks(): Promise<void> {
    await this.#request("evm_setAutomine", [false]);
  }

  /** From here on each transaction is mined at once again, for those who send without this class. */
  async releaseBlocks(): Promise<void> {
    await this.#request("evm_setAutomine", [true]);
  }

  /** Time of the latest block, in unix seconds. */
  async now(): Promise<bigint> {
    const block = await this.#request("eth_getBlockByNumber", ["latest", false]);
    return BigInt(block.timestamp);
  }

  /**
   * Mines `calls`, in their order, in a block at `time`; those for which it has no gas left follow in blocks a second
   * apart. Without calls it mines an empty block: the clock moves.
   *
   * @param time Unix seconds, after the latest block.
   * @returns The receipts, in the order of `calls`. Throws `DemoTransactionError` where one failed.
   */
  async mineAt(time: bigint, calls: readonly Call[] = []): Promise<Receipt[]> {
    const hashes: string[] = [];
    for (const call of calls) hashes.push(await this.#send(call));
    let minedAt = time;
    await this.#request("evm_mine", [toQuantity(minedAt)]);

    const receipts: Receipt[] = [];
    for (const [index, call] of calls.entries()) {
      const hash = hashes[index] as string;
      let receipt = await this.#request("eth_getTransactionReceipt", [hash]);
      if (receipt === null) {
        minedAt += 1n;
        await this.#request("evm_mine", [toQuantity(minedAt)]);
        receipt = await this.#request("eth_getTransactionReceipt", [hash]);
      }
      if (receipt?.status !== "0x1") throw await this.#explain(call);
      receipts.push(receipt);
    }
    return receipts;
  }

  /** `mineAt` a second after the latest block. */
  async mineNext(calls: readonly Call[]): Promise<Receipt[]> {
    return this.mineAt((await this.now()) + 1n, calls);
  }

  /**
   * Mines a call that the contract is expected to refuse, in a block of its own.
   *
   * @param time Unix seconds, after the latest block.
   * @returns What the node throws for the call after that block, with the contract's reason in it. Throws
   * `DemoTransactionError` where the call went through.
   */
  async mineRefused(time: bigint, call: Call): Promise<unknown> {
    const hash = await this.#send(call);
    await this.#request("evm_mine", [toQuantity(time)]);
    const { status } = await this.#request("eth_getTransactionReceipt", [hash]);
    const reason = status === "0x1" ? undefined : await this.#whyRefused(call);
    if (reason !== undefined) return reason;
    const { from, to } = call;
    throw new DemoTransactionError("a transaction went through that should have been refused", { from, to });
  }

  /** Signs EIP-712 typed data with the key of `account`, as a wallet would. */
  async signTypedData(account: string, payload: unknown): Promise<string> {
    return this.#request("eth_signTypedData_v4", [account, JSON.stringify(payload)]);
  }

  /** Frees the chain. */
  async close(): Promise<void> {
    await this.connection.close();
  }

  async #send(call: Call): Promise<string> {
    const nonce = this.#nonces.get(call.from) ?? Number(await this.#request("eth_getTransactionCount", [call.from]));
    this.#nonces.set(call.from, nonce + 1);
    const fees = { maxFeePerGas: toQuantity(MAX_FEE_PER_GAS), maxPriorityFeePerGas: "0x0" };
    return this.#request("eth_sendTransaction", [
      { ...call, ...fees, nonce: toQuantity(nonce), gas: toQuantity(GAS_LIMIT) },
    ]);
  }

  /** Puts the contract's reason for refusing a call into words. */
  async #explain(call: Call): Promise<DemoTransactionError> {
    const { from, to } = call;
    const cause = await this.#whyRefused(call);
    if (cause === undefined) {
      return new DemoTransactionError("a transaction failed in its block, though it would succeed now", { from, to });
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new DemoTransactionError(`a transaction failed: ${reason}`, { from, to }, { cause });
  }

  /** Asks the contract again why it refuses a call, now that the block is mined; `undefined` where it does not. */
  async #whyRefused(call: Call): Promise<unknown> {
    try {
      await this.#request("eth_call", [call, "latest"]);
      return undefined;
    } catch (cause) {
      return cause;
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a JSON-RPC method answers is known to its caller only
  #request(method: string, params: unknown[]): Promise<any> {
    return this.connection.provider.request({ method, params });
  }
}
