/** What the thread of z3 shares with the one that waits for it. */
export interface Channel {
  /** Two numbers of 32 bits: see `ANSWERED` and `LENGTH`. */
  readonly signals: SharedArrayBuffer;
  /** The answer, in UTF-8. */
  readonly text: SharedArrayBuffer;
  /** The most steps that z3 takes for a query. */
  readonly effort: number;
}

/** Which signal is 1 once there is an answer. */
export const ANSWERED = 0;

/** Which signal says how many bytes it has. */
export const LENGTH = 1;
