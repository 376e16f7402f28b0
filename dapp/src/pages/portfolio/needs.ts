import { ProposalState } from "../../../../sdk/council/governance.ts";
import { type LockTiers, nextTierAt } from "../../../../sdk/council/tiers.ts";
import type { EpochSchedule } from "../../../../sdk/stake/schedule.ts";
import { ACT, amountText, paidText, type Unit } from "../../format/amounts.ts";

/** Something that somebody has to do, or can. Instants in unix seconds. */
export interface Need {
  /** A name that no other has. */
  readonly key: string;
  readonly what: string;
  /** The claim that it is about. */
  readonly claimId?: string;
  /** The page on which it is done. */
  readonly href: string;
  /** From when on it can be done; at once where that is left out. */
  readonly from?: bigint;
  /** When it is too late; never where that is left out. */
  readonly until?: bigint;
  /** What is lost by then. */
  readonly loss?: string;
}

/** What can be done now, what has to be first coming first, and what is ahead, what comes first coming first. */
export interface Agenda {
  readonly now: readonly Need[];
  readonly later: readonly Need[];
}

/** Puts needs in order at an instant; those that are too late are left out. */
export function agendaOf(needs: readonly Need[], now: bigint): Agenda {
  const alive = needs.filter(({ until }) => until === undefined || now < until);
  const isAhead = ({ from = 0n }: Need) => now < from;
  return {
    now: alive.filter((need) => !isAhead(need)).sort(byInstant(({ until }) => until)),
    later: alive.filter(isAhead).sort(byInstant(({ from }) => from)),
  };
}

/** Those without an instant come last. */
function byInstant(instant: (need: Need) => bigint | undefined) {
  return (a: Need, b: Need): number => {
    const [first, second] = [instant(a), instant(b)];
    if (first === second) return 0;
    if (first === undefined) return 1;
    if (second === undefined) return -1;
    return first < second ? -1 : 1;
  };
}

/** An open position in a belief market. Amounts in asset units. */
export interface BeliefHolding {
  readonly claimId: string;
  readonly positionId: bigint;
  readonly principal: bigint;
  /** What it has earned. */
  readonly pending: bigint;
  readonly unlocksAt: bigint;
  readonly claimableAt: bigint;
}

/** Locks that end, and rewards of those that do not yet. */
export function beliefNeeds(holdings: readonly BeliefHolding[], now: bigint, asset: Unit): Need[] {
  return holdings.flatMap(({ claimId, positionId, principal, pending, unlocksAt, claimableAt }) => {
    const place = { claimId, href: `/claims/${claimId}` };
    const key = `${claimId} ${positionId}`;
    const withdraw: Need = {
      key: `withdraw ${key}`,
      what: `Withdraw ${amountText(principal, asset)} and its rewards`,
      from: unlocksAt,
      ...place,
    };
    if (now >= unlocksAt || pending === 0n) return [withdraw];
    const claim = { key: `claim ${key}`, what: `Claim ${amountText(pending, asset)} of rewards`, from: claimableAt };
    return [withdraw, { ...claim, ...place }];
  });
}

/** A belief that was sealed. */
export interface SealedVoice {
  readonly claimId: string;
  readonly epoch: bigint;
  readonly isOpened: boolean;
  /** What is lost if it is not opened, in asset units. */
  readonly weight: bigint;
  readonly schedule: EpochSchedule;
  /** Whether what opens it is in this browser. */
  readonly isKept: boolean;
}

/** Seals that are to be opened. */
export function voiceNeeds(voices: readonly SealedVoice[], asset: Unit): Need[] {
  return voices
    .filter(({ isOpened }) => !isOpened)
    .map(({ claimId, epoch, weight, schedule, isKept }) => ({
      key: `open ${claimId} ${epoch}`,
      what: isKept ? `Open your belief of epoch ${epoch}` : `Restore and open your belief of epoch ${epoch}`,
      claimId,
      href: `/claims/${claimId}/epochs`,
      from: schedule.endsAt,
      until: schedule.settleableAt,
      loss: paidText(weight, asset),
    }));
}

/** A stake on an argument that runs, or has ended and is not yet credited. Amounts in token units. */
export interface RunningStake {
  readonly stakeId: bigint;
  readonly claimId: string;
  readonly amount: bigint;
  readonly interest: bigint;
  readonly endsAt: bigint;
}

/** Stakes on arguments that end, and what was credited. */
export function argumentNeeds(stakes: readonly RunningStake[], credited: bigint): Need[] {
  const ends = stakes.map(({ stakeId, claimId, amount, interest, endsAt }) => ({
    key: `argument ${stakeId}`,
    what: `Have a stake credited: ${amountText(amount + interest, ACT)}`,
    claimId,
    href: `/claims/${claimId}/arguments`,
    from: endsAt,
  }));
  return [...ends, ...creditNeed("arguments", credited, ACT, "/portfolio")];
}

/** What somebody has to do about a query. */
export interface QueryDuty {
  readonly queryId: bigint;
  readonly name: "seal" | "comeBack" | "open" | "forfeited" | "wait" | "settle" | "over";
  readonly part?: { readonly role: "answerer" | "judge"; readonly stake: bigint };
  readonly from?: bigint;
  readonly until?: bigint;
}

