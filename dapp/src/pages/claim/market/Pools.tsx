import { Collapsible } from "@base-ui/react/collapsible";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { quoteEntryFeeBps } from "../../../../../sdk/market/quote.ts";
import { Side } from "../../../../../sdk/market/side.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { ClaimState } from "../../../claims/useClaimState.ts";
import { bpsPercent } from "../../../format/numbers.ts";
import { BeliefBar } from "../../../ui/BeliefBar.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { rulesInWords, SIDE_CLASSES, SIDE_NAMES, weightInDays, weightUnit } from "./words.ts";

/** What stands on both sides, what the market pays from, and its rules. */
export function Pools({ state, rules }: { readonly state: ClaimState; readonly rules: MarketParams }) {
  const { asset } = usePlace().network;
  return (
    <section className="card" aria-labelledby="pools">
      <h2 id="pools">Both sides</h2>
      <p className="belief">
        Belief{" "}
        <strong>
          <Percent wad={state.belief} />
        </strong>
      </p>
      <BeliefBar wad={state.belief} />
      <SidesTable state={state} />
      <Facts
        label="The market now"
        of={[
          ["Reward pool", <Amount key="srp" units={state.srp} of={asset} />],
          ["Not shared yet", <Amount key="undistributed" units={state.undistributed} of={asset} />],
          ["Entry fee now", bpsPercent(quoteEntryFeeBps(rules, state))],
        ]}
      />
      <Collapsible.Root>
        <Collapsible.Trigger className="link">The rules of this market</Collapsible.Trigger>
        <Collapsible.Panel>
          <dl className="market-rules" aria-label="The rules of this market">
            {rulesInWords(rules, asset).map(([name, words]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </Collapsible.Panel>
      </Collapsible.Root>
    </section>
  );
}

function SidesTable({ state }: { readonly state: ClaimState }) {
  const { asset } = usePlace().network;
  const sides = [
    { side: Side.Support, principal: state.supportPrincipal, weight: state.supportWeight },
    { side: Side.Oppose, principal: state.opposePrincipal, weight: state.opposeWeight },
  ];
  return (
    <table className="fits">
      <thead>
        <tr>
          <th scope="col">Side</th>
          <th scope="col" className="number">
            Principal
          </th>
          <th scope="col" className="number" title="Principal times the days it has been there">
            Weight
          </th>
        </tr>
      </thead>
      <tbody>
        {sides.map(({ side, principal, weight }) => (
          <tr key={side}>
            <th scope="row" className={SIDE_CLASSES[side]}>
              {SIDE_NAMES[side]}
            </th>
            <td className="number">
              <Amount units={principal} of={asset} />
            </td>
            <td className="number">
              <Amount units={weightInDays(weight)} of={weightUnit(asset)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
