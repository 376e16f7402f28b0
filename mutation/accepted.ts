/** A change that no behaviour test notices, and that none needs to. */
export interface Accepted {
  /** The change's id: it holds as long as its function has the same code at that place. */
  readonly id: string;
  /** `Contract.function`. */
  readonly at: string;
  /** The original, and what stands there instead. */
  readonly change: string;
  /** Why nobody can notice it, or which other test does. */
  readonly reason: string;
}

/** Survivors that were looked at one by one. */
export const ACCEPTED: readonly Accepted[] = [
  {
    id: "9fa10e344a",
    at: "AccountSlotLib.jail",
    change: "until = Math.min(until, type(uint40).max); -> nothing",
    reason: "Takes 8,700 slashes at least; test_jail_endsAtTheLastInstantAtMost (Solidity) notices.",
  },
  {
    id: "b382dd4de5",
    at: "StakeQueue.close",
    change: "kept != cursor.eras.length -> true",
    reason: "Writes the count that is there. Saves gas.",
  },
  {
    id: "5e8a8a6ee2",
    at: "StakeQueue.runningStake",
    change: "i == eras -> true",
    reason: "Only a guess for the next search, which finds the same from any.",
  },
  {
    id: "bb69ade5f8",
    at: "StakeTally.firstFrom",
    change: "1 -> (1 + 1)",
    reason: "No caller guesses 0: the label is at least 1 once there is a stake.",
  },
  {
    id: "4d929db021",
    at: "StakeTally._isFrom",
    change:
      "madeAfter == 0 || self.stakes[stakeId].createdAt > madeAfter -> self.stakes[stakeId].createdAt > madeAfter",
    reason: "Every stake was made after the instant 0. Saves a read.",
  },
  {
    id: "ebacdcbe5d",
    at: "CouncilStaking.delegates",
    change: "owner == address(0) -> false",
    reason: "Nobody delegates for the zero address: what would be read is zero. Saves gas.",
  },
  {
    id: "4527a2dfd3",
    at: "RewardsDistributor._advanced",
    change: "until <= current.updatedAt && pot.carry < current.totalWeight -> false",
    reason: "Nothing has streamed and the carry is below the weight: what follows adds nothing. Saves gas.",
  },
  {
    id: "0e47a2f794",
    at: "BeliefMarket.claimRewards",
    change: "earned > 0 -> true",
    reason: "Taking nothing writes what was there. Saves gas.",
  },
  {
    id: "b1cd30a898",
    at: "MarketMath.advanceErrorUp",
    change: "RAY -> (RAY + 1)",
    reason: "Differs for principals of 10^27 units and up to 79 more, or multiples of that: 10^21 dollars.",
  },
  {
    id: "a8b4f06a6d",
    at: "MarketSlots.joinCheckpoint",
    change: "CHECKPOINT_HIGH_BIT -> (CHECKPOINT_HIGH_BIT + 1)",
    reason: "Takes earnings of 79 times the principal; testFuzz_checkpoint_comesBackFromTwoSlots (Solidity) notices.",
  },
  {
    id: "c596c60e0e",
    at: "PositionBook.remove",
    change: "delete self.wideCheckpoints[positionId]; -> nothing",
    reason: "What is left behind belongs to an id that no position has again. Gives gas back.",
  },
  {
    id: "7955a4d224",
    at: "RewardAccumulators.add",
    change: "reward <= type(uint104).max -> reward < type(uint104).max",
    reason: "Sums that would just fit are stored as wide ones, and read from there.",
  },
  {
    id: "3caa9ab4d5",
    at: "LockTiers.ofLock",
    change: "tier < COUNT -> tier <= COUNT",
    reason: "A sixth tier would read as 0 days, which the first tier always has.",
  },
  {
    id: "b3ca229ef7",
    at: "EpochBook.livelyNear",
    change: "2 -> (2 + 1)",
    reason: "Nobody has voices pending that far apart: commits are refused. Costs gas.",
  },
  {
    id: "d407396154",
    at: "EpochBook.pendingWeight",
    change: "progress.isDistributed() -> false",
    reason: "Once all parts are given none is pending, nor where nobody joined. Saves gas.",
  },
  {
    id: "2489dae3db",
    at: "TruthScore.scoreOf",
    change: "WAD -> (WAD + 1)",
    reason: "Moves a score by 5 of 10^18: tests compare it with doubles, within 1e-9.",
  },
  {
    id: "e0cf9d744b",
    at: "TruthScore._clamp",
    change: "HIGHEST -> (HIGHEST + 1)",
    reason: "Moves a score by less than 100 of 10^18, which tests compare within 1e-9.",
  },
];
