import { phaseOf } from "../../../../sdk/query/clock.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { answererProblem, dutyOf, isUrgent, judgeProblem, roleOf } from "./parts.ts";
import type { QueryState } from "./records.ts";

/** What a list of queries can be narrowed to, and how pages call it. */
export const FILTERS = {
  all: "All",
  answer: "I can answer",
  judge: "I can judge",
  settled: "Settled",
  mine: "Mine",
} as const;

/** What a list of queries is narrowed to. */
export type Filter = keyof typeof FILTERS;

/** Who looks at a list, and when. */
export interface Viewer {
  readonly account: string | undefined;
  /** `undefined` where it is not known. */
  readonly rank: bigint | undefined;
  /** The chain's time, in unix seconds. */
  readonly now: bigint;
}

/** Whether a query belongs into a list. */
export function isListed(state: QueryState, filter: Filter, { account, rank, now }: Viewer): boolean {
  switch (filter) {
    case "all":
      return true;
    case "answer":
      return answererProblem(state, account, rank, now) === undefined;
    case "judge":
      return judgeProblem(state, account, now) === undefined;
    case "settled":
      return phaseOf(state.query, now) === Phase.Settled;
    case "mine":
      return roleOf(state, account) !== undefined;
  }
}

/** The queries in which an account loses a stake if it does not act, the soonest first. */
export function urgentOf<T extends QueryState>(states: readonly T[], account: string | undefined, now: bigint): T[] {
  const due = states.flatMap((state) => {
    const duty = dutyOf(state, account, now);
    return isUrgent(duty) ? [{ state, until: duty.until }] : [];
  });
  return due.sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0)).map(({ state }) => state);
}
