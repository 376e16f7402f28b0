/** Where a query is, by the clock: values of the enum in `IQueryEscrow.sol`. */
export const Phase = {
  Answering: 0n,
  Opening: 1n,
  Judging: 2n,
  Revealing: 3n,
  Settleable: 4n,
  Settled: 5n,
} as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** How a query ended: values of the enum in `IQueryEscrow.sol`. */
export const Outcome = {
  /** Not settled yet. */
  Pending: 0n,
  /** Nobody opened an answer. */
  Cancelled: 1n,
  /** One answer was opened: nobody judged. */
  SingleAnswer: 2n,
  /** Two or more, and no vote was opened: all are good. */
  NoVotes: 3n,
  /** Two or more, none of them good. */
  AllBad: 4n,
  /** Two or more, some of them good. */
  Normal: 5n,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];
