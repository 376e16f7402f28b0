import { useState } from "react";
import type { Side } from "../../../../../sdk/market/side.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { Reader } from "../../../chain/reader.ts";
import { assetContract } from "../../../contracts/market.ts";
import { stakeContracts } from "../../../contracts/stake.ts";
import { amountText, paidText, parseAmount } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Shown } from "../../../ui/states.tsx";
import { useBalance } from "../../../wallet/useBalance.ts";
import { BuyFacts } from "./BuyFacts.tsx";
import { leastAcceptable, tokenName } from "./quotes.ts";
import type { TradeFormProps } from "./TradeForms.tsx";
import { type Quoted, useBuyQuote } from "./useTrade.ts";

/** Where one side of a claim is bought. */
export function BuyForm({
  claimId,
  pool,
  side,
  slippage,
  limit,
  isPaused,
}: TradeFormProps & { readonly isPaused: boolean }) {
  const { reader, network } = usePlace();
  const { asset } = network;
  const token = assetContract(reader);
  const balance = useBalance(token);
  const [text, setText] = useState("");
  const parsed = parseAmount(text, asset);
  const amount = "units" in parsed && parsed.units > 0n ? parsed.units : undefined;
  const quote = useBuyQuote(claimId, side, amount);
  const quoted = amount === undefined ? undefined : quote.data;
  const isTooMuch = amount !== undefined && balance !== undefined && amount > balance;
  const shortage = isTooMuch ? `You have ${amountText(balance, asset)}.` : undefined;
  const problem = isPaused
    ? "The guardian has paused buying. Selling goes on."
    : problemOf(amount, slippage, shortage ?? quoted);
  const bought = quoted !== undefined && "tokens" in quoted ? quoted.tokens : 0n;
  const purchase = { claimId, side, amount: amount ?? 0n, least: leastAcceptable(bought, slippage ?? 0n) };

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AmountField label="You pay" unit={asset} text={text} onText={setText} available={balance} problem={shortage} />
      {limit}
      {amount !== undefined && (
        <Shown what="the quote" from={quote}>
          {(known) =>
            "problem" in known ? null : <BuyFacts {...{ claimId, pool, side, amount, slippage }} quote={known} />
          }
        </Shown>
      )}
      <ActionButton
        label={`Buy ${tokenName(side)}`}
        action={() => buyAction(reader, purchase)}
        problem={problem}
        onDone={() => setText("")}
      />
    </form>
  );
}

function problemOf(
  amount: bigint | undefined,
  slippage: bigint | undefined,
  answer: Quoted | string | undefined,
): string | undefined {
  if (amount === undefined) return "Enter an amount.";
  if (slippage === undefined) return "Mend the slippage limit.";
  if (answer === undefined) return "Waiting for the quote.";
  if (typeof answer === "string") return answer;
  return "problem" in answer ? answer.problem : undefined;
}

function buyAction(
  reader: Reader,
  { claimId, side, amount, least }: { claimId: string; side: Side; amount: bigint; least: bigint },
): Action {
  const { convictionMarket } = stakeContracts(reader);
  const { asset } = reader.network;
  return {
    title: `Buy ${tokenName(side)} for ${paidText(amount, asset)}`,
    unit: asset,
    call: () => convictionMarket.buy.populateTransaction(claimId, side, amount, least),
    spending: {
      token: assetContract(reader),
      spender: convictionMarket,
      amount,
      withPermit: (deadline, { v, r, s }) =>
        convictionMarket.buyWithPermit.populateTransaction(claimId, side, amount, least, deadline, v, r, s),
    },
  };
}
