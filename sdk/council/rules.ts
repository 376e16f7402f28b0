import type { CouncilParams } from "./params.ts";
import type { LockTiers } from "./tiers.ts";

/** Bounds, penalty and tiers of staking, as `StakingParams` of `ICouncilStaking.sol`. */
export interface StakingParams extends Pick<CouncilParams, "minStake" | "maxStake" | "earlyExitPenaltyBps"> {
  readonly tiers: LockTiers;
}

/** Boosters and times of the rewards, as `RewardParams` of `IRewardsDistributor.sol`. */
export type RewardParams = Pick<
  CouncilParams,
  "period" | "activityWindow" | "participationBps" | "longTermBps" | "governanceBps" | "minClaim"
>;
