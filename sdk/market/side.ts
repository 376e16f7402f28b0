/** The two sides of a claim, with the numbers the contract gives them. */
export const Side = { Support: 0, Oppose: 1 } as const;

/** `Side.Support` or `Side.Oppose`. */
export type Side = (typeof Side)[keyof typeof Side];
