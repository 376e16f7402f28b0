import { allHold, type Check, sumOf } from "../checks.ts";
import { changeOf, type Purse } from "../purses.ts";
import type { Epoch, StakeFlows } from "./events.ts";

/** One claim's epoch, and what the serum says it carries over for the claim. */
export interface ClaimAccounts {
  readonly claim: string;
  readonly epoch: Pick<Epoch, "pot" | "carried" | "voices">;
  readonly carriedOf: bigint;
}

/** One person: the vault's events, and the stake they have by its books. */
export interface PersonAccounts {
  readonly name: string;
  readonly flows: StakeFlows;
  readonly stake: bigint;
}

/** What the contracts hold by their books and by the token. Amounts in USDC units. */
export interface Holdings {
  /** Sum of all stakes before anything was settled. */
  readonly stakesBefore: bigint;
  readonly stakesAfter: bigint;
  /** What was debited and not credited, at the end. */
  readonly pots: bigint;
  readonly vaultBalance: bigint;
  /** Sum of the reserves of all pools. */
  readonly reserves: bigint;
  readonly venueBalance: bigint;
}

/** Sums over all claims. Amounts in USDC units. */
export interface Totals extends Holdings {
  /** What losers paid, and what everybody else was paid of it. */
  readonly taken: bigint;
  readonly paid: bigint;
  /** What rounding left over, for the pots of the claims' next epochs. */
  readonly carried: bigint;
}

/** The proof that no unit was lost or made. */
export interface Audit {
  readonly totals: Totals;
  readonly checks: readonly Check[];
  /** Whether every equation holds. */
  readonly isConserved: boolean;
}

/** Checks events, books and token balances against each other. */
export function audit(
  claims: readonly ClaimAccounts[],
  people: readonly PersonAccounts[],
  holdings: Holdings,
  purses: readonly Purse[],
): Audit {
  const { stakesBefore, stakesAfter, pots, vaultBalance, reserves, venueBalance } = holdings;
  const taken = sumOf(claims, ({ epoch }) => takenIn(epoch));
  const paid = sumOf(claims, ({ epoch }) => paidIn(epoch));
  const carried = sumOf(claims, ({ epoch }) => epoch.carried);
  const checks: Check[] = [
    ...claims.flatMap(claimChecks),
    ...people.map(({ name, flows: { deposited, skimmed, debited, credited }, stake }) => ({
      equation: `${name}: stake = deposited + skimmed - debited + credited`,
      difference: stake - deposited - skimmed + debited - credited,
    })),
    { equation: "stakes before = stakes after + carried", difference: stakesBefore - stakesAfter - carried },
    { equation: "stakes after = people's stakes", difference: stakesAfter - sumOf(people, ({ stake }) => stake) },
    { equation: "debited = taken", difference: sumOf(people, ({ flows }) => flows.debited) - taken },
    { equation: "credited = paid", difference: sumOf(people, ({ flows }) => flows.credited) - paid },
    { equation: "pots = carried", difference: pots - carried },
    { equation: "vault's balance = stakes + pots", difference: vaultBalance - stakesAfter - pots },
    { equation: "venue's balance = reserves", difference: venueBalance - reserves },
    {
      equation: "people's balance changes + vault's balance + venue's balance = 0",
      difference: changeOf(purses) + vaultBalance + venueBalance,
    },
  ];
  return { totals: { ...holdings, taken, paid, carried }, checks, isConserved: allHold(checks) };
}

function claimChecks({ claim, epoch, carriedOf }: ClaimAccounts): Check[] {
  const { pot, carried } = epoch;
  return [
    { equation: `${claim}: pot = taken`, difference: pot - takenIn(epoch) },
    { equation: `${claim}: pot = paid + carried`, difference: pot - paidIn(epoch) - carried },
    { equation: `${claim}: carried = carried by the serum's books`, difference: carried - carriedOf },
  ];
}

function takenIn({ voices }: Pick<Epoch, "voices">): bigint {
  return sumOf(voices.values(), ({ taken }) => taken);
}

function paidIn({ voices }: Pick<Epoch, "voices">): bigint {
  return sumOf(voices.values(), ({ paid }) => paid);
}
