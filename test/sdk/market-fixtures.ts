import type { MarketErrorName } from "../../sdk/market/errors.ts";
import { MarketModel } from "../../sdk/market/model.ts";
import type { MarketParams } from "../../sdk/market/params.ts";
import { expectRefusal } from "./refusals.ts";

/** When every market of these tests is created. */
export const CREATED_AT = 1_700_000_000n;
export const DAY = 86_400n;
/** A `maxFeeBps` that no fee exceeds. */
export const NO_LIMIT = 10_000n;
export const USD = 1_000_000n;

/** Rules in a 6-decimal currency: 0.5 % entry fee and 1 bps more for every 1,000 staked, 2 % premium. */
export const USUAL: MarketParams = {
  lockPeriod: 30n * DAY,
  minRewardDuration: DAY,
  lateEntryFeeBaseBps: 50n,
  lateEntryFeeMaxBps: 500n,
  lateEntryFeeScale: 1_000n * USD,
  authorPremiumBps: 200n,
  earlyExitPenaltyBps: 1_000n,
  maxSrpBps: 2_000n,
  maxUserRewardBps: 20_000n,
  minStake: USD,
  maxStake: 1_000_000n * USD,
};

/** Rules for examples counted in single units: a flat 1 % fee, no waiting, a pool as large as the principal. */
export const SMALL: MarketParams = {
  ...USUAL,
  minRewardDuration: 0n,
  lateEntryFeeBaseBps: 100n,
  lateEntryFeeMaxBps: 100n,
  lateEntryFeeScale: 0n,
  maxSrpBps: 10_000n,
  maxUserRewardBps: 10_000n,
  minStake: 1n,
};

/** The instant `elapsed` seconds after creation. */
export const at = (elapsed: bigint): bigint => CREATED_AT + elapsed;

/** A new market model. */
export function market(params: MarketParams): MarketModel {
  return new MarketModel(params, CREATED_AT, "author");
}

/** Expects `act` to throw the `ModelError` with this name and these arguments. */
export const expectRevert = expectRefusal<MarketErrorName>;
