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

/** What a person had before and has now, by the token. */
export interface Purse {
  readonly before: bigint;
  readonly after: bigint;
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

/** One equation that must hold to the unit. */
export interface Check {
  readonly equation: string;
  /** Left side less right side, in USDC units. */
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
  const held = sum(markets, heldBy);
  checks.push({
    equation: "people's balance changes + markets' balances = 0",
    difference: sum(purses, (purse) => purse.after - purse.before) + held,
  });

  const paidIn = sum(markets, (market) => market.paidIn);
  const principalReturned = sum(markets, (market) => market.principalReturned);
  const rewardsPaid = sum(markets, (market) => market.rewardsPaid);
  const totals = {
    paidIn,
    fees: sum(markets, (market) => market.fees),
    principalReturned,
    penalties: sum(markets, (market) => market.penalties),
    rewardsPaid,
    held,
    difference: paidIn - principalReturned - rewardsPaid - held,
  };
  const isConserved = totals.difference === 0n && checks.every((check) => check.difference === 0n);
  return { totals, checks, isConserved };
}

function heldBy(market: MarketAccounts): bigint {
  return market.snapshots.at(-1)?.balance ?? 0n;
}

function sum<T>(items: readonly T[], amountOf: (item: T) => bigint): bigint {
  return items.reduce((total, item) => total + amountOf(item), 0n);
}
