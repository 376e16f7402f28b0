import type { EpochSchedule } from "../../../../../sdk/stake/schedule.ts";

/** What can be done in an epoch: commit, then open, and then settle for good. */
export type EpochPhase = "ahead" | "commits" | "opening" | "settling";

/** The phase of an epoch at an instant of unix seconds: each begins with the first second that is its own. */
export function phaseOf({ startsAt, endsAt, settleableAt }: EpochSchedule, now: bigint): EpochPhase {
  if (now < startsAt) return "ahead";
  if (now < endsAt) return "commits";
  return now < settleableAt ? "opening" : "settling";
}

/** A part of an epoch that takes time, as a bar shows it. */
export interface Stretch {
  readonly name: "commits" | "opening";
  /** First second of it, and first second after it. */
  readonly from: bigint;
  readonly to: bigint;
  /** Its part of the bar, and the part of itself that is over; in percent. */
  readonly share: number;
  readonly over: number;
}

/** The parts of an epoch that take time, in their order. */
export function stretchesOf({ startsAt, endsAt, settleableAt }: EpochSchedule, now: bigint): readonly Stretch[] {
  const whole = settleableAt - startsAt;
  const stretch = (name: Stretch["name"], from: bigint, to: bigint): Stretch => {
    const over = now <= from ? 0n : now >= to ? to - from : now - from;
    return { name, from, to, share: percentOf(to - from, whole), over: percentOf(over, to - from) };
  };
  return [stretch("commits", startsAt, endsAt), stretch("opening", endsAt, settleableAt)];
}

function percentOf(part: bigint, whole: bigint): number {
  return Number((part * 10_000n) / whole) / 100;
}
