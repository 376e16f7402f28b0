import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePlace } from "./NetworkContext.tsx";
import type { Reader } from "./reader.ts";

/** A block as far as pages need it. */
export interface Head {
  readonly number: number;
  /** Unix seconds: the chain's time, which is what deadlines are compared with. */
  readonly timestamp: bigint;
}

/** Milliseconds between two looks for a new block, on a development chain and on others. */
const LOOKS = { local: 1_000, live: 6_000 } as const;

/** The first part of the key of everything that is read from a chain. */
const CHAIN = "chain";

/** The newest block. */
export function useHead(): UseQueryResult<Head> {
  const { reader } = usePlace();
  const { chainId, isLocal } = reader.network;
  return useQuery({
    queryKey: ["head", chainId],
    queryFn: async () => {
      const block = await reader.provider.getBlock("latest");
      if (block === null) throw new Error("the node knows no block");
      return { number: block.number, timestamp: BigInt(block.timestamp) };
    },
    refetchInterval: isLocal ? LOOKS.local : LOOKS.live,
    structuralSharing: (old, now) => {
      const [before, after] = [old as Head | undefined, now as Head];
      return before?.number === after.number && before.timestamp === after.timestamp ? before : after;
    },
  });
}

/**
 * How something is read from the chain, again with every block.
 *
 * @param key Names it among everything that is read; whatever `read` depends on has to be part of it.
 * @param read Reads it.
 * @param isReady Whether what it depends on is there.
 */
export function readOptions<T>(
  reader: Reader,
  key: readonly unknown[],
  read: (reader: Reader) => Promise<T>,
  isReady = true,
) {
  return {
    queryKey: [CHAIN, reader.network.chainId, ...key.map(asKey)],
    queryFn: () => read(reader),
    enabled: isReady,
    structuralSharing: false as const,
  };
}

/** Something read from the chain, as `readOptions` describes it. */
export function useRead<T>(
  key: readonly unknown[],
  read: (reader: Reader) => Promise<T>,
  isReady = true,
): UseQueryResult<T> {
  const { reader } = usePlace();
  return useQuery(readOptions(reader, key, read, isReady));
}

/** Reads everything that is on the page again when there is a new block. To be used once. */
export function useFreshness(): void {
  const queries = useQueryClient();
  const head = useHead().data?.number;
  useEffect(() => {
    if (head !== undefined) void queries.invalidateQueries({ queryKey: [CHAIN] });
  }, [head, queries]);
}

/** Keys are compared as JSON, which knows no `bigint`. */
function asKey(part: unknown): unknown {
  return typeof part === "bigint" ? `${part}n` : part;
}
