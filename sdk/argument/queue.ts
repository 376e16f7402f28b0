/** The most eras that the queue holds at a time. */
export const MAX_ERAS = 16n;

/** A stake in the queue. */
export interface QueueEntry {
  /** The stake's id. */
  readonly id: bigint;
  /** Stakes made in a row for one period have the same era; later eras have larger numbers. */
  readonly era: number;
  /** In unix seconds. */
  readonly endsAt: bigint;
  /** Whether the stake was deleted or slashed, and only has to be taken out. */
  readonly endedEarly: boolean;
}

/** What the queue yields next, due or not: a stake at the head of its era that ended early, or the one that ends first. */
export function headOf<E extends QueueEntry>(entries: readonly E[]): E | undefined {
  const running = entries.filter(({ endedEarly }) => !endedEarly);
  const atHead = entries.filter(
    (entry) => entry.endedEarly && !running.some(({ era, id }) => era === entry.era && id < entry.id),
  );
  const [early] = atHead.toSorted(byEra);
  const [first] = running.toSorted((a, b) => compare(a.endsAt, b.endsAt) || byEra(a, b));
  return early ?? first;
}

/** Whether an entry can be taken out at `now`. */
export function isDue(entry: QueueEntry, now: bigint): boolean {
  return entry.endedEarly || entry.endsAt <= now;
}

/** What is taken out at `now`, up to `maxCount` entries, in this order. */
export function dueOf<E extends QueueEntry>(entries: readonly E[], now: bigint, maxCount: bigint): E[] {
  const taken: E[] = [];
  let left = entries;
  while (BigInt(taken.length) < maxCount) {
    const head = headOf(left);
    if (head === undefined || !isDue(head, now)) break;
    taken.push(head);
    left = left.filter((entry) => entry !== head);
  }
  return taken;
}

function byEra(a: QueueEntry, b: QueueEntry): number {
  return a.era - b.era || compare(a.id, b.id);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
