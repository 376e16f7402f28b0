import type { Side } from "./side.ts";

/** The whole market at one instant, as `IBeliefMarket.MarketState`. */
export interface MarketState {
  /** Sum of principal on Support, in asset units. */
  readonly supportPrincipal: bigint;
  /** Sum of principal on Oppose, in asset units. */
  readonly opposePrincipal: bigint;
  /** Weight of Support, in asset units x seconds. */
  readonly supportWeight: bigint;
  /** Weight of Oppose, in asset units x seconds. */
  readonly opposeWeight: bigint;
  /** Signal reward pool: every reward the market holds, shared or not, in asset units. */
  readonly srp: bigint;
  /** The part of `srp` that no position has earned yet, in asset units. */
  readonly undistributed: bigint;
  /** Positions ever opened. */
  readonly positionCount: bigint;
  /** Accumulator A, sum of `reward * (time - createdAt) / weight`, in ray. */
  readonly timeRewardPerWeight: bigint;
  /** Accumulator B, sum of `reward / weight`, in ray. */
  readonly rewardPerWeight: bigint;
}

/** An open position, as `IBeliefMarket.Position`. */
export interface Position {
  /** Who may withdraw, exit and claim. */
  readonly owner: string;
  /** The side it stands on. */
  readonly side: Side;
  /** What comes back whole after the lock, in asset units. */
  readonly principal: bigint;
  /** When it was made, in unix seconds. */
  readonly depositedAt: bigint;
  /** What it may still earn before its lifetime cap, in asset units. */
  readonly rewardAllowance: bigint;
}
