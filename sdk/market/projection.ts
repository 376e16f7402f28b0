import { CredenceError } from "../errors.ts";
import { WAD } from "./params.ts";
import { Side } from "./side.ts";
import type { MarketState } from "./state.ts";

// Between two changes of principal each side's weight is a straight line, W(t) = t * P - S, with P the sum of principal
// and S the sum of principal x deposit time. Belief W_support / (W_support + W_oppose) is then a quotient of two lines:
// exact at every second, and monotone within a segment, so a chart loses no extreme by sampling the ends of segments.

/** Principal that came to a side (`principalDelta > 0`) or left it (`< 0`), as the market's events tell it. */
export interface PrincipalChange {
  /** When it happened, in unix seconds. */
  readonly time: bigint;
  readonly side: Side;
  /** In asset units. */
  readonly principalDelta: bigint;
  /** When that principal was deposited, in unix seconds: `time` for a commitment, earlier for a close. */
  readonly depositedAt: bigint;
}

/** The weight of one side as a line in time: `W(t) = t * principal - principalTime`. */
export interface WeightLine {
  /** P, in asset units. */
  readonly principal: bigint;
  /** S, sum of principal x deposit time, in asset units x unix seconds. */
  readonly principalTime: bigint;
}

/** The market from `from` until `to` (excluded; `null` for ever), while nobody moves. */
export interface BeliefSegment {
  readonly from: bigint;
  readonly to: bigint | null;
  readonly support: WeightLine;
  readonly oppose: WeightLine;
}

/** Segments in order of time, each beginning where the one before ends; empty for a market without history. */
export type BeliefCurve = readonly BeliefSegment[];

/** One point of a chart. */
export interface BeliefPoint {
  /** Unix seconds. */
  readonly time: bigint;
  /** Belief in wad, rounded down. */
  readonly wad: bigint;
}

/** Share of the weight that stands on Support, in wad, rounded down; 0.5e18 while both weights are zero. */
export function beliefOfWeights(supportWeight: bigint, opposeWeight: bigint): bigint {
  const total = supportWeight + opposeWeight;
  return total === 0n ? WAD / 2n : (supportWeight * WAD) / total;
}

/**
 * The belief curve of a history of changes, oldest first. Changes of the same second make one segment.
 * Throws `CredenceError` where a change is older than the one before it.
 */
export function buildBeliefCurve(changes: readonly PrincipalChange[]): BeliefCurve {
  const segments: BeliefSegment[] = [];
  for (const change of changes) {
    const last = segments.at(-1);
    if (last !== undefined && change.time < last.from) {
      throw new CredenceError("changes must be ordered by time", { time: change.time, previous: last.from });
    }
    if (last !== undefined) segments.pop();
    if (last !== undefined && change.time > last.from) segments.push({ ...last, to: change.time });
    const isSupport = change.side === Side.Support;
    segments.push({
      from: change.time,
      to: null,
      support: isSupport ? moved(last?.support, change) : (last?.support ?? NO_WEIGHT),
      oppose: isSupport ? (last?.oppose ?? NO_WEIGHT) : moved(last?.oppose, change),
    });
  }
  return segments;
}

/** Belief at `time` in wad, rounded down; 0.5e18 before the first segment. At a change, the value just after it. */
export function beliefAt(curve: BeliefCurve, time: bigint): bigint {
  const segment = curve.findLast((candidate) => candidate.from <= time);
  return segment === undefined ? WAD / 2n : beliefInSegment(segment, time);
}

/**
 * Belief at the future instant `at` if nobody moves after `asOf`, the instant of `state`; in wad, rounded down.
 * Each side's weight grows by its principal every second. Throws `CredenceError` where `at` lies before `asOf`.
 */
export function projectBelief(
  state: Pick<MarketState, "supportPrincipal" | "opposePrincipal" | "supportWeight" | "opposeWeight">,
  asOf: bigint,
  at: bigint,
): bigint {
  if (at < asOf) throw new CredenceError("a projection looks forward; use the curve for the past", { asOf, at });
  const span = at - asOf;
  return beliefOfWeights(
    state.supportWeight + state.supportPrincipal * span,
    state.opposeWeight + state.opposePrincipal * span,
  );
}

/**
 * Points of the curve for a chart from `from` to `to` (both included): `count` evenly spaced instants, and every
 * instant at which the curve breaks. Where belief jumps, two points share the instant: the value before, then after.
 * Throws `CredenceError` where `to <= from` or `count < 2`.
 */
export function sampleBelief(curve: BeliefCurve, from: bigint, to: bigint, count: number): BeliefPoint[] {
  if (to <= from || count < 2) {
    throw new CredenceError("a chart needs a span and at least two points", { from, to, count });
  }
  const times = new Set<bigint>();
  for (let k = 0n; k < BigInt(count); k++) times.add(from + ((to - from) * k) / BigInt(count - 1));
  const valueBefore = new Map<bigint, bigint>();
  curve.forEach((segment, index) => {
    const previous = curve[index - 1];
    times.add(segment.from);
    if (previous !== undefined) valueBefore.set(segment.from, beliefInSegment(previous, segment.from));
    // a side's first weight appears one second after its first principal
    if (weightAt(segment.support, segment.from) + weightAt(segment.oppose, segment.from) === 0n) {
      times.add(segment.from + 1n);
    }
  });

  const ordered = [...times].filter((time) => time >= from && time <= to).sort((a, b) => (a < b ? -1 : 1));
  return ordered.flatMap((time) => {
    const wad = beliefAt(curve, time);
    const before = valueBefore.get(time);
    return before === undefined || before === wad || time === from
      ? [{ time, wad }]
      : [
          { time, wad: before },
          { time, wad },
        ];
  });
}

const NO_WEIGHT: WeightLine = { principal: 0n, principalTime: 0n };

function moved(line: WeightLine = NO_WEIGHT, change: PrincipalChange): WeightLine {
  return {
    principal: line.principal + change.principalDelta,
    principalTime: line.principalTime + change.principalDelta * change.depositedAt,
  };
}

function weightAt(line: WeightLine, time: bigint): bigint {
  return time * line.principal - line.principalTime;
}

function beliefInSegment(segment: BeliefSegment, time: bigint): bigint {
  return beliefOfWeights(weightAt(segment.support, time), weightAt(segment.oppose, time));
}
