import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { interestDown } from "../../../../../sdk/argument/interest.ts";
import { Side } from "../../../../../sdk/market/side.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { actContract } from "../../../contracts/council.ts";
import { ACT, paidText } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";
import type { Circumstances } from "./ArgumentsPane.tsx";
import { type Draft, writingProblem } from "./rules.ts";
import { SideChoice } from "./SideChoice.tsx";
import { TextField } from "./TextField.tsx";

interface Props extends Circumstances {
  readonly claimId: string;
}

const EMPTY: Draft = { summary: "", body: "" };

/** Where somebody argues for or against the claim. */
export function WriteArgument(props: Props) {
  return (
    <Collapsible.Root className="card">
      <Collapsible.Trigger className="quiet">Write an argument</Collapsible.Trigger>
      <Collapsible.Panel>
        <WriteForm {...props} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function WriteForm({ claimId, rules, account }: Props) {
  const { reader } = usePlace();
  const now = useHead().data?.timestamp ?? 0n;
  const [side, setSide] = useState<Side>(Side.Support);
  const [draft, setDraft] = useState(EMPTY);
  const contract = argumentContract(reader);
  const { params } = rules;
  const amount = params.creationStake;
  const action = (): Action => ({
    title: `Argue “${draft.summary}” with ${paidText(amount, ACT)}`,
    unit: ACT,
    call: () => contract.createArgument.populateTransaction(claimId, side, draft.summary, draft.body),
    spending: { token: actContract(reader), spender: contract, amount },
  });
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <SideChoice side={side} onSide={setSide} />
      <TextField
        label="Summary"
        text={draft.summary}
        onText={(summary) => setDraft({ ...draft, summary })}
        min={params.minSummaryLength}
        max={params.maxSummaryLength}
        rows={2}
      />
      <TextField
        label="Argument"
        text={draft.body}
        onText={(body) => setDraft({ ...draft, body })}
        min={params.minBodyLength}
        max={params.maxBodyLength}
        rows={6}
      />
      <Terms rules={rules} />
      <ActionButton
        label="Publish the argument"
        action={action}
        problem={account === undefined ? undefined : writingProblem(rules, account, draft, { claimId, now })}
        onDone={() => setDraft(EMPTY)}
      />
    </form>
  );
}

function Terms({ rules: { params } }: Pick<Circumstances, "rules">) {
  const amount = params.creationStake;
  return (
    <>
      <Facts
        label="What the argument comes to"
        of={[
          ["Your stake", <Amount key="stake" units={amount} of={ACT} paid />],
          ["Locked for", spanText(params.period)],
          [
            `Interest (${bpsPercent(params.interestRateBps)} a year)`,
            <Amount key="interest" units={interestDown(amount, params)} of={ACT} />,
          ],
          ["Of the interest of upvotes", bpsPercent(params.creatorShareBps)],
        ]}
      />
      <p className="hint">
        The words stay in the chain's history for good and cannot be changed. You can take the argument back until
        somebody upvotes or marks it. Found unhelpful, it costs you the {paidText(amount, ACT)}.
      </p>
    </>
  );
}
