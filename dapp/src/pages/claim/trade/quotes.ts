import { Side } from "../../../../../sdk/market/side.ts";
import { marketBeliefOf, type PoolState, priceOf, proceedsOfDown, supplyOf } from "../../../../../sdk/stake/curve.ts";
import { WAD } from "../../../../../sdk/stake/math.ts";
import { type BuyQuote, LOCK_DIVISOR } from "../../../../../sdk/stake/venue.ts";

/** Basis points in a whole. */
const BPS = 10_000n;

/** The most slippage that a form takes: more is a mistake. */
const MOST_SLIPPAGE_BPS = 5_000n;

/** Slippage beyond which who trades is warned. */
const LARGE_SLIPPAGE_BPS = 500n;

/** How a trade moves the pool, and what it comes to for each token. Prices in wad. */
export interface Impact {
  /** Of the next token, before and after. */
  readonly priceBefore: bigint;
  readonly priceAfter: bigint;
  /** Paid or received for each token. */
  readonly averagePrice: bigint;
  /** By how much that is worse than the price before; `undefined` where there was none to compare with. */
  readonly impact: bigint | undefined;
  readonly beliefAfter: bigint;
}

/** How a purchase moves a pool: `amount` less the skim is paid into it. */
export function impactOfBuy(pool: PoolState, side: Side, amount: bigint, { tokens, skim }: BuyQuote): Impact {
  const paid = amount - skim;
  return impactOf(pool, after(pool, side, tokens, paid), side, paid, tokens);
}

/** How a sale moves a pool. `tokens` is at most the side's supply. */
export function impactOfSale(pool: PoolState, side: Side, tokens: bigint): Impact {
  const received = proceedsOfDown(pool, side, tokens);
  return impactOf(pool, after(pool, side, -tokens, -received), side, received, tokens);
}

/** The least to accept of what is quoted, rounded down. */
export function leastAcceptable(quoted: bigint, slippageBps: bigint): bigint {
  return (quoted * (BPS - slippageBps)) / BPS;
}

/** The lock that a purchase sets on its side, rounded down as the venue does. */
export function lockOfPurchase(amount: bigint): bigint {
  return amount / LOCK_DIVISOR;
}

/** Understands "0.5" as a slippage limit in percent, or says why it is none. */
export function parseSlippage(text: string): { readonly bps: bigint } | { readonly problem: string } {
  const plain = text.trim().replace(/\s*%$/, "");
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(plain)) return { problem: "Enter a percentage, such as 0.5." };
  const [whole = "0", fraction = ""] = plain.split(".");
  const bps = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0"));
  if (bps > MOST_SLIPPAGE_BPS) return { problem: "A slippage limit is 50 % at most." };
  return { bps };
}

/** What is said of a slippage limit that is allowed, and larger than people want it. */
export function slippageWarning(bps: bigint): string | undefined {
  if (bps <= LARGE_SLIPPAGE_BPS) return undefined;
  return "This limit is large: whoever trades just before you can take that much of what you pay or get.";
}

/** A price in wad as an amount of an asset. */
export function priceInUnits(wad: bigint, decimals: number): bigint {
  return (wad * 10n ** BigInt(decimals)) / WAD;
}

/** What tokens of a side are called. */
export function tokenName(side: Side): "LONG" | "SHORT" {
  return side === Side.Support ? "LONG" : "SHORT";
}

function after(pool: PoolState, side: Side, tokens: bigint, paid: bigint): PoolState {
  const { longSupply, shortSupply, reserve } = pool;
  const [long, short] = side === Side.Support ? [tokens, 0n] : [0n, tokens];
  return { longSupply: longSupply + long, shortSupply: shortSupply + short, reserve: reserve + paid };
}

function impactOf(before: PoolState, moved: PoolState, side: Side, paid: bigint, tokens: bigint): Impact {
  const priceBefore = priceOf(before, side);
  const averagePrice = tokens === 0n ? 0n : (paid * WAD) / tokens;
  const difference = averagePrice > priceBefore ? averagePrice - priceBefore : priceBefore - averagePrice;
  const hasPrice = priceBefore > 0n && supplyOf(before, side) > 0n;
  return {
    priceBefore,
    priceAfter: priceOf(moved, side),
    averagePrice,
    impact: hasPrice ? (difference * WAD) / priceBefore : undefined,
    beliefAfter: marketBeliefOf(moved),
  };
}
