import { counted } from "./numbers.ts";

/** What times are told in: a month has no fixed length, and locks are days. */
const STEPS = [
  { unit: "year", seconds: 31_536_000 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

const SECONDS = STEPS[4];

const RELATIVE = new Intl.RelativeTimeFormat("en");

/** A span in its largest two units, the second only where it is not zero: "2 days 3 hours". */
export function spanText(seconds: bigint | number): string {
  let left = BigInt(typeof seconds === "number" ? Math.trunc(seconds) : seconds);
  const parts: string[] = [];
  for (const { unit, seconds: size } of STEPS) {
    const count = left / BigInt(size);
    if (count === 0n && parts.length === 0 && unit !== "second") continue;
    left %= BigInt(size);
    if (count > 0n || parts.length === 0) parts.push(counted(count, unit));
    if (parts.length === 2 || count === 0n) break;
  }
  return parts.join(" ");
}

/**
 * An instant as seen from another: "in 3 days", "2 hours ago".
 *
 * @param at Unix seconds.
 * @param now Unix seconds: the chain's time.
 */
export function relativeText(at: bigint, now: bigint): string {
  const difference = Number(at - now);
  if (difference === 0) return "now";
  const { unit, seconds } = STEPS.find((step) => Math.abs(difference) >= step.seconds) ?? SECONDS;
  return RELATIVE.format(Math.trunc(difference / seconds), unit);
}

/** An instant of unix seconds in the browser's own time zone, to the second. */
export function exactTimeText(at: bigint): string {
  return new Date(Number(at) * 1_000).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "long" });
}
