import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { reasonOf } from "../actions/refusal.ts";

/** Says that something is on its way. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="note" role="status">
      Loading {what}…
    </p>
  );
}

/** Says that something cannot be shown, and why. */
export function Trouble({ what, error, retry }: { what: string; error: unknown; retry?: (() => void) | undefined }) {
  return (
    <div className="note trouble" role="alert">
      <p>
        Cannot load {what}: {reasonOf(error)}
      </p>
      {retry !== undefined && (
        <button type="button" className="quiet" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Says that there is nothing to show, and what to do about it. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className="note">{children}</p>;
}

/** What was read, or that it is on its way, or why it cannot be read. */
export function Shown<T>({
  what,
  from,
  children,
}: {
  /** Names it in a sentence: "the claims". */
  readonly what: string;
  readonly from: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}) {
  if (from.data !== undefined) return children(from.data);
  if (from.error !== null) return <Trouble what={what} error={from.error} retry={() => void from.refetch()} />;
  return <Loading what={what} />;
}
