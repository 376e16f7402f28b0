import type { ITruthSerum } from "../typechain-types/index.ts";
import type { Chain } from "./chain.ts";
import { messageOf, StepError } from "./errors.ts";
import { type EpochKey, isDistributed, keyOf } from "./jobs/epoch.ts";
import type { Log } from "./log.ts";
import type { StateFile } from "./state.ts";

/** What to look through, and how. */
export interface DiscoveryOptions {
  /** The block of the serum's deployment, or an earlier one. */
  readonly startBlock: number;
  /** Blocks of a log query, at least 1. */
  readonly span: number;
  /** Blocks on top of one that needs no second look. */
  readonly confirmations: number;
  /** Milliseconds after which a long search says how far it is, and remembers it. */
  readonly progressInterval: number;
  readonly state: StateFile;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Finds the epochs that have participants, in the logs of commits. What was found stays until it is distributed, and
 * only confirmed blocks count as looked through.
 */
export class EpochDiscovery {
  readonly #chain: Chain;
  readonly #serum: ITruthSerum;
  readonly #options: DiscoveryOptions;
  readonly #epochs = new Map<string, EpochKey>();
  /** The last block that needs no second look, and its hash; `undefined` before the first. */
  #scanned: { to: number; hash: string } | undefined;
  #isRestored = false;
  #isSaved = true;

  constructor(chain: Chain, serum: ITruthSerum, options: DiscoveryOptions) {
    this.#chain = chain;
    this.#serum = serum;
    this.#options = options;
  }

  /** Every epoch known to have participants that is not distributed for good; the oldest first. */
  get epochs(): readonly EpochKey[] {
    return [...this.#epochs.values()].sort((a, b) => (a.epoch < b.epoch ? -1 : Number(a.epoch > b.epoch)));
  }

  /** Looks through the blocks that came since the last time, and once more through those not confirmed then. */
  async scan(): Promise<void> {
    await this.#restore();
    await this.#rewindAfterReorganisation();
    const { startBlock, span, confirmations, progressInterval, log, signal } = this.#options;
    const head = await this.#chain.provider.getBlockNumber();
    const first = this.#scanned === undefined ? startBlock : this.#scanned.to + 1;
    let saidAt = Date.now();
    for (let from = first; from <= head && !signal.aborted; from += span) {
      const to = Math.min(from + span - 1, head);
      // The hash before the logs: should the chain change between the two, the next scan sees another hash and begins again.
      const last = Math.min(to, head - confirmations);
      const block = last < from ? null : await this.#chain.provider.getBlock(last);
      await this.#scanPage(from, to);
      if (block?.hash != null) this.#remember({ to: last, hash: block.hash });
      if (Date.now() - saidAt < progressInterval) continue;
      saidAt = Date.now();
      log.info({ block: to, of: head, epochs: this.#epochs.size }, "looking for commits");
      await this.#save();
    }
    await this.#save();
  }

  /**
   * Forgets those of `epochs` that were distributed already in the last block that needs no second look: where a
   * reorganisation takes it back, everything is looked through again.
   */
  async forget(epochs: Iterable<EpochKey>): Promise<void> {
    if (this.#scanned === undefined) return;
    const blockTag = this.#scanned.to;
    for (const key of epochs) {
      // A pass can take so long that the node has dropped the state of that block: then the next one forgets.
      const state = await this.#serum.epochState(key.claimId, key.epoch, { blockTag }).catch(() => undefined);
      if (state !== undefined && isDistributed(state) && this.#epochs.delete(keyOf(key))) this.#isSaved = false;
    }
    await this.#save();
  }

  async #scanPage(from: number, to: number): Promise<void> {
    const commits = await this.#serum.queryFilter(this.#serum.filters.BeliefCommitted(), from, to).catch((cause) => {
      const problem = `The node gave no logs (${messageOf(cause)}). Where it limits them, choose a smaller --log-span`;
      throw new StepError(problem, { from, to }, { cause });
    });
    for (const { args } of commits) {
      const key = { claimId: args.claimId, epoch: args.epoch };
      if (!this.#epochs.has(keyOf(key))) this.#isSaved = false;
      this.#epochs.set(keyOf(key), key);
    }
  }

  /** Takes up what an earlier run remembered. */
  async #restore(): Promise<void> {
    if (this.#isRestored) return;
    const state = await this.#options.state.read();
    this.#isRestored = true;
    if (state === undefined) return;
    this.#scanned = { to: state.scannedTo, hash: state.scannedHash };
    for (const key of state.epochs) this.#epochs.set(keyOf(key), key);
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
    await this.#options.state.write({ scannedTo: to, scannedHash: hash, epochs: this.epochs });
    this.#isSaved = true;
  }
}
