import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { ACT, paidText } from "../../../format/amounts.ts";
import { bpsPercent, counted } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { Loading, Nothing, Shown, Trouble } from "../../../ui/states.tsx";
import { ProposalCard } from "./ProposalCard.tsx";
import { ProposeForm } from "./ProposeForm.tsx";
import { useProposals, useVotingRules, type VotingRules } from "./useProposals.ts";

/** Proposals that are shown at first, and more with each wish for more. */
const PAGE = 10;

/** Proposals: all there are, and a new one. */
export function ProposalsTab() {
  const rules = useVotingRules();
  return (
    <Shown what="the rules of voting" from={rules}>
      {(known) => (
        <>
          <RulesInWords rules={known} />
          <Collapsible.Root className="card">
            <Collapsible.Trigger className="quiet">Propose something</Collapsible.Trigger>
            <Collapsible.Panel>
              <ProposeForm rules={known} />
            </Collapsible.Panel>
          </Collapsible.Root>
          <section aria-labelledby="proposals-title">
            <h2 id="proposals-title">Proposals</h2>
            <ProposalList rules={known} />
          </section>
        </>
      )}
    </Shown>
  );
}

function RulesInWords({ rules }: { readonly rules: VotingRules }) {
  const { minProposalStake, minVotingStake, votingDelay, votingPeriod, quorumPercent, approvalBps, timelockDelay } =
    rules;
  return (
    <p>
      Who has {paidText(minProposalStake, ACT)} staked proposes. {spanText(votingDelay)} later votes are counted as of
      that second, for {spanText(votingPeriod)}; who has {paidText(minVotingStake, ACT)} staked votes. A proposal passes
      with {String(quorumPercent)} % of all voting power for it or abstaining, and with {bpsPercent(approvalBps)} of for
      and against. Then it is queued, and executed {spanText(timelockDelay)} later at the earliest.
    </p>
  );
}

function ProposalList({ rules }: { readonly rules: VotingRules }) {
  const { proposals, history } = useProposals();
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      {history.error !== null && <Trouble what="the proposals" error={history.error} />}
      {proposals.length === 0 && !history.isComplete && <Loading what="the proposals" />}
      {proposals.length === 0 && history.isComplete && <Nothing>Nobody has proposed anything yet.</Nothing>}
      {proposals.length > 0 && (
        <p role="status" className="hint">
          {counted(proposals.length, "proposal")}
          {history.isComplete ? "" : " so far"}
        </p>
      )}
      {proposals.slice(0, shown).map((proposal) => (
        <ProposalCard key={proposal.proposalId} proposal={proposal} rules={rules} />
      ))}
      {proposals.length > shown && (
        <button type="button" className="quiet" onClick={() => setShown(shown + PAGE)}>
          Show earlier ones
        </button>
      )}
    </>
  );
}
