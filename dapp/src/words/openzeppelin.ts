import type {
  AccessManager__factory,
  BeliefFactory__factory,
  BeliefMarket__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  RewardsDistributor__factory,
  TestUSDC__factory,
  TimelockController__factory,
} from "../../../typechain-types/index.ts";
import { exactAmountText } from "../format/amounts.ts";
import { counted, countText } from "../format/numbers.ts";
import { spanText } from "../format/times.ts";
import { moment, named } from "./phrases.ts";
import type { Words } from "./table.ts";

type Abi<F extends { readonly abi: readonly unknown[] }> = F["abi"];

type Errors = Words<Abi<typeof AccessManager__factory>> &
  Words<Abi<typeof BeliefFactory__factory>> &
  Words<Abi<typeof BeliefMarket__factory>> &
  Words<Abi<typeof CouncilGovernor__factory>> &
  Words<Abi<typeof CouncilStaking__factory>> &
  Words<Abi<typeof CouncilToken__factory>> &
  Words<Abi<typeof RewardsDistributor__factory>> &
  Words<Abi<typeof TestUSDC__factory>> &
  Words<Abi<typeof TimelockController__factory>>;

/** As `IGovernor.ProposalState` and `TimelockController.OperationState` count them. */
const PROPOSAL_STATES = [
  ...["pending", "active", "cancelled", "defeated", "succeeded", "queued", "expired", "executed"],
] as const;
const OPERATION_STATES = ["not scheduled", "waiting", "ready", "done"] as const;

const BROKEN_SIGNATURE = "The signature is not valid: sign again.";
const TOO_LARGE = "A number is too large for the contract's books.";
const CANNOT_BE_MADE = "The contract could not be created.";

/** The names of the states of which a set has the bits. */
function statesIn(set: string, names: readonly string[]): string {
  return names.filter((_, state) => (BigInt(set) >> BigInt(state)) & 1n).join(" or ");
}

