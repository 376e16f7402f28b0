import { useQueries } from "@tanstack/react-query";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { readOptions, useHead } from "../../chain/read.ts";
import { titleAndText } from "../council/proposals/proposals.ts";
import { readProposal, useProposals, useVotingRules } from "../council/proposals/useProposals.ts";
import { useMyRewards, useRewardStream } from "../council/rewards/useRewards.ts";
import { SessionPhase } from "../council/sessions/sessions.ts";
import { readSession, useAgent, useSessions } from "../council/sessions/useSessions.ts";
import { useCouncilAccount, usePositions, useStakingRules } from "../council/useStaking.ts";
import { type Need, proposalNeeds, rewardNeeds, type SessionDuty, sessionNeeds, stakeNeeds } from "./needs.ts";

/** Proposals and sessions that are looked at, the newest of each: what is older has ended, or nobody moves it on. */
const NEWEST = 30;

/** What an account has to do, and can, in the council. */
export function useCouncilNeeds(account: string): readonly Need[] {
  const now = useHead().data?.timestamp;
  const rules = useStakingRules().data;
  const positions = usePositions().data;
  const stream = useRewardStream().data;
  const mine = useMyRewards().data;
  const agent = useAgent().data;
  const proposals = useProposalNeeds(account, now);
  const sessions = useSessionNeeds(account);
  const stakes =
    rules === undefined || positions === undefined || now === undefined ? [] : stakeNeeds(positions, rules.tiers, now);
  const rewards =
    stream === undefined || mine === undefined
      ? []
      : rewardNeeds({
          ...mine,
          minClaim: stream.params.minClaim,
          periodEndsAt: stream.endsAt,
          nextAmount: stream.nextAmount,
          sessionCredit: agent?.credited ?? 0n,
        });
  return [...proposals, ...sessions, ...stakes, ...rewards];
}

function useProposalNeeds(account: string, now: bigint | undefined): readonly Need[] {
  const { reader } = usePlace();
  const { proposals } = useProposals();
  const stake = useCouncilAccount().data;
  const rules = useVotingRules().data;
  const open = proposals
    .slice(0, NEWEST)
    .filter(({ executedAt, canceledAt }) => executedAt === undefined && canceledAt === undefined);
  const states = useQueries({
    queries: open.map((proposal) =>
      readOptions(
        reader,
        ["proposal", proposal.proposalId, account],
        (from) => readProposal(from, proposal, account, now ?? 0n),
        now !== undefined,
      ),
    ),
  });
  const mayVote = stake !== undefined && rules !== undefined && stake.staked >= rules.minVotingStake;
  return proposalNeeds(
    open.flatMap((proposal, index) => {
      const known = states[index]?.data;
      if (known === undefined) return [];
      const { votes = 0n, hasVoted = false } = known.mine ?? {};
      const { title } = titleAndText(proposal.description);
      const canVote = mayVote && votes > 0n && !hasVoted;
      return [{ ...proposal, title, state: known.state, canVote, isProposer: proposal.proposer === account }];
    }),
  );
}

const PHASES: Readonly<Record<string, SessionDuty["phase"]>> = {
  [String(SessionPhase.Drawing)]: "drawing",
  [String(SessionPhase.Voting)]: "voting",
  [String(SessionPhase.Closable)]: "closable",
};

function useSessionNeeds(account: string): readonly Need[] {
  const { reader } = usePlace();
  const newest = useSessions().sessions.slice(0, NEWEST);
  const states = useQueries({
    queries: newest.map(({ sessionId }) =>
      readOptions(reader, ["session", sessionId, account], (from) => readSession(from, sessionId, account)),
    ),
  });
  return sessionNeeds(
    newest.flatMap(({ sessionId, topic, opener }, index) => {
      const session = states[index]?.data;
      if (session === undefined) return [];
      const member = session.members.find(({ agent }) => agent === account);
      const { endsAt } = session;
      const phase = PHASES[String(session.phase)] ?? "ended";
      const isMember = member !== undefined;
      return [
        {
          sessionId,
          topic,
          phase,
          endsAt,
          isOpener: opener === account,
          isMember,
          hasVoted: member?.hasVoted ?? false,
        },
      ];
    }),
  );
}
