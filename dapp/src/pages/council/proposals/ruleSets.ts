import { ARGUMENT_PARAM_BOUNDS } from "../../../../../sdk/argument/params.ts";
import { firstOutOfBounds, type ParamBound } from "../../../../../sdk/bounds.ts";
import { COUNCIL_DEFAULTS, COUNCIL_PARAM_BOUNDS, type CouncilParams } from "../../../../../sdk/council/params.ts";
import { PARAM_BOUNDS } from "../../../../../sdk/market/params.ts";
import type { Reader } from "../../../chain/reader.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { marketContracts } from "../../../contracts/market.ts";
import { ACT, type Unit } from "../../../format/amounts.ts";
import type { ProposedCall } from "./proposals.ts";
import { parseRule, ruleLabel, ruleText } from "./rules.ts";

/** The numbers of some rules, by the names that they have in the contracts. */
export type RuleValues = Readonly<Record<string, bigint>>;

/** Rules that are proposed together. */
export interface RuleSet {
  readonly title: string;
  /** What their amounts are in. */
  readonly unit: (asset: Unit) => Unit;
  readonly read: (reader: Reader) => Promise<RuleValues>;
  /** The calls that set `changed`, where all rules are `values` then. */
  readonly calls: (reader: Reader, changed: RuleValues, values: RuleValues) => readonly ProposedCall[];
  readonly bounds: readonly ParamBound<RuleValues>[];
}

const VOTING_RULES = [
  ...["votingDelay", "votingPeriod", "minProposalStake", "minVotingStake"],
  ...["quorumPercent", "approvalBps", "maxVoteShareBps", "timelockDelay"],
] as (keyof CouncilParams)[];

const argumentBounds = ARGUMENT_PARAM_BOUNDS as unknown as readonly ParamBound<RuleValues>[];
const marketBounds = PARAM_BOUNDS as unknown as readonly ParamBound<RuleValues>[];

/** The rules that forms are for. */
export const RULE_SETS = {
  arguments: {
    title: "Change the rules of arguments",
    unit: () => ACT,
    read: async (reader) => picked(argumentBounds, await argumentContract(reader).params()),
    calls: (reader, _changed, values) => {
      const contract = argumentContract(reader);
      return [callOf(contract.target, contract.interface.encodeFunctionData("setParams", [values as never]))];
    },
    bounds: argumentBounds,
  },
  markets: {
    title: "Change the rules of markets to come",
    unit: (asset) => asset,
    read: async (reader) => picked(marketBounds, await marketContracts(reader).beliefFactory.defaultParams()),
    calls: (reader, _changed, values) => {
      const { beliefFactory } = marketContracts(reader);
      const data = beliefFactory.interface.encodeFunctionData("setDefaultParams", [values as never]);
      return [callOf(beliefFactory.target, data)];
    },
    bounds: marketBounds,
  },
  voting: {
    title: "Change the rules of voting",
    unit: () => ACT,
    read: readVotingRules,
    calls: (reader, changed) => Object.entries(changed).map(([name, value]) => votingCall(reader, name, value)),
    bounds: COUNCIL_PARAM_BOUNDS.filter(({ name }) => VOTING_RULES.includes(name)).map(({ name, min, max }) => ({
      name,
      min: (values) => min({ ...COUNCIL_DEFAULTS, ...values }),
      max: (values) => max({ ...COUNCIL_DEFAULTS, ...values }),
    })),
  },
} as const satisfies Record<string, RuleSet>;

/** The name of a set of rules. */
export type RuleSetName = keyof typeof RULE_SETS;

/** What was typed for some rules: those that change, or why it cannot be proposed. */
export function changedRules(
  { bounds }: Pick<RuleSet, "bounds">,
  current: RuleValues,
  typed: Readonly<Record<string, string>>,
  unit: Unit,
): { readonly changed: RuleValues; readonly values: RuleValues } | { readonly problem: string } {
  const changed: Record<string, bigint> = {};
  for (const [name, text] of Object.entries(typed)) {
    const parsed = parseRule(name, text, unit);
    if ("problem" in parsed) return { problem: `${ruleLabel(name)}: ${parsed.problem}` };
    if (parsed.units !== current[name]) changed[name] = parsed.units;
  }
  if (Object.keys(changed).length === 0) return { problem: "Change a rule." };
  const values = { ...current, ...changed };
  const facts = firstOutOfBounds(bounds, values);
  if (facts === undefined) return { changed, values };
  const [min, max] = [ruleText(facts.parameter, facts.min, unit), ruleText(facts.parameter, facts.max, unit)];
  return { problem: `${ruleLabel(facts.parameter)} is ${min} to ${max}.` };
}

function picked(bounds: readonly ParamBound<RuleValues>[], params: object): RuleValues {
  const values = params as Readonly<Record<string, bigint>>;
  return Object.fromEntries(bounds.map(({ name }) => [name, values[name] ?? 0n]));
}

async function readVotingRules(reader: Reader): Promise<RuleValues> {
  const { councilGovernor: governor, timelock } = councilContracts(reader);
  const values = await Promise.all([
    ...[governor.votingDelay(), governor.votingPeriod(), governor.proposalThreshold(), governor.minVotingStake()],
    ...[governor["quorumNumerator()"](), governor.approvalBps(), governor.maxVoteShareBps(), timelock.getMinDelay()],
  ]);
  return Object.fromEntries(VOTING_RULES.map((name, index) => [name, values[index] ?? 0n]));
}

/** The call that sets a rule of voting. */
function votingCall(reader: Reader, name: string, value: bigint): ProposedCall {
  const { councilGovernor, timelock } = councilContracts(reader);
  const { interface: abi, target } = councilGovernor;
  switch (name) {
    case "votingDelay":
      return callOf(target, abi.encodeFunctionData("setVotingDelay", [value]));
    case "votingPeriod":
      return callOf(target, abi.encodeFunctionData("setVotingPeriod", [value]));
    case "minProposalStake":
      return callOf(target, abi.encodeFunctionData("setProposalThreshold", [value]));
    case "minVotingStake":
      return callOf(target, abi.encodeFunctionData("setMinVotingStake", [value]));
    case "quorumPercent":
      return callOf(target, abi.encodeFunctionData("updateQuorumNumerator", [value]));
    case "approvalBps":
      return callOf(target, abi.encodeFunctionData("setApproval", [value]));
    case "maxVoteShareBps":
      return callOf(target, abi.encodeFunctionData("setMaxVoteShare", [value]));
    default:
      return callOf(timelock.target, timelock.interface.encodeFunctionData("updateDelay", [value]));
  }
}

function callOf(target: unknown, data: string): ProposedCall {
  return { target: String(target), value: 0n, data };
}