/** Answers and votes that are to be submitted and opened, queries to be settled, and what was credited. */
export function queryNeeds(duties: readonly QueryDuty[], credited: bigint, asset: Unit): Need[] {
  const due = duties.flatMap(({ queryId, name, part, from, until }): Need[] => {
    const href = `/queries/${queryId}`;
    const work = part?.role === "judge" ? "vote on" : "answer to";
    const loss = paidText(part?.stake ?? 0n, asset);
    if (name === "settle") return [{ key: `settle ${queryId}`, what: `Settle query ${queryId}`, href }];
    if (until === undefined) return [];
    const verb = name === "seal" ? "Submit" : "Open";
    const span = { ...(from === undefined ? {} : { from }), until };
    return [{ key: `query ${queryId}`, what: `${verb} your ${work} query ${queryId}`, href, loss, ...span }];
  });
  return [...due, ...creditNeed("queries", credited, asset, "/queries")];
}

/** An open position of council staking. */
export interface StakedPosition {
  readonly positionId: bigint;
  readonly amount: bigint;
  readonly stakedAt: bigint;
  readonly unlocksAt: bigint;
  readonly tierDays: bigint;
}

/** Locks of the council that end, and tiers that are reached. */
export function stakeNeeds(positions: readonly StakedPosition[], tiers: LockTiers, now: bigint): Need[] {
  return positions.flatMap((position) => {
    const { positionId, amount, stakedAt, unlocksAt } = position;
    const href = "/council";
    const tier = nextTierAt(position, now, tiers);
    const locked = unlocksAt > stakedAt;
    return [
      ...(locked
        ? [{ key: `unstake ${positionId}`, what: `Unstake ${amountText(amount, ACT)}`, href, from: unlocksAt }]
        : []),
      ...(tier === null
        ? []
        : [
            {
              key: `tier ${positionId}`,
              what: `Let ${amountText(amount, ACT)} count as ${tier.tierDays} days`,
              ...{ href, from: tier.at },
            },
          ]),
    ];
  });
}

/** Rewards of the council. Amounts in token units. */
export interface RewardFacts {
  readonly claimable: bigint;
  readonly minClaim: bigint;
  /** Voting power: whoever has none takes what is left, however little. */
  readonly power: bigint;
  readonly periodEndsAt: bigint;
  /** What a period would stream that began now. */
  readonly nextAmount: bigint;
  /** What sessions have credited. */
  readonly sessionCredit: bigint;
}

/** Rewards to claim, a period to start, and what sessions have credited. */
export function rewardNeeds(facts: RewardFacts): Need[] {
  const { claimable, minClaim, power, periodEndsAt, nextAmount, sessionCredit } = facts;
  const href = "/council/rewards";
  const isEnough = claimable > 0n && (claimable >= minClaim || power === 0n);
  return [
    ...(isEnough ? [{ key: "rewards", what: `Claim ${amountText(claimable, ACT)} of council rewards`, href }] : []),
    ...(power > 0n && nextAmount > 0n
      ? [{ key: "period", what: "Start the next period of council rewards", href, from: periodEndsAt }]
      : []),
    ...creditNeed("sessions", sessionCredit, ACT, "/council/sessions"),
  ];
}

/** A proposal as somebody meets it. */
export interface ProposalDuty {
  readonly proposalId: bigint;
  readonly title: string;
  readonly state: bigint;
  readonly votingBeginsAt: bigint;
  readonly votingEndsAt: bigint;
  readonly executableAt: bigint | undefined;
  /** Whether they have the stake and votes, and have not voted. */
  readonly canVote: boolean;
  readonly isProposer: boolean;
}

/** Proposals to vote on, and one's own to be moved on. */
export function proposalNeeds(proposals: readonly ProposalDuty[]): Need[] {
  const href = "/council/proposals";
  return proposals.flatMap((proposal): Need[] => {
    const { proposalId, title, state, votingBeginsAt, votingEndsAt, executableAt, canVote, isProposer } = proposal;
    const need = (verb: string) => ({ key: `${verb} ${proposalId}`, what: `${verb}: ${title}`, href });
    if (state === ProposalState.Pending || state === ProposalState.Active) {
      return canVote ? [{ ...need("Vote"), from: votingBeginsAt, until: votingEndsAt }] : [];
    }
    if (!isProposer) return [];
    if (state === ProposalState.Succeeded) return [need("Queue")];
    if (state !== ProposalState.Queued || executableAt === undefined) return [];
    return [{ ...need("Execute"), from: executableAt }];
  });
}

/** A session as somebody meets it. */
export interface SessionDuty {
  readonly sessionId: bigint;
  readonly topic: string;
  readonly phase: "drawing" | "voting" | "closable" | "ended";
  /** 0 before members are drawn. */
  readonly endsAt: bigint;
  readonly isOpener: boolean;
  readonly isMember: boolean;
  readonly hasVoted: boolean;
}

/** Sessions to vote in, to draw and to close. */
export function sessionNeeds(sessions: readonly SessionDuty[]): Need[] {
  const href = "/council/sessions";
  return sessions.flatMap(({ sessionId, topic, phase, endsAt, isOpener, isMember, hasVoted }): Need[] => {
    const need = (verb: string) => ({ key: `session ${sessionId}`, what: `${verb}: ${topic}`, href });
    if (phase === "drawing") return isOpener ? [need("Draw the members")] : [];
    if (phase === "voting") return isMember && !hasVoted ? [{ ...need("Vote in a session"), until: endsAt }] : [];
    return phase === "closable" && (isMember || isOpener) ? [need("Close the session")] : [];
  });
}

function creditNeed(of: string, credited: bigint, unit: Unit, href: string): Need[] {
  if (credited === 0n) return [];
  return [{ key: `credit ${of}`, what: `Withdraw ${amountText(credited, unit)} from ${of}`, href }];
}