/** What the contracts of OpenZeppelin refuse. */
export const OPENZEPPELIN = {
  /* TOKENS */
  ERC20InsufficientAllowance: ({ allowance, needed }, unit) =>
    `The contract may take ${exactAmountText(allowance, unit)}, and needs ${exactAmountText(needed, unit)}: ` +
    "allow it first.",
  ERC20InsufficientBalance: ({ balance, needed }, unit) =>
    `The balance is ${exactAmountText(balance, unit)}, and ${exactAmountText(needed, unit)} are needed.`,
  ERC20InvalidApprover: ({ approver }) => `Nobody can allow anything for ${named(approver)}.`,
  ERC20InvalidReceiver: ({ receiver }) => `Tokens cannot be sent to ${named(receiver)}.`,
  ERC20InvalidSender: ({ sender }) => `Tokens cannot be sent from ${named(sender)}.`,
  ERC20InvalidSpender: ({ spender }) => `${named(spender)} cannot be allowed to take tokens.`,
  SafeERC20FailedOperation: ({ token }) => `The token ${named(token)} refused the transfer.`,
  ERC2612ExpiredSignature: ({ deadline }) => `The permit ended on ${moment(deadline)}: sign a new one.`,
  ERC2612InvalidSigner: () => "The permit was not signed by the owner of the tokens: sign it again.",
  ERC5805FutureLookup: ({ timepoint }) => `Votes are known for the past only, not for ${moment(timepoint)}.`,
  VotesExpiredSignature: ({ expiry }) => `The signature ended on ${moment(expiry)}: sign again.`,
  InvalidAccountNonce: () => "The signature has been used, or another one came before it: sign again.",
  ECDSAInvalidSignature: () => BROKEN_SIGNATURE,
  ECDSAInvalidSignatureLength: () => BROKEN_SIGNATURE,
  ECDSAInvalidSignatureS: () => BROKEN_SIGNATURE,

  /* PAUSES AND CALLS */
  EnforcedPause: () => "The guardian has paused this for now.",
  ExpectedPause: () => "It is not paused.",
  ReentrancyGuardReentrantCall: () => "The contract is in the middle of another call.",
  AddressEmptyCode: ({ target }) => `There is no contract at ${named(target)}.`,
  FailedCall: () => "A call that this makes failed.",
  InsufficientBalance: () => "The contract has too little ether for this.",
  FailedDeployment: () => CANNOT_BE_MADE,
  CloneArgumentsTooLong: () => CANNOT_BE_MADE,
  Create2EmptyBytecode: () => CANNOT_BE_MADE,
  InvalidShortString: () => "A name of the contract cannot be read.",
  StringTooLong: () => "A name of the contract is too long.",
  SafeCastOverflowedIntToUint: () => TOO_LARGE,
  SafeCastOverflowedUintDowncast: () => TOO_LARGE,
  CheckpointUnorderedInsertion: () => "The contract cannot write its history out of order.",

  /* ROLES */
  AccessControlBadConfirmation: () => "Only an account itself gives up its role.",
  AccessControlUnauthorizedAccount: ({ account }) => `The account ${named(account)} lacks the role that this needs.`,
  AccessManagedInvalidAuthority: ({ authority }) => `${named(authority)} cannot be the authority of the contract.`,
  AccessManagedRequiredDelay: ({ delay }) => `This has to be scheduled ${spanText(delay)} before it is done.`,
  AccessManagedUnauthorized: ({ caller }) => `The account ${named(caller)} lacks the role that this needs.`,
  AccessManagerAlreadyScheduled: () => "This is scheduled already.",
  AccessManagerBadConfirmation: () => "Only an account itself gives up its role.",
  AccessManagerExpired: () => "What was scheduled has expired: schedule it again.",
  AccessManagerInvalidInitialAdmin: () => "The protocol needs an account that administers its roles.",
  AccessManagerLockedFunction: () => "Who may call this function cannot be changed.",
  AccessManagerLockedRole: ({ roleId }) => `The role ${countText(roleId)} cannot be changed.`,
  AccessManagerNotReady: () => "What was scheduled is not due yet.",
  AccessManagerNotScheduled: () => "This has to be scheduled first.",
  AccessManagerUnauthorizedAccount: ({ msgsender, roleId }) =>
    `The account ${named(msgsender)} lacks the role ${countText(roleId)}.`,
  AccessManagerUnauthorizedCall: ({ caller, target }) =>
    `The account ${named(caller)} may not call this at ${named(target)}.`,
  AccessManagerUnauthorizedCancel: ({ msgsender, caller }) =>
    `The account ${named(msgsender)} may not cancel what ${named(caller)} has scheduled.`,
  AccessManagerUnauthorizedConsume: ({ target }) => `${named(target)} has scheduled nothing to be done now.`,

  /* PROPOSALS */
  GovernorAlreadyCastVote: () => "You have voted on this proposal already.",
  GovernorAlreadyQueuedProposal: () => "The proposal is queued already.",
  GovernorDisabledDeposit: () => "The governor takes no deposits: send them to the timelock.",
  GovernorInsufficientProposerVotes: ({ votes, threshold }, unit) =>
    `Proposing needs ${exactAmountText(threshold, unit)} of voting power; you have ${exactAmountText(votes, unit)}.`,
  GovernorInvalidProposalLength: ({ targets, calldatas, values }) =>
    `A proposal needs as many values and calls as targets: ${counted(targets, "target")}, ` +
    `${counted(values, "value")}, ${counted(calldatas, "call")}.`,
  GovernorInvalidQuorumFraction: ({ quorumNumerator, quorumDenominator }) =>
    `The quorum cannot be ${countText(quorumNumerator)} of ${countText(quorumDenominator)}.`,
  GovernorInvalidSignature: () => BROKEN_SIGNATURE,
  GovernorInvalidVoteParams: () => "The vote has parameters that the governor does not take.",
  GovernorInvalidVoteType: () => "A vote is for, against or abstaining.",
  GovernorInvalidVotingPeriod: ({ votingPeriod }) => `Voting cannot last ${spanText(votingPeriod)}.`,
  GovernorNonexistentProposal: () => "There is no such proposal.",
  GovernorOnlyExecutor: () => "Only the council itself does this, by a proposal.",
  GovernorProposalQueueingFailed: () => "The proposal could not be queued.",
  GovernorProposalQueueingNotRequired: () => "The proposal needs no queue: execute it.",
  GovernorRestrictedProposer: () => "The description of the proposal lets another account alone propose it.",
  GovernorUnableToCancel: () => "You cannot cancel this proposal.",
  GovernorUnexpectedProposalState: ({ current, expectedStates }) => {
    const wanted = statesIn(expectedStates, PROPOSAL_STATES);
    const now = `The proposal is ${PROPOSAL_STATES[Number(current)] ?? "in another state"}`;
    return wanted === "" ? `${now}.` : `${now}; this needs it to be ${wanted}.`;
  },
  TimelockInsufficientDelay: ({ delay, minDelay }) =>
    `The delay is ${spanText(delay)}; the timelock asks for ${spanText(minDelay)} at least.`,
  TimelockInvalidOperationLength: ({ targets, payloads, values }) =>
    `An operation needs as many values and calls as targets: ${counted(targets, "target")}, ` +
    `${counted(values, "value")}, ${counted(payloads, "call")}.`,
  TimelockUnauthorizedCaller: ({ caller }) => `The account ${named(caller)} may not do this: only the timelock itself.`,
  TimelockUnexecutedPredecessor: () => "Another operation has to be executed before this one.",
  TimelockUnexpectedOperationState: ({ expectedStates }) => {
    const wanted = statesIn(expectedStates, OPERATION_STATES);
    if (wanted === "ready") return "The delay of the timelock is not over, or the proposal is executed already.";
    return `The operation at the timelock is not ${wanted === "" ? "what this needs" : wanted}.`;
  },
} satisfies Partial<Errors>;
