import { useState } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { countText } from "../../../format/numbers.ts";
import { Loading, Nothing } from "../../../ui/states.tsx";
import { Address, Amount, TransactionHash, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { type Happening, happeningsOf } from "./activity.ts";
import type { MarketPast } from "./useMarket.ts";
import { SIDE_CLASSES, SIDE_NAMES } from "./words.ts";

/** Happenings that are shown at once. */
const PAGE = 10;

/** Who did what in a market, the newest first. */
export function Activity({ past }: { readonly past: MarketPast }) {
  const { history, positions } = past;
  const [shown, setShown] = useState(PAGE);
  const happenings = happeningsOf(history.events, positions);
  return (
    <section aria-labelledby="activity">
      <h2 id="activity">Recent activity</h2>
      {happenings.length === 0 && !history.isComplete && <Loading what="what happened" />}
      {happenings.length === 0 && history.isComplete && <Nothing>Nobody has committed to this claim yet.</Nothing>}
      <ul className="activity">
        {happenings.slice(0, shown).map((happening) => (
          <Item key={happening.id} happening={happening} />
        ))}
      </ul>
      {happenings.length > PAGE && (
        <p className="hint" role="status">
          {countText(Math.min(shown, happenings.length))} of {countText(happenings.length)}
        </p>
      )}
      {happenings.length > shown && (
        <button type="button" className="quiet" onClick={() => setShown(shown + PAGE)}>
          Show older
        </button>
      )}
    </section>
  );
}

function Item({ happening }: { readonly happening: Happening }) {
  const { asset } = usePlace().network;
  const { account } = useWallet();
  const { who, verb, amount, rest, side, cost, time, transaction } = happening;
  return (
    <li>
      <span>
        {who !== undefined && (who === account ? <strong>You</strong> : <Address of={who} />)} {verb}{" "}
        <Amount units={amount} of={asset} /> {rest}
        {side !== undefined && (
          <>
            {" "}
            on <span className={SIDE_CLASSES[side]}>{SIDE_NAMES[side]}</span>
          </>
        )}
        {cost !== undefined && (
          <>
            , {cost.name} <Amount units={cost.amount} of={asset} />
          </>
        )}
      </span>
      <span className="hint">
        <When at={time} /> · <TransactionHash of={transaction} />
      </span>
    </li>
  );
}
