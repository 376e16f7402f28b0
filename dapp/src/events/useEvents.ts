import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BaseContract, LogDescription } from "ethers";
import { useMemo } from "react";
import { usePlace } from "../chain/NetworkContext.tsx";
import { useHead } from "../chain/read.ts";
import type { TimedLog } from "./spans.ts";
import { openSpanStore } from "./store.ts";
import { type Synced, sync } from "./sync.ts";
import { TurnTaker } from "./turns.ts";

/** Something that happened. */
export interface ChainEvent {
  readonly name: string;
  readonly args: LogDescription["args"];
  /** Unix seconds. */
  readonly time: bigint;
  readonly block: number;
  readonly transaction: string;
  /** Its place in the block. */
  readonly index: number;
}

/** What has happened at a contract, as far as it is known. */
export interface History {
  /** In the order in which it happened. */
  readonly events: readonly ChainEvent[];
  /** What has happened in the newest blocks, while `events` does not reach them; some of it may be in both. */
  readonly newest: readonly ChainEvent[];
  /** Whether everything up to a recent block is in `events`. */
  readonly isComplete: boolean;
  /** How much of the blocks has been read, from 0 to 1. */
  readonly progress: number;
  /** Why it cannot be read to the end just now. */
  readonly error: Error | null;
}

const store = openSpanStore();
const turns = new TurnTaker<Synced>();

/**
 * The only way in which a page reads events: what is known is there at once, the rest comes page by page.
 *
 * @param contract Whose events.
 * @param since The block in which it was made; `undefined` where that is not known yet, and nothing is read.
 */
export function useEvents(contract: BaseContract | undefined, since: number | undefined): History {
  const { reader } = usePlace();
  const { data: block, error: headError } = useHead();
  const head = block?.number;
  const queries = useQueryClient();
  const address = String(contract?.target ?? "");
  const { chainId } = reader.network;
  const key = ["events", chainId, address];
  const isReady = contract !== undefined && since !== undefined && head !== undefined;
  const latest = useQuery({
    queryKey: [...key, head],
    queryFn: async () => {
      const feed = { chainId, address, since: since ?? 0 };
      const before = queries.getQueryData<Synced>(key);
      // What was complete stays so while the newest blocks are added to it.
      const isShown = before === undefined || before.upTo < before.head;
      const onProgress = (partly: Synced) => {
        if (isShown) queries.setQueryData(key, partly);
      };
      const read = async () => sync(feed, reader.provider, await store, onProgress);
      // A long history outlasts the block that it is read for.
      const synced = await turns.take(key.join(), read);
      queries.setQueryData(key, synced);
      return synced.upTo;
    },
    enabled: isReady,
    gcTime: 0,
  });
  const { data: synced } = useQuery<Synced>({ queryKey: key, enabled: false, structuralSharing: false });
  const logs = synced?.logs;
  const events = useMemo(() => eventsOf(contract, logs ?? []), [contract, logs]);
  const newestLogs = synced?.newest;
  const newest = useMemo(() => eventsOf(contract, newestLogs ?? []), [contract, newestLogs]);
  const [first, last] = [since ?? 0, synced?.head ?? 0];
  return {
    events,
    newest,
    isComplete: synced !== undefined && synced.upTo >= synced.head,
    progress: synced === undefined ? 0 : last <= first ? 1 : (synced.upTo - first + 1) / (last - first + 1),
    error: latest.error ?? (head === undefined ? headError : null),
  };
}

function eventsOf(contract: BaseContract | undefined, logs: readonly TimedLog[]): ChainEvent[] {
  if (contract === undefined) return [];
  return logs.flatMap((log) => {
    const parsed = contract.interface.parseLog(log);
    if (parsed === null) return [];
    const { name, args } = parsed;
    const { time, blockNumber, transactionHash, index } = log;
    return [{ name, args, time: BigInt(time), block: blockNumber, transaction: transactionHash, index }];
  });
}
