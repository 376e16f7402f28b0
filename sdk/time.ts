/** Seconds in a minute. */
export const MINUTE = 60n;

/** Seconds in an hour. */
export const HOUR = 60n * MINUTE;

/** Seconds in a day. */
export const DAY = 24n * HOUR;

/** Seconds in a year of 365 days. */
export const YEAR = 365n * DAY;
