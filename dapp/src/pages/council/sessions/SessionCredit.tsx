import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";

/** What closed sessions have credited to the connected account, to be taken. */
export function SessionCredit({ credited }: { readonly credited: bigint }) {
  const { councilChamber } = councilContracts(usePlace().reader);
  return (
    <section className="card" aria-labelledby="credit-title">
      <h3 id="credit-title">What sessions owe you</h3>
      <Facts label="Your credit" of={[["Your credit", <Amount key="credit" units={credited} of={ACT} />]]} />
      <ActionButton
        label="Withdraw"
        problem={credited === 0n ? "Nothing is credited to you." : undefined}
        action={() => ({
          title: `Withdraw ${amountText(credited, ACT)} from sessions`,
          unit: ACT,
          call: () => councilChamber.withdraw.populateTransaction(),
        })}
      />
    </section>
  );
}
