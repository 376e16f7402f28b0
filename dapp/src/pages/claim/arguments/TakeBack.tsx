import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { ACT } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Amount } from "../../../ui/values.tsx";
import type { CardProps } from "./ArgumentCard.tsx";
import { takingBackProblem } from "./rules.ts";

/** Where its creator takes an argument back, as long as nobody did anything about it. */
export function TakeBack({ argument }: CardProps) {
  const { reader } = usePlace();
  const now = useHead().data?.timestamp ?? 0n;
  const problem = takingBackProblem(argument, now);
  if (problem !== undefined) return <p className="hint">{problem}</p>;
  const action = (): Action => ({
    title: `Take back “${argument.summary}”`,
    unit: ACT,
    call: () => argumentContract(reader).deleteArgument.populateTransaction(argument.argumentId),
  });
  return (
    <div>
      <p className="hint">
        Until somebody upvotes or marks it you can take it back: <Amount units={argument.stake.amount} of={ACT} /> are
        credited to you then, without interest.
      </p>
      <ActionButton label="Take back the argument" look="quiet" action={action} />
    </div>
  );
}
