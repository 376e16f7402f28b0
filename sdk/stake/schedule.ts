import { revertWith } from "./errors.ts";

/** What fixes every epoch's instants, as `TruthSerum` has it. */
export interface EpochRules {
  /** First second of epoch 0, in unix seconds. */
  readonly startedAt: bigint;
  /** Length of an epoch in seconds. */
  readonly epochLength: bigint;
  /** Seconds after an epoch's end during which beliefs are opened, 1 to `epochLength`. */
  readonly revealWindow: bigint;
}

/** The instants of one epoch, in unix seconds, as `TruthSerum.scheduleOf` returns them. */
export interface EpochSchedule {
  /** First second of commits. */
  readonly startsAt: bigint;
  /** First second of opening. */
  readonly endsAt: bigint;
  /** First second of settling. */
  readonly settleableAt: bigint;
}

/** The epoch of an instant in unix seconds; the first is 0. Throws `BeforeFirstEpoch`. */
export function epochOf({ startedAt, epochLength }: EpochRules, timestamp: bigint): bigint {
  if (timestamp < startedAt) revertWith("BeforeFirstEpoch", { timestamp, startsAt: startedAt });
  return (timestamp - startedAt) / epochLength; // rounded down: an epoch's last second is still its own
}

/** First second of commits of an epoch, in unix seconds. */
export function startsAt({ startedAt, epochLength }: EpochRules, epoch: bigint): bigint {
  return startedAt + epoch * epochLength;
}

/** First second at which beliefs of an epoch can be opened, in unix seconds: the epoch after it has begun. */
export function endsAt(rules: EpochRules, epoch: bigint): bigint {
  return startsAt(rules, epoch + 1n);
}

/** First second at which an epoch can be settled and its beliefs cannot be opened any more, in unix seconds. */
export function settleableAt(rules: EpochRules, epoch: bigint): bigint {
  return endsAt(rules, epoch) + rules.revealWindow;
}

/** All instants of an epoch. */
export function scheduleOf(rules: EpochRules, epoch: bigint): EpochSchedule {
  return {
    startsAt: startsAt(rules, epoch),
    endsAt: endsAt(rules, epoch),
    settleableAt: settleableAt(rules, epoch),
  };
}
