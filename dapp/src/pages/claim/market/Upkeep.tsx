import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import type { BeliefMarket } from "../../../../../typechain-types/index.ts";
import type { Action } from "../../../actions/action.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { amountText } from "../../../format/amounts.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { Amount } from "../../../ui/values.tsx";
import { openPositions } from "./positions.ts";
import { type MarketPast, useMarketContract } from "./useMarket.ts";

/** Positions that are looked at: those that have earned longest. */
const LOOKED_AT = 50;

/** What anybody may do for a market. */
export function Upkeep({ market, past }: { readonly market: string; readonly past: MarketPast }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="upkeep">
      <h2 id="upkeep">Upkeep</h2>
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <Collapsible.Trigger className="link">What anybody may do for this market</Collapsible.Trigger>
        <Collapsible.Panel>{isOpen && <Chores market={market} past={past} />}</Collapsible.Panel>
      </Collapsible.Root>
    </section>
  );
}

/** What each chore would bring just now: asked of the contract, which knows it to the unit. */
function useChores(market: string, past: MarketPast) {
  const contract = useMarketContract(market);
  const ids = openPositions(past.positions)
    .slice(0, LOOKED_AT)
    .map(({ positionId }) => positionId);
  const chores = useRead(["upkeep", market, ids.join()], async () => {
    const [shareable, ...excesses] = await Promise.all([
      contract.distribute.staticCall(),
      // a position may have been closed since its event was read
      ...ids.map((id) => contract.releaseExcess.staticCall(id).catch(() => 0n)),
    ]);
    const excess = ids.map((positionId, index) => ({ positionId, amount: excesses[index] ?? 0n }));
    return { shareable, excess: excess.filter(({ amount }) => amount > 0n) };
  });
  return { contract, chores };
}

function Chores({ market, past }: { readonly market: string; readonly past: MarketPast }) {
  const { contract, chores } = useChores(market, past);
  return (
    <Shown what="what there is to do" from={chores}>
      {({ shareable, excess }) => (
        <>
          {shareable === 0n && excess.length === 0 && (
            <Nothing>There is nothing to do: no rewards wait that could be shared now.</Nothing>
          )}
          {shareable > 0n && <Share contract={contract} amount={shareable} />}
          {excess.map(({ positionId, amount }) => (
            <Release key={String(positionId)} contract={contract} positionId={positionId} amount={amount} />
          ))}
        </>
      )}
    </Shown>
  );
}

function Share({ contract, amount }: { readonly contract: BeliefMarket; readonly amount: bigint }) {
  const { asset } = usePlace().network;
  const action = (): Action => ({
    title: `Share ${amountText(amount, asset)} among all positions`,
    unit: asset,
    call: () => contract.distribute.populateTransaction(),
  });
  return (
    <div>
      <p>
        <Amount units={amount} of={asset} /> of rewards wait and can be shared among all positions, by weight.
      </p>
      <ActionButton label="Share the rewards" look="quiet" action={action} />
    </div>
  );
}

function Release({
  contract,
  positionId,
  amount,
}: {
  readonly contract: BeliefMarket;
  readonly positionId: bigint;
  readonly amount: bigint;
}) {
  const { asset } = usePlace().network;
  const action = (): Action => ({
    title: `Hand back ${amountText(amount, asset)} of position ${positionId}`,
    unit: asset,
    call: () => contract.releaseExcess.populateTransaction(positionId),
  });
  return (
    <div>
      <p>
        Position {String(positionId)} has earned <Amount units={amount} of={asset} /> above its cap. Handed back, others
        can earn it; the position loses nothing.
      </p>
      <ActionButton label={`Hand back the excess of position ${positionId}`} look="quiet" action={action} />
    </div>
  );
}
