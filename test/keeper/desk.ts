import { parseUnits, type TransactionReceipt, toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { Chain } from "../../keeper/chain.ts";
import { openLog } from "../../keeper/log.ts";
import { Sender, type SendLimits, type Sent } from "../../keeper/send.ts";
import type { TransactionOutcome } from "../../keeper/tally.ts";
import { Collector } from "../demo/fixtures.ts";
import { until } from "./line.ts";
import { linesOf } from "./workshop.ts";

/** What is sent, if nothing else is said. */
export const CALL = { data: "0x1234", gasLimit: 50_000n };

/** What a sender counts. */
export class Counts {
  readonly outcomes: TransactionOutcome[] = [];
  /** Gas and wei of each transaction that was mined. */
  readonly costs: bigint[][] = [];

  transaction(outcome: TransactionOutcome): void {
    this.outcomes.push(outcome);
  }

  cost(...cost: bigint[]): void {
    this.costs.push(cost);
  }
}

/** A chain with an account that sends to another one, the senders' log, and what they count. */
export class Desk {
  readonly connection: NetworkConnection;
  readonly account: string;
  readonly to: string;
  readonly output = new Collector();
  readonly counts = new Counts();
  /** Given at the end of a test at the latest. */
  readonly end = new AbortController();
  readonly #limits: SendLimits;
  readonly #sendings: Promise<Sent>[] = [];
  #hasFailed = false;

  constructor(connection: NetworkConnection, [account = "", to = ""]: readonly string[], limits: SendLimits) {
    this.connection = connection;
    this.account = account;
    this.to = to;
    this.#limits = limits;
  }

  async request<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await this.connection.provider.request({ method, params })) as T;
  }

  sender(limits: Partial<SendLimits> = {}, counts = this.counts, account = this.account): Sender {
    const chain = new Chain(this.connection.ethers.provider, account, "pending");
    return new Sender(chain, { ...this.#limits, ...limits }, openLog("debug", this.output), this.end.signal, counts);
  }

  /** Begins to send a call. A test that waits for something before is the one to fail where this does. */
  send(sender = this.sender(), { data, gasLimit } = CALL): Promise<Sent> {
    const sending = sender.send({ to: this.to, data }, gasLimit);
    sending.catch(() => {
      this.#hasFailed = true;
    });
    this.#sendings.push(sending);
    return sending;
  }

  /** A transaction of the same account, with its first nonce, by somebody else who has its key. */
  sendElsewhere(transaction: object, gwei: string): Promise<string> {
    const fee = toQuantity(parseUnits(gwei, "gwei"));
    const fees = { maxFeePerGas: fee, maxPriorityFeePerGas: fee };
    const call = { from: this.account, to: this.to, gas: toQuantity(CALL.gasLimit), nonce: "0x0" };
    return this.request("eth_sendTransaction", { ...call, ...fees, ...transaction });
  }

  /** Waits until something is so, the test is over, or what was sent has failed. */
  until(isSo: () => boolean): Promise<void> {
    return until(() => this.end.signal.aborted || this.#hasFailed || isSo());
  }

  /** Waits until the log has a line with `message`, or so many of them. */
  logged(message: string, times = 1): Promise<void> {
    return this.until(() => linesOf(this.output, message).length >= times);
  }

  async close(): Promise<void> {
    this.end.abort();
    await Promise.allSettled(this.#sendings);
    await this.connection.close();
  }
}

/** Gives each test of a suite a desk of its own. */
export function deskTests(limits: SendLimits): () => Desk {
  let desk: Desk;
  beforeEach(async () => {
    const connection = await hre.network.create();
    const accounts = (await connection.provider.request({ method: "eth_accounts" })) as string[];
    desk = new Desk(connection, accounts, limits);
  });
  afterEach(() => desk.close());
  return () => desk;
}

/** The receipt of what was mined. Throws where it was not. */
export function receiptOf(sent: Sent): TransactionReceipt {
  if (sent.outcome !== "mined") throw new Error(`not mined but ${sent.outcome}`);
  return sent.receipt;
}
