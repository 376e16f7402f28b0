/** A log with the time of its block. */
export interface TimedLog {
  readonly blockNumber: number;
  readonly transactionHash: string;
  /** Its place in the block. */
  readonly index: number;
  readonly topics: readonly string[];
  readonly data: string;
  /** Unix seconds. */
  readonly time: number;
}

/** The logs of an address in a range of blocks that were canonical together. */
export interface Span {
  /** Names the feed: chain and address. */
  readonly feed: string;
  readonly from: number;
  /** The last block of the range, and its hash: where the chain still has it, all of the span holds. */
  readonly to: number;
  readonly hash: string;
  readonly logs: readonly TimedLog[];
}

/** What is known of a feed. Spans are in order, without gaps. */
export interface SpanStore {
  spansOf(feed: string): Promise<readonly Span[]>;
  add(span: Span): Promise<void>;
  remove(span: Span): Promise<void>;
}

/** Keeps spans as long as the page lives. */
export function memoryStore(): SpanStore {
  const known = new Map<string, Span[]>();
  const spansOf = (feed: string) => known.get(feed) ?? [];
  return {
    spansOf: async (feed) => [...spansOf(feed)],
    add: async (span) => {
      const others = spansOf(span.feed).filter(({ from }) => from !== span.from);
      known.set(
        span.feed,
        [...others, span].sort((a, b) => a.from - b.from),
      );
    },
    remove: async ({ feed, from }) => {
      known.set(
        feed,
        spansOf(feed).filter((span) => span.from !== from),
      );
    },
  };
}
