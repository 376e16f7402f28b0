import { useCallback, useReducer } from "react";
import type { Need } from "./needs.ts";

/** What a market says of an account. */
export interface Report {
  /** Whether all of its history is known. */
  readonly isComplete: boolean;
  /** Open positions. */
  readonly count: number;
  readonly needs: readonly Need[];
}

/** What all markets have said. */
export interface Reports {
  readonly all: Readonly<Record<string, Report | undefined>>;
  /** To be the same from one look to the next. */
  readonly report: (market: string, report: Report) => void;
}

/** Collects what markets say, each of which is read by a component of its own. */
export function useReports(): Reports {
  const [all, add] = useReducer(withReport, {});
  const report = useCallback((market: string, said: Report) => add([market, said]), []);
  return { all, report };
}

function withReport(all: Reports["all"], [market, said]: readonly [string, Report]): Reports["all"] {
  return textOf(all[market]) === textOf(said) ? all : { ...all, [market]: said };
}

function textOf(report: Report | undefined): string {
  return JSON.stringify(report, (_, value) => (typeof value === "bigint" ? String(value) : value)) ?? "";
}
