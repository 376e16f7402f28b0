import { DAY, HOUR, MINUTE } from "../../../../sdk/time.ts";

/** Units in which a window is typed. */
export const SPAN_UNITS = { minutes: MINUTE, hours: HOUR, days: DAY } as const;

/** A unit of time. */
export type SpanUnit = keyof typeof SPAN_UNITS;

/** A span as it is typed. */
export interface TypedSpan {
  readonly count: string;
  readonly unit: SpanUnit;
}

/** A span in the largest unit of which it is a whole number: 259,200 seconds are 3 days. */
export function typedSpan(seconds: bigint): TypedSpan {
  const units = (Object.keys(SPAN_UNITS) as SpanUnit[]).reverse();
  const unit = units.find((each) => seconds % SPAN_UNITS[each] === 0n) ?? "minutes";
  return { count: String(seconds / SPAN_UNITS[unit]), unit };
}

/** The seconds of a typed span; `undefined` where it is no whole number. */
export function secondsOf({ count, unit }: TypedSpan): bigint | undefined {
  return /^\d{1,9}$/.test(count.trim()) ? BigInt(count.trim()) * SPAN_UNITS[unit] : undefined;
}
