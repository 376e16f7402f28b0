import { Collapsible } from "@base-ui/react/collapsible";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { actContract, councilContracts } from "../../../contracts/council.ts";
import { ACT, paidText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { useAmount } from "../../../ui/useAmount.ts";
import { useBalance } from "../../../wallet/useBalance.ts";
import type { OpenedSession } from "./sessions.ts";

/** Where anybody adds to what the members of a session share. */
export function FundSession({ opened }: { readonly opened: OpenedSession }) {
  return (
    <Collapsible.Root className="more">
      <Collapsible.Trigger className="quiet">Add to its reward</Collapsible.Trigger>
      <Collapsible.Panel>
        <FundForm opened={opened} />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function FundForm({ opened: { sessionId, topic } }: { readonly opened: OpenedSession }) {
  const { reader } = usePlace();
  const token = actContract(reader);
  const { councilChamber } = councilContracts(reader);
  const typed = useAmount(ACT, useBalance(token));
  const { amount, problem, clear } = typed;
  return (
    <>
      <AmountField label="Amount to add" {...typed.field} />
      <ActionButton
        label="Add to the reward"
        problem={problem}
        action={() => ({
          title: `Add ${paidText(amount, ACT)} to a session: ${topic}`,
          unit: ACT,
          call: () => councilChamber.fundSession.populateTransaction(sessionId, amount),
          spending: { token, spender: councilChamber, amount },
        })}
        onDone={clear}
      />
    </>
  );
}
