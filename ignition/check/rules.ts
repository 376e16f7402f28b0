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

/** Compares every parameter of the file with what is in force on the chain. */
export async function checkRules(subject: Subject): Promise<Difference[]> {
  const { parameters, record } = subject;
  const found = await rulesInForce(subject);
  const differences: Difference[] = [];
  for (const [module, values] of Object.entries(parameters)) {
    if (PEOPLE.includes(module)) continue;
    const wasUsed = (name: string) => USED_UP[module]?.includes(name) ?? false;
    for (const [name, value] of Object.entries(values)) {
      const actual = wasUsed(name) ? record.parameters[module]?.[name] : found[module]?.[name];
      differences.push(...compare(`parameter ${module}.${name}`, value, actual ?? "nothing"));
    }
  }
  const isSquareRoot = await readView(subject, "CouncilChamber", "isSquareRoot");
  return [...differences, ...compare("CouncilChamber: isSquareRoot", false, isSquareRoot)];
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

/** The tiers of locks as a parameters file names them; the first is no lock. */
function tierRules(tiers: unknown): Record<string, unknown> {
  const rules = (Array.isArray(tiers) ? tiers : []).flatMap(({ lockDays, multiplierBps }, tier) => [
    [`lock${tier}Days`, lockDays],
    [`multiplier${tier}Bps`, multiplierBps],
  ]);
  return Object.fromEntries(rules);
}
