import { isPassed, ProposalState, quorumDown, VoteType } from "../../../sdk/council/governance.ts";
import { FIRST_SUPPLY } from "../../../sdk/council/params.ts";
import { DEFAULT_TIERS, powerDown } from "../../../sdk/council/tiers.ts";
import { max } from "../../../sdk/math.ts";
import { allHold, type Check, sumOf } from "../checks.ts";
import type { Snapshot } from "./books.ts";
import { STAKERS } from "./cast.ts";
import { type CouncilEvent, eventsOf } from "./events.ts";
import type { ProposalOutcome, SessionOutcome, StakerOutcome } from "./figures.ts";

/** What is audited: all of it read from the chain. Amounts in ACT units. */
export interface Books {
  readonly stakers: readonly StakerOutcome[];
  readonly proposals: readonly ProposalOutcome[];
  readonly sessions: readonly SessionOutcome[];
  /** When each week begins, and at the end. */
  readonly snapshots: readonly Snapshot[];
  readonly events: readonly CouncilEvent[];
  /** Addresses that rewards come from and go through. */
  readonly distributor: string;
  readonly timelock: string;
  readonly chamber: string;
  /** What the timelock and the chamber hold at the end. */
  readonly treasury: bigint;
  readonly chamberBalance: bigint;
  /** What the treasury had at first, and gave away. */
  readonly firstTreasury: bigint;
  readonly granted: bigint;
}

/** Sums over the year. Amounts in ACT units. */
export interface Totals {
  /** Staked out of purses and out of rewards; returned, kept as penalties, and still in positions. */
  readonly staked: bigint;
  readonly compounded: bigint;
  readonly returned: bigint;
  readonly penalties: bigint;
  readonly positions: bigint;
  /** Rewards: what came in, was claimed or compounded, is owed, and waits for the next period. */
  readonly funded: bigint;
  readonly claimed: bigint;
  readonly owed: bigint;
  readonly next: bigint;
  /** The supply: at first, minted, burned, and at the end. */
  readonly firstSupply: bigint;
  readonly minted: bigint;
  readonly burned: bigint;
  readonly supply: bigint;
  /** Left over in all three sums together: zero if nothing was lost or made. */
  readonly difference: bigint;
}

/** The proof that nothing was lost or made. */
export interface Audit {
  readonly totals: Totals;
  readonly checks: readonly Check[];
  readonly isConserved: boolean;
}

/** Units that fractions can come to: less than one for each account, and for what was not shared yet. */
const FRACTIONS = BigInt(STAKERS.length);

/**
 * Checks books, events and balances against each other.
 *
 * @param others What was compared elsewhere.
 */
export function audit(books: Books, others: readonly Check[] = []): Audit {
  const totals = totalsOf(books);
  const checks: Check[] = [
    ...books.snapshots.flatMap(snapshotChecks),
    ...books.stakers.flatMap(stakerChecks),
    ...books.proposals.flatMap(proposalChecks),
    ...books.sessions.flatMap(sessionChecks),
    ...totalChecks(totals, books),
    ...others,
  ];
  return { totals, checks, isConserved: allHold(checks) };
}

/** What came to the distributor from each source, by the token's events. Amounts in ACT units. */
export function sourcesOf({ events, distributor, timelock, chamber, stakers }: Books): {
  readonly treasury: bigint;
  readonly sessions: bigint;
  readonly penalties: bigint;
  readonly others: bigint;
} {
  const received = eventsOf(events, "transferred").filter(({ to }) => isSame(to, distributor));
  const from = (source: string) =>
    sumOf(
      received.filter((event) => isSame(event.from, source)),
      ({ amount }) => amount,
    );
  const [treasury, sessions] = [from(timelock), from(chamber)];
  const penalties = sumOf(stakers, ({ flows }) => flows.penalties);
  return {
    treasury,
    sessions,
    penalties,
    others: sumOf(received, ({ amount }) => amount) - treasury - sessions - penalties,
  };
}

function totalsOf(books: Books): Totals {
  const { stakers, snapshots, events, distributor } = books;
  const { owed = 0n, next = 0n, supply = 0n } = snapshots.at(-1) ?? {};
  const flow = (amountOf: (flows: StakerOutcome["flows"]) => bigint) => sumOf(stakers, ({ flows }) => amountOf(flows));
  const received = eventsOf(events, "transferred").filter(({ to }) => isSame(to, distributor));
  const sums = {
    staked: flow(({ staked }) => staked),
    compounded: flow(({ compounded }) => compounded),
    returned: flow(({ unstaked, penalties }) => unstaked - penalties),
    penalties: flow(({ penalties }) => penalties),
    positions: sumOf(
      stakers.flatMap(({ positions }) => positions),
      ({ amount }) => amount,
    ),
    funded: sumOf(received, ({ amount }) => amount),
    claimed: flow(({ claimed }) => claimed),
    owed,
    next,
    firstSupply: FIRST_SUPPLY,
    minted: sumOf(eventsOf(events, "minted"), ({ amount }) => amount),
    burned: flow(({ burned }) => burned),
    supply,
  };
  const sizes = [stakedLess(sums), fundedLess(sums), supplyLess(sums)].map((size) => (size < 0n ? -size : size));
  return { ...sums, difference: sumOf(sizes, (size) => size) };
}

