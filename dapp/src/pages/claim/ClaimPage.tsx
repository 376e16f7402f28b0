import { type ComponentType, lazy, Suspense } from "react";
import { Link, useParams } from "wouter";
import type { Claim } from "../../claims/useClaims.ts";
import type { History } from "../../events/useEvents.ts";
import { Boundary } from "../../ui/Boundary.tsx";
import { ClaimText } from "../../ui/ClaimText.tsx";
import { Loading, Nothing, Shown, Trouble } from "../../ui/states.tsx";
import { Address, When } from "../../ui/values.tsx";
import "./claim.css";
import { type ClaimOutline, type FoundClaim, useClaim } from "./useClaim.ts";

const MarketPane = lazy(() => import("./market/MarketPane.tsx"));

/** The panes that wait until all is known of the claim. */
const PANES: Readonly<Record<string, ComponentType<{ readonly claim: Claim }>>> = {
  trade: lazy(() => import("./trade/TradePane.tsx")),
  epochs: lazy(() => import("./epochs/EpochsPane.tsx")),
  arguments: lazy(() => import("./arguments/ArgumentsPane.tsx")),
};

const TABS = [
  ["", "Belief market"],
  ["trade", "LONG / SHORT"],
  ["epochs", "Epochs"],
  ["arguments", "Arguments"],
] as const;

/** Everything about one claim. */
export default function ClaimPage() {
  const { claimId = "", tab = "" } = useParams<{ claimId: string; tab?: string }>();
  const found = useClaim(claimId);
  return (
    <Shown what="the claim" from={found.outline}>
      {(outline) => (outline === null ? <NoClaim /> : <ClaimFrame outline={outline} found={found} tab={tab} />)}
    </Shown>
  );
}

function NoClaim() {
  return (
    <>
      <h1>No such claim</h1>
      <p>
        No market has been created for this claim. <Link href="/">Look for another one, or create it</Link>
      </p>
    </>
  );
}

function ClaimFrame({
  outline,
  found: { claim, history },
  tab,
}: {
  readonly outline: ClaimOutline;
  readonly found: FoundClaim;
  readonly tab: string;
}) {
  return (
    <>
      <h1>
        {claim === undefined ? <span className="hint">Loading the claim…</span> : <ClaimText of={claim} isWhole />}
      </h1>
      <p className="hint">
        Created <When at={outline.createdAt} /> by <Address of={outline.author} />
      </p>
      <nav className="tabs" aria-label="Parts of the claim">
        {TABS.map(([path, name]) => (
          <Link
            key={path}
            href={`/claims/${outline.claimId}${path === "" ? "" : `/${path}`}`}
            aria-current={path === tab ? "page" : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      <Boundary key={`${outline.market} ${tab}`} what="this part of the claim">
        <Suspense fallback={<Loading what="this part of the claim" />}>
          {tab === "" ? (
            <MarketPane outline={outline} claim={claim} />
          ) : (
            <OtherPane tab={tab} claim={claim} history={history} />
          )}
        </Suspense>
      </Boundary>
    </>
  );
}

function OtherPane({ tab, claim, history }: { readonly tab: string; readonly claim: Claim | undefined } & WithHistory) {
  const Pane = PANES[tab];
  if (Pane === undefined) return <Nothing>A claim has no such part: choose one above.</Nothing>;
  if (claim !== undefined) return <Pane claim={claim} />;
  if (history.error !== null) return <Trouble what="the claim's history" error={history.error} />;
  return <Loading what="the claim" />;
}

interface WithHistory {
  readonly history: History;
}
