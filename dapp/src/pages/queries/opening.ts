import { phaseOf } from "../../../../sdk/query/clock.ts";
import type { Query } from "../../../../sdk/query/query.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import type { QueryState } from "./records.ts";

/** What is sealed in a query. */
export type SealedKind = "answer" | "vote";

/** Whether nothing of a kind can be opened any more. */
export function isOpeningOver(query: Query, kind: SealedKind, now: bigint): boolean {
  return phaseOf(query, now) > OPENED_IN[kind];
}

/** Why nothing of a kind can be opened yet, if so. */
export function openingProblem(query: Query, kind: SealedKind, now: bigint): string | undefined {
  if (phaseOf(query, now) >= OPENED_IN[kind]) return undefined;
  return kind === "answer"
    ? "Answers are opened when the time for answers is over."
    : "Votes are opened when the time for judging is over.";
}

const OPENED_IN: Readonly<Record<SealedKind, Phase>> = { answer: Phase.Opening, vote: Phase.Revealing };

/** Whose answers or votes are sealed and not opened: one account's first, the others in the order of joining. */
export function unopenedOf({ answers, judges }: QueryState, kind: SealedKind, first: string | undefined): string[] {
  const owners =
    kind === "answer"
      ? answers.filter(isUnopened).map(({ answerer }) => answerer)
      : judges.filter(isUnopened).map(({ judge }) => judge);
  return owners.toSorted((a, b) => Number(b === first) - Number(a === first));
}

function isUnopened({ isSealed, isOpened }: { readonly isSealed: boolean; readonly isOpened: boolean }): boolean {
  return isSealed && !isOpened;
}
