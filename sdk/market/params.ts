import { BPS, firstOutOfBounds, type ParamBound } from "../bounds.ts";
import { HOUR, YEAR } from "../time.ts";
import { revertWith } from "./errors.ts";

/** One unit in ray, the precision of rewards per weight. */
export const RAY = 10n ** 27n;

/** One whole in wad, the precision of belief. */
export const WAD = 10n ** 18n;

const MAX_UINT32 = 2n ** 32n - 1n;
const MAX_UINT96 = 2n ** 96n - 1n;

/** Most principal one market can hold, in asset units. */
export const MAX_TOTAL_PRINCIPAL = 2n ** 104n - 1n;

/** Most rewards one position can ever be allowed, in asset units. */
export const MAX_REWARD_ALLOWANCE = MAX_UINT96;

/** The rules of one market, as `MarketParams` of `IBeliefMarket.sol`: spans in seconds, stakes in asset units. */
export interface MarketParams {
  /** Seconds for which a position's principal is locked. */
  readonly lockPeriod: bigint;
  /** Seconds after its deposit before a position can claim rewards. */
  readonly minRewardDuration: bigint;
  /** Entry fee of the second staker on, before growth. */
  readonly lateEntryFeeBaseBps: bigint;
  /** Ceiling of the entry fee. */
  readonly lateEntryFeeMaxBps: bigint;
  /** Total principal that adds 1 bps to the entry fee; 0 means no growth. */
  readonly lateEntryFeeScale: bigint;
  /** Share of the author's first commitment that goes to the reward pool. */
  readonly authorPremiumBps: bigint;
  /** Share of principal that an early exit costs; 0 means no early exit. */
  readonly earlyExitPenaltyBps: bigint;
  /** Ceiling of the signal reward pool as a share of total principal. */
  readonly maxSrpBps: bigint;
  /** Ceiling of a position's lifetime reward as a multiple of the fee it paid, or of its principal if it paid none. */
  readonly maxUserRewardBps: bigint;
  /** Smallest amount of one commitment. */
  readonly minStake: bigint;
  /** Largest amount of one commitment. */
  readonly maxStake: bigint;
}

/** The bounds of every rule, in the order in which they are checked. */
export const PARAM_BOUNDS: readonly ParamBound<MarketParams>[] = [
  { name: "lockPeriod", min: () => HOUR, max: () => 4n * YEAR },
  { name: "minRewardDuration", min: () => 0n, max: (params) => params.lockPeriod },
  { name: "lateEntryFeeBaseBps", min: () => 0n, max: (params) => params.lateEntryFeeMaxBps },
  { name: "lateEntryFeeMaxBps", min: () => 0n, max: () => 1_000n },
  { name: "lateEntryFeeScale", min: () => 0n, max: () => MAX_UINT96 },
  { name: "authorPremiumBps", min: () => 0n, max: () => 2_000n },
  { name: "earlyExitPenaltyBps", min: () => 0n, max: () => 5_000n },
  { name: "maxSrpBps", min: () => 1n, max: () => BPS },
  { name: "maxUserRewardBps", min: () => 1n, max: () => MAX_UINT32 },
  { name: "minStake", min: () => 1n, max: (params) => params.maxStake },
  { name: "maxStake", min: () => 1n, max: () => MAX_UINT96 },
];

/** Throws `ParameterOutOfBounds(name, value, min, max)` for the first rule outside its bounds. */
export function validateParams(params: MarketParams): void {
  const facts = firstOutOfBounds(PARAM_BOUNDS, params);
  if (facts !== undefined) revertWith("ParameterOutOfBounds", facts);
}
