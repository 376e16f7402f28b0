import { AbiCoder, id, keccak256, toBeHex } from "ethers";
import { isPassed, ProposalState, quorumDown, type VoteCount } from "../../sdk/council/governance.ts";
import { ModelError } from "../../sdk/model-error.ts";
import type { Call } from "../contract.ts";

/** What a proposal is to do, as the governor takes it. */
export interface Batch {
  readonly targets: readonly string[];
  /** In wei. */
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly description: string;
}

/** A proposal, and what became of it. */
export interface Proposal extends Batch {
  readonly proposalId: bigint;
  readonly proposer: string;
  /** The calls that its execution makes. */
  readonly calls: readonly Call[];
  /** Votes count as they were then; voting begins after it. In unix seconds. */
  readonly snapshot: bigint;
  /** The last second of voting. */
  readonly deadline: bigint;
  /** Votes for that it needs, of those for and against. */
  readonly neededBps: bigint;
  /** Votes by `VoteType`. */
  readonly votes: [against: bigint, inFavour: bigint, abstain: bigint];
  readonly voters: Set<string>;
  /** From when on it can be executed; 0 until queued. */
  eta: bigint;
  end: "none" | "executed" | "canceled";
}

const CODER = AbiCoder.defaultAbiCoder();
const NO_PREDECESSOR = toBeHex(0, 32);

/** What the governor knows a proposal by. */
export function proposalIdOf({ targets, values, calldatas, description }: Batch): bigint {
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32"];
  return BigInt(keccak256(CODER.encode(types, [targets, values, calldatas, id(description)])));
}

/** What the timelock knows the proposal of a governor by. */
export function operationIdOf({ targets, values, calldatas, description }: Batch, governor: string): string {
  const salt = toBeHex((BigInt(governor) << 96n) ^ BigInt(id(description)), 32);
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"];
  return keccak256(CODER.encode(types, [targets, values, calldatas, NO_PREDECESSOR, salt]));
}

/** Where a proposal is at `now`, with `totalPower` at its snapshot and the quorum of that instant. */
export function stateOf(proposal: Proposal, now: bigint, totalPower: () => bigint, quorumPercent: bigint): bigint {
  const { snapshot, deadline, eta, end, neededBps } = proposal;
  if (end === "executed") return ProposalState.Executed;
  if (end === "canceled") return ProposalState.Canceled;
  if (snapshot >= now) return ProposalState.Pending;
  if (deadline >= now) return ProposalState.Active;
  const quorum = quorumDown(totalPower(), quorumPercent);
  if (!isPassed(countOf(proposal), quorum, neededBps)) return ProposalState.Defeated;
  return eta === 0n ? ProposalState.Succeeded : ProposalState.Queued;
}

/** Throws what the governor throws where a proposal is not in the state that is needed. */
export function requireState(proposalId: bigint, current: bigint, needed: bigint): void {
  if (current === needed) return;
  const expectedStates = toBeHex(1n << needed, 32);
  throw new ModelError("GovernorUnexpectedProposalState", { proposalId, current, expectedStates });
}

function countOf({ votes: [against, inFavour, abstain] }: Proposal): VoteCount {
  return { against, for: inFavour, abstain };
}
