import type { UseQueryResult } from "@tanstack/react-query";
import { isError } from "ethers";
import { useMemo } from "react";
import type { Query } from "../../../../sdk/query/query.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import type { Reader } from "../../chain/reader.ts";
import { queryContracts } from "../../contracts/query.ts";
import { type History, useEvents } from "../../events/useEvents.ts";
import { useWallet } from "../../wallet/WalletContext.tsx";
import { type QueryRecord, type QueryState, recordsOf } from "./records.ts";

/** All queries, the newest first, as far as the escrow's events are known. */
export function useQueryRecords(): { readonly records: readonly QueryRecord[]; readonly history: History } {
  const { reader } = usePlace();
  const { contracts, asset } = reader.network;
  const history = useEvents(queryContracts(reader).queryEscrow, contracts.QueryEscrow.block);
  const { events } = history;
  const records = useMemo(() => recordsOf(events, BigInt(asset.decimals)), [events, asset.decimals]);
  return { records, history };
}

/** A query as the escrow's views tell it, before its history is known; `null` where there is no such query. */
export function useQueryState(queryId: bigint): UseQueryResult<QueryState | null> {
  return useRead(["query", queryId], (reader) => readState(reader, queryId));
}

/** The rank of the connected account; `undefined` where none is connected, or it is not known yet. */
export function useRank(): bigint | undefined {
  const { reader } = usePlace();
  const { account } = useWallet();
  const { rankRegistry } = queryContracts(reader);
  return useRead(["rank", account], () => rankRegistry.rankOf(account ?? ""), account !== undefined).data;
}

async function readState(reader: Reader, queryId: bigint): Promise<QueryState | null> {
  const { queryEscrow } = queryContracts(reader);
  try {
    const [query, answers, judges] = await Promise.all([
      queryEscrow.query(queryId),
      queryEscrow.answers(queryId),
      queryEscrow.judges(queryId),
    ]);
    return { queryId, query: query as Query, answers: [...answers], judges: [...judges] };
  } catch (error) {
    if (isError(error, "CALL_EXCEPTION") && error.revert?.name === "QueryUnknown") return null;
    throw error;
  }
}
