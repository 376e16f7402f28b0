import type { EpochSchedule } from "../../../../../sdk/stake/schedule.ts";
import { When } from "../../../ui/values.tsx";
import { type EpochPhase, phaseOf, stretchesOf } from "./phases.ts";

const NAMES = { commits: "Commits", opening: "Opening" } as const;

/** An epoch's instants as a bar, and in words. */
export function Timeline({ schedule, now }: { readonly schedule: EpochSchedule; readonly now: bigint }) {
  return (
    <>
      <p>
        <Words phase={phaseOf(schedule, now)} schedule={schedule} />
      </p>
      <ol className="epoch-timeline" aria-label="Course of the epoch">
        {stretchesOf(schedule, now).map(({ name, from, to, share, over }) => (
          <li
            key={name}
            style={{ flexGrow: share }}
            aria-current={now >= from && now < to ? "step" : undefined}
            className={name}
          >
            <span className="epoch-timeline-bar" aria-hidden="true">
              <span style={{ width: `${over}%` }} />
            </span>
            <span className="epoch-timeline-name">{NAMES[name]}</span>
            <span className="hint">
              {now < to ? "ends" : "ended"} <When at={to} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Words({ phase, schedule }: { readonly phase: EpochPhase; readonly schedule: EpochSchedule }) {
  const { startsAt, endsAt, settleableAt } = schedule;
  switch (phase) {
    case "ahead":
      return (
        <>
          Begins <When at={startsAt} />.
        </>
      );
    case "commits":
      return (
        <>
          It takes beliefs and ends <When at={endsAt} />. The time to open them ends <When at={settleableAt} />; then
          anybody can settle it.
        </>
      );
    case "opening":
      return (
        <>
          It ended <When at={endsAt} />. The time to open what was sealed in it ends <When at={settleableAt} />; then
          anybody can settle it.
        </>
      );
    case "settling":
      return (
        <>
          The time to open what was sealed in it ended <When at={settleableAt} />. Anybody can settle it.
        </>
      );
  }
}
