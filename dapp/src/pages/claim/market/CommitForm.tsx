import { useState } from "react";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { Side } from "../../../../../sdk/market/side.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { ClaimState } from "../../../claims/useClaimState.ts";
import { assetContract } from "../../../contracts/market.ts";
import { paidText } from "../../../format/amounts.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { spanText } from "../../../format/times.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { useBalance } from "../../../wallet/useBalance.ts";
import { amountIn, amountProblem, draftProblem, type Outlook, outlookOf } from "./commitment.ts";
import { useMarketContract } from "./useMarket.ts";
import { dayText, SIDE_CLASSES, SIDE_NAMES } from "./words.ts";

/** A market at an instant. */
interface Situation {
  readonly state: ClaimState;
  readonly rules: MarketParams;
  readonly now: bigint;
}

/** Where somebody locks an amount on a side. */
export function CommitForm({ market, ...situation }: { readonly market: string } & Situation) {
  const { reader, network } = usePlace();
  const { asset } = network;
  const actionOf = useCommitting(market);
  const balance = useBalance(assetContract(reader));
  const [side, setSide] = useState<Side>();
  const [typed, setTyped] = useState("");
  const context = { rules: situation.rules, unit: asset, balance };
  const amount = amountIn({ typed }, asset);
  const isAllowed = amountProblem(amount, { ...context, balance: undefined }) === undefined;
  const outlook =
    side === undefined || amount === undefined || !isAllowed ? undefined : outlookOf({ side, amount }, situation);

  return (
    <form className="card" aria-labelledby="commit" onSubmit={(event) => event.preventDefault()}>
      <h2 id="commit">Commit</h2>
      <SideChoice side={side} onSide={setSide} />
      <AmountField
        label="Amount"
        unit={asset}
        text={typed}
        onText={setTyped}
        available={balance}
        problem={amount === undefined ? undefined : amountProblem(amount, context)}
      />
      {outlook !== undefined && <OutlookFacts outlook={outlook} rules={situation.rules} />}
      <ActionButton
        label={side === undefined ? "Commit" : `Commit on ${SIDE_NAMES[side]}`}
        action={() => actionOf(side ?? Side.Support, amount ?? 0n, outlook?.feeBps ?? 0n)}
        problem={draftProblem({ side, typed }, context)}
        onDone={() => setTyped("")}
      />
    </form>
  );
}

/** Makes the action of a commitment, with the highest fee that it takes, in bps. */
function useCommitting(market: string): (side: Side, amount: bigint, maxFeeBps: bigint) => Action {
  const { reader, network } = usePlace();
  const contract = useMarketContract(market);
  return (side, amount, maxFeeBps) => ({
    title: `Commit ${paidText(amount, network.asset)} on ${SIDE_NAMES[side]}`,
    unit: network.asset,
    call: () => contract.commit.populateTransaction(side, amount, maxFeeBps),
    spending: {
      token: assetContract(reader),
      spender: contract,
      amount,
      withPermit: (deadline, { v, r, s }) =>
        contract.commitWithPermit.populateTransaction(side, amount, maxFeeBps, deadline, v, r, s),
    },
  });
}

function SideChoice({ side, onSide }: { readonly side: Side | undefined; readonly onSide: (side: Side) => void }) {
  return (
    <fieldset className="sides">
      <legend>Side</legend>
      {[Side.Support, Side.Oppose].map((one) => (
        <label key={one} className={SIDE_CLASSES[one]}>
          <input type="radio" name="side" checked={side === one} onChange={() => onSide(one)} /> {SIDE_NAMES[one]}
        </label>
      ))}
    </fieldset>
  );
}

function OutlookFacts({ outlook, rules }: { readonly outlook: Outlook; readonly rules: MarketParams }) {
  const { asset } = usePlace().network;
  const { feeBps, fee, principal, rewardAllowance, unlocksAt, beliefWith, beliefWithout } = outlook;
  return (
    <>
      <Facts
        label="What the commitment comes to"
        of={[
          ["You pay", <Amount key="pay" units={fee + principal} of={asset} paid />],
          [`Entry fee (${bpsPercent(feeBps)})`, <Amount key="fee" units={fee} of={asset} paid />],
          ["Your principal", <Amount key="principal" units={principal} of={asset} />],
          ["Locked for", `${spanText(rules.lockPeriod)}, until ${dayText(unlocksAt)}`],
          ["Most it can ever earn", <Amount key="most" units={rewardAllowance} of={asset} />],
          [
            "Belief then, if nobody else moves",
            <span key="belief">
              <Percent wad={beliefWith} /> instead of <Percent wad={beliefWithout} />
            </span>,
          ],
        ]}
      />
      <p className="hint">
        {feeBps === 0n ? "You enter without a fee" : `The fee is at most ${bpsPercent(feeBps)}`}: if somebody is ahead
        of you and it rises, nothing is taken and you can try again.
      </p>
    </>
  );
}
