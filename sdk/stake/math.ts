/** One, in wad: probabilities and scores. */
export const WAD = 10n ** 18n;

/** The most units of the asset that a pool's reserve, all stakes with the pots, or all that is encumbered can count. */
export const MAX_AMOUNT = 2n ** 85n - 1n;

/** Largest integer whose square is at most `square`, for `square >= 0`. */
export function sqrtDown(square: bigint): bigint {
  if (square < 2n) return square;
  // Newton's method from above: it falls until it has reached the root rounded down
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Smallest integer whose square is at least `square`, for `square >= 0`. */
export function sqrtUp(square: bigint): bigint {
  const root = sqrtDown(square);
  return root * root === square ? root : root + 1n;
}
