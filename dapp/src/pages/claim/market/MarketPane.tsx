import { type ReactNode, useMemo } from "react";
import type { MarketParams } from "../../../../../sdk/market/params.ts";
import { useHead } from "../../../chain/read.ts";
import { type ClaimState, useClaimState } from "../../../claims/useClaimState.ts";
import type { Claim } from "../../../claims/useClaims.ts";
import { Shown } from "../../../ui/states.tsx";
import type { ClaimOutline } from "../useClaim.ts";
import { Activity } from "./Activity.tsx";
import { BeliefChart } from "./BeliefChart.tsx";
import type { BeliefKnowledge } from "./beliefHistory.ts";
import { CommitForm } from "./CommitForm.tsx";
import { MyPositions } from "./MyPositions.tsx";
import { Pools } from "./Pools.tsx";
import { Upkeep } from "./Upkeep.tsx";
import { type MarketPast, useMarketPast, useRules } from "./useMarket.ts";

/** The belief market of a claim: shown from its state at once, while its history is read. */
export default function MarketPane({
  outline,
  claim,
}: {
  readonly outline: ClaimOutline;
  /** `undefined` until the factory's events have been read so far. */
  readonly claim: Claim | undefined;
}) {
  const { market, createdAt } = outline;
  const past = useMarketPast(market, claim?.block);
  return (
    <>
      <Situated market={market}>
        {({ state, rules, now }) => (
          <>
            <h2>Belief over time</h2>
            <Chart createdAt={createdAt} state={state} now={now} past={past} />
            <div className="columns market">
              <Pools state={state} rules={rules} />
              <CommitForm market={market} state={state} rules={rules} now={now} />
            </div>
            <MyPositions market={market} past={past} state={state} rules={rules} now={now} />
          </>
        )}
      </Situated>
      <Activity past={past} />
      <Upkeep market={market} past={past} />
    </>
  );
}

interface Situation {
  readonly state: ClaimState;
  readonly rules: MarketParams;
  readonly now: bigint;
}

/** Shows what is made of a market as it is now, and its rules, when both are known. */
function Situated({
  market,
  children,
}: {
  readonly market: string;
  readonly children: (situation: Situation) => ReactNode;
}) {
  const [ofState, ofRules, ofHead] = [useClaimState(market), useRules(market), useHead()];
  return (
    <Shown what="the market" from={ofState}>
      {(state) => (
        <Shown what="the market's rules" from={ofRules}>
          {(rules) => (
            <Shown what="the newest block" from={ofHead}>
              {({ timestamp: now }) => children({ state, rules, now })}
            </Shown>
          )}
        </Shown>
      )}
    </Shown>
  );
}

interface ChartProps {
  readonly createdAt: bigint;
  readonly state: ClaimState;
  readonly now: bigint;
  readonly past: MarketPast;
}

function Chart({ createdAt, state, now, past }: ChartProps) {
  const { curve, history } = past;
  const { isComplete } = history;
  const known = useMemo((): BeliefKnowledge => {
    const knownUntil = isComplete ? now : curve.at(-1)?.from;
    return { createdAt, now, state, curve, knownUntil };
  }, [createdAt, now, state, curve, isComplete]);
  return <BeliefChart known={known} past={past} />;
}
