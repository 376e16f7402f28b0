/** Pages that a node must have answered in a row before more blocks are asked for again. */
export const PAGES_BEFORE_GROWTH = 10;

/** By how much the span grows then, in per cent. */
export const GROWTH_PERCENT = 25;

/**
 * How many blocks to ask a node for with a log query: half as many where it refuses, and slowly more again, up to what
 * the operator allows. Nodes limit blocks or logs, and how many logs a block has changes.
 */
export class LogSpan {
  readonly #most: number;
  #blocks: number;
  #accepted = 0;

  /** @param most Blocks to begin with, at least 1. */
  constructor(most: number) {
    this.#most = most;
    this.#blocks = most;
  }

  /** Blocks of the next query. */
  get blocks(): number {
    return this.#blocks;
  }

  /** The node refused a query of `blocks`; false where that was a single one. */
  refuse(blocks: number): boolean {
    if (blocks <= 1) return false;
    this.#accepted = 0;
    this.#blocks = Math.floor(blocks / 2);
    return true;
  }

  /** The node answered a query of `blocks`: one of fewer than it was ready for says nothing. */
  accept(blocks: number): void {
    if (blocks < this.#blocks || ++this.#accepted < PAGES_BEFORE_GROWTH) return;
    this.#accepted = 0;
    this.#blocks = Math.min(this.#most, Math.ceil((this.#blocks * (100 + GROWTH_PERCENT)) / 100));
  }
}
