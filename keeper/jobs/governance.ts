import { Interface } from "ethers";
import { ProposalState } from "../../sdk/council/governance.ts";
import {
  type CouncilGovernor,
  CouncilGovernor__factory,
  TimelockController__factory,
} from "../../typechain-types/index.ts";
import type { Discovery } from "../discovery.ts";
import { performWhole } from "../whole.ts";
import type { Workshop } from "../workshop.ts";
import { type ItemResult, type Job, type JobReport, workThrough } from "./job.ts";
import { type Proposal, proposalKeyOf, proposalStateAt } from "./proposals.ts";

/** Whoever works on proposals. */
export interface GovernanceContext extends Workshop {
  /** Bound to the chain's provider. */
  readonly governor: CouncilGovernor;
}

/** What working on proposals came to. */
export interface GovernanceReport extends JobReport {
  /** Those of the proposals that were looked at about which nothing is left to do now, as the latest block has it. */
  readonly finished: readonly Proposal[];
}

/** The errors of governor and timelock: those of what a proposal calls are anybody's. */
const REFUSALS = new Interface(
  [CouncilGovernor__factory, TimelockController__factory].flatMap((factory) =>
    factory.createInterface().fragments.filter(({ type }) => type === "error"),
  ),
);

/**
 * Queues the proposals that have succeeded, and executes those whose time in the timelock is over. One that fails does
 * not stop the others.
 *
 * @param proposals Those whose time to be looked at has not come are passed over.
 * @throws The node's error where it does not tell what time it is.
 */
async function moveDueProposals(context: GovernanceContext, proposals: readonly Proposal[]): Promise<GovernanceReport> {
  const now = await context.chain.now();
  const due = proposals.filter(({ lookAt }) => lookAt <= now);
  const move = (proposal: Proposal) => moveProposal(context, proposal, now);
  const { report, finished } = await workThrough(due, proposalKeyOf, move, context);
  return { ...report, finished };
}

/** The job that queues and executes proposals. */
export function governanceJob(context: GovernanceContext, discovery: Discovery<Proposal>): Job {
  return {
    name: "governance",
    async run() {
      await discovery.scan();
      const { finished, ...report } = await moveDueProposals(context, discovery.items);
      await discovery.review(finished);
      return report;
    },
  };
}

async function moveProposal(context: GovernanceContext, proposal: Proposal, now: bigint): Promise<ItemResult> {
  const { governor, chain } = context;
  const { proposalId } = proposal;
  const state = await proposalStateAt(governor, proposalId, chain.view);
  if (state === ProposalState.Succeeded) return perform(context, "queue", proposal);
  if (state !== ProposalState.Queued) return "idle";
  const readyAt = await governor.proposalEta(proposalId, { blockTag: chain.view });
  return readyAt <= now ? perform(context, "execute", proposal) : "idle";
}

async function perform(
  { governor, stepper }: GovernanceContext,
  verb: "queue" | "execute",
  { proposalId, targets, values, calldatas, descriptionHash }: Proposal,
): Promise<ItemResult> {
  const contract: Interface = governor.interface;
  const known = [targets, values, calldatas, descriptionHash];
  const isQueued = async () => (await governor.proposalEta(proposalId)) > 0n;
  const isOver = async () => isOverIn(await proposalStateAt(governor, proposalId, "latest"));
  const moving = {
    name: `${verb} proposal`,
    facts: { proposalId: String(proposalId) },
    contract: REFUSALS,
    call: {
      to: await governor.getAddress(),
      data: contract.encodeFunctionData(verb, known),
    },
    isDone: async () => (verb === "queue" && (await isQueued())) || isOver(),
  };
  return performWhole(stepper, moving, ({ name, args }) => {
    // A call of the proposal may be refused by the same error, about another one.
    if (name !== "GovernorUnexpectedProposalState" || args.proposalId !== proposalId) return false;
    return (verb === "queue" && args.current === ProposalState.Queued) || isOverIn(args.current);
  });
}

function isOverIn(state: bigint | undefined): boolean {
  return state === ProposalState.Executed || state === ProposalState.Canceled;
}
