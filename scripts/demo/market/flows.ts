import type { BeliefMarket } from "../../../typechain-types/index.ts";
import type { MarketAccounts } from "./accounts.ts";

/** What went in and out of a market since its creation, by its events. Amounts in asset units. */
export type Flows = Omit<MarketAccounts, "claim" | "snapshots">;

/** Adds up the events of a market. */
export async function readFlows(market: BeliefMarket): Promise<Flows> {
  const flows = { paidIn: 0n, fees: 0n, principalReturned: 0n, penalties: 0n, rewardsPaid: 0n };
  for (const { args } of await market.queryFilter(market.filters.Committed())) {
    flows.paidIn += args.principal + args.fee;
    flows.fees += args.fee;
  }
  for (const { args } of await market.queryFilter(market.filters.RewardsClaimed())) {
    flows.rewardsPaid += args.reward;
  }
  for (const { args } of await market.queryFilter(market.filters.ExitedEarly())) {
    flows.principalReturned += args.returned;
    flows.penalties += args.penalty;
  }
  for (const { args } of await market.queryFilter(market.filters.Withdrawn())) {
    flows.principalReturned += args.principal;
    flows.rewardsPaid += args.reward;
  }
  return flows;
}
