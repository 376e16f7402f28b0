import type { BuyQuote } from "../../../../../sdk/stake/venue.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { Price } from "./PoolFacts.tsx";
import { impactOfBuy, leastAcceptable, lockOfPurchase, tokenName } from "./quotes.ts";
import type { TradeProps } from "./TradeForms.tsx";
import { useHolding } from "./useTrade.ts";

/** What a purchase comes to. */
export function BuyFacts({
  claimId,
  pool,
  side,
  slippage,
  amount,
  quote,
}: TradeProps & { readonly amount: bigint; readonly quote: BuyQuote }) {
  const { asset } = usePlace().network;
  const holding = useHolding(claimId).data;
  const unit = { ...asset, symbol: tokenName(side) };
  const { priceAfter, averagePrice, impact, beliefAfter } = impactOfBuy(pool, side, amount, quote);
  const lock = lockOfPurchase(amount);
  const lockBefore = holding?.locks[side] ?? 0n;
  return (
    <>
      <Facts
        label="What the purchase comes to"
        of={[
          ["You get about", <Amount key="tokens" units={quote.tokens} of={unit} />],
          ["At least", <Amount key="least" units={leastAcceptable(quote.tokens, slippage ?? 0n)} of={unit} />],
          ["Average price", <Price key="average" wad={averagePrice} />],
          ["Price afterwards", <Price key="after" wad={priceAfter} />],
          ["Price impact", impact === undefined ? "No price before" : <Percent key="impact" wad={impact} />],
          ["Market's belief afterwards", <Percent key="belief" wad={beliefAfter} />],
          ["Goes to your stake (skim)", <Amount key="skim" units={quote.skim} of={asset} paid />],
          ["Lock on this side (2 %)", <Amount key="lock" units={lock} of={asset} paid />],
        ]}
      />
      {lockBefore > 0n && (
        <p className="hint">
          The lock replaces the one of <Amount units={lockBefore} of={asset} /> that you have on this side
          {lock < lockBefore ? ": your voice gets smaller." : "."}
        </p>
      )}
    </>
  );
}
