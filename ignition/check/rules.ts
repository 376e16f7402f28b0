import { compare, type Difference, fieldsOf, readView, type Subject } from "./subject.ts";

/** Parameters that a constructor used up: of these the record tells, which is compared with that constructor's arguments. */
const USED_UP: Readonly<Record<string, readonly string[]>> = {
  Market: ["asset"],
  Council: [
    ...["supply", "communityBps", "teamBps", "treasuryBps", "liquidityBps", "partnersBps"],
    ...["team", "liquidity", "partners"],
  ],
};

/** Sections of a parameters file that name people: they have roles, which are compared by themselves. */
const PEOPLE = ["Authority", "Handover"];

/** Compares every parameter with what is in force on the chain: also one that the file, or the chain, does not have. */
export async function checkRules(subject: Subject): Promise<Difference[]> {
  const { parameters, record } = subject;
  const found = await rulesInForce(subject);
  const differences: Difference[] = [];
  for (const module of keysOf(parameters, found)) {
    if (PEOPLE.includes(module)) continue;
    const usedUp = USED_UP[module] ?? [];
    const actual = { ...found[module], ...pick(usedUp, record.parameters[module]) };
    for (const name of keysOf(parameters[module], actual)) {
      const [wanted = NOTHING, given = NOTHING] = [parameters[module]?.[name], actual[name]];
      differences.push(...compare(`parameter ${module}.${name}`, wanted, given));
    }
  }
  const isSquareRoot = await readView(subject, "CouncilChamber", "isSquareRoot");
  return [...differences, ...compare("CouncilChamber: isSquareRoot", false, isSquareRoot)];
}

const NOTHING = "nothing";

/** The keys that one of two objects has, or both. */
function keysOf(one: object = {}, other: object = {}): Set<string> {
  return new Set([...Object.keys(one), ...Object.keys(other)]);
}

/** Some of the values of an object. */
function pick(keys: readonly string[], values: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** The rules in force, by module and name as in a parameters file. */
async function rulesInForce(subject: Subject): Promise<Record<string, Record<string, unknown>>> {
  const governor = (view: string) => readView(subject, "CouncilGovernor", view);
  const { tiers, ...staking } = fieldsOf(await readView(subject, "CouncilStaking", "params"));
  return {
    Market: fieldsOf(await readView(subject, "BeliefFactory", "defaultParams")),
    Stake: {
      epochLength: await readView(subject, "TruthSerum", "epochLength"),
      revealWindow: await readView(subject, "TruthSerum", "revealWindow"),
    },
    Argument: fieldsOf(await readView(subject, "ArgumentStaking", "params")),
    Query: fieldsOf(await readView(subject, "QueryEscrow", "defaultTiming")),
    Council: {
      maxInflationBps: await readView(subject, "CouncilToken", "maxInflationBps"),
      ...staking,
      ...tierRules(tiers),
      ...fieldsOf(await readView(subject, "RewardsDistributor", "params")),
      votingDelay: await governor("votingDelay"),
      votingPeriod: await governor("votingPeriod"),
      minProposalStake: await governor("proposalThreshold"),
      minVotingStake: await governor("minVotingStake"),
      quorumPercent: await governor("quorumNumerator()"),
      approvalBps: await governor("approvalBps"),
      maxVoteShareBps: await governor("maxVoteShareBps"),
      timelockDelay: await readView(subject, "TimelockController", "getMinDelay"),
      minAgentStake: await readView(subject, "CouncilChamber", "minAgentStake"),
    },
  };
}

/** The tiers of locks as a parameters file names them; the first is no lock, and has no days to name. */
function tierRules(tiers: unknown): Record<string, unknown> {
  const rules = (Array.isArray(tiers) ? tiers : []).flatMap(({ lockDays, multiplierBps }, tier) => [
    [`lock${tier}Days`, lockDays],
    [`multiplier${tier}Bps`, multiplierBps],
  ]);
  const { lock0Days: _, ...named } = Object.fromEntries(rules);
  return named;
}
