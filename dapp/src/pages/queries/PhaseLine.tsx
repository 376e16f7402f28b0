import { phaseOf } from "../../../../sdk/query/clock.ts";
import type { Query } from "../../../../sdk/query/query.ts";
import { Outcome, Phase } from "../../../../sdk/query/state.ts";
import { When } from "../../ui/values.tsx";
import { endOf, PHASE_NAMES } from "./stretches.ts";

const DUE: Readonly<Record<string, string>> = {
  [String(Phase.Answering)]: "Answers can be submitted; this ends",
  [String(Phase.Opening)]: "Answers are opened; this ends",
  [String(Phase.Judging)]: "Judges submit their votes; this ends",
  [String(Phase.Revealing)]: "Votes are opened; this ends",
};

/** How a query ended, in a sentence. */
export const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  [String(Outcome.Pending)]: "It is not settled yet.",
  [String(Outcome.Cancelled)]: "Nobody opened an answer: the asker gets everything.",
  [String(Outcome.SingleAnswer)]: "One answer was opened: nobody had to judge.",
  [String(Outcome.NoVotes)]: "Nobody opened a vote: all opened answers are good.",
  [String(Outcome.AllBad)]: "The judges found no answer good.",
  [String(Outcome.Normal)]: "The judges found good answers.",
};

/** Where a query is, and what is due. */
export function PhaseLine({ query, now }: { readonly query: Query; readonly now: bigint }) {
  const phase = phaseOf(query, now);
  const end = endOf(query, phase);
  return (
    <p className="phase-line">
      <strong className="phase">{PHASE_NAMES[String(phase)]}</strong>{" "}
      {end !== undefined && (
        <>
          {DUE[String(phase)]} <When at={end} />.
        </>
      )}
      {phase === Phase.Settleable && "Anybody can settle it now."}
      {phase === Phase.Settled && OUTCOME_WORDS[String(query.outcome)]}
    </p>
  );
}
