import { Side } from "../../../../../sdk/market/side.ts";
import { type PoolState, proceedsOfDown } from "../../../../../sdk/stake/curve.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { tokenName } from "./quotes.ts";
import { type Holding, useHolding } from "./useTrade.ts";

/** What the connected account holds of a claim, what it would sell for, and what it locks. */
export function Position({ claimId, pool }: { readonly claimId: string; readonly pool: PoolState | null }) {
  const { account } = useWallet();
  const holding = useHolding(claimId);
  return (
    <section className="card" aria-labelledby="position-title">
      <h2 id="position-title">My position</h2>
      {account === undefined ? (
        <Nothing>Connect a wallet to see what you hold.</Nothing>
      ) : (
        <Shown what="what you hold" from={holding}>
          {(held) => <PositionFacts pool={pool} held={held} />}
        </Shown>
      )}
    </section>
  );
}

function PositionFacts({ pool, held }: { readonly pool: PoolState | null; readonly held: Holding }) {
  const { asset } = usePlace().network;
  const { tokens, locks, atRisk } = held;
  const weight = locks[Side.Support] + locks[Side.Oppose];
  if (pool === null || tokens[Side.Support] + tokens[Side.Oppose] === 0n) {
    return (
      <>
        <Nothing>You hold neither LONG nor SHORT of this claim.</Nothing>
        {atRisk > 0n && <Facts of={[["At risk on this claim", <Amount key="risk" units={atRisk} of={asset} />]]} />}
      </>
    );
  }
  const sides = [Side.Support, Side.Oppose].filter((side) => tokens[side] > 0n);
  return (
    <>
      {sides.map((side) => (
        <Facts
          key={side}
          label={tokenName(side)}
          of={[
            [
              `You hold, ${tokenName(side)}`,
              <Amount key="held" units={tokens[side]} of={{ ...asset, symbol: tokenName(side) }} />,
            ],
            ["All sold now pays", <Amount key="pays" units={proceedsOfDown(pool, side, tokens[side])} of={asset} />],
            ["Locked behind it", <Amount key="lock" units={locks[side]} of={asset} />],
          ]}
        />
      ))}
      <Facts
        label="Your voice"
        of={[
          ["Weight of your voice", <Amount key="weight" units={weight} of={asset} />],
          ["At risk on this claim", <Amount key="risk" units={atRisk} of={asset} />],
        ]}
      />
    </>
  );
}
