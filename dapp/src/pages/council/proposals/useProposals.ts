import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { ProposalState, quorumDown, type VoteCount } from "../../../../../sdk/council/governance.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead, useRead } from "../../../chain/read.ts";
import type { Reader } from "../../../chain/reader.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { type History, useEvents } from "../../../events/useEvents.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type Proposal, proposalsIn } from "./proposals.ts";

/** What proposals are made and voted under. Spans in seconds, amounts in token units. */
export interface VotingRules {
  readonly votingDelay: bigint;
  readonly votingPeriod: bigint;
  readonly timelockDelay: bigint;
  readonly minProposalStake: bigint;
  readonly minVotingStake: bigint;
  readonly quorumPercent: bigint;
  readonly approvalBps: bigint;
  readonly maxVoteShareBps: bigint;
}

/** A proposal as it is now. */
export interface ProposalNow {
  readonly state: bigint;
  readonly votes: VoteCount;
  /** All voting power as of the second in which voting began, or now where it has not. */
  readonly totalPower: bigint;
  /** Votes for and abstaining that it needs. */
  readonly quorum: bigint;
  /** What the connected account can cast and whether it has; `undefined` where none is connected. */
  readonly mine: { readonly votes: bigint; readonly hasVoted: boolean } | undefined;
}

/** All proposals, the newest first, as far as the governor's events are known. */
export function useProposals(): { readonly proposals: readonly Proposal[]; readonly history: History } {
  const { reader } = usePlace();
  const history = useEvents(councilContracts(reader).councilGovernor, reader.network.contracts.CouncilGovernor.block);
  const { events } = history;
  const proposals = useMemo(() => proposalsIn(events), [events]);
  return { proposals, history };
}

/** What proposals are made and voted under. */
export function useVotingRules(): UseQueryResult<VotingRules> {
  return useRead(["voting rules"], async (reader) => {
    const { councilGovernor: governor, timelock } = councilContracts(reader);
    const [votingDelay, votingPeriod, timelockDelay, minProposalStake, minVotingStake] = await Promise.all([
      governor.votingDelay(),
      governor.votingPeriod(),
      timelock.getMinDelay(),
      governor.proposalThreshold(),
      governor.minVotingStake(),
    ]);
    const [quorumPercent, approvalBps, maxVoteShareBps] = await Promise.all([
      governor["quorumNumerator()"](),
      governor.approvalBps(),
      governor.maxVoteShareBps(),
    ]);
    return {
      ...{ votingDelay, votingPeriod, timelockDelay, minProposalStake, minVotingStake },
      ...{ quorumPercent, approvalBps, maxVoteShareBps },
    };
  });
}

/** A proposal as it is now. */
export async function readProposal(
  reader: Reader,
  { proposalId, votingBeginsAt }: Pick<Proposal, "proposalId" | "votingBeginsAt">,
  account: string | undefined,
  now: bigint,
): Promise<ProposalNow> {
  const { councilGovernor: governor, councilStaking } = councilContracts(reader);
  const [state, { againstVotes, forVotes, abstainVotes }] = await Promise.all([
    governor.state(proposalId),
    governor.proposalVotes(proposalId),
  ]);
  const isBegun = state !== ProposalState.Pending && now > votingBeginsAt;
  const asOf = isBegun ? votingBeginsAt : now - 1n;
  const [totalPower, quorum] = await Promise.all([
    councilStaking.getPastTotalSupply(asOf),
    isBegun ? governor.quorum(asOf) : governor["quorumNumerator()"](),
  ]);
  const mine =
    account === undefined
      ? undefined
      : await Promise.all([governor.getVotes(account, asOf), governor.hasVoted(proposalId, account)]);
  return {
    state,
    votes: { against: againstVotes, for: forVotes, abstain: abstainVotes },
    totalPower,
    quorum: isBegun ? quorum : quorumDown(totalPower, quorum),
    mine: mine && { votes: mine[0], hasVoted: mine[1] },
  };
}

/** A proposal as it is now. */
export function useProposal(proposal: Proposal): UseQueryResult<ProposalNow> {
  const { account } = useWallet();
  const now = useHead().data?.timestamp;
  return useRead(
    ["proposal", proposal.proposalId, account],
    (reader) => readProposal(reader, proposal, account, now ?? 0n),
    now !== undefined,
  );
}
