import type { EventOf } from "../event-log.ts";
import type { Side } from "../market/side.ts";
import type { ArgumentParams } from "./params.ts";
import type { UnhelpfulReason } from "./state.ts";

/** The events of `IArgumentStaking`, and of the base that pauses it; arguments in ABI order, amounts in token units. */
export interface ArgumentEventFacts {
  ArgumentCreated: {
    argumentId: bigint;
    claimId: string;
    creator: string;
    side: Side;
    stakeId: bigint;
    amount: bigint;
    interest: bigint;
    endsAt: bigint;
    summary: string;
    body: string;
  };
  ArgumentUpvoted: {
    argumentId: bigint;
    upvoter: string;
    stakeId: bigint;
    amount: bigint;
    interest: bigint;
    creatorShareBps: bigint;
    endsAt: bigint;
  };
  ArgumentDeleted: { argumentId: bigint; stakeId: bigint; amount: bigint; freedInterest: bigint };
  ArgumentMarked: { argumentId: bigint; curator: string; reason: UnhelpfulReason; marks: bigint };
  ArgumentFoundUnhelpful: {
    argumentId: bigint;
    stakeId: bigint;
    slashed: bigint;
    curatorReward: bigint;
    freedInterest: bigint;
  };
  Jailed: { user: string; slashCount: bigint; until: bigint };
  Unjailed: { user: string };
  StakeExpired: {
    stakeId: bigint;
    argumentId: bigint;
    staker: string;
    amount: bigint;
    interest: bigint;
    creatorInterest: bigint;
  };
  RewardsFunded: { funder: string; amount: bigint };
  Withdrawn: { user: string; amount: bigint };
  ParamsSet: { params: ArgumentParams };

  Paused: { account: string };
  Unpaused: { account: string };
}

/** An event as the contract emits it. */
export type ArgumentEvent = EventOf<ArgumentEventFacts>;
