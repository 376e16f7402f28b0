import { Side } from "../market/side.ts";
import { sqrtDown, sqrtUp, WAD } from "./math.ts";

/** A pool of LONG and SHORT tokens, as `IConvictionMarket.pool` returns it. */
export interface PoolState {
  /** LONG tokens held by all. */
  readonly longSupply: bigint;
  /** SHORT tokens held by all. */
  readonly shortSupply: bigint;
  /** What backs them, in asset units: its square is at least `longSupply^2 + shortSupply^2`. */
  readonly reserve: bigint;
}

/** Tokens of one side held by all: LONG for Support, SHORT for Oppose. */
export function supplyOf(pool: PoolState, side: Side): bigint {
  return side === Side.Support ? pool.longSupply : pool.shortSupply;
}

/**
 * Tokens that `paid` asset units buy: `floor(sqrt((R + paid)^2 - S^2)) - L`, rounded down in favour of the reserve, where
 * L is the supply of `side` and S that of the other.
 */
export function tokensForDown(pool: PoolState, side: Side, paid: bigint): bigint {
  const after = pool.reserve + paid;
  const other = supplyOf(pool, otherSide(side));
  return sqrtDown(after * after - other * other) - supplyOf(pool, side);
}

/**
 * Asset units that `tokens` of `side` sell for: `R - ceil(sqrt((L - tokens)^2 + S^2))`, rounded down in favour of the
 * reserve; the last token of the pool takes what is left. `tokens` is at most the side's supply.
 */
export function proceedsOfDown(pool: PoolState, side: Side, tokens: bigint): bigint {
  const left = supplyOf(pool, side) - tokens;
  const other = supplyOf(pool, otherSide(side));
  return pool.reserve - sqrtUp(left * left + other * other);
}

/** Price of the next token of `side` in wad, rounded down: `L / sqrt(L^2 + S^2)`; 1e18 in an empty pool. */
export function priceOf(pool: PoolState, side: Side): bigint {
  const own = supplyOf(pool, side);
  const norm = squaredNorm(pool);
  return norm === 0n ? WAD : sqrtDown((own * own * WAD * WAD) / norm);
}

/** `L^2 / (L^2 + S^2)` in wad, rounded down; 0.5e18 for an empty pool. */
export function marketBeliefOf(pool: PoolState): bigint {
  const norm = squaredNorm(pool);
  return norm === 0n ? WAD / 2n : (pool.longSupply * pool.longSupply * WAD) / norm;
}

function squaredNorm({ longSupply, shortSupply }: PoolState): bigint {
  return longSupply * longSupply + shortSupply * shortSupply;
}

function otherSide(side: Side): Side {
  return side === Side.Support ? Side.Oppose : Side.Support;
}
