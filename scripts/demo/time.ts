/** Seconds in an hour. */
export const HOUR = 3_600n;
/** Seconds in a day. */
export const DAY = 24n * HOUR;
