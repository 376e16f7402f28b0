import type { AssetBook } from "../assets.ts";
import { Side } from "../market/side.ts";
import { sum } from "../math.ts";
import { marketBeliefOf, type PoolState, priceOf, proceedsOfDown, supplyOf, tokensForDown } from "./curve.ts";
import { revertWith } from "./errors.ts";
import type { EventLog } from "./events.ts";
import { MAX_AMOUNT } from "./math.ts";
import type { StakeAddresses, VaultModel } from "./vault.ts";

/** A lock is this part of a purchase: 2 %. */
export const LOCK_DIVISOR = 50n;

/** What a purchase gives: tokens, and what of the amount went to the buyer's stake in asset units. */
export interface BuyQuote {
  readonly tokens: bigint;
  readonly skim: bigint;
}

/** A purchase, or a sale with both figures negative. */
interface Trade {
  readonly user: string;
  readonly side: Side;
  readonly tokens: bigint;
  /** What the reserve received, in asset units. */
  readonly paid: bigint;
}

/**
 * Reference model of `ConvictionMarket`. A pool is the list of its trades; supplies, holdings and reserve are sums over
 * it. Amounts are asset units. A violated rule throws a `ModelError` named as the contract's custom error and
 * changes nothing.
 */
export class VenueModel {
  readonly #addresses: StakeAddresses;
  readonly #assets: AssetBook;
  readonly #vault: VaultModel;
  readonly #events: EventLog;
  readonly #claims = new Set<string>();
  readonly #pools = new Map<string, Trade[]>();
  #isPaused = false;

  constructor(addresses: StakeAddresses, assets: AssetBook, vault: VaultModel, events: EventLog) {
    this.#addresses = addresses;
    this.#assets = assets;
    this.#vault = vault;
    this.#events = events;
  }

  /** From here on the claim exists: it has a belief market. */
  addClaim(claimId: string): void {
    this.#claims.add(claimId);
  }

  /* TRADE */

