import type { Query } from "./query.ts";
import { Outcome, Phase } from "./state.ts";

/** What the phase of a query depends on, besides the clock: fields of `QueryEscrow.query`. */
export type Clock = Pick<
  Query,
  "answeringEndsAt" | "openingEndsAt" | "judgingEndsAt" | "revealingEndsAt" | "openedAnswers" | "judges" | "outcome"
>;

/**
 * Where a query is at `now`, in unix seconds. A window includes its first second and not that in which it ends. With
 * fewer than two opened answers nobody judges; with no judge nobody votes: it is settleable at once.
 */
export function phaseOf(query: Clock, now: bigint): Phase {
  if (query.outcome !== Outcome.Pending) return Phase.Settled;
  if (now < query.answeringEndsAt) return Phase.Answering;
  if (now < query.openingEndsAt) return Phase.Opening;
  if (query.openedAnswers < 2n) return Phase.Settleable;
  if (now < query.judgingEndsAt) return Phase.Judging;
  if (query.judges === 0n) return Phase.Settleable;
  return now < query.revealingEndsAt ? Phase.Revealing : Phase.Settleable;
}
