import type { Side } from "../market/side.ts";

/** What a stake is for, with the numbers the contract gives it. An argument's own stake backs or challenges its claim. */
export const StakeKind = { Backing: 0, Challenge: 1, Upvote: 2 } as const;

/** `StakeKind.Backing`, `StakeKind.Challenge` or `StakeKind.Upvote`. */
export type StakeKind = (typeof StakeKind)[keyof typeof StakeKind];

/** What became of an argument, with the numbers the contract gives it. */
export const ArgumentStatus = { Live: 0, Deleted: 1, Unhelpful: 2 } as const;

/** `ArgumentStatus.Live`, `ArgumentStatus.Deleted` or `ArgumentStatus.Unhelpful`. */
export type ArgumentStatus = (typeof ArgumentStatus)[keyof typeof ArgumentStatus];

/** Why somebody finds an argument unhelpful, with the numbers the contract gives it. */
export const UnhelpfulReason = {
  Irrelevant: 0,
  Unsupported: 1,
  Misleading: 2,
  Plagiarised: 3,
  Abusive: 4,
  Spam: 5,
  Other: 6,
} as const;

/** One of the reasons in `UnhelpfulReason`. */
export type UnhelpfulReason = (typeof UnhelpfulReason)[keyof typeof UnhelpfulReason];

/** An argument, as `Argument` of `IArgumentStaking.sol`. */
export interface Argument {
  /** Who wrote it. */
  readonly creator: string;
  /** What it argues about. */
  readonly claimId: string;
  /** Whether it backs or challenges the claim. */
  readonly side: Side;
  /** What became of it. */
  readonly status: ArgumentStatus;
  /** When it was written, in unix seconds. */
  readonly createdAt: bigint;
  /** The stake of its creator. */
  readonly creationStakeId: bigint;
  /** `keccak256(abi.encode(summary, body))`. */
  readonly contentHash: string;
  /** Upvotes it ever had. */
  readonly upvotes: bigint;
  /** What those staked on it, in token units, whether or not it still runs. */
  readonly upvotedStake: bigint;
  /** `upvotedStake` and the stake of its creator. */
  readonly totalStake: bigint;
  /** How many found it unhelpful. */
  readonly unhelpfulMarks: bigint;
}

/** A stake, as `Stake` of `IArgumentStaking.sol`. */
export interface Stake {
  /** Whose it is. */
  readonly staker: string;
  /** The argument it is on. */
  readonly argumentId: bigint;
  /** What it is for. */
  readonly kind: StakeKind;
  /** Whether it has ended and is paid: expired and processed, deleted, or slashed. */
  readonly hasEnded: boolean;
  /** What it is, in token units. */
  readonly amount: bigint;
  /** The interest that was set aside for it, in token units. */
  readonly interest: bigint;
  /**
   * Of the interest of an upvote, the part of the argument's creator; of the stake of an argument, should it be slashed,
   * the part of those who marked it.
   */
  readonly shareBps: bigint;
  /** When it was made, in unix seconds. */
  readonly createdAt: bigint;
  /** From when on it can be processed, in unix seconds, unless it ended before. */
  readonly endsAt: bigint;
}

/** What is known of a user, as `account` of `IArgumentStaking.sol`. */
export interface Account {
  /** What they can withdraw, in token units. */
  readonly credited: bigint;
  /** How often they were slashed since they were last unjailed. */
  readonly slashCount: bigint;
  /** When they may write again, in unix seconds; 0 where they never were jailed, or unjailed. */
  readonly jailedUntil: bigint;
  /** Upvotes of their arguments since they were last jailed. */
  readonly upvotesSinceJailed: bigint;
}
