import type { Judge, Query } from "./query.ts";
import type { Tally } from "./settlement.ts";

/**
 * What the settlement of a query depends on, from what `QueryEscrow.query` and `QueryEscrow.judges` tell: for a preview
 * of what it pays.
 */
export function tallyOf(query: Query, judges: readonly Judge[]): Tally {
  const { submitStake, answerStake, judgeStake, openedAnswers } = query;
  const voters = judges.filter(({ isOpened }) => isOpened);
  return {
    submitStake,
    answerStake,
    judgeStake,
    openedAnswers,
    absentAnswerers: query.answerers - openedAnswers,
    votes: voters.map(({ rank, ranking, goodAnswers }) => ({ rank, ranking: ranking.map(Number), goodAnswers })),
    absentJudges: BigInt(judges.length - voters.length),
  };
}
