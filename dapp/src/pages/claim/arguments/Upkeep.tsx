import { Collapsible } from "@base-ui/react/collapsible";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { argumentContract } from "../../../contracts/argument.ts";
import { actContract } from "../../../contracts/council.ts";
import { ACT, paidText } from "../../../format/amounts.ts";
import { counted } from "../../../format/numbers.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { useAmount } from "../../../ui/useAmount.ts";
import { Amount } from "../../../ui/values.tsx";
import type { Circumstances } from "./ArgumentsPane.tsx";
import { expiredStakes } from "./history.ts";

/** Stakes that are paid in one transaction. */
const BATCH = 100;

/** What anybody may do for all arguments: pay stakes that are over, and add to the reserve. */
export function Upkeep(circumstances: Circumstances) {
  const { free, reserved } = circumstances.rules;
  return (
    <section aria-labelledby="arguments-upkeep">
      <h2 id="arguments-upkeep">Upkeep</h2>
      <Facts
        label="The reserve that interest comes from"
        of={[
          ["Free in the reserve", <Amount key="free" units={free} of={ACT} />],
          ["Set aside for running stakes", <Amount key="reserved" units={reserved} of={ACT} />],
        ]}
      />
      <PayExpired {...circumstances} />
      <Collapsible.Root>
        <Collapsible.Trigger className="link">Add to the reserve</Collapsible.Trigger>
        <Collapsible.Panel>
          <Fund balance={circumstances.account?.balance} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </section>
  );
}

function PayExpired({ past: { all, history } }: Circumstances) {
  const { reader } = usePlace();
  const now = useHead().data?.timestamp ?? 0n;
  const expired = expiredStakes(all, now);
  const action = (): Action => ({
    title: `Pay ${counted(Math.min(expired, BATCH), "stake")} on arguments`,
    unit: ACT,
    call: () => argumentContract(reader).processExpired.populateTransaction(BATCH),
  });
  if (expired === 0) {
    return (
      <p className="hint">{history.isComplete ? "Every stake that is over has been paid." : "Looking for stakes…"}</p>
    );
  }
  return (
    <>
      <p>
        {counted(expired, "stake")} on arguments {expired === 1 ? "is" : "are"} over and can be credited by anybody.
      </p>
      <ActionButton label="Pay stakes that are over" look="quiet" action={action} />
    </>
  );
}

function Fund({ balance }: { readonly balance: bigint | undefined }) {
  const { reader } = usePlace();
  const typed = useAmount(ACT, balance);
  const { amount, problem, clear } = typed;
  const contract = argumentContract(reader);
  const action = (): Action => ({
    title: `Add ${paidText(amount, ACT)} to the reserve of arguments`,
    unit: ACT,
    call: () => contract.fundRewards.populateTransaction(amount),
    spending: { token: actContract(reader), spender: contract, amount },
  });
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AmountField label="What you give to the reserve" {...typed.field} />
      <p className="hint">It pays interest to whoever stakes. Nobody gets it back, nor do you.</p>
      <ActionButton label="Add to the reserve" look="quiet" action={action} problem={problem} onDone={clear} />
    </form>
  );
}
