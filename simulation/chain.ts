import { getAddress, toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

/** A transaction: `data` to the contract at `to`, from an account of the chain. */
export interface Transaction {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** An event as a receipt carries it. */
export interface Log {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** What became of a transaction: its events, or the data that it was refused with; `null` where nobody knows it. */
export type Sent =
  | { readonly isDone: true; readonly logs: readonly Log[] }
  | { readonly isDone: false; readonly reason: string | null };

/** A transaction that somebody else had mined. */
export interface Mined {
  readonly transaction: Transaction;
  readonly sent: Sent;
  /** Time of its block, in unix seconds. */
  readonly at: bigint;
}

/** EIP-7825's limit for each transaction, so that nothing has to be estimated. */
const GAS_LIMIT = 16_777_216;
/** 1,000 gwei, far above the base fee of a chain with nobody else on it. */
const MAX_FEE_PER_GAS = 10n ** 12n;
/** When the chain begins: the same instant in every run, so that a seed is all that decides. */
const BEGINS_AT = "2026-01-01T00:00:00Z";

const SENDING = new Set(["eth_sendTransaction", "eth_sendRawTransaction"]);

/** An in-process chain on which the simulation decides when everything happens, whoever sends it. */
export class SimulatedChain {
  readonly connection: NetworkConnection;
  /** Accounts with ether. */
  readonly accounts: readonly string[];
  /** Instant of whatever happens next, in unix seconds. */
  now: bigint;

  private constructor(connection: NetworkConnection, accounts: readonly string[], now: bigint) {
    this.connection = connection;
    this.accounts = accounts;
    this.now = now;
    this.#holdClock();
  }

  /** Starts a chain with `accountCount` accounts. */
  static async start(accountCount: number): Promise<SimulatedChain> {
    const connection = await hre.network.create({
      override: {
        accounts: { count: accountCount },
        allowBlocksWithSameTimestamp: true,
        gas: GAS_LIMIT,
        initialDate: BEGINS_AT,
      },
    });
    const accounts: string[] = await connection.provider.request({ method: "eth_accounts" });
    return new SimulatedChain(
      connection,
      accounts.map((account) => getAddress(account)),
      BigInt(Date.parse(BEGINS_AT) / 1_000) + 3_600n,
    );
  }

  /** Has a transaction mined at `now`. */
  async send({ from, to, data }: Transaction): Promise<Sent> {
    const fees = { maxFeePerGas: toQuantity(MAX_FEE_PER_GAS), maxPriorityFeePerGas: "0x0" };
    try {
      const hash = await this.#request("eth_sendTransaction", { from, to, data, gas: toQuantity(GAS_LIMIT), ...fees });
      return await this.#sentBy(hash);
    } catch (error) {
      const reason = revertDataOf(error);
      if (reason === undefined) throw error;
      return { isDone: false, reason };
    }
  }

  /** What a call returns in the latest block. */
  async call(to: string, data: string): Promise<string> {
    return this.#request("eth_call", { to, data }, "latest");
  }

  /** Number of the latest block. */
  async height(): Promise<number> {
    return Number(await this.#request("eth_blockNumber"));
  }

  /** Moves the clock of the chain's latest block to `now`. */
  async mine(): Promise<void> {
    await this.#pin();
    await this.#request("evm_mine");
  }

  /** What draws of the next block are made from, 32 bytes in hexadecimal. */
  async setRandomness(value: string): Promise<void> {
    await this.#request("hardhat_setPrevRandao", value);
  }

  /** The transactions of the blocks after `height`, in their order. */
  async minedAfter(height: number): Promise<Mined[]> {
    const mined: Mined[] = [];
    const last = await this.height();
    for (let number = height + 1; number <= last; number++) {
      const block = await this.#request("eth_getBlockByNumber", toQuantity(number), true);
      for (const { hash, from, to, input } of block.transactions) {
        mined.push({
          transaction: { from, to, data: input },
          sent: await this.#sentBy(hash),
          at: BigInt(block.timestamp),
        });
      }
    }
    return mined;
  }

  /** Frees the chain. */
  async close(): Promise<void> {
    await this.connection.close();
  }

  async #sentBy(hash: string): Promise<Sent> {
    const receipt = await this.#request("eth_getTransactionReceipt", hash);
    return receipt.status === "0x1" ? { isDone: true, logs: receipt.logs } : { isDone: false, reason: null };
  }

  /**
   * Whoever sends a transaction, through whatever library, sends it at `now`. One after the other: another block would
   * use up the instant that was set for this one, and two keepers send at once.
   */
  #holdClock(): void {
    const { provider } = this.connection;
    const request = provider.request.bind(provider);
    let last: Promise<unknown> = Promise.resolve();
    provider.request = (options) => {
      if (!SENDING.has(options.method)) return request(options);
      const answer = last.then(async () => {
        await this.#pin(request);
        const sent = await request(options);
        await this.#pin(request);
        return sent;
      });
      last = answer.catch(() => undefined);
      return answer;
    };
  }

  async #pin(request: NetworkConnection["provider"]["request"] = this.connection.provider.request): Promise<void> {
    await request({ method: "evm_setNextBlockTimestamp", params: [toQuantity(this.now)] });
  }

  // biome-ignore lint/suspicious/noExplicitAny: what a JSON-RPC method answers is known to its caller only
  #request(method: string, ...params: unknown[]): Promise<any> {
    return this.connection.provider.request({ method, params });
  }
}

/** What a contract reverted with, where that is why a node refuses; `undefined` for anything else. */
function revertDataOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data === "string") return data;
  if (typeof data === "object" && data !== null && "data" in data && typeof data.data === "string") return data.data;
  return undefined;
}
