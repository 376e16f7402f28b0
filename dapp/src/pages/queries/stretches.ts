import { phaseOf } from "../../../../sdk/query/clock.ts";
import type { Query } from "../../../../sdk/query/query.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { WINDOWS } from "../../../../sdk/query/timing.ts";

/** Phases as pages call them. */
export const PHASE_NAMES: Readonly<Record<string, string>> = {
  [String(Phase.Answering)]: "Answering",
  [String(Phase.Opening)]: "Opening",
  [String(Phase.Judging)]: "Judging",
  [String(Phase.Revealing)]: "Revealing",
  [String(Phase.Settleable)]: "To be settled",
  [String(Phase.Settled)]: "Settled",
};

/** A window of a query. */
export interface Stretch {
  readonly window: (typeof WINDOWS)[number];
  /** Unix seconds; `undefined` where it is not known when the first begins. */
  readonly from: bigint | undefined;
  readonly until: bigint;
  /** `skipped` where the query went on without it. */
  readonly state: "past" | "now" | "ahead" | "skipped";
}

/** The instant at which a phase ends; `undefined` where the clock does not end it. */
export function endOf(query: Query, phase: Phase): bigint | undefined {
  return endsOf(query)[Number(phase)];
}

/**
 * The windows of a query at an instant.
 *
 * @param askedAt When the first began, where it is known.
 */
export function stretchesOf(query: Query, askedAt: bigint | undefined, now: bigint): Stretch[] {
  const ends = endsOf(query);
  const phase = phaseOf(query, now);
  return WINDOWS.map((window, index) => ({
    window,
    from: index === 0 ? askedAt : ends[index - 1],
    until: ends[index] ?? 0n,
    state: stateOf(query, BigInt(index), phase),
  }));
}

function stateOf(query: Query, own: bigint, phase: Phase): Stretch["state"] {
  if (own === phase) return "now";
  if (own > phase) return "ahead";
  if (own >= Phase.Judging && query.openedAnswers < 2n) return "skipped";
  return own === Phase.Revealing && query.judges === 0n ? "skipped" : "past";
}

function endsOf(query: Query): readonly bigint[] {
  const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = query;
  return [answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt];
}
