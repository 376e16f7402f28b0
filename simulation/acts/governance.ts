import { id, ZeroAddress } from "ethers";
import { ProposalKind, ProposalState } from "../../sdk/council/governance.ts";
import { ACT } from "../../sdk/council/params.ts";
import { Role } from "../../sdk/roles.ts";
import { DAY, HOUR } from "../../sdk/time.ts";
import type { Call, Contract } from "../contract.ts";
import type { Proposal } from "../parts/proposals.ts";
import type { Person } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";

/** Proposals that are under way at once, at most. */
const MOST_OPEN = 3;

/** Beyond these it is over with a proposal. */
const UNDER_WAY: ReadonlySet<bigint> = new Set([
  ProposalState.Pending,
  ProposalState.Active,
  ProposalState.Succeeded,
  ProposalState.Queued,
]);

/** What a proposal is about, and what it calls. */
interface Plan {
  readonly kind: ProposalKind;
  readonly calls: readonly [on: Contract, method: string, ...args: unknown[]][];
}

/** Somebody with enough stake proposes something; at first, who gets the offices, and what is paid for rewards. */
export function propose(scene: Scene, person: Person): Call | undefined {
  const { governance, council } = scene.stage;
  const { minProposalStake } = governance.setup.params;
  const isRich = council.model.stakingAt(scene.now).account(person.address).staked >= minProposalStake;
  if (underWay(scene).length >= MOST_OPEN || (!isRich && !scene.errs(person))) return undefined;
  const { kind, calls } = governance.proposals.length === 0 ? officesPlan(scene) : anyPlan(scene);
  const targets = calls.map(([on]) => on.address);
  const calldatas = calls.map(([on, method, ...args]) => on.interface.encodeFunctionData(method, args));
  const values = calls.map(() => 0n);
  const description = `Proposal ${governance.proposals.length + 1} at ${scene.now} by ${person.address}`;
  const { governor } = governance.setup;
  return callBy(person, governor, "proposeOfKind", kind, targets, values, calldatas, description);
}

/** Something due about a proposal: the vote of somebody, or that anybody queues or executes it. */
export interface ProposalDue {
  readonly proposal: Proposal;
  readonly voter: Person | undefined;
}

/** Votes that the rich and the willing still owe, and proposals that wait to be queued or executed. */
export function dueInGovernance(scene: Scene): ProposalDue[] {
  const { governance, council } = scene.stage;
  return underWay(scene).flatMap((proposal): ProposalDue[] => {
    const state = governance.state(proposal, scene.now);
    if (state === ProposalState.Pending) return [];
    if (state !== ProposalState.Active) {
      const isDue = state === ProposalState.Succeeded || proposal.eta <= scene.now;
      return isDue ? [{ proposal, voter: undefined }] : [];
    }
    const staking = council.model.stakingAt(scene.now);
    const isWilling = ({ address, character }: Person) =>
      character.name !== "absent" &&
      !proposal.voters.has(address) &&
      staking.account(address).staked >= governance.rules.minVotingStake;
    return scene.people.filter(isWilling).map((voter) => ({ proposal, voter }));
  });
}

/** Mostly for it. */
export function vote(scene: Scene, proposal: Proposal, voter: Person): Call {
  const support = scene.errs(voter) ? scene.pick([0n, 2n, 3n]) : scene.pick([0n, 1n, 1n, 1n, 1n, 1n, 2n]);
  return callBy(voter, scene.stage.governance.setup.governor, "castVote", proposal.proposalId, support);
}

/** Somebody moves a proposal on, before the keeper does. */
export function moveOn(scene: Scene, proposal: Proposal, person: Person): Call {
  const { governance } = scene.stage;
  const isQueued = governance.state(proposal, scene.now) === ProposalState.Queued;
  return movedBy(scene, proposal, person, isQueued ? "execute" : "queue");
}

/** Somebody votes, queues, executes or cancels out of turn. */
export function interfere(scene: Scene, person: Person): Call | undefined {
  const proposal = scene.any(scene.stage.governance.proposals.slice(-4));
  if (proposal === undefined) return undefined;
  if (scene.oneIn(2n)) return vote(scene, proposal, person);
  return movedBy(scene, proposal, person, scene.pick(["queue", "execute", "cancel"]));
}

function movedBy({ stage }: Scene, proposal: Proposal, person: Person, method: string): Call {
  const { targets, values, calldatas, description } = proposal;
  return callBy(person, stage.governance.setup.governor, method, targets, values, calldatas, id(description));
}

