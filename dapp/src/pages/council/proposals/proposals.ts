import { id as hashOf } from "ethers";
import { ProposalState, VoteType } from "../../../../../sdk/council/governance.ts";
import type { ChainEvent } from "../../../events/useEvents.ts";
import { ACT, paidText } from "../../../format/amounts.ts";
import { readable, readableText, visible } from "../../../format/readable.ts";

/** A call that a proposal makes. */
export interface ProposedCall {
  readonly target: string;
  /** In wei. */
  readonly value: bigint;
  readonly data: string;
}

/** A vote that was cast. */
export interface CastVote {
  readonly voter: string;
  readonly support: bigint;
  readonly weight: bigint;
  readonly reason: string;
  /** Unix seconds. */
  readonly at: bigint;
}

/** A proposal as the governor's events tell of it. Instants in unix seconds; `undefined` for what did not happen. */
export interface Proposal {
  readonly proposalId: bigint;
  readonly proposer: string;
  readonly calls: readonly ProposedCall[];
  /** `undefined` where its bytes are no text. */
  readonly description: string | undefined;
  readonly kind: bigint;
  /** Votes for, of those for and against, that it needs. */
  readonly approvalBps: bigint;
  readonly createdAt: bigint;
  readonly votingBeginsAt: bigint;
  readonly votingEndsAt: bigint;
  readonly queuedAt: bigint | undefined;
  /** From when on it can be executed, once queued. */
  readonly executableAt: bigint | undefined;
  readonly executedAt: bigint | undefined;
  readonly canceledAt: bigint | undefined;
  readonly votes: readonly CastVote[];
}

/** The names of states, as people read them. */
export const STATE_NAMES: Readonly<Record<string, string>> = {
  [String(ProposalState.Pending)]: "Voting has not begun",
  [String(ProposalState.Active)]: "Voting",
  [String(ProposalState.Canceled)]: "Cancelled",
  [String(ProposalState.Defeated)]: "Defeated",
  [String(ProposalState.Succeeded)]: "Passed",
  [String(ProposalState.Queued)]: "Queued",
  [String(ProposalState.Expired)]: "Expired",
  [String(ProposalState.Executed)]: "Executed",
};

/** The names of kinds, in the order of their values. */
export const KIND_NAMES = [
  "Of no kind",
  "Change of parameters",
  "Treasury spending",
  "Upgrade of the protocol",
  "Activation of a feature",
] as const;

/** The names of votes. */
export const VOTE_NAMES: Readonly<Record<string, string>> = {
  [String(VoteType.For)]: "For",
  [String(VoteType.Against)]: "Against",
  [String(VoteType.Abstain)]: "Abstain",
};

/** The proposals that the governor's events tell of, the newest first. */
export function proposalsIn(events: readonly ChainEvent[]): readonly Proposal[] {
  const found = new Map<bigint, Proposal & { votes: CastVote[] }>();
  const change = (proposalId: bigint, changes: Partial<Proposal>) => {
    const known = found.get(proposalId);
    if (known !== undefined) found.set(proposalId, { ...known, ...changes, votes: known.votes });
  };
  for (const event of events) {
    const { name, args, time } = event;
    if (name === "ProposalCreated") found.set(args[0], createdIn(event));
    if (name === "ProposalKindRecorded") change(args[0], { kind: args[1], approvalBps: args[2] });
    if (name === "ProposalQueued") change(args[0], { queuedAt: time, executableAt: args[1] });
    if (name === "ProposalExecuted") change(args[0], { executedAt: time });
    if (name === "ProposalCanceled") change(args[0], { canceledAt: time });
    if (name === "VoteCast" || name === "VoteCastWithParams") {
      const [voter, proposalId, support, weight] = [args[0], args[1], args[2], args[3]];
      found
        .get(proposalId)
        ?.votes.push({ voter, support, weight, reason: readableText(() => args[4], "no text"), at: time });
    }
  }
  return [...found.values()].reverse();
}

