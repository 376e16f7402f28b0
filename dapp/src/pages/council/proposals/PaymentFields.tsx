import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { actContract } from "../../../contracts/council.ts";
import { assetContract } from "../../../contracts/market.ts";
import { ACT } from "../../../format/amounts.ts";
import { AmountField } from "../../../ui/AmountField.tsx";
import type { Wishes } from "./draft.ts";

type Payment = Wishes["payment"];

/** Who is paid from the treasury, and what. */
export function PaymentFields({
  payment,
  onPayment,
}: {
  readonly payment: Payment;
  readonly onPayment: (payment: Payment) => void;
}) {
  const { asset } = usePlace().network;
  const treasury = useRead(["treasury", payment.token], (reader) => {
    const token = payment.token === "ACT" ? actContract(reader) : assetContract(reader);
    return token.balanceOf(reader.network.contracts.TimelockController.address);
  });
  return (
    <>
      <div className="columns">
        <label className="field">
          <span>Token</span>
          <select
            value={payment.token}
            onChange={(event) => onPayment({ ...payment, token: event.currentTarget.value as Payment["token"] })}
          >
            <option value="ACT">{ACT.symbol}</option>
            <option value="asset">{asset.symbol}</option>
          </select>
        </label>
        <AmountField
          label="Amount to pay"
          unit={payment.token === "ACT" ? ACT : asset}
          text={payment.amount}
          onText={(amount) => onPayment({ ...payment, amount })}
          available={treasury.data}
        />
      </div>
      <label className="field">
        <span>Who is paid</span>
        <input
          value={payment.to}
          autoComplete="off"
          spellCheck={false}
          placeholder="0x…"
          onChange={(event) => onPayment({ ...payment, to: event.currentTarget.value })}
        />
      </label>
    </>
  );
}
