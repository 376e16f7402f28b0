import { useMemo } from "react";
import { type MarketHistory, replayMarket } from "../../../../../sdk/market/history.ts";
import { type BeliefCurve, buildBeliefCurve } from "../../../../../sdk/market/projection.ts";
import type { BeliefMarket } from "../../../../../typechain-types/index.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { marketContracts } from "../../../contracts/market.ts";
import { type History, useEvents } from "../../../events/useEvents.ts";

/** The contract of a market, the same from one look to the next. */
export function useMarketContract(market: string): BeliefMarket {
  const { reader } = usePlace();
  return useMemo(() => marketContracts(reader).marketAt(market), [reader, market]);
}

/** The rules of a market. */
export function useRules(market: string) {
  const contract = useMarketContract(market);
  return useRead(["market rules", market], () => contract.params());
}

/** What has happened in a market, as far as it has been read. */
export interface MarketPast extends MarketHistory {
  readonly curve: BeliefCurve;
  readonly history: History;
}

/**
 * Reads what has happened in a market.
 *
 * @param since The block of its creation; `undefined` where that is not known yet.
 */
export function useMarketPast(market: string, since: number | undefined): MarketPast {
  const history = useEvents(useMarketContract(market), since);
  const { events } = history;
  const replayed = useMemo(() => {
    const { positions, changes } = replayMarket(events);
    return { positions, changes, curve: buildBeliefCurve(changes) };
  }, [events]);
  return { ...replayed, history };
}
