import type { ChainEvent } from "../../../events/useEvents.ts";
import { readableText } from "../../../format/readable.ts";

/** What became of an argument. */
export type Status = "live" | "deleted" | "unhelpful";

/** How a stake ended, where it has been ended. */
export type Ending = "paid" | "deleted" | "slashed";

/** A stake on an argument; amounts in units. */
export interface StakeRecord {
  readonly stakeId: bigint;
  readonly staker: string;
  readonly amount: bigint;
  /** What was set aside for it. */
  readonly interest: bigint;
  readonly endsAt: bigint;
  readonly ending: Ending | undefined;
}

/** An upvote: of its interest a part is the argument's creator's. */
export interface UpvoteRecord extends StakeRecord {
  readonly creatorShareBps: bigint;
}

/** Somebody's finding that an argument is unhelpful. */
export interface MarkRecord {
  readonly curator: string;
  /** As `UnhelpfulReason` counts them. */
  readonly reason: bigint;
}

/** An argument with all that happened to it. */
export interface ArgumentRecord {
  readonly argumentId: bigint;
  readonly claimId: string;
  readonly creator: string;
  /** As `Side` counts them. */
  readonly side: bigint;
  /** Both as they are shown. */
  readonly summary: string;
  readonly body: string;
  readonly createdAt: bigint;
  readonly status: Status;
  /** Its creator's. */
  readonly stake: StakeRecord;
  readonly upvotes: readonly UpvoteRecord[];
  readonly marks: readonly MarkRecord[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Growing = Writable<Omit<ArgumentRecord, "stake" | "upvotes" | "marks">> & {
  stake: Writable<StakeRecord>;
  upvotes: Writable<UpvoteRecord>[];
  marks: MarkRecord[];
};

/** All arguments that events tell of, by id. */
export function argumentsIn(events: readonly ChainEvent[]): ReadonlyMap<bigint, ArgumentRecord> {
  const known = new Map<bigint, Growing>();
  for (const event of events) {
    const { name, args } = event;
    if (name === "ArgumentCreated") known.set(args.argumentId, written(event));
    const argument = known.get(args.argumentId);
    if (argument !== undefined) apply(event, argument);
  }
  return known;
}

function written({ args, time }: ChainEvent): Growing {
  const { argumentId, claimId, creator, side, stakeId, amount, interest, endsAt } = args;
  const summary = readableText(() => args.summary, "An argument whose summary is no text");
  const body = readableText(() => args.body, "What was written is no text.");
  return {
    ...{ argumentId, claimId, creator, side, summary, body, createdAt: time, status: "live" },
    stake: { stakeId, staker: creator, amount, interest, endsAt, ending: undefined },
    ...{ upvotes: [], marks: [] },
  };
}

function apply({ name, args }: ChainEvent, argument: Growing): void {
  switch (name) {
    case "ArgumentUpvoted": {
      const { stakeId, upvoter, amount, interest, creatorShareBps, endsAt } = args;
      const staker: string = upvoter;
      argument.upvotes.push({ stakeId, staker, amount, interest, creatorShareBps, endsAt, ending: undefined });
      break;
    }
    case "ArgumentMarked":
      argument.marks.push({ curator: args.curator, reason: args.reason });
      break;
    case "ArgumentDeleted":
      argument.status = "deleted";
      argument.stake.ending = "deleted";
      break;
    case "ArgumentFoundUnhelpful":
      argument.status = "unhelpful";
      if (args.slashed > 0n) argument.stake.ending = "slashed";
      break;
    case "StakeExpired":
      for (const stake of [argument.stake, ...argument.upvotes]) {
        if (stake.stakeId === args.stakeId) stake.ending = "paid";
      }
      break;
  }
}

/** The arguments on a side of a claim: those that stand first, and of them those with most stake. */
export function argumentsOn(
  all: ReadonlyMap<bigint, ArgumentRecord>,
  claimId: string,
  side: number,
): readonly ArgumentRecord[] {
  return [...all.values()]
    .filter((argument) => argument.claimId === claimId && argument.side === BigInt(side))
    .toSorted(
      (a, b) => rankOf(a) - rankOf(b) || compare(totalStake(b), totalStake(a)) || compare(b.argumentId, a.argumentId),
    );
}

function rankOf({ status }: ArgumentRecord): number {
  return ["live", "unhelpful", "deleted"].indexOf(status);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All that was ever staked on an argument, in units. */
export function totalStake({ stake, upvotes }: ArgumentRecord): bigint {
  return [stake, ...upvotes].reduce((sum, { amount }) => sum + amount, 0n);
}

/** What is set aside for stakes that have not been paid, in units: nothing, once the argument was found unhelpful. */
export function promisedInterest({ status, stake, upvotes }: ArgumentRecord): bigint {
  if (status !== "live") return 0n;
  const unpaid = [stake, ...upvotes].filter(({ ending }) => ending === undefined);
  return unpaid.reduce((sum, { interest }) => sum + interest, 0n);
}

/** How a stake stands at an instant. */
export type Standing = "running" | "over" | Ending;

/** How a stake stands: `over` where its time is, and nobody has paid it yet. */
export function standingOf({ ending, endsAt }: StakeRecord, now: bigint): Standing {
  return ending ?? (now < endsAt ? "running" : "over");
}

/** How many stakes are over and not paid yet, on whatever claim. */
export function expiredStakes(all: ReadonlyMap<bigint, ArgumentRecord>, now: bigint): number {
  const stakes = [...all.values()].flatMap(({ stake, upvotes }) => [stake, ...upvotes]);
  return stakes.filter((stake) => standingOf(stake, now) === "over").length;
}

/** Until when an account is in jail, by what events tell; 0 where it is not, or was let out. */
export function jailedUntil(events: readonly ChainEvent[], user: string): bigint {
  const last = events.findLast(({ name, args }) => (name === "Jailed" || name === "Unjailed") && args.user === user);
  return last?.name === "Jailed" ? last.args.until : 0n;
}
