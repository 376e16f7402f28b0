import { exactAmountText, type Unit } from "../format/amounts.ts";
import { shortened } from "../format/numbers.ts";

/** The last instant that a `Date` can name, in unix seconds. */
const LAST_INSTANT = 8_640_000_000_000n;

const MOMENT = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "numeric", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit" },
});

/** An instant of unix seconds in the browser's time zone, up to the next whole minute: "3 Dec 2026 12:00". */
export function moment(at: bigint): string {
  if (at > LAST_INSTANT) return "the end of time";
  return MOMENT.format(Math.ceil(Number(at) / 60) * 60_000).replace(",", "");
}

/** The bounds of an amount, with all their decimals: "5 to 100,000 USDC". */
export function bounds(min: bigint, max: bigint, unit: Unit): string {
  const low = exactAmountText(min, unit).slice(0, -unit.symbol.length - 1);
  return `${low} to ${exactAmountText(max, unit)}`;
}

/** A hash or an address, of which the ends are said. */
export function named(hex: string): string {
  return hex.length > 12 ? shortened(hex) : hex;
}

/** A name in code as words: "minSummaryLength" is "min summary length", "ERC20Invalid" is "erc20 invalid". */
export function split(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
}

/** A sentence of its own: "too few agents" becomes "Too few agents". */
export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