function totalChecks(totals: Totals, books: Books): Check[] {
  const { sessions, stakers, treasury, firstTreasury, granted, chamberBalance } = books;
  const sources = sourcesOf(books);
  return [
    { equation: "staked + compounded = returned + penalties + positions", difference: stakedLess(totals) },
    { equation: "rewards funded = claimed + compounded + owed + next period", difference: fundedLess(totals) },
    { equation: "supply = first supply + minted - burned", difference: supplyLess(totals) },
    {
      equation: "treasury = first treasury + minted - paid into rewards - granted",
      difference: treasury - firstTreasury - totals.minted + sources.treasury + granted,
    },
    {
      equation: "rewards from sessions = what sessions left over",
      difference: sources.sessions - sumOf(sessions, ({ toRewards }) => toRewards),
    },
    {
      equation: "paid for sessions = rewards of sessions",
      difference: sumOf(stakers, ({ flows }) => flows.paidToSessions) - sumOf(sessions, ({ reward }) => reward),
    },
    { equation: "chamber's balance at the end = 0", difference: chamberBalance },
  ];
}

function snapshotChecks(books: Snapshot): Check[] {
  const { moment, supply, held, stakingBalance, totalStaked, staked, power, totalVotes, votes } = books;
  const { weight, totalWeight, rewardsBalance, owed, next, claimable, unstreamed } = books;
  const waiting = owed - claimable - unstreamed;
  const check = (equation: string, difference: bigint) => ({ equation: `${moment}: ${equation}`, difference });
  return [
    check("supply = all balances", supply - held),
    check("staking's balance = total staked", stakingBalance - totalStaked),
    check("total staked = staked by accounts", totalStaked - staked),
    check("all votes = power of accounts", totalVotes - power),
    check("all votes = votes of delegates", totalVotes - votes),
    check("total weight = weight of accounts", totalWeight - weight),
    check("distributor's balance = owed + next period", rewardsBalance - owed - next),
    check(
      "owed = claimable + not streamed, but for fractions that wait",
      waiting < 0n ? waiting : max(0n, waiting - FRACTIONS),
    ),
  ];
}

function stakerChecks({ name, flows, balance, staked, power, positions }: StakerOutcome): Check[] {
  const purse = STAKERS.find((staker) => staker.name === name)?.purse ?? 0n;
  const { unstaked, penalties, claimed, paidToSessions, withdrawn, burned, credited } = flows;
  const paid = flows.staked + paidToSessions + burned;
  return [
    {
      equation: `${name}: balance = purse - staked - paid to sessions - burned + returned + claimed + withdrawn`,
      difference: balance - purse + paid - (unstaked - penalties) - claimed - withdrawn,
    },
    {
      equation: `${name}: staked = staked + compounded - unstaked by events`,
      difference: staked - flows.staked - flows.compounded + unstaked,
    },
    { equation: `${name}: staked = positions`, difference: staked - sumOf(positions, ({ amount }) => amount) },
    {
      equation: `${name}: power = positions by their tiers`,
      difference: power - sumOf(positions, ({ amount, tierDays }) => powerDown(amount, tierDays, DEFAULT_TIERS)),
    },
    { equation: `${name}: withdrawn = credited by sessions`, difference: withdrawn - credited },
  ];
}

function proposalChecks({ key, count, votes, state }: ProposalOutcome): Check[] {
  const cast = (support: VoteType) =>
    sumOf(
      votes.filter((vote) => vote.support === support),
      ({ weight }) => weight,
    );
  const check = (equation: string, difference: bigint) => ({ equation: `${key}: ${equation}`, difference });
  const { against, inFavour, abstain, quorum, approvalBps, totalVotes } = count;
  const passes = isPassed({ against, for: inFavour, abstain }, quorum, approvalBps);
  return [
    check("votes for = votes for by events", inFavour - cast(VoteType.For)),
    check("votes against = votes against by events", against - cast(VoteType.Against)),
    check("abstentions = abstentions by events", abstain - cast(VoteType.Abstain)),
    check("quorum = a tenth of all votes", quorum - quorumDown(totalVotes, 10n)),
    check(
      "outcome = outcome by quorum and approval",
      count.state - (passes ? ProposalState.Succeeded : ProposalState.Defeated),
    ),
    check("executed = passed", state - (passes ? ProposalState.Executed : ProposalState.Defeated)),
  ];
}

function sessionChecks({ sessionId, reward, members, toRewards }: SessionOutcome): Check[] {
  const credited = sumOf(members, (member) => member.credited);
  return [
    { equation: `session ${sessionId}: reward = credited + left over`, difference: reward - credited - toRewards },
  ];
}

function stakedLess({ staked, compounded, returned, penalties, positions }: Omit<Totals, "difference">): bigint {
  return staked + compounded - returned - penalties - positions;
}

function fundedLess({ funded, claimed, compounded, owed, next }: Omit<Totals, "difference">): bigint {
  return funded - claimed - compounded - owed - next;
}

function supplyLess({ supply, firstSupply, minted, burned }: Omit<Totals, "difference">): bigint {
  return supply - firstSupply - minted + burned;
}

function isSame(one: string, other: string): boolean {
  return BigInt(one) === BigInt(other);
}
