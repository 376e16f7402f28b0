/** Seconds in an hour. */
export const HOUR = 3_600n;

/** Seconds in a year of 365 days. */
export const YEAR = 365n * 24n * HOUR;
