import { Link } from "wouter";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useClaimState } from "../../claims/useClaimState.ts";
import type { Claim } from "../../claims/useClaims.ts";
import { BeliefBar } from "../../ui/BeliefBar.tsx";
import { ClaimText } from "../../ui/ClaimText.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Shown } from "../../ui/states.tsx";
import { Amount, Percent, When } from "../../ui/values.tsx";
import "./claims.css";

/** A claim in the list. */
export function ClaimCard({ claim }: { readonly claim: Claim }) {
  const { asset } = usePlace().network;
  const state = useClaimState(claim.market);
  return (
    <article>
      <h2 className="claim-title">
        <Link href={`/claims/${claim.claimId}`}>
          <ClaimText of={claim} />
        </Link>
      </h2>
      <Shown what="the market" from={state}>
        {({ belief, supportPrincipal, opposePrincipal }) => (
          <>
            <BeliefBar wad={belief} />
            <Facts
              of={[
                ["Belief", <Percent key="belief" wad={belief} />],
                ["On Support", <Amount key="support" units={supportPrincipal} of={asset} />],
                ["On Oppose", <Amount key="oppose" units={opposePrincipal} of={asset} />],
                ["Created", <When key="created" at={claim.createdAt} />],
              ]}
            />
          </>
        )}
      </Shown>
    </article>
  );
}
