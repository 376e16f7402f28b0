import { allHold, type Check, sumOf } from "../checks.ts";
import { changeOf, type Purse } from "../purses.ts";

/** What became of an argument. Amounts in ACT units. */
export interface ArgumentAccounts {
  readonly id: bigint;
  /** By the contract's books. */
  readonly counters: Counters;
  /** By its events. */
  readonly counted: Counters;
  /** Interest that was set aside for its stakes, at any time. */
  readonly promised: bigint;
  /** Interest that its creator was paid on their own stake. */
  readonly ownInterest: bigint;
  /** The parts of its creator and of its upvoters in the interest of upvotes that was paid. */
  readonly creatorInterest: bigint;
  readonly upvoterInterest: bigint;
  /** Interest that was freed again, by its deletion or because it was found unhelpful. */
  readonly freed: bigint;
  /** What its creator lost. */
  readonly slashed: bigint;
  /** The part of it that went to curators. */
  readonly curatorRewards: bigint;
}

interface Counters {
  readonly upvotes: bigint;
  readonly upvotedStake: bigint;
  readonly totalStake: bigint;
}

/** What somebody paid and was paid, by events. Amounts in ACT units. */
export interface PersonFlows {
  readonly name: string;
  readonly isCrowd: boolean;
  /** Paid in as stakes, and into the reserve. */
  readonly staked: bigint;
  readonly funded: bigint;
  /** Interest on arguments of their own: on their stake, and their part in that of upvotes. */
  readonly writerInterest: bigint;
  readonly upvoterInterest: bigint;
  readonly curatorRewards: bigint;
  readonly slashed: bigint;
  readonly withdrawn: bigint;
}

/** The contract's books against the token, at one moment. Amounts in ACT units. */
export interface Snapshot {
  readonly moment: string;
  /** What it holds by the token. */
  readonly balance: bigint;
  /** What it owes by its own account, and what that should be made of. */
  readonly owed: bigint;
  readonly running: bigint;
  readonly credited: bigint;
  readonly free: bigint;
  readonly reserved: bigint;
}

/** Sums over everything. Amounts in ACT units. */
export interface Totals {
  readonly staked: bigint;
  readonly funded: bigint;
  readonly withdrawn: bigint;
  /** Interest: set aside, paid, and freed again. */
  readonly promised: bigint;
  readonly paid: bigint;
  readonly freed: bigint;
  /** What of slashed stakes went to curators, and to the reserve. */
  readonly curatorRewards: bigint;
  readonly slashedIntoReserve: bigint;
  /** What is in the reserve at the end: free, and promised to stakes that still run. */
  readonly free: bigint;
  readonly reserved: bigint;
  /** `withdrawn + free + reserved - staked - funded`: zero if nothing was lost or made. */
  readonly difference: bigint;
}

/** The proof that nothing was lost or made. */
export interface Audit {
  readonly totals: Totals;
  readonly checks: readonly Check[];
  readonly isConserved: boolean;
}

/**
 * Checks arguments, people, books and purses against each other.
 *
 * @param snapshots The contract's books; the last one is of the end, when every stake has ended.
 * @param purses By person, in the order of `people`.
 * @param others What was compared elsewhere.
 */
export function audit(
  args: readonly ArgumentAccounts[],
  people: readonly PersonFlows[],
  snapshots: readonly Snapshot[],
  purses: readonly Purse[],
  others: readonly Check[] = [],
): Audit {
  const { free = 0n, reserved = 0n, balance = 0n } = snapshots.at(-1) ?? {};
  const staked = sumOf(people, (person) => person.staked);
  const funded = sumOf(people, (person) => person.funded);
  const withdrawn = sumOf(people, (person) => person.withdrawn);
  const slashed = sumOf(args, (argument) => argument.slashed);
  const curatorRewards = sumOf(args, (argument) => argument.curatorRewards);
  const promised = sumOf(args, (argument) => argument.promised);
  const freed = sumOf(args, (argument) => argument.freed);
  const paid = sumOf(args, paidOn);
  const slashedIntoReserve = slashed - curatorRewards;
  const difference = withdrawn + free + reserved - staked - funded;
  const checks: Check[] = [
    ...snapshots.flatMap(booksChecks),
    ...args.flatMap(argumentChecks),
    ...people.flatMap((person, index) => personChecks(person, purses[index] ?? { before: 0n, after: 0n })),
    { equation: "promised = paid + freed + reserved", difference: promised - paid - freed - reserved },
    {
      equation: "funded + slashed into the reserve = paid + free + reserved",
      difference: funded + slashedIntoReserve - paid - free - reserved,
    },
    { equation: "staked in all arguments = staked by people", difference: sumOf(args, stakedIn) - staked },
    { equation: "withdrawals + reserve = stakes + funding", difference },
    { equation: "people's balance changes + contract's balance = 0", difference: changeOf(purses) + balance },
    ...others,
  ];
  return {
    totals: {
      staked,
      funded,
      withdrawn,
      promised,
      paid,
      freed,
      curatorRewards,
      slashedIntoReserve,
      free,
      reserved,
      difference,
    },
    checks,
    isConserved: allHold(checks),
  };
}

/** What somebody has more at the end than at the beginning, by events. */
export function netOf({ staked, funded, withdrawn }: PersonFlows): bigint {
  return withdrawn - staked - funded;
}

function booksChecks({ moment, balance, owed, running, credited, free, reserved }: Snapshot): Check[] {
  return [
    { equation: `${moment}: balance = owed`, difference: balance - owed },
    {
      equation: `${moment}: owed = running + credited + free + reserved`,
      difference: owed - running - credited - free - reserved,
    },
  ];
}

function argumentChecks(argument: ArgumentAccounts): Check[] {
  const { id, counters, counted, promised, freed } = argument;
  const counter = (name: keyof Counters) => ({
    equation: `#${id}: ${name} = ${name} by events`,
    difference: counters[name] - counted[name],
  });
  return [
    counter("upvotes"),
    counter("upvotedStake"),
    counter("totalStake"),
    { equation: `#${id}: promised = paid + freed`, difference: promised - paidOn(argument) - freed },
  ];
}

function personChecks(person: PersonFlows, { before, after }: Purse): Check[] {
  const { name, staked, slashed, writerInterest, upvoterInterest, curatorRewards, withdrawn } = person;
  const earned = writerInterest + upvoterInterest + curatorRewards;
  return [
    {
      equation: `${name}: withdrawn = staked - slashed + interest + curator's rewards`,
      difference: withdrawn - staked + slashed - earned,
    },
    { equation: `${name}: balance change = withdrawn - staked - funded`, difference: after - before - netOf(person) },
  ];
}

function paidOn({ ownInterest, creatorInterest, upvoterInterest }: ArgumentAccounts): bigint {
  return ownInterest + creatorInterest + upvoterInterest;
}

function stakedIn({ counted }: ArgumentAccounts): bigint {
  return counted.totalStake;
}