function underWay(scene: Scene): Proposal[] {
  const { governance } = scene.stage;
  return governance.proposals.filter((proposal) => UNDER_WAY.has(governance.state(proposal, scene.now)));
}

function officesPlan({ stage }: Scene): Plan {
  const { officers, governance } = stage;
  const { authority } = governance.setup;
  return {
    kind: ProposalKind.FeatureActivation,
    calls: [
      [authority, "grantRole", Role.Registrar, officers.registrar, 0],
      [authority, "grantRole", Role.Curator, officers.curator, 0],
      [authority, "grantRole", Role.Slasher, officers.slasher, 0],
      ...rewardsPlan(stage, 4_000_000n * ACT).calls,
      ...reservePlan(stage, 2_000_000n * ACT).calls,
    ],
  };
}

/** Parameters, or money of the treasury. */
function anyPlan(scene: Scene): Plan {
  const { stage } = scene;
  const { governor } = stage.governance.setup;
  const { token, distributor } = stage.council.setup.contracts;
  const kind = ProposalKind.ParameterChange;
  const own: Plan[] = [
    { kind, calls: [[governor, "setApproval", scene.random(5_100n, 7_000n)]] },
    { kind, calls: [[governor, "setMaxVoteShare", scene.pick([10_000n, 3_000n, 1_000n])]] },
    { kind, calls: [[stage.chamber.setup.chamber, "setSquareRoot", scene.oneIn(2n)]] },
    { kind, calls: [[governor, "setMinVotingStake", scene.random(100n, 2_000n) * ACT]] },
  ];
  const recorded = scene.pick([stage.usdc.queries.setup.escrow, stage.arguing.setup.contract]);
  const recorder = scene.oneIn(3n) ? ZeroAddress : distributor.address;
  const inflation = scene.random(1n, 3_000_000n) * ACT;
  return scene.pick([
    scene.pick(own),
    { kind: ProposalKind.ProtocolUpgrade, calls: [[recorded, "setRecorder", recorder]] },
    argumentRules(scene),
    marketRules(scene),
    argumentRules(scene),
    rewardsPlan(stage, scene.random(100_000n, 3_000_000n) * ACT),
    reservePlan(stage, scene.random(10_000n, 500_000n) * ACT),
    { kind: ProposalKind.TreasurySpending, calls: [[token, "mintInflation", distributor.address, inflation]] },
  ]);
}

function rewardsPlan({ council }: Scene["stage"], amount: bigint): Plan {
  const { token, distributor } = council.setup.contracts;
  return {
    kind: ProposalKind.TreasurySpending,
    calls: [
      [token, "approve", distributor.address, amount],
      [distributor, "fund", amount],
    ],
  };
}

function reservePlan({ council, arguing }: Scene["stage"], amount: bigint): Plan {
  const { contract } = arguing.setup;
  return {
    kind: ProposalKind.TreasurySpending,
    calls: [
      [council.setup.contracts.token, "approve", contract.address, amount],
      [contract, "fundRewards", amount],
    ],
  };
}

function argumentRules(scene: Scene): Plan {
  const { setup, model } = scene.stage.arguing;
  const changed = scene.pick([
    { period: scene.pick([3n * DAY, 7n * DAY, 8n * DAY, 14n * DAY]) },
    { interestRateBps: scene.random(0n, 5_000n) },
    { unhelpfulThreshold: scene.random(2n, 5n), jailPeriod: scene.random(1n, 9n) * DAY },
    { creationStake: scene.random(5n, 80n) * ACT, upvoteStake: scene.random(1n, 20n) * ACT },
    { stakeLimitBps: scene.random(4_000n, 10_000n), stakeLimitWindow: scene.random(12n, 300n) * HOUR },
    { curatorShareBps: scene.random(0n, 10_000n), creatorShareBps: scene.random(0n, 10_000n) },
  ]);
  const params = { ...model.params(), ...changed };
  return { kind: ProposalKind.ParameterChange, calls: [[setup.contract, "setParams", params]] };
}

function marketRules(scene: Scene): Plan {
  const { markets } = scene.stage.usdc;
  const changed = scene.pick([
    { lateEntryFeeBaseBps: scene.random(0n, 300n) },
    { earlyExitPenaltyBps: scene.random(0n, 3_000n) },
    { lockPeriod: scene.random(8n, 45n) * DAY },
    { authorPremiumBps: scene.random(0n, 2_000n) },
  ]);
  const params = { ...markets.defaults, ...changed };
  return { kind: ProposalKind.ParameterChange, calls: [[markets.setup.factory, "setDefaultParams", params]] };
}
