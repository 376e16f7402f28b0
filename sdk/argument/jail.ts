import { max, min } from "../math.ts";

/** The most slashes that are counted. */
export const MAX_SLASHES = 65_535n;

/** The latest instant until which somebody can be jailed, in unix seconds. */
export const MAX_JAILED_UNTIL = 2n ** 40n - 1n;

interface Slash {
  /** Until when it jails, in unix seconds. */
  readonly until: bigint;
  /** Upvotes that were counted between it and the next one. */
  upvotes: bigint;
}

/** How often somebody was slashed since they were last unjailed, and what followed. Instants are unix seconds. */
export class JailRecord {
  #slashes: Slash[] = [];

  /** Slashes since the last unjailing. */
  get slashCount(): bigint {
    return min(BigInt(this.#slashes.length), MAX_SLASHES);
  }

  /** When the jail is or was over; 0 where there was none, or it was ended by upvotes. */
  get until(): bigint {
    return this.#slashes.at(-1)?.until ?? 0n;
  }

  /** Upvotes that were counted since the last slash. */
  get upvotes(): bigint {
    return this.#slashes.at(-1)?.upvotes ?? 0n;
  }

  /** Jails for `jailPeriod` seconds times the slashes so far, this one included, or as long as before if that is longer. */
  slash(now: bigint, jailPeriod: bigint): void {
    const until = now + min(this.slashCount + 1n, MAX_SLASHES) * jailPeriod;
    this.#slashes.push({ until: min(max(this.until, until), MAX_JAILED_UNTIL), upvotes: 0n });
  }

  /** Counts an upvote if there is a jail at the moment; returns whether it was the last one that was needed. */
  upvote(now: bigint, unjailUpvotes: bigint): boolean {
    const last = this.#slashes.at(-1);
    if (last === undefined || now >= last.until) return false;
    last.upvotes += 1n;
    if (last.upvotes < unjailUpvotes) return false;
    this.#slashes = [];
    return true;
  }
}
