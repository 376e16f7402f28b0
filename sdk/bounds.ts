/** Basis points in a whole. */
export const BPS = 10_000n;

/** Rules that governance may set, by name. */
export type Rules<P> = Readonly<Record<keyof P & string, bigint>>;

/** Inclusive bounds of one rule; some depend on another rule of the same kind. */
export interface ParamBound<P> {
  readonly name: keyof P & string;
  readonly min: (params: P) => bigint;
  readonly max: (params: P) => bigint;
}

/** A rule outside its bounds, as the contracts' `ParameterOutOfBounds` tells it. */
export type OutOfBounds = Readonly<{ parameter: string; value: bigint; min: bigint; max: bigint }>;

/** The first rule outside its bounds, in the order of `bounds`; `undefined` where all are within. */
export function firstOutOfBounds<P extends Rules<P>>(
  bounds: readonly ParamBound<P>[],
  params: P,
): OutOfBounds | undefined {
  for (const { name, min, max } of bounds) {
    const facts = { parameter: name, value: params[name], min: min(params), max: max(params) };
    if (facts.value < facts.min || facts.value > facts.max) return facts;
  }
  return undefined;
}
