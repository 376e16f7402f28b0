import { BPS } from "../bounds.ts";
import { min } from "../math.ts";

/** What a proposal is for: values of the enum in `ICouncilGovernor.sol`. */
export const ProposalKind = {
  /** Proposed through `propose`, which does not ask. */
  Unspecified: 0n,
  ParameterChange: 1n,
  TreasurySpending: 2n,
  ProtocolUpgrade: 3n,
  FeatureActivation: 4n,
} as const;
export type ProposalKind = (typeof ProposalKind)[keyof typeof ProposalKind];

/** Where a proposal is: values of OpenZeppelin's `IGovernor.ProposalState`. */
export const ProposalState = {
  Pending: 0n,
  Active: 1n,
  Canceled: 2n,
  Defeated: 3n,
  Succeeded: 4n,
  Queued: 5n,
  Expired: 6n,
  Executed: 7n,
} as const;

/** How somebody votes: values of OpenZeppelin's `GovernorCountingSimple.VoteType`. */
export const VoteType = { Against: 0n, For: 1n, Abstain: 2n } as const;
export type VoteType = (typeof VoteType)[keyof typeof VoteType];

/** Votes of a proposal, in voting power. */
export interface VoteCount {
  readonly against: bigint;
  readonly for: bigint;
  readonly abstain: bigint;
}

/** Votes for and abstaining that a proposal needs, rounded down: `quorumPercent` (1 to 100) of all voting power. */
export function quorumDown(totalPower: bigint, quorumPercent: bigint): bigint {
  return (totalPower * quorumPercent) / 100n;
}

/** Whether enough votes were cast: those for and those abstaining. */
export function isQuorumReached(votes: VoteCount, quorum: bigint): boolean {
  return votes.for + votes.abstain >= quorum;
}

/** Whether enough of those for and against were for, and any at all: no rounding. */
export function isApproved(votes: VoteCount, approvalBps: bigint): boolean {
  return votes.for > 0n && votes.for * BPS >= (votes.for + votes.against) * approvalBps;
}

/** Whether a proposal passes once voting is over. */
export function isPassed(votes: VoteCount, quorum: bigint, approvalBps: bigint): boolean {
  return isQuorumReached(votes, quorum) && isApproved(votes, approvalBps);
}

/** What the votes of one account count: at most `maxVoteShareBps` of all voting power, rounded down. */
export function countedVotesDown(votes: bigint, totalPower: bigint, maxVoteShareBps: bigint): bigint {
  return min(votes, (totalPower * maxVoteShareBps) / BPS);
}
