import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { parseEther, Transaction, Wallet } from "ethers";
import hre from "hardhat";
import { LocalAccounts } from "../../keeper/accounts.ts";
import { KeeperConfigError, NodeError } from "../../keeper/errors.ts";
import { openLog } from "../../keeper/log.ts";
import { MOST_RETRIES } from "../../keeper/retries.ts";
import { BrokenLineError, JsonRpcSocket } from "../../keeper/socket.ts";
import { openWire, type Wire, type WireOptions } from "../../keeper/wire.ts";
import { Collector } from "../demo/fixtures.ts";
import { type RemoteChain, startChain } from "../ignition/chains.ts";
import { type BadLine, type Fate, refusal, startBadLine, startTcpLine, type TcpLine } from "./line.ts";

const SEPOLIA = 11_155_111;
const KEY = `0x${"17".repeat(32)}`;

function options(url: string | undefined, given: Partial<WireOptions> = {}): WireOptions {
  const usual = {
    timeout: 5_000,
    firstRetryAfter: 1,
    onRequest: () => undefined,
    signal: new AbortController().signal,
  };
  return { url, log: openLog("silent", new Collector()), ...usual, ...given };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** Wires are closed after each test. */
function wires() {
  const opened: Wire[] = [];
  afterEach(async () => {
    for (const wire of opened.splice(0)) await wire.close();
  });
  return async (url: string | undefined, given: Partial<WireOptions> = {}, network = "localhost") => {
    const wire = await openWire(network, options(url, given));
    opened.push(wire);
    return wire.connection;
  };
}

describe("a wire over HTTP", () => {
  let chain: RemoteChain;
  let line: BadLine;
  const open = wires();

  before(async () => {
    chain = await startChain();
    line = await startBadLine(chain.url);
  });
  beforeEach(() => {
    line.methods.length = 0;
    line.fateOf = () => "passes";
  });
  after(async () => {
    await line.close();
    await chain.close();
  });

  /** Everything passes but the first requests of a method. */
  function firstOf(method: string, ...fates: Fate[]): void {
    line.fateOf = (request) => (request.method === method ? (fates.shift() ?? "passes") : "passes");
  }

  const asked = (method: string) => line.methods.filter((known) => known === method).length;

  async function blockNumber(given: Partial<WireOptions> = {}): Promise<number> {
    return (await open(line.url, given)).ethers.provider.getBlockNumber();
  }

  const passing: [string, ...Fate[]][] = [
    ["limits requests with -32005", refusal(-32_005, "rate limited"), refusal(-32_005, "rate limited")],
    ["limits requests with the code 429", refusal(429, "exceeded its compute units per second capacity")],
    ["says so in an answer with another HTTP status", refusal(-32_005, "rate limited", 400)],
    ["is away behind a gateway", { status: 503 }, { status: 502 }],
    ["breaks the line", "breaks", "breaks"],
  ];
  for (const [what, ...fates] of passing) {
    it(`asks again where the node ${what}`, async () => {
      firstOf("eth_blockNumber", ...fates);
      expect(await blockNumber()).to.equal(0);
      expect(asked("eth_blockNumber")).to.equal(fates.length + 1);
    });
  }

  it("asks again where the node does not answer in time", async () => {
    firstOf("eth_blockNumber", "hangs");
    expect(await blockNumber({ timeout: 1_000 })).to.equal(0);
    expect(asked("eth_blockNumber")).to.equal(2);
  });

  it("leaves an HTTP status 429 to Hardhat, which asks again by itself", async () => {
    firstOf("eth_blockNumber", { status: 429, headers: { "retry-after": "0" } });
    expect(await blockNumber()).to.equal(0);
    expect(asked("eth_blockNumber")).to.equal(2);
  });

  it("waits as long as an HTTP status 429 asks, where that is more than Hardhat waits", async () => {
    firstOf("eth_blockNumber", { status: 429, headers: { "retry-after": "6" } });
    const beganAt = Date.now();
    expect(await blockNumber()).to.equal(0);
    expect(Date.now() - beganAt).to.be.at.least(6_000);
  });

  it("gives up where the node wants to be left alone for long", async () => {
    firstOf("eth_blockNumber", { ...refusal(-32_005, "rate limited", 429), headers: { "retry-after": "3600" } });
    const failure = await failureOf(blockNumber());
    expect(failure).to.be.instanceOf(NodeError).with.property("message").that.includes("The node limits requests");
    expect(asked("eth_blockNumber")).to.equal(1);
  });

  it("gives up at last where the node goes on limiting requests", async () => {
    line.fateOf = () => refusal(-32_005, "request rate exceeded");
    const failure = await failureOf(blockNumber());
    expect(failure).to.be.instanceOf(NodeError).with.property("message").that.includes("request rate exceeded");
    expect(asked("eth_blockNumber")).to.equal(MOST_RETRIES.limited + 1);
  });

  it("gives up sooner where the node keeps silent", async () => {
    line.fateOf = () => ({ status: 504 });
    const failure = await failureOf(blockNumber());
    expect(failure).to.be.instanceOf(NodeError).with.property("message").that.includes("HTTP status 504");
    expect(asked("eth_blockNumber")).to.equal(MOST_RETRIES.silent + 1);
  });

  it("does not ask again where the node refuses for good", async () => {
    line.fateOf = () => ({ status: 401 });
    const failure = await failureOf(blockNumber());
    expect(failure).to.be.instanceOf(NodeError).with.property("message").that.includes("HTTP status 401");
    expect(asked("eth_blockNumber")).to.equal(1);
  });

  it("says what the node says in an answer with another HTTP status", async () => {
    firstOf("eth_blockNumber", refusal(-32_602, "query exceeds max block range 1000", 400));
    const failure = await failureOf(blockNumber());
    expect(failure).to.have.property("message", "query exceeds max block range 1000");
    expect(failure).to.have.property("code", -32_602);
  });

  it("does not hand a transaction over again where the node keeps silent: it may have it", async () => {
    firstOf("eth_sendTransaction", "breaks");
    const { provider } = await open(line.url);
    const [from] = await provider.request({ method: "eth_accounts" });
    const sending = provider.request({ method: "eth_sendTransaction", params: [{ from, to: from, gas: "0x5208" }] });
    expect(await failureOf(sending)).to.be.instanceOf(NodeError);
    expect(asked("eth_sendTransaction")).to.equal(1);
  });

  it("hands it over again where the node had no time for it", async () => {
    firstOf("eth_sendTransaction", refusal(-32_005, "rate limited"));
    const { provider } = await open(line.url);
    const [from] = await provider.request({ method: "eth_accounts" });
    await provider.request({ method: "eth_sendTransaction", params: [{ from, to: from, gas: "0x5208" }] });
    expect(asked("eth_sendTransaction")).to.equal(2);
  });

  it("asks no more when the process is to end", async () => {
    line.fateOf = () => refusal(-32_005, "rate limited");
    const end = new AbortController();
    end.abort();
    expect(await failureOf(blockNumber({ signal: end.signal }))).to.be.instanceOf(NodeError);
    expect(asked("eth_blockNumber")).to.equal(1);
  });

  it("tells of every request", async () => {
    let requests = 0;
    const connection = await open(line.url, { onRequest: () => requests++ });
    await connection.ethers.provider.getBlockNumber();
    await connection.ethers.provider.getBlockNumber();
    expect(requests).to.be.at.least(2);
  });

  it("leaves other connections alone", async () => {
    let requests = 0;
    await open(line.url, { onRequest: () => requests++ });
    const other = await hre.network.create({ network: "localhost", override: { url: line.url } });
    await other.ethers.provider.getBlockNumber();
    expect(requests).to.equal(0);
    await other.close();
  });

  it("says what the system calls the failure", async () => {
    // Nobody there speaks TLS.
    const connection = await open(`${line.url.replace("http:", "https:")}/v3/a-secret`);
    const failure = await failureOf(connection.ethers.provider.getBlockNumber());
    expect(failure).to.be.instanceOf(NodeError);
    expect(String(failure))
      .to.match(/ERR_SSL|EPROTO/)
      .and.not.include("a-secret");
  });

  it("keeps what a URL may hide out of what it says", async () => {
    const { url } = line;
    line.fateOf = () => ({ status: 500 });
    const connection = await open(`${url}/v3/a-secret`);
    const failure = await failureOf(connection.ethers.provider.getBlockNumber());
    expect(String(failure)).to.include("HTTP status 500").and.not.include("a-secret");
  });
});

describe("JsonRpcSocket", () => {
  it("fails at once where its line ends before a request is made on it", async () => {
    const chain = await startChain();
    const socket = new JsonRpcSocket(chain.url.replace("http", "ws"), 600_000);
    await socket.request("eth_chainId");
    const asked = socket.request("eth_chainId");
    socket.close();
    expect(await failureOf(asked)).to.be.instanceOf(BrokenLineError);
    await chain.close();
  });
});

describe("a wire over a WebSocket", () => {
  let chain: RemoteChain;
  let line: TcpLine;
  const open = wires();

  before(async () => {
    const server = await hre.network.createServer(
      { network: "default", override: { chainId: SEPOLIA } },
      "127.0.0.1",
      0,
    );
    const { port } = await server.listen();
    chain = { url: `ws://127.0.0.1:${port}`, close: () => server.close() };
  });
  beforeEach(async () => {
    line = await startTcpLine(Number(new URL(chain.url).port));
  });
  afterEach(() => line.close());
  after(() => chain.close());

  const url = () => `ws://127.0.0.1:${line.port}`;

  it("brings the node's answers", async () => {
    const { ethers, provider } = await open(url());
    expect(await ethers.provider.getBlockNumber()).to.be.at.least(0);
    expect(await provider.request({ method: "eth_accounts" })).to.have.length.above(0);
  });

  it("answers many requests at once, each with its own answer", async () => {
    const { ethers } = await open(url());
    const { provider } = ethers;
    const [chainId, block, balance] = await Promise.all([
      provider.send("eth_chainId", []),
      provider.getBlock("latest"),
      provider.getBalance(Wallet.createRandom().address),
    ]);
    expect([Number(chainId), block?.number, balance]).to.deep.equal([SEPOLIA, 0, 0n]);
    expect(line.opened).to.equal(1);
  });

  it("says what the node refuses, with its data", async () => {
    const { provider } = await open(url());
    const failure = await failureOf(provider.request({ method: "eth_call", params: [{ data: "0x5f5ffd" }, "latest"] }));
    expect(failure).to.have.property("code").that.is.a("number");
  });

  it("opens another line where one broke", async () => {
    const { ethers } = await open(url());
    line.break();
    await sleep(50);
    expect(await ethers.provider.getBlockNumber()).to.equal(0);
    expect(line.opened).to.equal(2);
  });

  it("asks again on another line where one broke before the answer", async () => {
    const { ethers } = await open(url());
    const asking = ethers.provider.getBlockNumber();
    line.break();
    expect(await asking).to.equal(0);
    expect(line.opened).to.equal(2);
  });

  it("gives a line up that keeps silent", async () => {
    const { ethers } = await open(url(), { timeout: 1_000 });
    line.isSilent = true;
    const failure = await failureOf(ethers.provider.getBlockNumber());
    expect(failure).to.be.instanceOf(NodeError);
    line.isSilent = false;
    expect(await ethers.provider.getBlockNumber()).to.equal(0);
  });

  it("says so where nobody is there", async () => {
    await line.close();
    expect(await failureOf(openWire("localhost", options(url()))))
      .to.be.instanceOf(NodeError)
      .with.property("message")
      .that.includes("Cannot connect to the node's WebSocket");
    line = await startTcpLine(1);
  });

  describe("with the network's own key", () => {
    const known = { ...process.env };

    beforeEach(() => {
      Object.assign(process.env, { SEPOLIA_RPC_URL: url(), SEPOLIA_PRIVATE_KEY: KEY });
    });
    afterEach(() => {
      for (const name of ["SEPOLIA_RPC_URL", "SEPOLIA_PRIVATE_KEY"]) {
        if (known[name] === undefined) delete process.env[name];
        else process.env[name] = known[name];
      }
    });

    it("asks at the network's own URL", async () => {
      const { ethers } = await open(undefined, {}, "sepolia");
      expect(await ethers.provider.getBlockNumber()).to.equal(0);
      expect(line.opened).to.equal(1);
    });

    it("signs transactions, which the node only passes on", async () => {
      const { ethers, provider } = await open(url(), {}, "sepolia");
      const [account] = await provider.request({ method: "eth_accounts" });
      expect(account).to.equal(new Wallet(KEY).address.toLowerCase());
      await provider.request({ method: "hardhat_setBalance", params: [account, "0xde0b6b3a7640000"] });
      const fees = { maxFeePerGas: "0x77359400", maxPriorityFeePerGas: "0x3b9aca00" };
      const transaction = { from: account, to: account, data: "0x", gas: "0x5208", nonce: "0x0", ...fees };
      const hash = await provider.request({ method: "eth_sendTransaction", params: [transaction] });
      const receipt = await ethers.provider.getTransactionReceipt(hash);
      expect([receipt?.status, receipt?.from.toLowerCase()]).to.deep.equal([1, account]);
      expect(await ethers.provider.getBalance(account)).to.be.below(parseEther("1"));
    });

    it("refuses a node of another chain than the network's", async () => {
      const other = await startChain();
      const failure = await failureOf(openWire("sepolia", options(other.url.replace("http", "ws"))));
      expect(failure).to.be.instanceOf(KeeperConfigError).with.property("message").that.includes("--url (KEEPER_URL)");
      await other.close();
    });
  });
});

describe("LocalAccounts", () => {
  const wallet = new Wallet(KEY);
  const accounts = new LocalAccounts([wallet]);
  const fees = { maxFeePerGas: "0x77359400", maxPriorityFeePerGas: "0x3b9aca00" };
  const transaction = { from: wallet.address.toLowerCase(), to: wallet.address, data: "0x1234", ...fees };

  it("signs what it is given, for one chain", async () => {
    const signed = Transaction.from(await accounts.sign({ ...transaction, gas: "0x5208", nonce: "0x7" }, 5n));
    expect(signed).to.include({ from: wallet.address, to: wallet.address, data: "0x1234", nonce: 7, chainId: 5n });
    expect(signed).to.include({
      gasLimit: 21_000n,
      maxFeePerGas: 2_000_000_000n,
      maxPriorityFeePerGas: 1_000_000_000n,
    });
  });

  it("signs the same transaction always in the same way", async () => {
    const unsigned = { ...transaction, gas: "0x5208", nonce: "0x7" };
    expect(await accounts.sign(unsigned, 5n)).to.equal(await accounts.sign(unsigned, 5n));
  });

  it("does not sign for others", async () => {
    const stranger = { ...transaction, from: Wallet.createRandom().address, gas: "0x5208", nonce: "0x7" };
    expect(await failureOf(accounts.sign(stranger, 5n))).to.be.instanceOf(KeeperConfigError);
  });
});
