import { lazy, Suspense } from "react";
import { Link, Route, Router, Switch, useRoute } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { reasonOf } from "./actions/refusal.ts";
import { usePlace } from "./chain/NetworkContext.tsx";
import { useFreshness, useHead } from "./chain/read.ts";
import { Boundary } from "./ui/Boundary.tsx";
import { Loading } from "./ui/states.tsx";
import { TransactionList } from "./ui/Transactions.tsx";
import { WalletButton, WrongNetwork } from "./wallet/WalletButton.tsx";

const ClaimsPage = lazy(() => import("./pages/claims/ClaimsPage.tsx"));
const ClaimPage = lazy(() => import("./pages/claim/ClaimPage.tsx"));
const QueriesPage = lazy(() => import("./pages/queries/QueriesPage.tsx"));
const QueryPage = lazy(() => import("./pages/queries/QueryPage.tsx"));
const CouncilPage = lazy(() => import("./pages/council/CouncilPage.tsx"));
const PortfolioPage = lazy(() => import("./pages/portfolio/PortfolioPage.tsx"));
const TestWalletPanel = __HAS_LOCAL_CHAIN__ ? lazy(() => import("./wallet/TestWalletPanel.tsx")) : undefined;

const SECTIONS = [
  ["/", "Claims"],
  ["/queries", "Queries"],
  ["/council", "Council"],
  ["/portfolio", "Portfolio"],
] as const;

/** The frame of every page. */
export function App() {
  useFreshness();
  const { network } = usePlace();
  const [path] = useHashLocation();
  return (
    <Router hook={useHashLocation}>
      <button type="button" className="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the content
      </button>
      <header>
        <Link href="/" className="brand">
          Credence
        </Link>
        <nav aria-label="Sections">
          {SECTIONS.map(([href, name]) => (
            <Section key={href} href={href} name={name} />
          ))}
        </nav>
        <NetworkChoice />
        <WalletButton />
      </header>
      {TestWalletPanel !== undefined && network.isLocal && (
        <Boundary what="the test wallet">
          <Suspense>
            <TestWalletPanel network={network} />
          </Suspense>
        </Boundary>
      )}
      <WrongNetwork />
      <NodeTrouble />
      <SharedOrigin />
      <main id="main" tabIndex={-1}>
        <Boundary key={path} what="the page">
          <Suspense fallback={<Loading what="the page" />}>
            <Switch>
              <Route path="/" component={ClaimsPage} />
              <Route path="/claims/:claimId/:tab?" component={ClaimPage} />
              <Route path="/queries" component={QueriesPage} />
              <Route path="/queries/:queryId" component={QueryPage} />
              <Route path="/council/:tab?" component={CouncilPage} />
              <Route path="/portfolio" component={PortfolioPage} />
              <Route>
                <h1>Nothing is here</h1>
                <p>
                  <Link href="/">Go to the claims</Link>
                </p>
              </Route>
            </Switch>
          </Suspense>
        </Boundary>
      </main>
      <TransactionList />
    </Router>
  );
}

/** Says so where the page shares what the browser keeps for it with others: those of a gateway's path. */
function SharedOrigin() {
  if (!/^\/ip[fn]s\//.test(location.pathname)) return null;
  return (
    <div className="banner" role="alert">
      <p>
        Other sites of this gateway can read what this page keeps in your browser. Look around, but seal nothing here:
        open the app at an address of its own.
      </p>
    </div>
  );
}

/** Says so where the node is away: what is shown is what it was, and so are quotes. */
function NodeTrouble() {
  const { error } = useHead();
  if (error === null) return null;
  return (
    <div className="banner" role="alert">
      <p>The chain cannot be read just now: {reasonOf(error)} What this page shows may be old.</p>
    </div>
  );
}

function Section({ href, name }: { readonly href: string; readonly name: string }) {
  const [isHere] = useRoute(href === "/" ? "/" : `${href}/*?`);
  const [isClaim] = useRoute("/claims/*?");
  const isCurrent = isHere || (href === "/" && isClaim);
  return (
    <Link href={href} aria-current={isCurrent ? "page" : undefined}>
      {name}
    </Link>
  );
}

function NetworkChoice() {
  const { networks, network, choose } = usePlace();
  if (networks.length === 1) return <span className="network">{network.label}</span>;
  return (
    <label className="network">
      <span className="hidden">Network</span>
      <select value={network.chainId} onChange={(event) => choose(Number(event.currentTarget.value))}>
        {networks.map(({ chainId, label }) => (
          <option key={chainId} value={chainId}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
