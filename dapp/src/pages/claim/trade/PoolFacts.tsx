import { Side } from "../../../../../sdk/market/side.ts";
import { marketBeliefOf, type PoolState, priceOf } from "../../../../../sdk/stake/curve.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { BeliefBar } from "../../../ui/BeliefBar.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { priceInUnits } from "./quotes.ts";

/** A pool's prices, the belief that they tell, and what backs them. */
export function PoolFacts({ pool }: { readonly pool: PoolState }) {
  const { asset } = usePlace().network;
  const belief = marketBeliefOf(pool);
  return (
    <>
      <BeliefBar wad={belief} />
      <Facts
        label="The pool"
        of={[
          ["Belief that the market tells", <Percent key="belief" wad={belief} />],
          ["Price of LONG", <Price key="long" wad={priceOf(pool, Side.Support)} />],
          ["Price of SHORT", <Price key="short" wad={priceOf(pool, Side.Oppose)} />],
          ["LONG held by all", <Amount key="longs" units={pool.longSupply} of={{ ...asset, symbol: "LONG" }} />],
          ["SHORT held by all", <Amount key="shorts" units={pool.shortSupply} of={{ ...asset, symbol: "SHORT" }} />],
          ["Reserve that backs them", <Amount key="reserve" units={pool.reserve} of={asset} />],
        ]}
      />
      {pool.reserve === 0n && (
        <p className="hint">The pool is empty: the first token of either side costs 1 {asset.symbol}.</p>
      )}
      <p className="hint">
        LONG is Support and SHORT is Oppose. A side gets dearer as it is bought and cheaper as it is sold, and the
        reserve always covers selling everything back.
      </p>
    </>
  );
}

/** A price of a token. */
export function Price({ wad }: { readonly wad: bigint }) {
  const { asset } = usePlace().network;
  return <Amount units={priceInUnits(wad, asset.decimals)} of={asset} />;
}
