import { Collapsible } from "@base-ui/react/collapsible";
import { useMemo, useState } from "react";
import type { BeliefPoint } from "../../../../../sdk/market/projection.ts";
import { wadPercent } from "../../../format/numbers.ts";
import { exactTimeText } from "../../../format/times.ts";
import { TimeChart } from "../../../ui/charts/TimeChart.tsx";
import { Trouble } from "../../../ui/states.tsx";
import {
  type BeliefKnowledge,
  beliefOn,
  chartPoint,
  chartSpan,
  chartWords,
  expectedPoints,
  momentWords,
  PERIODS,
  type Period,
  pastPoints,
  periodsOf,
  spanOf,
  tableOf,
} from "./beliefHistory.ts";
import type { MarketPast } from "./useMarket.ts";

/** Belief over time, as the market's events tell it, and as it goes on if nobody moves. */
export function BeliefChart({ known, past }: { readonly known: BeliefKnowledge; readonly past: MarketPast }) {
  const [period, setPeriod] = useState<Period>("all");
  const [chosen, setChosen] = useState<bigint>();
  const { history } = past;
  const { now } = known;
  const drawn = useMemo(() => {
    const span = spanOf(known, period);
    const points = { past: pastPoints(known, span.from), expected: expectedPoints(known, span.to) };
    return { span, ...points, words: chartWords(known, span), rows: tableOf(known, span) };
  }, [known, period]);
  const { span } = drawn;
  const moment = chosen === undefined || chosen < span.from || chosen > span.to ? now : chosen;
  const wad = beliefOn(known, moment);
  const words = momentWords(known, moment);
  return (
    <figure className="card belief-chart">
      <div className="chart-head">
        <p className="read-out">{words}</p>
        <PeriodChoice period={period} onPeriod={setPeriod} age={now - known.createdAt} />
      </div>
      <TimeChart
        description={drawn.words}
        valueName="Belief"
        span={chartSpan(span)}
        now={Number(now)}
        past={drawn.past.map(chartPoint)}
        expected={drawn.expected.map(chartPoint)}
        moment={Number(moment)}
        share={wad === undefined ? undefined : Number(wad) / 1e18}
        words={words}
        onMoment={(at) => setChosen(at === Number(now) ? undefined : BigInt(at))}
      />
      <figcaption>
        <p className="hint">{drawn.words} The dashed line is what comes if nobody moves.</p>
        {history.error !== null && <Trouble what="all of the market's history" error={history.error} />}
        {!history.isComplete && history.error === null && <Reading progress={history.progress} />}
      </figcaption>
      <Collapsible.Root>
        <Collapsible.Trigger className="link">Show as a table</Collapsible.Trigger>
        <Collapsible.Panel>
          <BeliefTable rows={drawn.rows} now={now} />
        </Collapsible.Panel>
      </Collapsible.Root>
    </figure>
  );
}

function PeriodChoice({
  period,
  onPeriod,
  age,
}: {
  readonly period: Period;
  readonly onPeriod: (period: Period) => void;
  readonly age: bigint;
}) {
  const periods = periodsOf(age);
  if (periods.length === 1) return null;
  return (
    <label>
      <span className="hidden">Period</span>
      <select value={period} onChange={(event) => onPeriod(event.currentTarget.value as Period)}>
        {periods.map((name) => (
          <option key={name} value={name}>
            {PERIODS[name].name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Reading({ progress }: { readonly progress: number }) {
  return (
    <label className="reading hint">
      Reading the market's history
      <progress value={progress} />
    </label>
  );
}

function BeliefTable({ rows, now }: { readonly rows: readonly BeliefPoint[]; readonly now: bigint }) {
  return (
    <table className="fits">
      <caption className="hidden">Belief over time</caption>
      <thead>
        <tr>
          <th scope="col">Date and time</th>
          <th scope="col">Belief</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ time, wad }) => (
          <tr key={String(time)}>
            <td>{time === now ? "Now" : exactTimeText(time)}</td>
            <td>
              {wadPercent(wad)}
              {time > now && " if nobody moves"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
