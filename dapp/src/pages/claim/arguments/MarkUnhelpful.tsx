import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { splitSlash } from "../../../../../sdk/argument/interest.ts";
import { UnhelpfulReason } from "../../../../../sdk/argument/state.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { ACT } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";
import type { CardProps } from "./ArgumentCard.tsx";
import { standingOf } from "./history.ts";
import { markingProblem } from "./rules.ts";

const REASONS = Object.entries(UnhelpfulReason);

/** Where a curator finds an argument unhelpful. */
export function MarkUnhelpful(props: CardProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className="link" aria-label={`It does not help: ${props.argument.summary}`}>
        It does not help
      </Collapsible.Trigger>
      <Collapsible.Panel>{isOpen && <MarkForm {...props} />}</Collapsible.Panel>
    </Collapsible.Root>
  );
}

function MarkForm({ argument, rules, account }: CardProps) {
  const { reader } = usePlace();
  const [reason, setReason] = useState<number>(UnhelpfulReason.Irrelevant);
  const action = (): Action => ({
    title: `Mark “${argument.summary}” as unhelpful`,
    unit: ACT,
    call: () => argumentContract(reader).markUnhelpful.populateTransaction(argument.argumentId, reason),
  });
  return (
    <>
      <label className="field">
        <span>Why it is unhelpful</span>
        <select value={reason} onChange={(event) => setReason(Number(event.currentTarget.value))}>
          {REASONS.map(([name, value]) => (
            <option key={name} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Consequences argument={argument} params={rules.params} isDeciding={account?.isSlasher === true} />
      <ActionButton
        label="Mark it as unhelpful"
        action={action}
        problem={account === undefined ? undefined : markingProblem(rules, account, argument)}
      />
    </>
  );
}

/** What a mark comes to: who marks may be the one who decides. */
function Consequences({
  argument: { stake, marks },
  params,
  isDeciding,
}: Pick<CardProps, "argument"> & { readonly params: CardProps["rules"]["params"]; readonly isDeciding: boolean }) {
  const now = useHead().data?.timestamp ?? 0n;
  const given = BigInt(marks.length) + 1n;
  const needed = isDeciding || given > params.unhelpfulThreshold ? given : params.unhelpfulThreshold;
  const atStake = standingOf(stake, now) === "running" ? stake.amount : 0n;
  const { curatorReward } = splitSlash(atStake, params.curatorShareBps, needed);
  return (
    <>
      <Facts
        label="What the mark comes to"
        of={[
          ["Your mark", isDeciding ? "decides" : `${given} of ${needed}`],
          ["Its creator loses", <Amount key="lost" units={atStake} of={ACT} paid />],
          ["You would get", <Amount key="reward" units={curatorReward} of={ACT} />],
        ]}
      />
      <p className="hint">
        With the last mark needed the argument falls: its stakes earn nothing more, and its creator writes no others for
        a while. Your own stakes on arguments cannot be taken back after a mark.
      </p>
    </>
  );
}
