import { isHexString } from "ethers";
import { ProposalKind } from "../../../../../sdk/council/governance.ts";
import type { Reader } from "../../../chain/reader.ts";
import { actContract } from "../../../contracts/council.ts";
import { assetContract } from "../../../contracts/market.ts";
import { typedAddress } from "../../../format/addresses.ts";
import { ACT, parseAmount } from "../../../format/amounts.ts";
import type { ProposedCall } from "./proposals.ts";
import { changedRules, RULE_SETS, type RuleSetName, type RuleValues } from "./ruleSets.ts";

/** What somebody wants to propose. */
export type Template = "treasury" | RuleSetName | "words" | "raw";

/** The names of what can be proposed, in the order in which they are offered. */
export const TEMPLATES: Readonly<Record<Template, string>> = {
  treasury: "Pay from the treasury",
  arguments: RULE_SETS.arguments.title,
  markets: RULE_SETS.markets.title,
  voting: RULE_SETS.voting.title,
  words: "Decide on words alone",
  raw: "Make any calls",
};

/** What is typed into the form. */
export interface Wishes {
  readonly template: Template;
  /** Said of calls of one's own, and of words alone. */
  readonly kind: bigint;
  readonly payment: { readonly token: "ACT" | "asset"; readonly to: string; readonly amount: string };
  /** Rules that were typed anew, by their names. */
  readonly rules: Readonly<Record<RuleSetName, Readonly<Record<string, string>>>>;
  readonly calls: readonly { readonly target: string; readonly data: string }[];
}

/** An empty form. */
export const NO_WISHES: Wishes = {
  template: "treasury",
  kind: ProposalKind.FeatureActivation,
  payment: { token: "ACT", to: "", amount: "" },
  rules: { arguments: {}, markets: {}, voting: {} },
  calls: [{ target: "", data: "0x" }],
};

/** What would be proposed, or why it cannot be yet. */
export type Draft = { readonly calls: readonly ProposedCall[] } | { readonly problem: string };

/**
 * What a form comes to.
 *
 * @param current The rules of the chosen set as they are; `undefined` while they are read.
 */
export function draftOf(wishes: Wishes, reader: Reader, current: RuleValues | undefined): Draft {
  switch (wishes.template) {
    case "treasury":
      return paymentDraft(wishes.payment, reader);
    case "words":
      // A proposal has to call something: the timelock, with nothing.
      return { calls: [{ target: reader.network.contracts.TimelockController.address, value: 0n, data: "0x" }] };
    case "raw":
      return callsDraft(wishes.calls);
    default:
      return current === undefined
        ? { problem: "The rules are still being read." }
        : rulesDraft(wishes.template, wishes.rules[wishes.template], reader, current);
  }
}

/** The kind that a proposal is recorded with. */
export function kindOf({ template, kind }: Pick<Wishes, "template" | "kind">): bigint {
  if (template === "treasury") return ProposalKind.TreasurySpending;
  return template === "words" || template === "raw" ? kind : ProposalKind.ParameterChange;
}

function paymentDraft({ token, to, amount }: Wishes["payment"], reader: Reader): Draft {
  const unit = token === "ACT" ? ACT : reader.network.asset;
  const contract = token === "ACT" ? actContract(reader) : assetContract(reader);
  const payee = typedAddress(to);
  if (payee === undefined) return { problem: "Say who is paid: an address, 0x and 40 digits." };
  const parsed = parseAmount(amount, unit);
  if ("problem" in parsed) return parsed;
  if (parsed.units === 0n) return { problem: "Enter an amount." };
  const data = contract.interface.encodeFunctionData("transfer", [payee, parsed.units]);
  return { calls: [{ target: String(contract.target), value: 0n, data }] };
}

function rulesDraft(name: RuleSetName, typed: Readonly<Record<string, string>>, reader: Reader, current: RuleValues) {
  const set = RULE_SETS[name];
  const found = changedRules(set, current, typed, set.unit(reader.network.asset));
  return "problem" in found ? found : { calls: set.calls(reader, found.changed, found.values) };
}

function callsDraft(typed: Wishes["calls"]): Draft {
  const calls: ProposedCall[] = [];
  for (const [index, call] of typed.entries()) {
    const name = typed.length === 1 ? "the call" : `call ${index + 1}`;
    const target = typedAddress(call.target);
    const data = call.data.trim() || "0x";
    if (target === undefined) return { problem: `Say which contract ${name} goes to: 0x and 40 digits.` };
    if (!isHexString(data, true)) return { problem: `The data of ${name} is 0x and an even count of hex digits.` };
    calls.push({ target, value: 0n, data });
  }
  return { calls };
}
