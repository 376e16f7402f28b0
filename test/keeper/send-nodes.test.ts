import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type BlockTag, parseUnits, type TransactionReceipt, toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { Chain } from "../../keeper/chain.ts";
import { NodeError, StepError } from "../../keeper/errors.ts";
import { openLog } from "../../keeper/log.ts";
import { BLOCKS_SEARCHED } from "../../keeper/mined.ts";
import { Sender, type Sent } from "../../keeper/send.ts";
import type { TransactionOutcome } from "../../keeper/tally.ts";
import { Collector } from "../demo/fixtures.ts";
import { linesOf } from "./workshop.ts";

const GAS = 50_000n;
const DATA = "0x1234";

/** Milliseconds that a transaction may take: doubts last for a tenth of it. */
const PATIENCE = 4_000;

/** Counts the account's transactions. */
type Counted = (view: BlockTag | undefined) => Promise<number>;

/** How many answers a node that lags behind gives before it has caught up. */
const STALE_ANSWERS = 1;

describe("Sender, with several nodes behind one URL", () => {
  let connection: NetworkConnection;
  let account: string;
  let to: string;
  let output: Collector;
  let outcomes: TransactionOutcome[];
  let costs: bigint[][];
  let sending: Promise<Sent> | undefined;

  beforeEach(async () => {
    connection = await hre.network.create();
    [account = "", to = ""] = await request<string[]>("eth_accounts");
    output = new Collector();
    outcomes = [];
    costs = [];
  });
  afterEach(async () => {
    await sending?.catch(() => undefined);
    await connection.close();
  });

  async function request<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await connection.provider.request({ method, params })) as T;
  }

  /** Begins to send. */
  function send(): Promise<Sent> {
    const tally = {
      transaction: (outcome: TransactionOutcome) => void outcomes.push(outcome),
      cost: (...cost: bigint[]) => void costs.push(cost),
      unscanned: () => undefined,
    };
    const limits = { gasCap: 16_777_216n, stuckAfter: PATIENCE, isDryRun: false };
    const chain = new Chain(connection.ethers.provider, account, "pending");
    const { signal } = new AbortController();
    const sender = new Sender(chain, limits, openLog("debug", output), signal, tally);
    sending = sender.send({ to, data: DATA }, GAS);
    return sending;
  }

  /** The first answers are those of a node that lags behind. */
  function lag(method: "getTransactionReceipt" | "getTransaction"): void {
    const { provider } = connection.ethers;
    const ask = provider[method].bind(provider) as (hash: string) => Promise<null>;
    let stale = 0;
    provider[method] = async (hash: string) => (stale++ < STALE_ANSWERS ? null : ask(hash));
  }

  /** The account's transactions are counted as `answer` says, who is told how to count them really. */
  function count(answer: (counted: Counted, view: BlockTag | undefined) => Promise<number>): void {
    const { provider } = connection.ethers;
    const ask = provider.getTransactionCount.bind(provider);
    provider.getTransactionCount = (address, view) => answer((really) => ask(address, really), view);
  }

  function receiptOf(sent: Sent): TransactionReceipt {
    if (sent.outcome !== "mined") throw new Error(`not mined but ${sent.outcome}`);
    return sent.receipt;
  }

  /** Whether the log has a line that a transaction was handed over. */
  const isSent = () => linesOf(output, "sent").length > 0;

  async function sent(): Promise<void> {
    while (!isSent()) await sleep(5);
  }

  /** The node takes what it is given, and its answer is lost. */
  function loseAnswer(): void {
    const { provider } = connection.ethers;
    const ask = provider.send.bind(provider);
    provider.send = async (method: string, params: unknown[]) => {
      const answer = await ask(method, params);
      if (method === "eth_sendTransaction") throw new NodeError("The node does not answer: the line broke");
      return answer;
    };
  }

  /** What another program sends from the same account, with the next nonce. */
  function sendElsewhere(transaction: object): Promise<string> {
    const fee = toQuantity(parseUnits("20", "gwei"));
    const fees = { maxFeePerGas: fee, maxPriorityFeePerGas: fee };
    return request("eth_sendTransaction", {
      from: account,
      to,
      gas: toQuantity(GAS),
      nonce: "0x0",
      ...fees,
      ...transaction,
    });
  }

  it("brings the receipt though the first node that is asked for it does not have it yet", async () => {
    lag("getTransactionReceipt");
    expect(await send()).to.have.property("outcome", "mined");
    expect(outcomes).to.deep.equal(["mined"]);
  });

  it("does not send again what one of the nodes does not know yet", async () => {
    await request("evm_setAutomine", false);
    // No node counts what is pending: what is known by its hash alone tells.
    count((counted, view) => (view === "pending" ? counted("latest") : counted(view)));
    lag("getTransaction");
    const minedLate = send();
    await sent();
    await sleep(PATIENCE / 2);
    await request("evm_mine");
    expect(await minedLate).to.have.property("outcome", "mined");
    expect(linesOf(output, "the node forgot a transaction: sending it again")).to.have.length(0);
  });

  it("does not believe in a reorganisation that one of the nodes alone has seen", async () => {
    await request("hardhat_setNonce", account, "0x5");
    await request("evm_setAutomine", false);
    let stale = 0;
    count(async (counted, view) => (isSent() && view === "pending" && stale++ < STALE_ANSWERS ? 4 : counted(view)));
    const minedLate = send();
    await sent();
    await sleep(PATIENCE / 2);
    await request("evm_mine");
    expect(await minedLate).to.have.property("outcome", "mined");
    expect(stale).to.be.greaterThan(STALE_ANSWERS);
  });

  it("gives up after a reorganisation that all of them have seen, and counts that once", async () => {
    await request("hardhat_setNonce", account, "0x5");
    await request("evm_setAutomine", false);
    count((counted, view) => (isSent() && view === "pending" ? Promise.resolve(4) : counted(view)));
    const failure: unknown = await send().catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("The chain was reorganised");
    expect(outcomes).to.deep.equal(["abandoned"]);
  });

  it("finds its transaction, and counts the gas, where the answer with the hash was lost", async () => {
    loseAnswer();
    const { hash, gasUsed, fee } = receiptOf(await send());
    expect((await connection.ethers.provider.getTransaction(hash))?.data).to.equal(DATA);
    expect({ outcomes, costs }).to.deep.equal({ outcomes: ["mined"], costs: [[gasUsed, fee]] });
  });

  it("finds it though one of the nodes does not know of it yet", async () => {
    loseAnswer();
    let stale = 0;
    count(async (counted, view) => {
      const isBehind = view === "pending" && (await counted("latest")) > 0 && stale++ < STALE_ANSWERS;
      return isBehind ? 0 : counted(view);
    });
    expect(await send()).to.have.property("outcome", "mined");
    expect(outcomes).to.deep.equal(["mined"]);
  });

  it("takes the nonce for another's where no node has the state of earlier blocks", async () => {
    loseAnswer();
    count((counted, view) => (typeof view === "number" ? Promise.reject(new Error("pruned")) : counted(view)));
    expect(await send()).to.deep.equal({ outcome: "overtaken" });
  });

  it("finds it among the blocks that came since", async () => {
    await request("hardhat_mine", toQuantity(2 * BLOCKS_SEARCHED));
    loseAnswer();
    let isMinedOn = false;
    count(async (counted, view) => {
      if (view === "pending" && !isMinedOn && (await counted("latest")) > 0) {
        isMinedOn = true;
        for (let blocks = 1; blocks < BLOCKS_SEARCHED; blocks++) await request("evm_mine");
      }
      return counted(view);
    });
    expect(receiptOf(await send()).blockNumber).to.equal(2 * BLOCKS_SEARCHED + 1);
  });

  for (const [what, transaction] of [
    ["does something else", { data: "0x5678" }],
    ["brings ether", { data: DATA, value: "0x1" }],
  ] as const) {
    it(`is overtaken by a transaction of the same account that ${what}`, async () => {
      await request("evm_setAutomine", false);
      const overtaken = send();
      await sent();
      await sendElsewhere(transaction);
      await request("evm_mine");
      expect(await overtaken).to.deep.equal({ outcome: "overtaken" });
      expect({ outcomes, costs }).to.deep.equal({ outcomes: ["overtaken"], costs: [] });
    });
  }
});
