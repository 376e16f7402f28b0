/** A change that no behaviour test notices, and that none needs to. */
export interface Accepted {
  /** The change's id: it holds as long as its function has the same code at that place. */
  readonly id: string;
  /** `Contract.function`. */
  readonly at: string;
  /** The original, and what stands there instead. */
  readonly change: string;
  /** Why nobody can notice it, or which other test does. */
  readonly reason: string;
}

/** Survivors that were looked at one by one. */
export const ACCEPTED: readonly Accepted[] = [];
