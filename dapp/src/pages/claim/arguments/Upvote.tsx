import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { interestDown, splitInterest } from "../../../../../sdk/argument/interest.ts";
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
import { Amount, When } from "../../../ui/values.tsx";
import type { CardProps } from "./ArgumentCard.tsx";
import { jailedUntil } from "./history.ts";
import { isSame, upvoteProblem } from "./rules.ts";

/** Where somebody raises an argument with stake of their own. */
export function Upvote(props: CardProps) {
  const [isOpen, setOpen] = useState(false);
  const { argument, account } = props;
  const isUpvoted = argument.upvotes.some(({ staker }) => isSame(staker, account?.user));
  if (isUpvoted) return null;
  return (
    <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className="quiet" aria-label={`Upvote this argument: ${argument.summary}`}>
        Upvote this argument
      </Collapsible.Trigger>
      <Collapsible.Panel>{isOpen && <UpvoteForm {...props} />}</Collapsible.Panel>
    </Collapsible.Root>
  );
}

function UpvoteForm({ argument, rules, account, past }: CardProps) {
  const { reader } = usePlace();
  const now = useHead().data?.timestamp;
  const contract = argumentContract(reader);
  const { params } = rules;
  const amount = params.upvoteStake;
  const { creator, upvoter } = splitInterest(interestDown(amount, params), params.creatorShareBps);
  const action = (): Action => ({
    title: `Upvote “${argument.summary}” with ${paidText(amount, ACT)}`,
    unit: ACT,
    call: () => contract.upvote.populateTransaction(argument.argumentId),
    spending: { token: actContract(reader), spender: contract, amount },
  });
  return (
    <>
      <Facts
        label="What the upvote comes to"
        of={[
          ["Your stake", <Amount key="stake" units={amount} of={ACT} paid />],
          ["Locked for", spanText(params.period)],
          ["Your interest", <Amount key="mine" units={upvoter} of={ACT} />],
          [
            `Its creator's interest (${bpsPercent(params.creatorShareBps)})`,
            <Amount key="theirs" units={creator} of={ACT} />,
          ],
        ]}
      />
      <Jail until={jailedUntil(past.history.events, argument.creator)} now={now} needed={params.unjailUpvotes} />
      <ActionButton
        label={`Upvote with ${paidText(amount, ACT)}`}
        action={action}
        problem={account === undefined ? undefined : upvoteProblem(rules, account, argument)}
      />
    </>
  );
}

function Jail({ until, now, needed }: { until: bigint; now: bigint | undefined; needed: bigint }) {
  if (now === undefined || now >= until) return null;
  return (
    <p className="hint">
      Its creator is in jail, which ends <When at={until} />, or after {String(needed)} such{" "}
      {needed === 1n ? "upvote" : "upvotes"}.
    </p>
  );
}
