import { Collapsible } from "@base-ui/react/collapsible";
import { isApproved, isQuorumReached } from "../../../../../sdk/council/governance.ts";
import { useHead } from "../../../chain/read.ts";
import { counted } from "../../../format/numbers.ts";
import { type Column, DataTable } from "../../../ui/DataTable.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Said } from "../../../ui/Said.tsx";
import { Shown } from "../../../ui/states.tsx";
import { Address, Amount, When } from "../../../ui/values.tsx";
import { ShareBar } from "../ShareBar.tsx";
import { shareWad, VOTES } from "../units.ts";
import { Calls } from "./Calls.tsx";
import { ProposalSteps } from "./ProposalSteps.tsx";
import { KIND_NAMES, type Proposal, STATE_NAMES, timelineOf, titleAndText, VOTE_NAMES } from "./proposals.ts";
import { type ProposalNow, useProposal, type VotingRules } from "./useProposals.ts";
import { VoteForm } from "./VoteForm.tsx";

/** A proposal: what it is, how far it is, and what can be done about it. */
export function ProposalCard({ proposal, rules }: { readonly proposal: Proposal; readonly rules: VotingRules }) {
  const { title, text } = titleAndText(proposal.description);
  const now = useHead().data?.timestamp;
  const read = useProposal(proposal);
  return (
    <article className="card proposal">
      <h3>
        <Said>{title}</Said>
      </h3>
      <Shown what="the proposal" from={read}>
        {(known) => (
          <>
            <p>
              <strong className="badge">{STATE_NAMES[String(known.state)]}</strong>{" "}
              {KIND_NAMES[Number(proposal.kind)] ?? KIND_NAMES[0]}, by <Address of={proposal.proposer} />
            </p>
            {text !== "" && (
              <p className="text">
                <Said>{text}</Said>
              </p>
            )}
            <div className="columns">
              <Votes proposal={proposal} known={known} />
              {now !== undefined && <Timeline proposal={proposal} state={known.state} now={now} />}
            </div>
            <VoteForm proposal={proposal} known={known} rules={rules} />
            {now !== undefined && <ProposalSteps proposal={proposal} state={known.state} now={now} rules={rules} />}
            <Details proposal={proposal} />
          </>
        )}
      </Shown>
    </article>
  );
}

function Votes({ proposal, known }: { readonly proposal: Proposal; readonly known: ProposalNow }) {
  const { votes, quorum, totalPower } = known;
  const { approvalBps } = proposal;
  const decided = votes.for + votes.against;
  return (
    <div>
      <ShareBar label="For, of for and against" wad={shareWad(votes.for, decided)} need={approvalBps * 10n ** 14n} />
      <ShareBar
        label="For or abstaining, of all power"
        wad={shareWad(votes.for + votes.abstain, totalPower)}
        need={shareWad(quorum, totalPower)}
        look="plain"
      />
      <Facts
        label="Votes"
        of={[
          ["For", <Amount key="for" units={votes.for} of={VOTES} />],
          ["Against", <Amount key="against" units={votes.against} of={VOTES} />],
          ["Abstaining", <Amount key="abstain" units={votes.abstain} of={VOTES} />],
          ["Quorum", isQuorumReached(votes, quorum) ? "Reached" : <Amount key="quorum" units={quorum} of={VOTES} />],
          ["Approval", isApproved(votes, approvalBps) ? "Reached" : "Not reached"],
        ]}
      />
    </div>
  );
}

function Timeline({
  proposal,
  state,
  now,
}: {
  readonly proposal: Proposal;
  readonly state: bigint;
  readonly now: bigint;
}) {
  return (
    <ol className="timeline" aria-label="Timeline">
      {timelineOf(proposal, state, now).map(({ name, at, isPast }) => (
        <li key={name} className={isPast ? "past" : undefined}>
          <span>{name}</span>
          <span>{at === undefined ? <span className="hint">not yet</span> : <When at={at} />}</span>
        </li>
      ))}
    </ol>
  );
}

const VOTES_CAST: readonly Column<Proposal["votes"][number]>[] = [
  { head: "Who", cell: ({ voter }) => <Address of={voter} /> },
  { head: "Vote", cell: ({ support }) => VOTE_NAMES[String(support)] },
  { head: "Weight", isNumber: true, cell: ({ weight }) => <Amount units={weight} of={VOTES} /> },
  { head: "Reason", cell: ({ reason }) => <Said>{reason}</Said> },
];

function Details({ proposal: { calls, votes } }: { readonly proposal: Proposal }) {
  return (
    <div className="buttons">
      <Collapsible.Root>
        <Collapsible.Trigger className="quiet">What it does: {counted(calls.length, "call")}</Collapsible.Trigger>
        <Collapsible.Panel>
          <Calls calls={calls} />
        </Collapsible.Panel>
      </Collapsible.Root>
      {votes.length > 0 && (
        <Collapsible.Root>
          <Collapsible.Trigger className="quiet">Who voted: {counted(votes.length, "vote")}</Collapsible.Trigger>
          <Collapsible.Panel>
            <DataTable label="Who voted" columns={VOTES_CAST} rows={votes} keyOf={({ voter }) => voter} />
          </Collapsible.Panel>
        </Collapsible.Root>
      )}
    </div>
  );
}
