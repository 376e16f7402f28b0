import { useEffect } from "react";
import type { PositionRecord } from "../../../../sdk/market/history.ts";
import type { MarketParams } from "../../../../sdk/market/params.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import { type ClaimState, useClaimState } from "../../claims/useClaimState.ts";
import { type Claim, useClaims } from "../../claims/useClaims.ts";
import { ClaimText } from "../../ui/ClaimText.tsx";
import { Loading, Nothing, Trouble } from "../../ui/states.tsx";
import { PositionCard } from "../claim/market/PositionCard.tsx";
import { datesOf, positionsOf } from "../claim/market/positions.ts";
import { useMarketContract, useMarketPast, useRules } from "../claim/market/useMarket.ts";
import { ClaimLink } from "./ClaimLink.tsx";
import { beliefNeeds } from "./needs.ts";
import type { Reports } from "./useReports.ts";

interface Mine {
  readonly account: string;
  readonly now: bigint;
  readonly reports: Reports;
}

/** The open positions of an account in all belief markets. */
export function BeliefSection(mine: Mine) {
  const { claims, history } = useClaims();
  const known = claims.map(({ market }) => mine.reports.all[market]);
  const isKnown = history.isComplete && known.every((report) => report?.isComplete);
  const isEmpty = known.every((report) => report === undefined || report.count === 0);
  return (
    <section aria-labelledby="beliefs-title">
      <h2 id="beliefs-title">Positions in belief markets</h2>
      {history.error !== null && <Trouble what="the claims" error={history.error} />}
      <div className="columns">
        {claims.map((claim) => (
          <ClaimPositions key={claim.market} claim={claim} {...mine} />
        ))}
      </div>
      {!isKnown && <Loading what="your positions" />}
      {isKnown && isEmpty && <Nothing>You have no open position: commit to a side of a claim.</Nothing>}
    </section>
  );
}

function ClaimPositions({ claim, account, now, reports }: Mine & { readonly claim: Claim }) {
  const { market, block } = claim;
  const { positions, history } = useMarketPast(market, block);
  const { open } = positionsOf(positions, account);
  const state = useClaimState(market).data;
  const rules = useRules(market).data;
  const { isComplete } = history;
  const count = open.length;
  const { report } = reports;
  useEffect(() => {
    if (count === 0) report(market, { isComplete, count, needs: [] });
  }, [report, market, isComplete, count]);
  if (history.error !== null && count === 0) return <Trouble what="a market's history" error={history.error} />;
  if (count === 0 || state === undefined || rules === undefined) return null;
  return <OpenPositions {...{ claim, open, state, rules, now, reports, isComplete }} />;
}

function OpenPositions({
  claim,
  open,
  state,
  rules,
  now,
  reports: { report },
  isComplete,
}: Omit<Mine, "account"> & {
  readonly claim: Claim;
  readonly open: readonly PositionRecord[];
  readonly state: ClaimState;
  readonly rules: MarketParams;
  readonly isComplete: boolean;
}) {
  const { asset } = usePlace().network;
  const { market, claimId } = claim;
  const contract = useMarketContract(market);
  const ids = open.map(({ positionId }) => positionId);
  const pending = useRead(["pending rewards", market, ids.join()], () =>
    Promise.all(ids.map((positionId) => contract.pendingRewards(positionId))),
  ).data;
  useEffect(() => {
    const holdings = open.map((position, index) => {
      const { positionId, principal } = position;
      return { claimId, positionId, principal, pending: pending?.[index] ?? 0n, ...datesOf(position, rules) };
    });
    report(market, { isComplete, count: open.length, needs: beliefNeeds(holdings, now, asset) });
  }, [report, market, isComplete, open, pending, claimId, rules, now, asset]);
  return (
    <article className="holding">
      <h3>
        <ClaimLink claimId={claimId}>
          <ClaimText of={claim} />
        </ClaimLink>
      </h3>
      <ul className="cards">
        {open.map((position) => (
          <li key={String(position.positionId)} className="card">
            <PositionCard market={market} position={position} state={state} rules={rules} now={now} />
          </li>
        ))}
      </ul>
    </article>
  );
}
