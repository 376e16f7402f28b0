import { ProposalState } from "../../../../../sdk/council/governance.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT } from "../../../format/amounts.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { operationOf, type Proposal, titleAndText } from "./proposals.ts";
import type { VotingRules } from "./useProposals.ts";

/** What moves a proposal on, or takes it back: queueing, executing, cancelling. */
export function ProposalSteps({
  proposal,
  state,
  now,
  rules,
}: {
  readonly proposal: Proposal;
  readonly state: bigint;
  readonly now: bigint;
  readonly rules: VotingRules;
}) {
  const { councilGovernor } = councilContracts(usePlace().reader);
  const { title } = titleAndText(proposal.description);
  const operation = operationOf(proposal);
  const noText = proposal.description === undefined ? "Its description is no text: use another tool." : undefined;
  if (state === ProposalState.Pending) return <CancelProposal proposal={proposal} rules={rules} />;
  if (state === ProposalState.Succeeded) {
    return (
      <>
        <p className="hint">Once queued it waits for {spanText(rules.timelockDelay)}; then anyone can execute it.</p>
        <ActionButton
          label="Queue"
          problem={noText}
          action={() => ({
            title: `Queue: ${title}`,
            unit: ACT,
            call: () => councilGovernor.queue.populateTransaction(...operation),
          })}
        />
      </>
    );
  }
  if (state !== ProposalState.Queued) return null;
  const isEarly = proposal.executableAt !== undefined && now < proposal.executableAt;
  return (
    <ActionButton
      label="Execute"
      problem={noText ?? (isEarly ? "It waits in the timelock: see when it is executable." : undefined)}
      action={() => ({
        title: `Execute: ${title}`,
        unit: ACT,
        call: () => councilGovernor.execute.populateTransaction(...operation),
      })}
    />
  );
}

/** Who proposed takes it back before voting begins, and anybody where the proposer's stake is too low by now. */
function CancelProposal({ proposal, rules }: { readonly proposal: Proposal; readonly rules: VotingRules }) {
  const { account } = useWallet();
  const { councilGovernor } = councilContracts(usePlace().reader);
  const { proposer } = proposal;
  const staked = useRead(["staked by", proposer], async (reader) => {
    const known = await councilContracts(reader).councilStaking.account(proposer);
    return known.staked;
  }).data;
  const isMine = account === proposer;
  const isAbandoned = staked !== undefined && staked < rules.minProposalStake;
  if (!isMine && !isAbandoned) return null;
  return (
    <>
      {isAbandoned && <p className="hint">Its proposer no longer has the stake: anyone can cancel it.</p>}
      <ActionButton
        label="Cancel the proposal"
        look="quiet"
        action={() => ({
          title: `Cancel: ${titleAndText(proposal.description).title}`,
          unit: ACT,
          call: () => councilGovernor.cancel.populateTransaction(...operationOf(proposal)),
        })}
      />
    </>
  );
}
