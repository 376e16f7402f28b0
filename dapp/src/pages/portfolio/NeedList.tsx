import { useState } from "react";
import { Link } from "wouter";
import { Said } from "../../ui/Said.tsx";
import { Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/values.tsx";
import { ClaimWords } from "./ClaimLink.tsx";
import { agendaOf, type Need } from "./needs.ts";

/** How much of what is ahead is shown at first. */
const FEW = 5;

/** What needs somebody next: what can be done now by its deadline, and what is ahead. */
export function NeedList({
  needs,
  now,
  isComplete,
}: {
  readonly needs: readonly Need[];
  readonly now: bigint;
  /** Whether everything was looked at. */
  readonly isComplete: boolean;
}) {
  const [shown, setShown] = useState(FEW);
  const agenda = agendaOf(needs, now);
  return (
    <section aria-labelledby="needs-title" aria-live="polite">
      <h2 id="needs-title">What needs you next</h2>
      {agenda.now.length > 0 && <Needs of={agenda.now} label="Now" />}
      {agenda.now.length === 0 && (
        <Nothing>{isComplete ? "Nothing needs you now." : "Nothing needs you now, as far as is known yet."}</Nothing>
      )}
      {agenda.later.length > 0 && (
        <>
          <h3>Ahead</h3>
          <Needs of={agenda.later.slice(0, shown)} label="Ahead" isAhead />
          {agenda.later.length > shown && (
            <button type="button" className="link" onClick={() => setShown(agenda.later.length)}>
              Show {agenda.later.length - shown} more
            </button>
          )}
        </>
      )}
    </section>
  );
}

function Needs({
  of,
  label,
  isAhead = false,
}: {
  readonly of: readonly Need[];
  readonly label: string;
  readonly isAhead?: boolean;
}) {
  return (
    <ol className="needs" aria-label={label}>
      {of.map((need) => (
        <li key={need.key} className={need.until !== undefined && !isAhead ? "urgent" : undefined}>
          <span>
            <Link href={need.href}>
              <Said>{need.what}</Said>
            </Link>
            {need.claimId !== undefined && (
              <span className="hint about">
                <ClaimWords claimId={need.claimId} />
              </span>
            )}
          </span>
          <Span of={need} isAhead={isAhead} />
        </li>
      ))}
    </ol>
  );
}

function Span({ of: { from, until, loss }, isAhead }: { readonly of: Need; readonly isAhead: boolean }) {
  return (
    <span className="when">
      {isAhead && from !== undefined && <When at={from} />}
      {isAhead && until !== undefined && ", "}
      {until !== undefined && (
        <>
          ends <When at={until} />
        </>
      )}
      {!isAhead && until === undefined && "at any time"}
      {loss !== undefined && <span className="hint about">or {loss} is lost</span>}
    </span>
  );
}
