import type { EventOf } from "../event-log.ts";

/**
 * The events of `ICouncilStaking`, `IRewardsDistributor` and `ICouncilToken`, and of the bases that keep votes and
 * pause; arguments in ABI order, amounts in token units, instants in unix seconds.
 */
export interface CouncilEventFacts {
  Staked: {
    owner: string;
    positionId: bigint;
    amount: bigint;
    lockDays: bigint;
    unlocksAt: bigint;
    power: bigint;
  };
  Unstaked: { owner: string; positionId: bigint; amount: bigint; penalty: bigint };
  LockExtended: { positionId: bigint; lockDays: bigint; unlocksAt: bigint };
  TierReached: { positionId: bigint; tierDays: bigint; power: bigint };
  DelegateChanged: { delegator: string; fromDelegate: string; toDelegate: string };
  DelegateVotesChanged: { delegate: string; previousVotes: bigint; newVotes: bigint };
  Paused: { account: string };
  Unpaused: { account: string };

  Funded: { funder: string; amount: bigint };
  PeriodStarted: { period: bigint; amount: bigint; endsAt: bigint };
  ParticipationRecorded: { account: string; recorder: string };
  WeightChanged: { account: string; weight: bigint; boosterBps: bigint };
  Claimed: { account: string; amount: bigint };
  Compounded: { account: string; amount: bigint; positionId: bigint };

  InflationMinted: { to: string; amount: bigint; year: bigint };
}

/** Name of an event that the model tells. */
export type CouncilEventName = keyof CouncilEventFacts;

/** An event as one of the contracts emits it. */
export type CouncilEvent = EventOf<CouncilEventFacts>;

/** Who emits an event. */
export type CouncilEmitter = "token" | "staking" | "distributor";

const REWARD_EVENTS: ReadonlySet<CouncilEventName> = new Set<CouncilEventName>([
  "Funded",
  "PeriodStarted",
  "ParticipationRecorded",
  "WeightChanged",
  "Claimed",
  "Compounded",
]);

/** The contract that emits events of that name. */
export function emitterOf(name: CouncilEventName): CouncilEmitter {
  if (name === "InflationMinted") return "token";
  return REWARD_EVENTS.has(name) ? "distributor" : "staking";
}
