import type { Log, Provider } from "ethers";
import { LogSpan } from "../../../sdk/node/log-span.ts";
import { isRangeRefusal } from "../../../sdk/node/range-refusal.ts";
import type { Span, SpanStore, TimedLog } from "./spans.ts";

/** The logs of a contract. */
export interface Feed {
  readonly chainId: number;
  readonly address: string;
  /** The block in which the contract was made. */
  readonly since: number;
}

/** How far a feed has been read. */
export interface Synced {
  /** In the order in which they happened. */
  readonly logs: readonly TimedLog[];
  /** Logs of the newest blocks, while there is more between them and `logs` than a page. */
  readonly newest: readonly TimedLog[];
  /** The last block that has been read; `since - 1` where none has. */
  readonly upTo: number;
  /** The newest block when reading began. */
  readonly head: number;
}

/** Blocks of the first query; nodes that allow fewer refuse, and get half as many. */
const MOST_BLOCKS = 50_000;

/**
 * The newest blocks, which are read anew each time: nodes behind one address may not have them all yet and answer that
 * nothing happened there, and a reorganisation takes them back first.
 */
export const UNSETTLED_BLOCKS = 32;

/** How often reading begins anew because the chain has changed meanwhile. */
const MOST_BEGINNINGS = 5;

/** Blocks after which a span is put together with its neighbour, and the most logs that it may have then. */
const SAFE_DEPTH = 128;
const MOST_LOGS_TOGETHER = 2_000;

/** Requests for the times of blocks that are under way at once. */
const CONCURRENT_BLOCKS = 20;

const LAGGING = "The node does not know a block that it has told of: it lags behind.";

/**
 * Brings what is known of a feed up to the newest block: forgets what a reorganisation has taken back, and reads what
 * is missing, page by page. What was read is kept even where a later page fails.
 *
 * @param onProgress Told after each page.
 * @param unsettled How many of the newest blocks are not kept.
 */
export async function sync(
  feed: Feed,
  provider: Provider,
  store: SpanStore,
  onProgress: (synced: Synced) => void = () => undefined,
  unsettled = UNSETTLED_BLOCKS,
): Promise<Synced> {
  for (let beginnings = 0; beginnings < MOST_BEGINNINGS; beginnings++) {
    const synced = await readOn(feed, provider, store, onProgress, unsettled);
    if (synced !== "reorganised") return synced;
  }
  throw new Error("The chain changes faster than its history can be read.");
}

async function readOn(
  feed: Feed,
  provider: Provider,
  store: SpanStore,
  onProgress: (synced: Synced) => void,
  unsettled: number,
): Promise<Synced | "reorganised"> {
  const name = `${feed.chainId}:${feed.address.toLowerCase()}`;
  const spans = await canonicalSpans(name, feed.since, provider, store);
  const head = await provider.getBlockNumber();
  const logs = spans.flatMap((span) => span.logs);
  let last = spans.at(-1);
  let next = (last?.to ?? feed.since - 1) + 1;
  const size = new LogSpan(MOST_BLOCKS);
  let newest: readonly TimedLog[] = [];
  const progress = () => ({ logs: [...logs], newest: next <= head ? newest : [], upTo: next - 1, head });
  onProgress(progress());
  if (head - next >= size.blocks) {
    newest = await readNewest(feed, head, size, provider);
    onProgress(progress());
  }
  while (next <= head) {
    const settled = head - unsettled;
    const to = Math.min(next <= settled ? settled : head, next + size.blocks - 1);
    const span = await readSpan(name, feed.address, next, to, last?.hash, provider).catch((error: unknown) => {
      if (!isRangeRefusal(error) || !size.refuse(to - next + 1)) throw error;
    });
    if (span === undefined) continue;
    if (span === "reorganised") return span;
    size.accept(to - next + 1);
    if (to <= settled) await store.add(span);
    last = span;
    logs.push(...span.logs);
    next = to + 1;
    if (next <= head) onProgress(progress());
  }
  await compact(name, head, store);
  return progress();
}

