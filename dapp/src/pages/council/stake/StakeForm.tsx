import { useState } from "react";
import type { StakingParams } from "../../../../../sdk/council/rules.ts";
import { earlyExitPenaltyUp, powerDown } from "../../../../../sdk/council/tiers.ts";
import { DAY } from "../../../../../sdk/time.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useHead } from "../../../chain/read.ts";
import { actContract, councilContracts } from "../../../contracts/council.ts";
import { ACT, paidText, parseAmount } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { exactTimeText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useBalance } from "../../../wallet/useBalance.ts";
import { TierChoice } from "../TierChoice.tsx";
import { lockText, VOTES } from "../units.ts";
import { useCouncilAccount, usePauseProblem } from "../useStaking.ts";
import { stakeProblem } from "./staking.ts";

/** Where a position is opened. */
export function StakeForm({ rules }: { readonly rules: StakingParams }) {
  const { reader } = usePlace();
  const token = actContract(reader);
  const { councilStaking } = councilContracts(reader);
  const [text, setText] = useState("");
  const [lockDays, setLockDays] = useState(rules.tiers[2].lockDays);
  const balance = useBalance(token);
  const mine = useCouncilAccount().data;
  const parsed = parseAmount(text, ACT);
  const amount = "units" in parsed ? parsed.units : 0n;
  const paused = usePauseProblem("councilStaking");
  const outOfBounds =
    "units" in parsed ? stakeProblem(amount, { rules, staked: mine?.staked, balance }) : parsed.problem;

  const action = (): Action => ({
    title: `Stake ${paidText(amount, ACT)}, ${lockText(lockDays)}`,
    unit: ACT,
    call: () => councilStaking.stake.populateTransaction(amount, lockDays),
    spending: {
      ...{ token, spender: councilStaking, amount },
      withPermit: (deadline, { v, r, s }) =>
        councilStaking.stakeWithPermit.populateTransaction(amount, lockDays, deadline, v, r, s),
    },
  });

  return (
    <section className="card" aria-labelledby="stake-title">
      <h2 id="stake-title">Stake ACT</h2>
      <AmountField
        label="Amount to stake"
        unit={ACT}
        text={text}
        onText={setText}
        available={balance}
        problem={"units" in parsed ? outOfBounds : undefined}
      />
      <TierChoice label="Lock" tiers={rules.tiers} lockDays={lockDays} onLockDays={setLockDays} />
      <StakeQuote rules={rules} amount={amount} lockDays={lockDays} />
      <ActionButton label="Stake" action={action} problem={paused ?? outOfBounds} onDone={() => setText("")} />
    </section>
  );
}

function StakeQuote({
  rules,
  amount,
  lockDays,
}: {
  readonly rules: StakingParams;
  readonly amount: bigint;
  readonly lockDays: bigint;
}) {
  const now = useHead().data?.timestamp;
  const leaves =
    lockDays === 0n ? (
      "at any time"
    ) : now === undefined ? (
      ""
    ) : (
      <span className="number" title={exactTimeText(now + lockDays * DAY)}>
        after {lockText(lockDays)}
      </span>
    );
  return (
    <Facts
      label="What staking comes to"
      of={[
        ["You pay, and keep as your stake", <Amount key="paid" units={amount} of={ACT} paid />],
        ["Voting power", <Amount key="power" units={powerDown(amount, lockDays, rules.tiers)} of={VOTES} />],
        ["Fee", "None"],
        ["Leaves whole", leaves],
        ...(lockDays === 0n
          ? []
          : ([
              [
                `Cost of leaving before (${bpsPercent(rules.earlyExitPenaltyBps)})`,
                <Amount key="penalty" units={earlyExitPenaltyUp(amount, rules)} of={ACT} paid />,
              ],
            ] as const)),
      ]}
    />
  );
}
