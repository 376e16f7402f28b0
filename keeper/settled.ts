import { messageOf } from "../sdk/errors.ts";
import { Outcome } from "../sdk/query/state.ts";
import type { IQueryEscrow } from "../typechain-types/index.ts";
import type { Chain } from "./chain.ts";
import type { Log } from "./log.ts";

/** Which queries are settled, and how that is found out. */
export interface SettledOptions {
  /** Blocks on top of one that needs no second look. */
  readonly confirmations: number;
  /** Ids that one call looks at: while there are no more than that, there is nothing to gain. At least 1. */
  readonly page: bigint;
  readonly log: Log;
}

/** The most queries that are looked at one by one in a pass: an old chain's are forgotten in many. */
export const MOST_LOOKS = 100n;

/**
 * Knows queries that need no second look: those up to the first that was not settled in a confirmed block. What is
 * settled stays so, unless that block is replaced: then all are looked at again. In memory only, as it is soon found.
 */
export class SettledQueries {
  readonly #chain: Chain;
  readonly #escrow: IQueryEscrow;
  readonly #options: SettledOptions;
  /** All before `next` are settled in that block; `undefined` before the first look. */
  #known: { next: bigint; block: number; hash: string } | undefined;

  /** @param escrow Bound to the chain's provider. */
  constructor(chain: Chain, escrow: IQueryEscrow, options: SettledOptions) {
    this.#chain = chain;
    this.#escrow = escrow;
    this.#options = options;
  }

  /**
   * The first id that may have to be looked at, from 1 on.
   *
   * @throws The node's error where it does not tell whether its chain is still the one that was looked at.
   */
  async next(): Promise<bigint> {
    if (this.#known === undefined) return 1n;
    const { next, block, hash } = this.#known;
    if ((await this.#chain.provider.getBlock(block))?.hash === hash) return next;
    this.#options.log.warn({ block }, "the chain was reorganised: looking at all queries again");
    this.#known = undefined;
    return 1n;
  }

  /** Looks whether the next ones are settled for good. That it cannot costs time, no work. */
  async advance(): Promise<void> {
    try {
      await this.#advance();
    } catch (error) {
      this.#options.log.debug({ reason: messageOf(error) }, "cannot tell which queries are settled for good");
    }
  }

  async #advance(): Promise<void> {
    const { confirmations, page } = this.#options;
    const confirmed = (await this.#chain.provider.getBlockNumber()) - confirmations;
    if (confirmed < 0) return;
    // The hash before the rest: should the chain change between the two, `next` sees another hash and begins again.
    const block = await this.#chain.provider.getBlock(confirmed);
    if (block?.hash == null) return;
    const at = { blockTag: confirmed };
    const first = this.#known?.next ?? 1n;
    const count = await this.#escrow.queryCount(at);
    if (count < first + page) return;
    let next = first;
    while (next <= count && next < first + MOST_LOOKS) {
      const { result } = await this.#escrow.outcome(next, at);
      if (result === Outcome.Pending) break;
      next++;
    }
    if (next > first) this.#known = { next, block: confirmed, hash: block.hash };
  }
}
