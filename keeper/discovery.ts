import type { Block } from "ethers";
import { messageOf } from "../sdk/errors.ts";
import { LogSpan } from "../sdk/node/log-span.ts";
import { isRangeRefusal } from "../sdk/node/range-refusal.ts";
import type { Chain } from "./chain.ts";
import { NodeError, StepError } from "./errors.ts";
import type { Log } from "./log.ts";
import type { StateFile } from "./state.ts";
import { NO_TALLY, type Tally } from "./tally.ts";

/** Something that the logs of a contract tell of, about which there may be something to do. */
export interface Search<T> {
  /** What the logs are of, as a plural, for the log. */
  readonly name: string;
  /** What the logs of these blocks tell of, both inclusive. */
  find(from: number, to: number): Promise<T[]>;
  /** A name of an item that no other has. */
  keyOf(item: T): string;
  /**
   * What is left of an item, as a block has it that needs no second look: the item, or a later version of it.
   *
   * @returns `undefined` where nothing is left to do about it, or it is not known in that block yet.
   */
  review(item: T, block: Block): Promise<T | undefined>;
}

/** What to look through, and how. */
export interface DiscoveryOptions<T> {
  /** The block of the contract's deployment, or an earlier one. */
  readonly startBlock: number;
  /** The most blocks of a log query, at least 1. */
  readonly span: number;
  /** Blocks on top of one that needs no second look. */
  readonly confirmations: number;
  /** Milliseconds after which a long search says how far it is, and remembers it. */
  readonly progressInterval: number;
  readonly state: StateFile<T>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Told of how many blocks are left to look through. */
  readonly tally?: Pick<Tally, "unscanned"> | undefined;
}

/**
 * Finds what there may be something to do about, in the logs of a contract. What was found stays until nothing is left
 * to do about it, and only confirmed blocks count as looked through.
 */
export class Discovery<T> {
  readonly #chain: Chain;
  readonly #search: Search<T>;
  readonly #options: DiscoveryOptions<T>;
  readonly #span: LogSpan;
  readonly #items = new Map<string, T>();
  /** The last block that needs no second look, and its hash; `undefined` before the first. */
  #scanned: { to: number; hash: string } | undefined;
  #isRestored = false;
  #isSaved = true;

  constructor(chain: Chain, search: Search<T>, options: DiscoveryOptions<T>) {
    this.#chain = chain;
    this.#search = search;
    this.#options = options;
    this.#span = new LogSpan(options.span);
  }

  /** All that is known and not done for good, in the order in which it was found. */
  get items(): readonly T[] {
    return [...this.#items.values()];
  }

  /** Looks through the blocks that came since the last time, and once more through those not confirmed then. */
  async scan(): Promise<void> {
    await this.#restore();
    await this.#rewindAfterReorganisation();
    const { startBlock, confirmations, progressInterval, log, signal, tally = NO_TALLY } = this.#options;
    const head = await this.#chain.provider.getBlockNumber();
    let from = this.#scanned === undefined ? startBlock : this.#scanned.to + 1;
    let saidAt = Date.now();
    tally.unscanned(Math.max(head - from + 1, 0));
    while (from <= head && !signal.aborted) {
      const to = Math.min(from + this.#span.blocks - 1, head);
      // The hash before the logs: should the chain change between the two, the next scan sees another hash and begins again.
      const last = Math.min(to, head - confirmations);
      const block = last < from ? null : await this.#chain.provider.getBlock(last);
      if (!(await this.#scanPage(from, to))) continue;
      if (block?.hash != null) this.#remember({ to: last, hash: block.hash });
      from = to + 1;
      tally.unscanned(head - to);
      if (Date.now() - saidAt < progressInterval) continue;
      saidAt = Date.now();
      log.info({ block: to, of: head, found: this.#items.size }, `looking for ${this.#search.name}`);
      await this.#save();
    }
    await this.#save();
  }

  /**
   * Forgets those of `items` about which nothing was left to do already in the last block that needs no second look,
   * and notes what became of the others: where a reorganisation takes that block back, everything is looked through
   * again.
   */
  async review(items: Iterable<T>): Promise<void> {
    if (this.#scanned === undefined) return;
    const block = await this.#chain.provider.getBlock(this.#scanned.to).catch(() => null);
    if (block?.hash !== this.#scanned.hash) return;
    for (const item of items) {
      const key = this.#search.keyOf(item);
      // A pass can take so long that the node has dropped the state of that block: then the next one reviews.
      const left = await this.#search.review(item, block).catch(() => item);
      if (left === item || !this.#items.has(key)) continue;
      if (left === undefined) this.#items.delete(key);
      else this.#items.set(key, left);
      this.#isSaved = false;
    }
    await this.#save();
  }

  /** Looks through some blocks; false where these are more than the node answers for, and the span is smaller now. */
  async #scanPage(from: number, to: number): Promise<boolean> {
    let found: T[];
    try {
      found = await this.#search.find(from, to);
    } catch (cause) {
      if (!(cause instanceof NodeError) && isRangeRefusal(cause) && this.#span.refuse(to - from + 1)) {
        const facts = { span: this.#span.blocks, reason: messageOf(cause) };
        this.#options.log.info(facts, "the node refuses log queries of so many blocks: asking for half as many");
        return false;
      }
      const problem = `The node gave no logs (${messageOf(cause)}). Where it limits them, choose a smaller --log-span`;
      throw new StepError(problem, { from, to }, { cause });
    }
    this.#span.accept(to - from + 1);
    // What is found again may have moved to another block: what was known of it counts no more.
    for (const item of found) this.#items.set(this.#search.keyOf(item), item);
    if (found.length > 0) this.#isSaved = false;
    return true;
  }

  /** Takes up what an earlier run remembered. */
  async #restore(): Promise<void> {
    if (this.#isRestored) return;
    const state = await this.#options.state.read();
    this.#isRestored = true;
    if (state === undefined) return;
    this.#scanned = { to: state.scannedTo, hash: state.scannedHash };
    for (const item of state.items) this.#items.set(this.#search.keyOf(item), item);
  }

  /** Begins again where the chain has another history than the one that was looked through. */
  async #rewindAfterReorganisation(): Promise<void> {
    if (this.#scanned === undefined) return;
    const block = await this.#chain.provider.getBlock(this.#scanned.to);
    if (block?.hash === this.#scanned.hash) return;
    this.#options.log.warn({ block: this.#scanned.to }, "the chain was reorganised: looking through it again");
    this.#scanned = undefined;
  }

  #remember(scanned: { to: number; hash: string }): void {
    this.#scanned = scanned;
    this.#isSaved = false;
  }

  async #save(): Promise<void> {
    if (this.#isSaved || this.#scanned === undefined) return;
    const { to, hash } = this.#scanned;
    await this.#options.state.write({ scannedTo: to, scannedHash: hash, items: this.items });
    this.#isSaved = true;
  }
}
