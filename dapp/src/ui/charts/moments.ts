const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Keys that move a read-out from one end of a chart to the other. */
const STEPS = 120;

/** The part of a chart's time that is looked at, in unix seconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Seconds by which a key moves the read-out: a round number that divides a chart into about as many steps. */
export function stepOf({ from, to }: Span): number {
  const wanted = Math.max(1, (to - from) / STEPS);
  const round = [1, 10, 60, 300, 900, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY];
  return round.findLast((size) => size <= wanted) ?? 1;
}

/** The instant at a place of a chart, to the second and within its span. */
export function momentAt(share: number, { from, to }: Span): number {
  return Math.round(from + Math.min(1, Math.max(0, share)) * (to - from));
}

/** How instants of a span are written below an axis: by the day, or by the minute where it is short. */
export function tickText({ from, to }: Span): (at: Date) => string {
  const span = to - from;
  const format =
    span > 700 * DAY
      ? ({ month: "short", year: "numeric" } as const)
      : span > 3 * DAY
        ? ({ day: "numeric", month: "short" } as const)
        : span > DAY
          ? ({ weekday: "short", hour: "2-digit", minute: "2-digit" } as const)
          : ({ hour: "2-digit", minute: "2-digit" } as const);
  const formatter = new Intl.DateTimeFormat("en-GB", format);
  return (at) => formatter.format(at);
}
