import { useState } from "react";
import { proceedsOfDown } from "../../../../../sdk/stake/curve.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { stakeContracts } from "../../../contracts/stake.ts";
import { amountText, parseAmount } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { AmountField } from "../../../ui/AmountField.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { Price } from "./PoolFacts.tsx";
import { impactOfSale, leastAcceptable, tokenName } from "./quotes.ts";
import type { TradeFormProps, TradeProps } from "./TradeForms.tsx";
import { useHolding } from "./useTrade.ts";

/** Where one side of a claim is sold back to its pool. */
export function SellForm({ claimId, pool, side, slippage, limit }: TradeFormProps) {
  const { reader, network } = usePlace();
  const { asset } = network;
  const { convictionMarket } = stakeContracts(reader);
  const { account } = useWallet();
  const holding = useHolding(claimId);
  const [text, setText] = useState("");
  const unit = { ...asset, symbol: tokenName(side) };
  const parsed = parseAmount(text, unit);
  const tokens = "units" in parsed && parsed.units > 0n ? parsed.units : undefined;
  const held = account === undefined ? undefined : holding.data?.tokens[side];
  const isTooMuch = tokens !== undefined && held !== undefined && tokens > held;
  const shortage = isTooMuch ? `You hold ${amountText(held, unit)}.` : undefined;
  const problem =
    held === 0n
      ? `You hold no ${unit.symbol} of this claim.`
      : tokens === undefined
        ? "Enter how many to sell."
        : slippage === undefined
          ? "Mend the slippage limit."
          : (shortage ?? (held === undefined ? "Waiting for what you hold." : undefined));
  const isQuoted = tokens !== undefined && held !== undefined && tokens <= held;

  const action = (): Action => {
    const sold = tokens ?? 0n;
    const least = leastAcceptable(proceedsOfDown(pool, side, sold), slippage ?? 0n);
    return {
      title: `Sell ${amountText(sold, unit)}`,
      unit: asset,
      call: () => convictionMarket.sell.populateTransaction(claimId, side, sold, least),
    };
  };

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AmountField
        label="You sell"
        unit={unit}
        text={text}
        onText={setText}
        available={held === 0n ? undefined : held}
        problem={shortage}
      />
      {limit}
      {isQuoted && <SaleFacts {...{ claimId, pool, side, slippage, tokens, held }} />}
      <ActionButton label={`Sell ${unit.symbol}`} action={action} problem={problem} onDone={() => setText("")} />
    </form>
  );
}

function SaleFacts({
  claimId,
  pool,
  side,
  slippage,
  tokens,
  held,
}: TradeProps & { readonly tokens: bigint; readonly held: bigint }) {
  const { asset } = usePlace().network;
  const lock = useHolding(claimId).data?.locks[side] ?? 0n;
  const received = proceedsOfDown(pool, side, tokens);
  const { averagePrice, priceAfter, impact, beliefAfter } = impactOfSale(pool, side, tokens);
  return (
    <>
      <Facts
        label="What the sale comes to"
        of={[
          ["You get about", <Amount key="received" units={received} of={asset} />],
          ["At least", <Amount key="least" units={leastAcceptable(received, slippage ?? 0n)} of={asset} />],
          ["Average price", <Price key="average" wad={averagePrice} />],
          ["Price afterwards", <Price key="after" wad={priceAfter} />],
          ["Price impact", impact === undefined ? "No price before" : <Percent key="impact" wad={impact} />],
          ["Market's belief afterwards", <Percent key="belief" wad={beliefAfter} />],
        ]}
      />
      {lock > 0n && (
        <p className="hint">
          {tokens === held ? (
            <>
              These are the last of your {tokenName(side)}: your lock of <Amount units={lock} of={asset} /> is freed.
            </>
          ) : (
            <>
              Your lock of <Amount units={lock} of={asset} /> stays until you have sold the last of them.
            </>
          )}
        </p>
      )}
    </>
  );
}
