/** What a trial of a batch says. */
export interface Trial {
  /** Gas it needs. */
  readonly gas: bigint;
  /** Items it goes through. */
  readonly processed: bigint;
  /** Whether nothing is left after it. */
  readonly isLast: boolean;
}

/** A batch that fits. */
export interface Batch extends Trial {
  /** The most items to allow it. */
  readonly count: bigint;
}

/** Of the items that gas would suffice for, in proportion, ask for 95 %: their costs differ. */
const PRUDENCE = 95n;

/** A batch that leaves less than a twentieth of the budget to gain is large enough. */
const NEAR_ENOUGH = 20n;

/** Trials once something fits: the last ones gain little. */
const MOST_TRIALS = 6;

/**
 * Finds a large batch that fits a budget of gas, by trial, from a guess on.
 *
 * @param most Items there are, at least 1.
 * @param guess Items to begin with.
 * @param budget Gas to stay within.
 * @param attempt Tries a batch out; `undefined` where it runs out of gas.
 * @returns The largest batch found to fit; `undefined` where a single item does not.
 */
export async function sizeBatch(
  most: bigint,
  guess: bigint,
  budget: bigint,
  attempt: (count: bigint) => Promise<Trial | undefined>,
): Promise<Batch | undefined> {
  let fitting: Batch | undefined;
  let tooMany = most + 1n;
  let count = clamp(guess, 1n, most);
  for (let trials = 1; ; trials++) {
    const trial = await attempt(count);
    if (trial !== undefined && trial.gas <= budget) fitting = { ...trial, count };
    else tooMany = count;

    const lower = fitting?.count ?? 0n;
    if (tooMany - lower <= 1n || (fitting !== undefined && (fitting.isLast || trials >= MOST_TRIALS))) return fitting;
    const next = clamp(nextCount(trial, count, budget), lower + 1n, tooMany - 1n);
    if (fitting !== undefined && next <= lower + lower / NEAR_ENOUGH) return fitting;
    count = next;
  }
}

function nextCount(trial: Trial | undefined, count: bigint, budget: bigint): bigint {
  // No item processed, no price of one: try fewer of what does not fit, and as many as may be of what does.
  if (trial === undefined || trial.processed === 0n) return count / 2n;
  return (trial.processed * budget * PRUDENCE) / (trial.gas * 100n);
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}
