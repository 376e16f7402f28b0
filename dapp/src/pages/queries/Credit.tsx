import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import { queryContracts } from "../../contracts/query.ts";
import { amountText } from "../../format/amounts.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { Amount } from "../../ui/values.tsx";
import { useWallet } from "../../wallet/WalletContext.tsx";

/** What settlements have credited to the connected account, to be taken; nothing where there is nothing. */
export function Credit() {
  const { reader, network } = usePlace();
  const { account } = useWallet();
  const { queryEscrow } = queryContracts(reader);
  const credit = useRead(
    ["query credit", account],
    () => queryEscrow.credited(account ?? ""),
    account !== undefined,
  ).data;
  if (credit === undefined || credit === 0n) return null;
  const { asset } = network;
  const action = (): Action => ({
    title: `Withdraw ${amountText(credit, asset)} from queries`,
    unit: asset,
    call: () => queryEscrow.withdraw.populateTransaction(),
  });
  return (
    <section className="card" aria-label="Your credit">
      <p>
        Settled queries have credited <Amount units={credit} of={asset} /> to you.
      </p>
      <ActionButton label="Withdraw your credit" action={action} />
    </section>
  );
}
