import { useState } from "react";
import { scheduleOf } from "../../../../../sdk/stake/schedule.ts";
import type { History } from "../../../events/useEvents.ts";
import { Loading, Nothing, Trouble } from "../../../ui/states.tsx";
import type { EpochProps } from "./EpochsPane.tsx";
import { PastEpoch } from "./PastEpoch.tsx";
import { phaseOf } from "./phases.ts";

/** How many epochs are shown at first, and with every wish for more. */
const PAGE = 5;

/** The epochs whose time for opening is over, the newest first. */
export function PastEpochs(props: EpochProps & { readonly history: History }) {
  const { rules, now, records, history } = props;
  const [shown, setShown] = useState(PAGE);
  const past = records.filter(({ epoch }) => phaseOf(scheduleOf(rules, epoch), now) === "settling");
  return (
    <section aria-labelledby="past-title">
      <h2 id="past-title">Past epochs</h2>
      {history.error !== null && <Trouble what="all of the past" error={history.error} />}
      {past.length === 0 &&
        (history.isComplete ? (
          <Nothing>Nobody has spoken about this claim in an epoch that is over.</Nothing>
        ) : (
          history.error === null && <Loading what="past epochs" />
        ))}
      <div className="epochs-stack">
        {past.slice(0, shown).map((record) => (
          <PastEpoch key={String(record.epoch)} {...props} record={record} />
        ))}
      </div>
      {past.length > shown && (
        <div className="buttons">
          <button type="button" className="quiet" onClick={() => setShown(shown + PAGE)}>
            Show older epochs
          </button>
        </div>
      )}
    </section>
  );
}