/** A page that ends with the newest block: what people look for first is there before a long history has been read. */
async function readNewest(
  { address }: Feed,
  head: number,
  size: LogSpan,
  provider: Provider,
): Promise<readonly TimedLog[]> {
  for (;;) {
    const { blocks } = size;
    try {
      return await withTimes(
        await provider.getLogs({ address, fromBlock: head - blocks + 1, toBlock: head }),
        provider,
      );
    } catch (error) {
      if (!isRangeRefusal(error) || !size.refuse(blocks)) throw error;
    }
  }
}

/** Makes one span of neighbours that no reorganisation is likely to reach: with every block there would be one more. */
async function compact(name: string, head: number, store: SpanStore): Promise<void> {
  const [first, ...others] = (await store.spansOf(name)).filter(({ to }) => to <= head - SAFE_DEPTH);
  if (first === undefined) return;
  let grown: Span = first;
  for (const span of others) {
    const logs = [...grown.logs, ...span.logs];
    if (logs.length > MOST_LOGS_TOGETHER || span.from !== grown.to + 1) {
      grown = span;
      continue;
    }
    grown = { ...grown, to: span.to, hash: span.hash, logs };
    await store.add(grown);
    await store.remove(span);
  }
}

/** The spans that the chain still has, from the feed's first block on without a gap; the others are deleted. */
async function canonicalSpans(
  name: string,
  since: number,
  provider: Provider,
  store: SpanStore,
): Promise<readonly Span[]> {
  const spans = await joinedSpans(name, since, store);
  for (let last = spans.at(-1); last !== undefined; last = spans.at(-1)) {
    const block = await provider.getBlock(last.to);
    if (block?.hash === last.hash) return spans;
    await store.remove(last);
    spans.pop();
  }
  return spans;
}

/** Another window writes to the store too, or was closed while it did: what overlaps or leaves a gap is deleted. */
async function joinedSpans(name: string, since: number, store: SpanStore): Promise<Span[]> {
  const joined: Span[] = [];
  for (const span of await store.spansOf(name)) {
    const last = joined.at(-1);
    if (last === undefined ? span.from <= since : span.from === last.to + 1) joined.push(span);
    else await store.remove(span);
  }
  return joined;
}

async function readSpan(
  feed: string,
  address: string,
  from: number,
  to: number,
  parentHash: string | undefined,
  provider: Provider,
): Promise<Span | "reorganised"> {
  const before = await provider.getBlock(to);
  const first = from === to ? before : await provider.getBlock(from);
  if (before === null || first === null) throw new Error(LAGGING);
  if (parentHash !== undefined && first.parentHash !== parentHash) {
    // Blocks that a development chain has skipped name no parents.
    if ((await provider.getBlock(from - 1))?.hash !== parentHash) return "reorganised";
  }
  const found = await provider.getLogs({ address, fromBlock: from, toBlock: to });
  const logs = await withTimes(found, provider);
  const after = await provider.getBlock(to);
  const { hash } = before;
  return hash !== null && hash === after?.hash ? { feed, from, to, hash, logs } : "reorganised";
}

async function withTimes(logs: readonly Log[], provider: Provider): Promise<TimedLog[]> {
  const times = await timesOf([...new Set(logs.map(({ blockNumber }) => blockNumber))], provider);
  return logs
    .filter(({ removed }) => !removed)
    .toSorted((a, b) => a.blockNumber - b.blockNumber || a.index - b.index)
    .map(({ blockNumber, transactionHash, index, topics, data }) => ({
      ...{ blockNumber, transactionHash, index, data },
      topics: [...topics],
      time: times.get(blockNumber) ?? 0,
    }));
}

async function timesOf(blocks: readonly number[], provider: Provider): Promise<ReadonlyMap<number, number>> {
  const times = new Map<number, number>();
  for (let i = 0; i < blocks.length; i += CONCURRENT_BLOCKS) {
    const some = await Promise.all(blocks.slice(i, i + CONCURRENT_BLOCKS).map((number) => provider.getBlock(number)));
    for (const block of some) {
      if (block === null) throw new Error(LAGGING);
      times.set(block.number, block.timestamp);
    }
  }
  return times;
}
