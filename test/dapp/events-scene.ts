import { expect } from "chai";
import { BrowserProvider, toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { memoryStore, type Span } from "../../dapp/src/events/spans.ts";
import { type Feed, type Synced, sync } from "../../dapp/src/events/sync.ts";
import { type TestUSDC, TestUSDC__factory } from "../../typechain-types/index.ts";

type Request = { method: string; params?: unknown[] };

/** A node between the reader and the chain, which can refuse what it is asked. */
export class Node {
  readonly #connection: NetworkConnection;
  readonly asked: Request[] = [];
  /** Blocks of a log query that it answers at most. */
  mostBlocks = Number.POSITIVE_INFINITY;
  /** Called before a request is answered; what it throws is the answer. */
  before: (request: Request) => Promise<void> | void = () => undefined;

  constructor(connection: NetworkConnection) {
    this.#connection = connection;
  }

  async request(request: Request): Promise<unknown> {
    this.asked.push(request);
    await this.before(request);
    if (request.method === "eth_getLogs" && blocksOf(request) > this.mostBlocks) {
      throw Object.assign(new Error(`block range exceeds the limit of ${this.mostBlocks}`), { code: -32_000 });
    }
    return this.#connection.provider.request(request as { method: string; params: unknown[] });
  }

  /** First and last block of each log query. */
  get ranges(): [number, number][] {
    return this.asked.filter(({ method }) => method === "eth_getLogs").map(rangeOf);
  }
}

/** First and last block of a log query. */
export function rangeOf({ params = [] }: Request): [number, number] {
  const { fromBlock, toBlock } = params[0] as { fromBlock: string; toBlock: string };
  return [Number(fromBlock), Number(toBlock)];
}

function blocksOf(request: Request): number {
  const [from, to] = rangeOf(request);
  return to - from + 1;
}

/** A token that emits events, and what is known of them. */
export class Scene {
  readonly store = memoryStore();
  /** Blocks that are not kept. */
  unsettled = 0;
  readonly node: Node;

  private constructor(
    readonly connection: NetworkConnection,
    readonly token: TestUSDC,
    readonly feed: Feed,
  ) {
    this.node = new Node(connection);
  }

  /** A chain of its own, on which nothing has happened. */
  static async open(): Promise<Scene> {
    const connection = await hre.network.create();
    const token = await deployed(connection);
    const since = await connection.ethers.provider.getBlockNumber();
    return new Scene(connection, token, { chainId: 31_337, address: await token.getAddress(), since });
  }

  /** The node, as a page asks it. */
  provider(): BrowserProvider {
    return new BrowserProvider(this.node, 31_337, { cacheTimeout: -1 });
  }

  read(onProgress?: (synced: Synced) => void): Promise<Synced> {
    return sync(this.feed, this.provider(), this.store, onProgress, this.unsettled);
  }

  /** Another contract of the same kind. */
  other(): Promise<TestUSDC> {
    return deployed(this.connection);
  }

  /** One event in a block of its own for each amount. */
  async mint(...amounts: number[]): Promise<void> {
    for (const amount of amounts) await (await this.token.mint(this.feed.address, amount)).wait();
  }

  request(method: string, ...params: unknown[]): Promise<unknown> {
    return this.connection.provider.request({ method, params });
  }

  async mine(blocks: number): Promise<void> {
    await this.request("hardhat_mine", toQuantity(blocks));
  }

  head(): Promise<number> {
    return this.connection.ethers.provider.getBlockNumber();
  }

  /** The amounts that logs tell of. */
  readonly minted = ({ logs }: Pick<Synced, "logs">): number[] =>
    logs.map((log) => Number(this.token.interface.parseLog(log)?.args.value ?? 0));

  stored(): Promise<readonly Span[]> {
    return this.store.spansOf(`31337:${this.feed.address.toLowerCase()}`);
  }

  /** Checks that spans are in order and without gaps, from the feed's first block to the newest. */
  async expectWhole(): Promise<void> {
    let next = this.feed.since;
    for (const { from, to } of await this.stored()) {
      expect(from).to.equal(next);
      next = to + 1;
    }
    expect(next).to.equal((await this.head()) + 1);
  }
}

async function deployed({ ethers }: NetworkConnection): Promise<TestUSDC> {
  const [owner] = await ethers.getSigners();
  if (owner === undefined) throw new Error("the chain has no accounts");
  return new TestUSDC__factory(owner).deploy();
}

/** What something failed with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "nothing",
    (error: unknown) => error,
  );
}
