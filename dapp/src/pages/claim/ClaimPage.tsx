import { type ComponentType, lazy, Suspense } from "react";
import { Link, useParams } from "wouter";
import { Boundary } from "../../ui/Boundary.tsx";
import { ClaimText } from "../../ui/ClaimText.tsx";
import { Loading, Nothing, Shown } from "../../ui/states.tsx";
import { Address, When } from "../../ui/values.tsx";
import "./claim.css";
import { type ClaimOutline, type FoundClaim, useClaim } from "./useClaim.ts";

const MarketPane = lazy(() => import("./market/MarketPane.tsx"));

/** The panes beside the market's: they need no more of a claim than its outline. */
const PANES: Readonly<Record<string, ComponentType<{ readonly claim: ClaimOutline }>>> = {
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
      {(outline) => (outline === null ? <NoClaim /> : <ClaimFrame outline={outline} claim={found.claim} tab={tab} />)}
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
  claim,
  tab,
}: {
  readonly outline: ClaimOutline;
  readonly claim: FoundClaim["claim"];
  readonly tab: string;
}) {
  return (
    <>
      <h1>
        <ClaimText of={claim ?? outline} isWhole />
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
          {tab === "" ? <MarketPane outline={outline} claim={claim} /> : <OtherPane tab={tab} outline={outline} />}
        </Suspense>
      </Boundary>
    </>
  );
}

function OtherPane({ tab, outline }: { readonly tab: string; readonly outline: ClaimOutline }) {
  const Pane = PANES[tab];
  if (Pane === undefined) return <Nothing>A claim has no such part: choose one above.</Nothing>;
  return <Pane claim={outline} />;
}
