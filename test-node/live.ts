import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { connectTo } from "../test/ignition/chains.ts";
import { type CrowdWorld, openedCrowd } from "../test/keeper/crowd.ts";
import { type Anvil, LOCAL_CHAIN, startAnvil } from "./anvil.ts";
import { type Keeper, launchKeeper } from "./keeper.ts";
import { until } from "./until.ts";

/** A node, and keepers that talk to it, as processes. */
export interface Stage {
  readonly node: Anvil;
  readonly connection: NetworkConnection;
  /** Accounts that do nothing but keep. */
  readonly accounts: readonly [string, string];
  readonly folder: string;
  /** Starts a keeper that sends from the first of `accounts` and talks to the node over HTTP, unless told otherwise. */
  launch(...args: string[]): Keeper;
  /** Runs one until it ends. */
  runOnce(...args: string[]): Promise<Keeper>;
  /** From here on a block is made every so many milliseconds, and not for each transaction. */
  mineEvery(milliseconds: number): Promise<void>;
  /** No block is made any more. */
  stopMining(): Promise<void>;
  /** Where no block is made by itself: makes one for each of so many transactions of an account, until the next waits. */
  mineOf(account: string, transactions: number): Promise<void>;
  /** How many transactions of an account are mined, and how many wait in the node's pool. */
  noncesOf(account: string): Promise<{ mined: number; waiting: number }>;
  /** Shows the end of what its processes wrote. */
  show(): Promise<void>;
  /** Ends its processes. */
  close(): Promise<void>;
}

/** The protocol on a stage of its own. */
export interface Live extends Stage {
  /** Epoch 0 of its two claims has ended, and its beliefs are opened. */
  readonly world: CrowdWorld;
}

/** Milliseconds that a test may take: some run a keeper for minutes where the machine is slow. */
const TIME_LIMIT = 600_000;

/** Milliseconds that a block for a transaction may take. */
const MINING_PATIENCE = 60_000;

/** Milliseconds to wait for a keeper's next transaction. */
const PATIENCE = 120_000;

/** Lines of a log that are shown when a test has failed. */
const SHOWN_LINES = 60;

/**
 * Gives each test of a suite what it asks for, ends every process of it afterwards, and shows what they wrote where the
 * test has failed.
 */
export function liveTests(): (chainId?: number) => Promise<Live> {
  const stages: Stage[] = [];
  beforeEach(function () {
    this.currentTest?.timeout(TIME_LIMIT);
  });
  afterEach(async function () {
    for (const stage of stages.splice(0)) {
      if (this.currentTest?.state === "failed") await stage.show();
      await stage.close();
    }
  });
  return async (chainId = LOCAL_CHAIN) => {
    const stage = await openStage(chainId);
    stages.push(stage);
    return { ...stage, world: await openedCrowd(stage.connection) };
  };
}

/** Another run finds nothing to do, and is a success. */
export async function expectNothingDue({ runOnce }: Stage, ...args: readonly string[]): Promise<void> {
  const keeper = await runOnce(...args);
  expect([await keeper.ended, keeper.lines("pass ended"), keeper.lines("sent")]).to.deep.equal([0, [], []]);
}

async function openStage(chainId: number): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "live-"));
  const node = await startAnvil(folder, chainId);
  const connection = await connectTo(node.url, folder);
  waitForBlocks(connection);
  const signers = await connection.ethers.getSigners();
  const [account = "", rival = ""] = signers.slice(-2).map(({ address }) => address);
  const args = [
    ...["--network", "localhost", "--url", node.url, "--from", account, "--interval", "1"],
    ...["--deployment", join(folder, "deployments", `chain-${chainId}`), "--state", join(folder, "state.json")],
    ...["--metrics-port", "0", "--log-level", "debug"],
  ];
  const keepers: Keeper[] = [];
  const launch = (...more: string[]) => {
    const keeper = launchKeeper([...args, ...more]);
    keepers.push(keeper);
    return keeper;
  };
  const miner = new Miner(node);
  const countOf = async (of: string, view: string) => Number(await node.request("eth_getTransactionCount", of, view));
  const noncesOf = async (of: string) => {
    const mined = await countOf(of, "latest");
    return { mined, waiting: (await countOf(of, "pending")) - mined };
  };
  return {
    node,
    connection,
    accounts: [account, rival],
    folder,
    launch,
    runOnce: async (...more) => {
      const keeper = launch("--once", ...more);
      await keeper.ended;
      return keeper;
    },
    mineEvery: (milliseconds) => miner.begin(milliseconds),
    stopMining: () => miner.end(),
    mineOf: async (of, transactions) => {
      for (let left = transactions; ; left--) {
        await until("a transaction waits", PATIENCE, async () => (await noncesOf(of)).waiting > 0);
        if (left === 0) return;
        await node.request("evm_mine");
      }
    },
    noncesOf,
    show: async () => {
      showEnd("anvil", await node.log());
      for (const [index, keeper] of keepers.entries()) showEnd(`keeper ${index + 1}`, keeper.output());
    },
    close: async () => {
      for (const keeper of keepers) await keeper.kill();
      await miner.end();
      await connection.close();
      await node.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * Lets what is sent over a connection be answered when it is mined, as Hardhat's own chain does. Anvil makes the block a
 * little later: a clock set forward in between would have it happen at another time than the test means.
 */
function waitForBlocks({ provider }: NetworkConnection): void {
  const ask = provider.request.bind(provider);
  provider.request = async (request) => {
    const answer = await ask(request);
    if (request.method === "eth_sendTransaction") {
      const isMined = async () => (await ask({ method: "eth_getTransactionReceipt", params: [answer] })) !== null;
      await until(`${answer} is mined`, MINING_PATIENCE, isMined);
    }
    return answer;
  };
}

function showEnd(name: string, log: string): void {
  process.stderr.write(`\n--- the end of what ${name} wrote:\n${log.split("\n").slice(-SHOWN_LINES).join("\n")}\n`);
}

/** Makes blocks every so many milliseconds, where a node by itself knows whole seconds only. */
class Miner {
  readonly #node: Anvil;
  #stopping = new AbortController();
  #mining: Promise<void> = Promise.resolve();

  constructor(node: Anvil) {
    this.#node = node;
  }

  async begin(milliseconds: number): Promise<void> {
    await this.end();
    await this.#node.request("evm_setAutomine", false);
    this.#stopping = new AbortController();
    this.#mining = this.#mine(milliseconds, this.#stopping.signal);
  }

  async end(): Promise<void> {
    this.#stopping.abort();
    await this.#mining;
  }

  async #mine(milliseconds: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // The node may be away for a while: that is what some tests are about.
      await this.#node.request("evm_mine").catch(() => undefined);
      await sleep(milliseconds);
    }
  }
}
