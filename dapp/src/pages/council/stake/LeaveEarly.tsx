import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { councilContracts } from "../../../contracts/council.ts";
import { ACT, amountText } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";

/** Where a position is closed before its lock is over: asks first, with the penalty. */
export function LeaveEarly({
  positionId,
  paid,
  penalty,
  rules,
}: {
  readonly positionId: bigint;
  /** What leaving would pay, and what it would cost, in token units. */
  readonly paid: bigint;
  readonly penalty: bigint;
  readonly rules: StakingParams;
}) {
  const { councilStaking } = councilContracts(usePlace().reader);
  const [isOpen, setOpen] = useState(false);
  return (
    // Not modal: a wallet may ask on this page.
    <Dialog.Root open={isOpen} onOpenChange={setOpen} modal={false} disablePointerDismissal>
      <Dialog.Trigger className="quiet">Leave early…</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <Dialog.Title>Leave before the lock is over?</Dialog.Title>
          <Dialog.Description>
            It costs {bpsPercent(rules.earlyExitPenaltyBps)}, which goes to the rewards of all who stake.
          </Dialog.Description>
          <Facts
            label="What leaving early comes to"
            of={[
              ["You get", <Amount key="paid" units={paid} of={ACT} />],
              ["Penalty", <Amount key="penalty" units={penalty} of={ACT} paid />],
            ]}
          />
          <ActionButton
            label="Leave and pay the penalty"
            action={() => ({
              title: `Leave early with ${amountText(paid, ACT)}`,
              unit: ACT,
              call: () => councilStaking.unstakeEarly.populateTransaction(positionId),
            })}
            onDone={() => setOpen(false)}
          />
          <div className="buttons">
            <Dialog.Close className="quiet">Stay</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
