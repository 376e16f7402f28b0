import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { actContract, councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText, paidText, parseAmount } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
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
  const [text, setText] = useState("");
  const balance = useBalance(token);
  const parsed = parseAmount(text, ACT);
  const amount = "units" in parsed ? parsed.units : 0n;
  const tooMuch = balance !== undefined && amount > balance ? `You have ${amountText(balance, ACT)}.` : undefined;
  return (
    <>
      <AmountField
        label="Amount to add"
        unit={ACT}
        text={text}
        onText={setText}
        available={balance}
        problem={tooMuch}
      />
      <ActionButton
        label="Add to the reward"
        problem={"problem" in parsed ? parsed.problem : amount === 0n ? "Enter an amount." : tooMuch}
        action={() => ({
          title: `Add ${paidText(amount, ACT)} to a session: ${topic}`,
          unit: ACT,
          call: () => councilChamber.fundSession.populateTransaction(sessionId, amount),
          spending: { token, spender: councilChamber, amount },
        })}
        onDone={() => setText("")}
      />
    </>
  );
}
