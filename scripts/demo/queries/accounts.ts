import { allHold, type Check, sumOf } from "../checks.ts";
import { changeOf, type Purse } from "../purses.ts";

/** What somebody paid into a query and was credited by it, by events. Amounts in USDC units. */
export interface PartAccounts {
  /** Index of the person. */
  readonly person: number;
  readonly staked: bigint;
  readonly credited: bigint;
}

/** A query, by events. Amounts in USDC units. */
export interface QueryAccounts {
  readonly queryId: bigint;
  /** The asker, the answerers and the judges. */
  readonly parts: readonly PartAccounts[];
  /** All that it credited to anybody. */
  readonly credited: bigint;
}

/** The escrow's books against the token, at one moment. Amounts in USDC units. */
export interface Snapshot {
  readonly moment: string;
  /** What it holds by the token. */
  readonly balance: bigint;
  /** Stakes of queries that are not settled. */
  readonly open: bigint;
  /** What can be withdrawn. */
  readonly credited: bigint;
}

/** Sums over all queries. Amounts in USDC units. */
export interface Totals {
  readonly paidIn: bigint;
  readonly credited: bigint;
  readonly withdrawn: bigint;
  /** What the escrow holds at the end. */
  readonly balance: bigint;
  /** `withdrawn + balance - paidIn`: zero if nothing was lost or made. */
  readonly difference: bigint;
}

/** The proof that nothing was lost or made. */
export interface Audit {
  readonly totals: Totals;
  readonly checks: readonly Check[];
  readonly isConserved: boolean;
}

/**
 * Checks queries, people, books and purses against each other.
 *
 * @param people Names.
 * @param withdrawn By person, by events.
 * @param purses By person.
 * @param snapshots The escrow's books; the last one is of the end, when everybody has withdrawn.
 * @param others What was compared elsewhere.
 */
export function audit(
  queries: readonly QueryAccounts[],
  people: readonly string[],
  withdrawn: readonly bigint[],
  purses: readonly Purse[],
  snapshots: readonly Snapshot[],
  others: readonly Check[] = [],
): Audit {
  const parts = queries.flatMap((query) => query.parts);
  const totals = {
    paidIn: sumOf(parts, ({ staked }) => staked),
    credited: sumOf(parts, ({ credited }) => credited),
    withdrawn: sumOf(withdrawn, (amount) => amount),
    balance: snapshots.at(-1)?.balance ?? 0n,
  };
  const difference = totals.withdrawn + totals.balance - totals.paidIn;
  const checks: Check[] = [
    ...snapshots.map(({ moment, balance, open, credited }) => ({
      equation: `${moment}: balance = open stakes + credits`,
      difference: balance - open - credited,
    })),
    ...queries.flatMap(queryChecks),
    ...people.flatMap((name, person) => {
      const own = parts.filter((part) => part.person === person);
      const taken = withdrawn[person] ?? 0n;
      const { before, after } = purses[person] ?? { before: 0n, after: 0n };
      return [
        { equation: `${name}: credited = withdrawn`, difference: sumOf(own, ({ credited }) => credited) - taken },
        {
          equation: `${name}: balance change = withdrawn - staked`,
          difference: after - before - taken + sumOf(own, ({ staked }) => staked),
        },
      ];
    }),
    { equation: "withdrawn + escrow's balance = paid in", difference },
    { equation: "escrow's balance at the end = 0", difference: totals.balance },
    { equation: "people's balance changes + escrow's balance = 0", difference: changeOf(purses) + totals.balance },
    ...others,
  ];
  return { totals: { ...totals, difference }, checks, isConserved: allHold(checks) };
}

/** What somebody has more after a query than before. */
export function netOf({ staked, credited }: Pick<PartAccounts, "staked" | "credited">): bigint {
  return credited - staked;
}

function queryChecks({ queryId, parts, credited }: QueryAccounts): Check[] {
  const toParts = sumOf(parts, (part) => part.credited);
  return [
    { equation: `#${queryId}: paid in = credited`, difference: sumOf(parts, ({ staked }) => staked) - credited },
    { equation: `#${queryId}: credited = credited to those who took part`, difference: credited - toParts },
  ];
}
