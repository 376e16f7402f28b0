import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { Claim } from "../../../claims/useClaims.ts";
import { stakeContracts } from "../../../contracts/stake.ts";
import { ActionButton } from "../../../ui/ActionButton.tsx";
import { Nothing, Shown } from "../../../ui/states.tsx";
import { PoolFacts } from "./PoolFacts.tsx";
import { Position } from "./Position.tsx";
import { StakeBox } from "./StakeBox.tsx";
import { TradeForms } from "./TradeForms.tsx";
import "./trade.css";
import { useVenue, type Venue } from "./useTrade.ts";

/** LONG and SHORT of a claim: the pool, buying and selling, what is held, and the stake behind it. */
export default function TradePane({ claim: { claimId } }: { readonly claim: Pick<Claim, "claimId"> }) {
  const venue = useVenue(claimId);
  return (
    <Shown what="the pool" from={venue}>
      {({ pool, isPaused }) => (
        <div className="columns">
          <div className="trade-stack">
            <section className="card" aria-labelledby="pool-title">
              <h2 id="pool-title">Pool</h2>
              {pool === null ? <CreatePool claimId={claimId} isPaused={isPaused} /> : <PoolFacts pool={pool} />}
            </section>
            {pool !== null && <TradeForms claimId={claimId} pool={pool} isPaused={isPaused} />}
          </div>
          <div className="trade-stack">
            <Position claimId={claimId} pool={pool} />
            <StakeBox claimId={claimId} />
          </div>
        </div>
      )}
    </Shown>
  );
}

function CreatePool({ claimId, isPaused }: { readonly claimId: string } & Pick<Venue, "isPaused">) {
  const { reader, network } = usePlace();
  const { convictionMarket } = stakeContracts(reader);
  return (
    <>
      <Nothing>
        This claim has no pool yet. Anybody may create it: it costs gas alone, and LONG and SHORT can be bought from
        then on.
      </Nothing>
      <ActionButton
        label="Create the pool"
        problem={isPaused ? "The guardian has paused new pools." : undefined}
        action={() => ({
          title: "Create a pool",
          unit: network.asset,
          call: () => convictionMarket.createPool.populateTransaction(claimId),
        })}
      />
    </>
  );
}
