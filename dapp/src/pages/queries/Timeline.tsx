import { phaseOf } from "../../../../sdk/query/clock.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import { When } from "../../ui/values.tsx";
import { WINDOW_NAMES } from "./asking.ts";
import { type Stretch, stretchesOf } from "./stretches.ts";
import type { QueryView } from "./view.ts";

/** The windows of a query, one after the other, and where it is. */
export function Timeline({ state, record, now }: QueryView) {
  const phase = phaseOf(state.query, now);
  const isEnd = phase >= Phase.Settleable;
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      <ol className="timeline">
        {stretchesOf(state.query, record?.askedAt, now).map((stretch) => (
          <li
            key={stretch.window}
            className={stretch.state}
            aria-current={stretch.state === "now" ? "step" : undefined}
          >
            <strong>{WINDOW_NAMES[stretch.window]}</strong>
            <span className="hint">
              <StretchWords of={stretch} />
            </span>
          </li>
        ))}
        <li className={isEnd ? "now" : "ahead"} aria-current={isEnd ? "step" : undefined}>
          <strong>{phase === Phase.Settled ? "Settled" : "Settlement"}</strong>
          <span className="hint">
            {phase === Phase.Settled
              ? "What is due is credited."
              : isEnd
                ? "By anybody, now."
                : "By anybody, after that."}
          </span>
        </li>
      </ol>
    </section>
  );
}

function StretchWords({ of: { state, from, until } }: { readonly of: Stretch }) {
  switch (state) {
    case "skipped":
      return "Left out.";
    case "past":
      return (
        <>
          Ended <When at={until} />.
        </>
      );
    case "now":
      return (
        <>
          Ends <When at={until} />.
        </>
      );
    case "ahead":
      return from === undefined ? null : (
        <>
          Begins <When at={from} />, ends <When at={until} />.
        </>
      );
  }
}
