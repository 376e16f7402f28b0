import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState } from "react";
import type { PositionRecord } from "../../../../../sdk/market/history.ts";
import type { EarlyExitQuote } from "../../../../../sdk/market/quote.ts";
import type { BeliefMarket } from "../../../../../typechain-types/index.ts";
import type { Action } from "../../../actions/action.ts";
import { useAction } from "../../../actions/useAction.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";

/** Leaving before the lock is over: asked twice, as it costs a penalty and the rewards. */
export function ExitDialog({
  contract,
  position: { positionId, principal },
  pending,
  quote,
}: {
  readonly contract: BeliefMarket;
  readonly position: PositionRecord;
  readonly pending: bigint;
  readonly quote: EarlyExitQuote;
}) {
  const { asset } = usePlace().network;
  const [isOpen, setOpen] = useState(false);
  const acting = useAction();
  const exit = (): Action => ({
    title: `Leave early with ${amountText(quote.returned, asset)}`,
    unit: asset,
    call: () => contract.exitEarly.populateTransaction(positionId),
  });
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setOpen}>
      <AlertDialog.Trigger className="quiet">Leave early…</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>Leave before the lock is over?</AlertDialog.Title>
          <AlertDialog.Description>
            The penalty and the rewards stay behind for those who wait. This cannot be undone.
          </AlertDialog.Description>
          <Facts
            label="What leaving early comes to"
            of={[
              ["Principal", <Amount key="principal" units={principal} of={asset} />],
              ["Penalty", <Amount key="penalty" units={quote.penalty} of={asset} paid />],
              ["You get back", <Amount key="returned" units={quote.returned} of={asset} />],
              ["Rewards given up", <Amount key="forfeited" units={pending} of={asset} paid />],
            ]}
          />
          <ActionButton label="Leave early" action={exit} acting={acting} onDone={() => setOpen(false)} />
          <div className="buttons">
            <AlertDialog.Close className="quiet">{acting.isBusy ? "Close" : "Stay"}</AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
