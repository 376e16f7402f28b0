import { usePlace } from "../../../chain/NetworkContext.tsx";
import { actContract, councilContracts } from "../../../contracts/council.ts";
import { ACT, paidText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { useAmount } from "../../../ui/useAmount.ts";
import { useBalance } from "../../../wallet/useBalance.ts";

/** Where anybody pays for rewards. */
export function FundRewards() {
  const { reader } = usePlace();
  const token = actContract(reader);
  const { rewardsDistributor } = councilContracts(reader);
  const typed = useAmount(ACT, useBalance(token));
  const { amount, problem, clear } = typed;
  return (
    <section className="card" aria-labelledby="fund-title">
      <h2 id="fund-title">Pay for rewards</h2>
      <p>
        Rewards come from inflation, from penalties of who leaves early, from sessions, and from whoever pays. What is
        paid streams with the next period, and does not come back.
      </p>
      <AmountField label="Amount to give" {...typed.field} />
      <ActionButton
        label="Pay for rewards"
        problem={problem}
        action={() => ({
          title: `Pay ${paidText(amount, ACT)} for rewards`,
          unit: ACT,
          call: () => rewardsDistributor.fund.populateTransaction(amount),
          spending: { token, spender: rewardsDistributor, amount },
        })}
        onDone={clear}
      />
    </section>
  );
}
