import { BPS } from "../bounds.ts";
import { min } from "../math.ts";
import { MAX_REWARD_ALLOWANCE, type MarketParams } from "./params.ts";
import type { MarketState } from "./state.ts";

/** The part of a market's state that fees and penalties depend on. */
export type PoolState = Pick<MarketState, "supportPrincipal" | "opposePrincipal" | "srp">;

/** What a commitment would cost and open, in asset units unless the name says otherwise. */
export interface CommitQuote {
  /** Rate charged, before the reward pool's cap. */
  readonly feeBps: bigint;
  /** What goes to the reward pool. */
  readonly fee: bigint;
  /** What the position holds: `amount - fee`. */
  readonly principal: bigint;
  /** The most the position can ever earn. */
  readonly rewardAllowance: bigint;
}

/** What an early exit would cost and return, in asset units. */
export interface EarlyExitQuote {
  readonly penalty: bigint;
  readonly returned: bigint;
}

/** Sum of principal on both sides, in asset units. */
export function totalPrincipal(state: PoolState): bigint {
  return state.supportPrincipal + state.opposePrincipal;
}

/**
 * Entry fee of a commitment made now, in bps: `min(base + floor(totalPrincipal / scale), max)`, the growth rounded down
 * in favour of who enters; zero while nobody is staked.
 */
export function quoteEntryFeeBps(params: MarketParams, state: PoolState): bigint {
  const total = totalPrincipal(state);
  if (total === 0n) return 0n;
  const growth = params.lateEntryFeeScale === 0n ? 0n : total / params.lateEntryFeeScale;
  return min(params.lateEntryFeeBaseBps + growth, params.lateEntryFeeMaxBps);
}

/**
 * A commitment of `amount` asset units. The fee is `floor(amount * feeBps / 10,000)`, or the largest smaller amount
 * that keeps the reward pool within its cap. The stake bounds of the market are not checked.
 */
export function quoteCommit(input: { params: MarketParams; state: PoolState; amount: bigint }): CommitQuote {
  return quoteAtRate(input, quoteEntryFeeBps(input.params, input.state));
}

/** The author's commitment of `amount` asset units: `quoteCommit` with the author's premium in place of the entry fee. */
export function quoteAuthorCommit(input: { params: MarketParams; state: PoolState; amount: bigint }): CommitQuote {
  return quoteAtRate(input, input.params.authorPremiumBps);
}

/**
 * An early exit of a position of `principal` asset units out of `state`, which still counts it. The penalty is
 * `floor(principal * earlyExitPenaltyBps / 10,000)`, or the largest smaller amount that keeps the reward pool within
 * its cap, and zero where nobody else is staked. The lock and `EarlyExitDisabled` are not checked.
 */
export function quoteEarlyExit(input: { params: MarketParams; state: PoolState; principal: bigint }): EarlyExitQuote {
  const { params, state, principal } = input;
  const remaining = totalPrincipal(state) - principal;
  const nominal = (principal * params.earlyExitPenaltyBps) / BPS; // rounded down, in favour of who leaves
  const room = (params.maxSrpBps * remaining) / BPS - state.srp; // rounded down, or the pool would pass its cap
  const penalty = remaining === 0n || room < 0n ? 0n : min(nominal, room);
  return { penalty, returned: principal - penalty };
}

function quoteAtRate(
  { params, state, amount }: { params: MarketParams; state: PoolState; amount: bigint },
  feeBps: bigint,
): CommitQuote {
  const nominal = (amount * feeBps) / BPS; // rounded down, in favour of who enters
  const fee = min(nominal, largestFeeWithinCap(params, state, amount));
  const principal = amount - fee;
  const basis = fee > 0n ? fee : principal;
  // rounded down, in favour of the pool
  const rewardAllowance = min((params.maxUserRewardBps * basis) / BPS, MAX_REWARD_ALLOWANCE);
  return { feeBps, fee, principal, rewardAllowance };
}

/** Largest f >= 0 with `(srp + f) * BPS <= maxSrpBps * (totalPrincipal + amount - f)`; 0 where there is none. */
function largestFeeWithinCap(params: MarketParams, state: PoolState, amount: bigint): bigint {
  const room = params.maxSrpBps * (totalPrincipal(state) + amount) - BPS * state.srp;
  return room <= 0n ? 0n : room / (BPS + params.maxSrpBps); // rounded down, or the pool would pass its cap
}
