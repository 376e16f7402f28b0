import { useId, useState } from "react";
import { ProposalState, VoteType } from "../../../../../sdk/council/governance.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";
import { VOTES } from "../units.ts";
import { useCouncilAccount } from "../useStaking.ts";
import { type Proposal, titleAndText, VOTE_NAMES, votingProblem } from "./proposals.ts";
import type { ProposalNow, VotingRules } from "./useProposals.ts";

const CHOICES: readonly VoteType[] = [VoteType.For, VoteType.Against, VoteType.Abstain];

/** Where somebody votes on a proposal, while there is voting. */
export function VoteForm({
  proposal,
  known,
  rules,
}: {
  readonly proposal: Proposal;
  readonly known: ProposalNow;
  readonly rules: VotingRules;
}) {
  const { councilGovernor } = councilContracts(usePlace().reader);
  const [choice, setChoice] = useState<VoteType>();
  const [reason, setReason] = useState("");
  const staked = useCouncilAccount().data?.staked;
  const { state, mine } = known;
  if (state !== ProposalState.Active) return null;
  if (mine?.hasVoted) return <p role="status">You have voted.</p>;
  const obstacle =
    mine === undefined || staked === undefined
      ? undefined
      : votingProblem({ state, staked, minVotingStake: rules.minVotingStake, ...mine });
  const { title } = titleAndText(proposal.description);
  const vote = choice ?? VoteType.For;
  return (
    <>
      <ChoiceField choice={choice} onChoice={setChoice} />
      <label className="field">
        <span>Reason (optional, public)</span>
        <input value={reason} maxLength={280} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      {mine !== undefined && (
        <Facts label="Your vote" of={[["It counts", <Amount key="votes" units={mine.votes} of={VOTES} />]]} />
      )}
      <ActionButton
        label="Vote"
        problem={obstacle ?? (choice === undefined ? "Choose how you vote." : undefined)}
        action={() => ({
          title: `Vote ${VOTE_NAMES[String(vote)]?.toLowerCase()}: ${title}`,
          unit: ACT,
          call: () =>
            reason.trim() === ""
              ? councilGovernor.castVote.populateTransaction(proposal.proposalId, vote)
              : councilGovernor.castVoteWithReason.populateTransaction(proposal.proposalId, vote, reason.trim()),
        })}
      />
    </>
  );
}

function ChoiceField({
  choice,
  onChoice,
}: {
  readonly choice: VoteType | undefined;
  readonly onChoice: (choice: VoteType) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend>Your vote</legend>
      <div className="tiers">
        {CHOICES.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={choice === one} onChange={() => onChoice(one)} />
            <span>{VOTE_NAMES[String(one)]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
