import { useState } from "react";
import { type Claim, useClaims } from "../../claims/useClaims.ts";
import { counted } from "../../format/numbers.ts";
import { Loading, Nothing, Trouble } from "../../ui/states.tsx";
import { ClaimCard } from "./ClaimCard.tsx";
import { CreateClaim } from "./CreateClaim.tsx";
import { ORDERS, type Order, useListed } from "./listed.ts";

/** Every claim that has a market: to be searched, sorted, and added to. */
export default function ClaimsPage() {
  const { claims, history } = useClaims();
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<Order>("weight");
  const listed = useListed(claims, search, order);
  return (
    <>
      <h1>Claims</h1>
      <p>
        Lock dollars on the side of a claim that you believe. Nothing is ever resolved true or false: belief is what
        time and capital say, and patience earns from fees.
      </p>
      <div className="columns">
        <label className="field">
          <span>Search</span>
          <input
            type="search"
            value={search}
            placeholder="Words of a claim, or its id"
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <label className="field">
          <span>Sort by</span>
          <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
            {Object.entries(ORDERS).map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <CreateClaim />
      {history.error !== null && <Trouble what="the claims" error={history.error} />}
      <ClaimList claims={listed} isComplete={history.isComplete} hasClaims={claims.length > 0} />
    </>
  );
}

function ClaimList({
  claims,
  isComplete,
  hasClaims,
}: {
  readonly claims: readonly Claim[];
  readonly isComplete: boolean;
  readonly hasClaims: boolean;
}) {
  if (claims.length === 0 && !isComplete) return <Loading what="the claims" />;
  if (claims.length === 0) {
    return (
      <Nothing>{hasClaims ? "No claim has these words." : "There is no claim yet: create the first one."}</Nothing>
    );
  }
  return (
    <>
      <p role="status" className="hint">
        {counted(claims.length, "claim")}
        {isComplete ? "" : " so far"}
      </p>
      <ul className="cards">
        {claims.map((claim) => (
          <li key={claim.claimId} className="card">
            <ClaimCard claim={claim} />
          </li>
        ))}
      </ul>
    </>
  );
}
