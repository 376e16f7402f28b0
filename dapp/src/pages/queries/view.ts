import type { QueryRecord, QueryState } from "./records.ts";

/** What parts of the page show of a query. */
export interface QueryView {
  readonly state: QueryState;
  /** Its history, as soon as it is known. */
  readonly record: QueryRecord | undefined;
  /** The chain's time, in unix seconds. */
  readonly now: bigint;
}
