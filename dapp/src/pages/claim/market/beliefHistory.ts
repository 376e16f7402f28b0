import {
  type BeliefCurve,
  type BeliefPoint,
  beliefAt,
  projectBelief,
  sampleBelief,
} from "../../../../../sdk/market/projection.ts";
import type { MarketState } from "../../../../../sdk/market/state.ts";
import { DAY, HOUR } from "../../../../../sdk/time.ts";
import { wadPercent } from "../../../format/numbers.ts";
import { exactTimeText, spanText } from "../../../format/times.ts";
import type { Span } from "../../../ui/charts/moments.ts";

/** Parts of the past that can be looked at: their names, and how long they are; `undefined` for all of it. */
export const PERIODS = {
  all: { name: "Since the creation", seconds: undefined },
  month: { name: "Last 30 days", seconds: 30n * DAY },
  week: { name: "Last 7 days", seconds: 7n * DAY },
  day: { name: "Last 24 hours", seconds: DAY },
} as const;

/** A part of the past. */
export type Period = keyof typeof PERIODS;

/** The state that a projection needs. */
export type Weights = Pick<MarketState, "supportPrincipal" | "opposePrincipal" | "supportWeight" | "opposeWeight">;

/** What is known of a market's belief. */
export interface BeliefKnowledge {
  readonly createdAt: bigint;
  /** The instant of `state`. */
  readonly now: bigint;
  readonly state: Weights;
  readonly curve: BeliefCurve;
  /** Until when the curve holds: now, where the whole history is known; `undefined` where nothing of it is. */
  readonly knownUntil: bigint | undefined;
}

const POINTS = { past: 200, expected: 60, table: 12 } as const;

/** The parts of the past that a market of an age has: the whole, and what is shorter than it. */
export function periodsOf(age: bigint): Period[] {
  const names = Object.keys(PERIODS) as Period[];
  return names.filter((name) => (PERIODS[name].seconds ?? 0n) < age || name === "all");
}

/** From where to where a chart goes: the period until now, and a third of it ahead; an hour of each at least. */
export function spanOf({ createdAt, now }: Pick<BeliefKnowledge, "createdAt" | "now">, period: Period) {
  const { seconds } = PERIODS[period];
  const start = seconds === undefined || now - seconds < createdAt ? createdAt : now - seconds;
  const from = now - start < HOUR ? now - HOUR : start;
  const ahead = (now - from) / 3n;
  return { from, to: now + (ahead < HOUR ? HOUR : ahead) };
}

/** The curve as far as it is known, from `from` on, with every instant at which it breaks. */
export function pastPoints({ createdAt, curve, knownUntil }: BeliefKnowledge, from: bigint): BeliefPoint[] {
  const start = from < createdAt ? createdAt : from;
  if (knownUntil === undefined || knownUntil <= start) return [];
  return sampleBelief(curve, start, knownUntil, POINTS.past);
}

/** Belief from now until `to` if nobody moves. */
export function expectedPoints({ state, now }: BeliefKnowledge, to: bigint, count: number = POINTS.expected) {
  return Array.from({ length: count }, (_, index): BeliefPoint => {
    const time = now + ((to - now) * BigInt(index)) / BigInt(count - 1);
    return { time, wad: projectBelief(state, now, time) };
  });
}

/** Belief at an instant: as it was, is, or will be if nobody moves; `undefined` where it is not known. */
export function beliefOn({ createdAt, now, state, curve, knownUntil }: BeliefKnowledge, time: bigint) {
  if (time >= now) return projectBelief(state, now, time);
  if (time < createdAt || knownUntil === undefined || time > knownUntil) return undefined;
  return beliefAt(curve, time);
}

/** A moment of the chart in words. */
export function momentWords(known: BeliefKnowledge, time: bigint): string {
  const wad = beliefOn(known, time);
  const at = exactTimeText(time);
  if (time === known.now) return `Now: ${wadPercent(wad ?? 0n)}`;
  if (time < known.createdAt) return `${at}: before the market was created`;
  if (wad === undefined) return `${at}: not read yet`;
  const when = time > known.now ? `in ${spanText(time - known.now)}, if nobody moves` : at;
  return `${when.charAt(0).toUpperCase()}${when.slice(1)}: ${wadPercent(wad)}`;
}

/** What the chart shows, in words. */
export function chartWords(known: BeliefKnowledge, { from, to }: { from: bigint; to: bigint }): string {
  const now = wadPercent(projectBelief(known.state, known.now, known.now));
  const then = wadPercent(projectBelief(known.state, known.now, to));
  const ahead = `If nobody moves, it will be ${then} in ${spanText(to - known.now)}.`;
  const wads = pastPoints(known, from).map(({ wad }) => wad);
  const [first] = wads;
  if (first === undefined || known.knownUntil !== known.now) return `Belief is ${now} now. ${ahead}`;
  const [least, most] = wads.reduce(([low, high], wad) => [wad < low ? wad : low, wad > high ? wad : high], [
    first,
    first,
  ] as const);
  const start = from < known.createdAt ? known.createdAt : from;
  const began = `Belief was ${wadPercent(first)} ${spanText(known.now - start)} ago`;
  const between = least === most ? "" : `, has been between ${wadPercent(least)} and ${wadPercent(most)} since`;
  return `${began}${between}, and is ${now} now. ${ahead}`;
}

/** The chart as rows of a table: evenly spaced moments of the past, now, and of what is expected. */
export function tableOf(known: BeliefKnowledge, { from, to }: { from: bigint; to: bigint }): BeliefPoint[] {
  const { createdAt, now } = known;
  const start = from < createdAt ? createdAt : from;
  const times = Array.from(
    { length: POINTS.table },
    (_, index) => start + ((now - start) * BigInt(index)) / BigInt(POINTS.table),
  );
  const past = [...new Set(times)].filter((time) => time < now);
  const points = past.flatMap((time): BeliefPoint[] => {
    const wad = beliefOn(known, time);
    return wad === undefined ? [] : [{ time, wad }];
  });
  return [...points, ...expectedPoints(known, to, POINTS.table / 3 + 1)];
}

/** A span of the chain as charts take it. */
export function chartSpan({ from, to }: { from: bigint; to: bigint }): Span {
  return { from: Number(from), to: Number(to) };
}

/** A point as charts take it. */
export function chartPoint({ time, wad }: BeliefPoint) {
  return { time: Number(time), share: Number(wad) / 1e18 };
}
