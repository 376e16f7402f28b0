import { Side } from "../../../../sdk/market/side.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { type Column, DataTable } from "../../ui/DataTable.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Shown, Trouble } from "../../ui/states.tsx";
import { Amount } from "../../ui/values.tsx";
import { tokenName } from "../claim/trade/quotes.ts";
import { ClaimLink } from "./ClaimLink.tsx";
import { type TradeHolding, useTradeHoldings, useVault } from "./usePortfolio.ts";

/** LONG and SHORT that an account holds, and the stake behind them. */
export function TradeSection({ account }: { readonly account: string }) {
  const { asset } = usePlace().network;
  const { data, history } = useTradeHoldings(account);
  const vault = useVault(account);
  return (
    <section aria-labelledby="trade-title">
      <h2 id="trade-title">LONG and SHORT</h2>
      {history.error !== null && <Trouble what="what you hold" error={history.error} />}
      {data === undefined || (data.length === 0 && !history.isComplete) ? (
        <Loading what="what you hold" />
      ) : data.length === 0 ? (
        <Nothing>You hold neither LONG nor SHORT of any claim.</Nothing>
      ) : (
        <TradeTable of={data} />
      )}
      <Shown what="your stake" from={vault}>
        {({ totalStake, encumbered, withdrawable }) => (
          <div className="card">
            <Facts
              label="Your stake behind them"
              of={[
                ["Your stake", <Amount key="stake" units={totalStake} of={asset} />],
                ["Of it locked or at risk", <Amount key="locked" units={encumbered} of={asset} />],
                ["Free to withdraw", <Amount key="free" units={withdrawable} of={asset} />],
              ]}
            />
            <p className="hint">
              {data?.[0] === undefined ? (
                "Stake is deposited and withdrawn on any claim's page, under LONG / SHORT."
              ) : (
                <ClaimLink claimId={data[0].claimId} tab="trade">
                  Deposit or withdraw stake
                </ClaimLink>
              )}
            </p>
          </div>
        )}
      </Shown>
    </section>
  );
}

function TradeTable({ of }: { readonly of: readonly TradeHolding[] }) {
  const { asset } = usePlace().network;
  const columns: readonly Column<TradeHolding>[] = [
    { head: "Claim", cell: ({ claimId }) => <ClaimLink claimId={claimId} tab="trade" /> },
    { head: "You hold", isNumber: true, cell: ({ tokens }) => <Tokens of={tokens} /> },
    { head: "All sold now pays", isNumber: true, cell: ({ proceeds }) => <Amount units={proceeds} of={asset} /> },
    { head: "Locked", isNumber: true, cell: ({ lock }) => <Amount units={lock} of={asset} /> },
  ];
  return (
    <DataTable label="LONG and SHORT that you hold" columns={columns} rows={of} keyOf={({ claimId }) => claimId} />
  );
}

function Tokens({ of }: { readonly of: TradeHolding["tokens"] }) {
  const { asset } = usePlace().network;
  const held = [Side.Support, Side.Oppose].filter((side) => of[side] > 0n);
  return held.map((side) => (
    <div key={side}>
      <Amount units={of[side]} of={{ ...asset, symbol: tokenName(side) }} />
    </div>
  ));
}
