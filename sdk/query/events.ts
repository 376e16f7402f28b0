import type { EventOf } from "../event-log.ts";
import type { Outcome } from "./state.ts";
import type { Timing } from "./timing.ts";

/**
 * The events of `IQueryEscrow` and `IRankRegistry`, and of the base that pauses the escrow; arguments in ABI order, stakes
 * and amounts in asset units.
 */
export interface QueryEventFacts {
  QueryAsked: {
    queryId: bigint;
    asker: string;
    contentHash: string;
    uri: string;
    minRank: bigint;
    minAnswers: bigint;
    maxAnswers: bigint;
    timing: Timing;
    submitStake: bigint;
  };
  AnswererJoined: { queryId: bigint; answerer: string; stake: bigint };
  AnswerSealed: { queryId: bigint; answerer: string; sealedAnswer: string };
  AnsweringEnded: { queryId: bigint; endedAt: bigint };
  AnswerOpened: { queryId: bigint; answerer: string; index: bigint; contentHash: string; uri: string };
  JudgeJoined: { queryId: bigint; judge: string; rank: bigint; stake: bigint };
  VoteSealed: { queryId: bigint; judge: string; sealedVote: string };
  VoteOpened: { queryId: bigint; judge: string; ranking: bigint; goodAnswers: bigint };
  QuerySettled: { queryId: bigint; outcome: Outcome; goodAnswers: bigint; goodJudges: bigint };
  Credited: { queryId: bigint; account: string; amount: bigint };
  Withdrawn: { account: string; amount: bigint };

  RankSet: { account: string; rank: bigint };

  Paused: { account: string };
  Unpaused: { account: string };
}

/** An event as the contract emits it. */
export type QueryEvent = EventOf<QueryEventFacts>;
