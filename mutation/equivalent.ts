/** A change that no test can notice, or that none needs to. */
export interface Equivalent {
  /** The change's id: it holds as long as its function has the same code at that place. */
  readonly id: string;
  /** `Contract.function`. */
  readonly at: string;
  /** The original, and what stands there instead. */
  readonly change: string;
  readonly reason: string;
}

/** Changes that were looked at one by one, and change nothing that anybody could see. */
export const EQUIVALENT: readonly Equivalent[] = [];
