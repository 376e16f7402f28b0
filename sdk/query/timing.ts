import { DAY, MINUTE } from "../time.ts";
import { revertWith } from "./errors.ts";

/** The four windows of a query, as `Timing` of `IQueryEscrow.sol`, in seconds. */
export interface Timing {
  /** For joining and submitting sealed answers. */
  readonly answering: bigint;
  /** For opening them. */
  readonly opening: bigint;
  /** For joining as a judge and submitting sealed votes. */
  readonly judging: bigint;
  /** For opening them. */
  readonly revealing: bigint;
}

/** Shortest window, in seconds. */
export const MIN_WINDOW = MINUTE;

/** Longest window, in seconds. */
export const MAX_WINDOW = 30n * DAY;

/** The windows in the order in which they pass, and are checked. */
export const WINDOWS = ["answering", "opening", "judging", "revealing"] as const satisfies readonly (keyof Timing)[];

/** Throws `WindowOutOfRange(window, duration, min, max)` for the first window outside its bounds. */
export function validateTiming(timing: Timing): void {
  for (const window of WINDOWS) {
    const duration = timing[window];
    if (duration < MIN_WINDOW || duration > MAX_WINDOW) {
      revertWith("WindowOutOfRange", { window, duration, min: MIN_WINDOW, max: MAX_WINDOW });
    }
  }
}