/** By position: ethers' results have methods of their own called `values`. */
function createdIn({ args, time }: ChainEvent): Proposal & { votes: CastVote[] } {
  const [targets, values, calldatas] = [[...args[2]], [...args[3]], [...args[5]]] as [string[], bigint[], string[]];
  return {
    proposalId: args[0],
    proposer: args[1],
    calls: targets.map((target, i) => ({ target, value: values[i] ?? 0n, data: calldatas[i] ?? "0x" })),
    description: readable(() => args[8]),
    kind: 0n,
    approvalBps: 0n,
    createdAt: time,
    votingBeginsAt: args[6],
    votingEndsAt: args[7],
    ...{ queuedAt: undefined, executableAt: undefined, executedAt: undefined, canceledAt: undefined },
    votes: [],
  };
}

/** What the governor asks for when a proposal is queued, executed or cancelled. */
export function operationOf({ calls, description }: Pick<Proposal, "calls" | "description">): Operation {
  return [
    calls.map(({ target }) => target),
    calls.map(({ value }) => value),
    calls.map(({ data }) => data),
    hashOf(description ?? ""),
  ];
}

/** Targets, values, data, and the description's hash. */
type Operation = [string[], bigint[], string[], string];

/** Who alone may propose something, as OpenZeppelin's governor reads it at a description's end. */
const ONLY_PROPOSER = /\s*#proposer=0x[0-9a-fA-F]{40}$/;

/** A description as it is proposed: nobody else can propose it. */
export function describedBy(title: string, text: string, proposer: string): string {
  return [title.trim(), text.trim(), `#proposer=${proposer}`].filter((part) => part !== "").join("\n\n");
}

/** The first line of a description, and the rest of it, as they are shown. */
export function titleAndText(description: string | undefined): { readonly title: string; readonly text: string } {
  if (description === undefined) return { title: "A proposal whose description is no text", text: "" };
  const [first = "", ...rest] = visible(description).replace(ONLY_PROPOSER, "").trim().split("\n");
  const title = first.replace(/^#+\s*/, "").trim();
  return { title: title === "" ? "A proposal without words" : title, text: rest.join("\n").trim() };
}

/** A step of a proposal's life. */
export interface Step {
  readonly name: string;
  /** `undefined` where it is not known yet. */
  readonly at: bigint | undefined;
  readonly isPast: boolean;
}

/** The steps of a proposal's life at `now`: those behind it, and those ahead as far as they can still come. */
export function timelineOf(proposal: Proposal, state: bigint, now: bigint): readonly Step[] {
  const { createdAt, votingBeginsAt, votingEndsAt, queuedAt, executableAt, executedAt, canceledAt } = proposal;
  const step = (name: string, at: bigint | undefined): Step => ({ name, at, isPast: at !== undefined && at <= now });
  const steps = [step("Proposed", createdAt)];
  if (canceledAt === undefined || canceledAt > votingBeginsAt) steps.push(step("Voting begins", votingBeginsAt));
  if (canceledAt === undefined || canceledAt > votingEndsAt) steps.push(step("Voting ends", votingEndsAt));
  if (canceledAt !== undefined) return [...steps, step("Cancelled", canceledAt)];
  if (state === ProposalState.Defeated) return steps;
  steps.push(step("Queued", queuedAt), step("Executable", executableAt));
  return [...steps, step("Executed", executedAt)];
}

/** What decides whether somebody can vote. */
export interface VoterFacts {
  readonly state: bigint;
  readonly hasVoted: boolean;
  /** What the voter has staked, and the stake of who votes, in token units. */
  readonly staked: bigint;
  readonly minVotingStake: bigint;
  /** What counts for the voter, as of the second in which voting began. */
  readonly votes: bigint;
}

/** Where voting on a proposal is over for somebody or has not begun, why; `undefined` where they can vote. */
export function votingProblem({ state, hasVoted, staked, minVotingStake, votes }: VoterFacts): string | undefined {
  if (state === ProposalState.Pending) return "Voting has not begun.";
  if (state !== ProposalState.Active) return "Voting is over.";
  if (hasVoted) return "You have voted.";
  if (staked < minVotingStake) return `Who votes has at least ${paidText(minVotingStake, ACT)} staked.`;
  if (votes === 0n) return "You had no votes when voting began.";
  return undefined;
}