  /** Throws `EnforcedPause`, `ClaimUnknown`, `PoolAlreadyExists`, in this order. */
  createPool(creator: string, claimId: string): void {
    this.#requireNotPaused();
    if (!this.#claims.has(claimId)) revertWith("ClaimUnknown", { claimId });
    if (this.#pools.has(claimId)) revertWith("PoolAlreadyExists", { claimId });
    this.#pools.set(claimId, []);
    this.#events.emit("venue", "PoolCreated", { claimId, creator });
  }

  /**
   * Throws `EnforcedPause`, what `quoteBuy` throws, `SlippageExceeded`, `ERC20InsufficientBalance`, in this order.
   */
  buy(user: string, claimId: string, side: Side, amount: bigint, minTokens: bigint): BuyQuote {
    this.#requireNotPaused();
    const { tokens, skim } = this.quoteBuy(user, claimId, side, amount);
    if (tokens < minTokens) revertWith("SlippageExceeded", { received: tokens, minimum: minTokens });

    const { venue } = this.#addresses;
    this.#assets.transfer(user, venue, amount);
    this.#vault.setLock(venue, user, claimId, side, amount / LOCK_DIVISOR); // rounded down: nobody locks above 2 %
    this.#tradesOf(claimId).push({ user, side, tokens, paid: amount - skim });
    this.#events.emit("venue", "Bought", { claimId, user, side, amount, skim, tokens });
    return { tokens, skim };
  }

  /** What was paid out. Throws `TokensZero`, `PoolUnknown`, `HoldingExceeded`, `SlippageExceeded`, in this order. */
  sell(user: string, claimId: string, side: Side, tokens: bigint, minAmount: bigint): bigint {
    if (tokens === 0n) revertWith("TokensZero", {});
    const trades = this.#tradesOf(claimId);
    const held = this.balanceOf(user, claimId, side);
    if (tokens > held) revertWith("HoldingExceeded", { tokens, held });
    const amount = proceedsOfDown(this.pool(claimId), side, tokens);
    if (amount < minAmount) revertWith("SlippageExceeded", { received: amount, minimum: minAmount });

    const { venue } = this.#addresses;
    trades.push({ user, side, tokens: -tokens, paid: -amount });
    if (tokens === held) this.#vault.setLock(venue, user, claimId, side, 0n);
    this.#assets.transfer(venue, user, amount);
    this.#events.emit("venue", "Sold", { claimId, user, side, tokens, amount });
    return amount;
  }

  /* GOVERN */

  /** Throws `EnforcedPause`. */
  pauseEntries(): void {
    this.#requireNotPaused();
    this.#isPaused = true;
  }

  /** Throws `ExpectedPause`. */
  unpauseEntries(): void {
    if (!this.#isPaused) revertWith("ExpectedPause", {});
    this.#isPaused = false;
  }

  /* READ */

  /**
   * What `buy` would do. Throws `AmountTooSmall`, `PoolUnknown`, what `VaultModel.previewSkim` throws, `SkimTooLarge`,
   * `ReserveTooLarge`, in this order.
   */
  quoteBuy(user: string, claimId: string, side: Side, amount: bigint): BuyQuote {
    if (amount < LOCK_DIVISOR) revertWith("AmountTooSmall", { amount, min: LOCK_DIVISOR });
    const pool = this.pool(claimId);
    const skim = this.#vault.previewSkim(user, claimId, side, amount / LOCK_DIVISOR);
    if (2n * skim > amount) revertWith("SkimTooLarge", { skim, amount });
    const reserve = pool.reserve + amount - skim;
    if (reserve > MAX_AMOUNT) revertWith("ReserveTooLarge", { reserve, max: MAX_AMOUNT });
    return { tokens: tokensForDown(pool, side, amount - skim), skim };
  }

  /** What selling would pay, whoever holds. Throws `TokensZero`, `PoolUnknown`, `HoldingExceeded`, in this order. */
  quoteSell(claimId: string, side: Side, tokens: bigint): bigint {
    if (tokens === 0n) revertWith("TokensZero", {});
    const pool = this.pool(claimId);
    const held = supplyOf(pool, side);
    if (tokens > held) revertWith("HoldingExceeded", { tokens, held });
    return proceedsOfDown(pool, side, tokens);
  }

  /** Throws `PoolUnknown`, as all that reads a pool does. */
  pool(claimId: string): PoolState {
    const trades = this.#tradesOf(claimId);
    const supply = (of: Side) => sum(trades.filter(({ side }) => side === of).map(({ tokens }) => tokens));
    return {
      longSupply: supply(Side.Support),
      shortSupply: supply(Side.Oppose),
      reserve: sum(trades.map(({ paid }) => paid)),
    };
  }

  /** Price of the next token in wad, rounded down. */
  price(claimId: string, side: Side): bigint {
    return priceOf(this.pool(claimId), side);
  }

  /** Probability that the pool's prices express, in wad, rounded down. */
  marketBelief(claimId: string): bigint {
    return marketBeliefOf(this.pool(claimId));
  }

  /** Tokens a user holds; none of a claim without a pool. */
  balanceOf(user: string, claimId: string, side: Side): bigint {
    const own = (this.#pools.get(claimId) ?? []).filter((trade) => trade.user === user && trade.side === side);
    return sum(own.map(({ tokens }) => tokens));
  }

  /** Both locks of a user on a claim together: the weight of their voice. */
  grossLock(user: string, claimId: string): bigint {
    return this.#vault.exposureOf(user, claimId).grossLock;
  }

  /** Sum of all reserves: what the venue holds of the asset. */
  reserves(): bigint {
    return sum([...this.#pools.keys()].map((claimId) => this.pool(claimId).reserve));
  }

  /* INTERNAL */

  #requireNotPaused(): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
  }

  #tradesOf(claimId: string): Trade[] {
    return this.#pools.get(claimId) ?? revertWith("PoolUnknown", { claimId });
  }
}
