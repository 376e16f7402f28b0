/** A claim's epoch at one instant, as `ITruthSerum.EpochState`; all zero where nobody joined it. */
export interface EpochState {
  /** How many committed a belief. */
  readonly joined: bigint;
  /** How many of them were opened. */
  readonly opened: bigint;
  /** How many `settle` has gone through. */
  readonly scored: bigint;
  /** How many have their part. */
  readonly distributed: bigint;
  /** Sum of the weights of opened beliefs, in asset units. */
  readonly openedWeight: bigint;
  /** Weighted mean of opened beliefs, in wad, rounded down. */
  readonly consensus: bigint;
  /** Weighted mean of opened meta-predictions, in wad, rounded down. */
  readonly meanMeta: bigint;
  /** Share of opened weight whose belief is above 0.5, in wad, rounded down. */
  readonly supportShare: bigint;
  /** Whether that share, unrounded, exceeds the mean meta-prediction. */
  readonly isSurprisinglyPopular: boolean;
  /** Whether every participant is scored and the pot stands. */
  readonly isSettled: boolean;
  /** Whether nothing moves; false until settled. */
  readonly isVoid: boolean;
  /** What was taken so far, and once settled also what rounding left over before; in asset units. */
  readonly pot: bigint;
  /** Sum of the winners' `weight * score`, in asset units x wad. */
  readonly gains: bigint;
  /** What has been paid out of the pot so far, in asset units. */
  readonly paid: bigint;
}

/** One voice in an epoch, as `ITruthSerum.Participant`. */
export interface Participant {
  /** What it weighs and risks, in asset units. */
  readonly weight: bigint;
  /** Whether the belief was opened. */
  readonly isOpened: boolean;
  /** Whether `settle` has gone through it. */
  readonly isScored: boolean;
  /** Whether it has its part. */
  readonly isDistributed: boolean;
  /** The opened belief in wad; 0 until opened. */
  readonly belief: bigint;
  /** The opened meta-prediction in wad; 0 until opened. */
  readonly meta: bigint;
  /** In wad, -1e18 to 1e18; 0 until scored and in an epoch that could not be scored. */
  readonly score: bigint;
  /** What was taken from the stake, in asset units. */
  readonly taken: bigint;
  /** What its part is, or was, in asset units; 0 until settled. */
  readonly payout: bigint;
}
