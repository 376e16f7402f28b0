import type { Side } from "../market/side.ts";
import type { QueueEntry } from "./queue.ts";
import type { ArgumentStatus, StakeKind, UnhelpfulReason } from "./state.ts";

/** An argument, as it was written; only its status changes. */
export interface ArgumentRecord {
  readonly id: bigint;
  readonly creator: string;
  readonly claimId: string;
  readonly side: Side;
  /** In unix seconds. */
  readonly createdAt: bigint;
  readonly creationStakeId: bigint;
  readonly contentHash: string;
  status: ArgumentStatus;
}

/** How a stake ended. */
export type Ending = "expired" | "deleted" | "slashed";

/** A stake, on the terms it was made on, and how it ended. Amounts in token units, instants in unix seconds. */
export interface StakeRecord extends QueueEntry {
  readonly staker: string;
  readonly argumentId: bigint;
  readonly kind: StakeKind;
  readonly amount: bigint;
  readonly interest: bigint;
  readonly shareBps: bigint;
  readonly createdAt: bigint;
  /** Null while nobody has ended it, though its time may be over. */
  ending: Ending | null;
  endedEarly: boolean;
  /** Whether it is still in the queue. */
  isQueued: boolean;
}

/** A mark on an argument. */
export interface MarkRecord {
  readonly argumentId: bigint;
  readonly curator: string;
  readonly reason: UnhelpfulReason;
  /** In unix seconds. */
  readonly markedAt: bigint;
  /** Whether running stakes made a curator of whoever marked, and not a role. */
  readonly isBackedByStakes: boolean;
}

/** What a user was credited, or withdrew where it is negative; in token units. */
export interface CreditRecord {
  readonly user: string;
  readonly amount: bigint;
}

/** Why the reserve changed: paid in, lost by a creator who was slashed, or paid as interest. */
export interface ReserveRecord {
  readonly why: "funded" | "slashed" | "interest";
  /** In token units; negative where it was paid out. */
  readonly amount: bigint;
}
