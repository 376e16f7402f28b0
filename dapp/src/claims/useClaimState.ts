import { queryOptions, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { usePlace } from "../chain/NetworkContext.tsx";
import { readOptions } from "../chain/read.ts";
import type { Reader } from "../chain/reader.ts";
import { marketContracts } from "../contracts/market.ts";

/** A market as it is now: its state, and the belief it signals, in wad. */
async function readClaimState(reader: Reader, market: string) {
  const { belief, state } = marketContracts(reader).marketAt(market);
  const [wad, all] = await Promise.all([belief(), state()]);
  const { supportPrincipal, opposePrincipal, supportWeight, opposeWeight, srp, undistributed, positionCount } = all;
  return {
    belief: wad,
    ...{ supportPrincipal, opposePrincipal, supportWeight, opposeWeight, srp, undistributed, positionCount },
  };
}

/** A market as it is now. */
export type ClaimState = Awaited<ReturnType<typeof readClaimState>>;

/** Reads a market's state, again with every block. */
export function claimStateQuery(reader: Reader, market: string) {
  return queryOptions(readOptions(reader, ["claim state", market], (from) => readClaimState(from, market)));
}

/** A market as it is now. */
export function useClaimState(market: string): UseQueryResult<ClaimState> {
  const { reader } = usePlace();
  return useQuery(claimStateQuery(reader, market));
}
