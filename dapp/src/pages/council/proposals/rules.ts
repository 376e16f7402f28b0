import { formatUnits } from "ethers";
import { ACT, ETH, exactAmountText, parseAmount, type Unit } from "../../../format/amounts.ts";
import { bpsPercent, countText } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";

/** What a rule's number is: an amount of a token, a share in basis points, a span in seconds, or a count. */
export type RuleKind = "amount" | "share" | "span" | "count";

/** Shares as they are typed. */
const PERCENT: Unit = { symbol: "%", decimals: 2 };

/** What a number is, by the name that it has in the contracts. */
export function ruleKind(parameter: string): RuleKind {
  const name = parameter.replace(/_+$/, "");
  if (/bps$/i.test(name)) return "share";
  if (/(period|window|duration|delay)$/i.test(name)) return "span";
  if (/(stake|amount|value|scale|threshold|^fee)$/i.test(name) && name !== "unhelpfulThreshold") return "amount";
  return "count";
}

/** The name of a rule as people read it: "creatorShareBps" is "Creator share". */
export function ruleLabel(name: string): string {
  const words = name
    .replace(/_+$/, "")
    .replace(/(Bps|Percent)$/, "")
    .replace(/^min(?=[A-Z])/, "Least")
    .replace(/^max(?=[A-Z])/, "Most")
    .replaceAll(/([A-Z])/g, " $1")
    .trim()
    .toLowerCase()
    .replace(/\bsrp\b/, "SRP");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A rule's number as people read it, with all its decimals: it is voted on, and a rounded one is another one.
 *
 * @param unit What amounts are in; `undefined` where that is not known.
 */
export function ruleText(name: string, value: bigint, unit: Unit | undefined): string {
  switch (ruleKind(name)) {
    case "amount":
      return unit === undefined ? countText(value) : exactAmountText(value, unit);
    case "share":
      return bpsPercent(value);
    case "span":
      return spanText(value);
    case "count":
      return name.endsWith("Percent") ? `${value} %` : countText(value);
  }
}

/** A rule's number as it is typed: shares in per cent, spans in seconds. */
export function typedRule(name: string, value: bigint, unit: Unit): string {
  const kind = ruleKind(name);
  return kind === "amount"
    ? formatUnits(value, unit.decimals).replace(/\.0$/, "")
    : kind === "share"
      ? formatUnits(value, PERCENT.decimals).replace(/\.0$/, "")
      : String(value);
}

/** Understands what was typed for a rule. */
export function parseRule(name: string, text: string, unit: Unit): ReturnType<typeof parseAmount> {
  const kind = ruleKind(name);
  return parseAmount(text, kind === "amount" ? unit : kind === "share" ? PERCENT : { symbol: "This", decimals: 0 });
}

/** What is written behind the field of a rule. */
export function ruleSuffix(name: string, unit: Unit): string {
  if (name.endsWith("Percent")) return "%";
  const suffixes = { amount: unit.symbol, share: "%", span: "seconds", count: "" };
  return suffixes[ruleKind(name)];
}

/** Contracts whose amounts are in the council's token, and those whose amounts are in dollars. */
const IN_ACT: ReadonlySet<string> = new Set([
  ...["CouncilToken", "CouncilStaking", "RewardsDistributor", "CouncilGovernor", "CouncilChamber"],
  "ArgumentStaking",
]);
const IN_ASSET: ReadonlySet<string> = new Set([
  ...["BeliefFactory", "BeliefMarket", "StakeVault", "ConvictionMarket", "TruthSerum", "QueryEscrow"],
]);

/** Contracts that make calls for others: what they call `value` is sent with a call. */
const CALLERS: ReadonlySet<string> = new Set(["TimelockController", "CouncilGovernor"]);

/**
 * What an amount in a call is in; `undefined` where nobody can tell.
 *
 * @param contract Its name: the dollars' contract is called as they are.
 * @param argument The name of what the amount is given as.
 */
export function unitOf(contract: string, argument: string, asset: Unit): Unit | undefined {
  if (argument === "value" && CALLERS.has(contract)) return ETH;
  if (IN_ACT.has(contract)) return ACT;
  return IN_ASSET.has(contract) || contract === asset.symbol ? asset : undefined;
}
