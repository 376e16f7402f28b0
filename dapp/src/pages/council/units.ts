import type { Unit } from "../../format/amounts.ts";
import { counted } from "../../format/numbers.ts";

/** Voting power as people read it: amounts of ACT times a multiplier. */
export const VOTES: Unit = { symbol: "votes", decimals: 9 };

/** A share of a whole in wad, rounded down; nothing of nothing. */
export function shareWad(part: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (part * 10n ** 18n) / whole;
}

/** A multiplier as people read it: 15,000 basis points are "1.5×". */
export function multiplierText(bps: bigint): string {
  const [whole, rest] = [
    bps / 10_000n,
    String(bps % 10_000n)
      .padStart(4, "0")
      .replace(/0+$/, ""),
  ];
  return `${whole}.${rest === "" ? "0" : rest}×`;
}

/** A lock as people read it: "no lock", "30 days". */
export function lockText(lockDays: bigint): string {
  return lockDays === 0n ? "no lock" : counted(lockDays, "day");
}
