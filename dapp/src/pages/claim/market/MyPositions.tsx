import { Collapsible } from "@base-ui/react/collapsible";
import type { PositionRecord } from "../../../../../sdk/market/history.ts";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { ClaimState } from "../../../claims/useClaimState.ts";
import { counted } from "../../../format/numbers.ts";
import { Loading, Nothing } from "../../../ui/states.tsx";
import { Amount, When } from "../../../ui/values.tsx";
import { useWallet } from "../../../wallet/WalletContext.tsx";
import { PositionCard } from "./PositionCard.tsx";
import { positionsOf } from "./positions.ts";
import type { MarketPast } from "./useMarket.ts";
import { SIDE_CLASSES, SIDE_NAMES } from "./words.ts";

/** What somebody has in a market. */
export interface PositionsProps {
  readonly market: string;
  readonly past: MarketPast;
  readonly state: ClaimState;
  readonly rules: MarketParams;
  readonly now: bigint;
}

/** The positions of the connected account. */
export function MyPositions(props: PositionsProps) {
  return (
    <section aria-labelledby="positions">
      <h2 id="positions">My positions</h2>
      <Content {...props} />
    </section>
  );
}

function Content({ past, ...others }: PositionsProps) {
  const { account } = useWallet();
  if (account === undefined) return <Nothing>Connect a wallet to see your positions here.</Nothing>;
  const { open, closed } = positionsOf(past.positions, account);
  const isKnown = past.history.isComplete;
  if (open.length + closed.length === 0) {
    return isKnown ? (
      <Nothing>You have no position in this market. Commit to a side to open one.</Nothing>
    ) : (
      <Loading what="your positions" />
    );
  }
  return (
    <>
      {!isKnown && <Loading what="more of your positions" />}
      {open.length > 0 && (
        <ul className="cards">
          {open.map((position) => (
            <li key={String(position.positionId)} className="card">
              <PositionCard position={position} {...others} />
            </li>
          ))}
        </ul>
      )}
      {closed.length > 0 && <Closed positions={closed} />}
    </>
  );
}

function Closed({ positions }: { readonly positions: readonly PositionRecord[] }) {
  return (
    <Collapsible.Root>
      <Collapsible.Trigger className="link">{counted(positions.length, "closed position")}</Collapsible.Trigger>
      <Collapsible.Panel>
        <ul className="activity">
          {positions.map((position) => (
            <ClosedItem key={String(position.positionId)} position={position} />
          ))}
        </ul>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function ClosedItem({ position }: { readonly position: PositionRecord }) {
  const { asset } = usePlace().network;
  const { positionId, side, principal, rewards, closing } = position;
  if (closing === undefined) return null;
  return (
    <li>
      <span>
        Position {String(positionId)}: <Amount units={principal} of={asset} /> on{" "}
        <span className={SIDE_CLASSES[side]}>{SIDE_NAMES[side]}</span>. Paid back{" "}
        <Amount units={closing.returned} of={asset} />, and <Amount units={rewards} of={asset} /> of rewards
      </span>
      <span className="hint">
        {closing.kind === "exited" ? "left early" : "withdrawn"} <When at={closing.at} />
      </span>
    </li>
  );
}
