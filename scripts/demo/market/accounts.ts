import { allHold, type Check, sumOf } from "../checks.ts";
import { changeOf, type Purse } from "../purses.ts";

/** What went through one market, from its events and its token balance. Amounts in USDC units. */
export interface MarketAccounts {
  readonly claim: string;
  /** Everything people paid: principal and fees. */
  readonly paidIn: bigint;
  /** Entry fees and the author's premium, a part of `paidIn`. */
  readonly fees: bigint;
  /** Principal paid back, by withdrawals and, less penalties, by early exits. */
  readonly principalReturned: bigint;
  /** Penalties of early exits: principal that stayed for the others. */
  readonly penalties: bigint;
  /** Rewards paid, by claims and with withdrawals. */
  readonly rewardsPaid: bigint;
  /** What the market holds by its own books, principal + SRP, and by the token, at each moment that was checked. */
  readonly snapshots: readonly Snapshot[];
}

/** The books of a market against the token, at one moment. */
export interface Snapshot {
  readonly moment: string;
  /** Principal of both sides + signal reward pool, as the market says. */
  readonly books: bigint;
  /** What the token says that the market holds. */
  readonly balance: bigint;
}

/** Sums over all markets. Amounts in USDC units. */
export interface Totals {
  readonly paidIn: bigint;
  readonly fees: bigint;
  readonly principalReturned: bigint;
  readonly penalties: bigint;
  readonly rewardsPaid: bigint;
  /** What the markets still hold, by the token. */
  readonly held: bigint;
  /** `paidIn - principalReturned - rewardsPaid - held`: zero if nothing was lost or made. */
  readonly difference: bigint;
}

/** The proof that nothing was lost or made. */
export interface Audit {
  readonly totals: Totals;
  /** Every equation that was checked, for each market and for all together. */
  readonly checks: readonly Check[];
  /** Whether each difference is zero. */
  readonly isConserved: boolean;
}

/** Checks the accounts of all markets against each other, the token and people's purses. */
export function audit(markets: readonly MarketAccounts[], purses: readonly Purse[]): Audit {
  const checks: Check[] = [];
  for (const market of markets) {
    for (const { moment, books, balance } of market.snapshots) {
      checks.push({ equation: `${market.claim}: balance = principal + SRP, ${moment}`, difference: balance - books });
    }
    checks.push({
      equation: `${market.claim}: paid in = returned + rewards + balance`,
      difference: market.paidIn - market.principalReturned - market.rewardsPaid - heldBy(market),
    });
  }
  const held = sumOf(markets, heldBy);
  checks.push({
    equation: "people's balance changes + markets' balances = 0",
    difference: changeOf(purses) + held,
  });

  const paidIn = sumOf(markets, (market) => market.paidIn);
  const principalReturned = sumOf(markets, (market) => market.principalReturned);
  const rewardsPaid = sumOf(markets, (market) => market.rewardsPaid);
  const totals = {
    paidIn,
    fees: sumOf(markets, (market) => market.fees),
    principalReturned,
    penalties: sumOf(markets, (market) => market.penalties),
    rewardsPaid,
    held,
    difference: paidIn - principalReturned - rewardsPaid - held,
  };
  const isConserved = totals.difference === 0n && allHold(checks);
  return { totals, checks, isConserved };
}

function heldBy(market: MarketAccounts): bigint {
  return market.snapshots.at(-1)?.balance ?? 0n;
}
