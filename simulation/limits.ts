/** The largest seed. */
export const MAX_SEED = 2 ** 31 - 1;

/** The most steps of a run. */
export const MAX_STEPS = 100_000;

/** Steps of a run that does not say how many. */
export const DEFAULT_STEPS = 2_000;
