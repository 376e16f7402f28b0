import { BPS } from "../../../../../sdk/bounds.ts";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { Side } from "../../../../../sdk/market/side.ts";
import { DAY } from "../../../../../sdk/time.ts";
import { amountText, paidText, type Unit } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";

/** The two sides, as people read them. */
export const SIDE_NAMES = { [Side.Support]: "Support", [Side.Oppose]: "Oppose" } as const;

/** The classes that colour them. */
export const SIDE_CLASSES = { [Side.Support]: "support", [Side.Oppose]: "oppose" } as const;

/** Weight in a unit that people can imagine: an amount that stands for a day. */
export function weightUnit({ symbol, decimals }: Unit): Unit {
  return { symbol: `${symbol} days`, decimals };
}

/** A weight, in asset units x seconds, in `weightUnit`; rounded down. */
export function weightInDays(weight: bigint): bigint {
  return weight / DAY;
}

/** The day of an instant of unix seconds, in the browser's own time zone. */
export function dayText(at: bigint): string {
  return new Date(Number(at) * 1_000).toLocaleDateString("en-GB", { dateStyle: "medium" });
}

/** The rules of a market in words: what each is called, and what it says. */
export function rulesInWords(rules: MarketParams, unit: Unit): readonly (readonly [string, string])[] {
  const { lateEntryFeeBaseBps, lateEntryFeeMaxBps, lateEntryFeeScale, minRewardDuration } = rules;
  const growth =
    lateEntryFeeScale === 0n || lateEntryFeeBaseBps === lateEntryFeeMaxBps
      ? ""
      : `, and 0.01 % more for every ${amountText(lateEntryFeeScale, unit)} staked, up to ${bpsPercent(lateEntryFeeMaxBps)}`;
  return [
    ["Stake", `${paidText(rules.minStake, unit)} to ${amountText(rules.maxStake, unit)} in one commitment`],
    ["Lock", `principal stays for ${spanText(rules.lockPeriod)}, then comes back whole`],
    ["Entry fee", `nothing for the first; then ${bpsPercent(lateEntryFeeBaseBps)}${growth}`],
    ["Author's premium", `${bpsPercent(rules.authorPremiumBps)} of the author's first commitment`],
    [
      "Rewards",
      minRewardDuration === 0n ? "can be claimed at once" : `can be claimed after ${spanText(minRewardDuration)}`,
    ],
    ["Most a position earns", `${timesText(rules.maxUserRewardBps)} the fee it paid, or its principal if it paid none`],
    [
      "Early exit",
      rules.earlyExitPenaltyBps === 0n
        ? "not possible in this market"
        : `costs ${bpsPercent(rules.earlyExitPenaltyBps)} of principal at most, and all rewards not yet claimed`,
    ],
    ["Reward pool", `${bpsPercent(rules.maxSrpBps)} of all principal at most: fees and penalties are cut to fit`],
  ];
}

/** A multiple in basis points: 50,000 is "5 times", 5,000 is "0.5 times". */
export function timesText(bps: bigint): string {
  const fraction = String(bps % BPS)
    .padStart(4, "0")
    .replace(/0+$/, "");
  const factor = `${(bps / BPS).toLocaleString("en")}${fraction === "" ? "" : `.${fraction}`}`;
  return factor === "1" ? "once" : `${factor} times`;
}
