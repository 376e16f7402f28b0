import { getAddress } from "ethers";
import { ArgumentStatus } from "../../../sdk/argument/state.ts";
import type { Side } from "../../../sdk/market/side.ts";
import type { ArgumentStaking } from "../../../typechain-types/index.ts";
import { sumOf } from "../checks.ts";
import type { ArgumentAccounts, PersonFlows } from "./accounts.ts";
import { type DebateEvent, type EventOf, eventsOf } from "./events.ts";
import type { Person } from "./plan.ts";

/** An argument, and what became of it. */
export interface ArgumentOutcome extends ArgumentAccounts {
  readonly claimId: string;
  readonly side: Side;
  /** Index of the person who wrote it. */
  readonly creator: number;
  readonly summary: string;
  readonly body: string;
  /** Of summary and body, by the contract's books. */
  readonly contentHash: string;
  /** One of `ArgumentStatus`. */
  readonly status: number;
  readonly marks: bigint;
}

/**
 * What became of each argument, in the order of their ids, by events and by the contract's books.
 *
 * @param users Addresses, by person.
 */
export async function argumentOutcomes(
  staking: ArgumentStaking,
  events: readonly DebateEvent[],
  users: readonly string[],
): Promise<ArgumentOutcome[]> {
  const outcomes: ArgumentOutcome[] = [];
  for (const created of eventsOf(events, "created")) {
    const { argumentId: id, claimId, user, side, summary, body } = created;
    const { status, contentHash, upvotes, upvotedStake, totalStake, unhelpfulMarks } = await staking.argument(id);
    outcomes.push({
      ...flowsOn(created, events),
      claimId,
      side: Number(side) as Side,
      creator: users.indexOf(user),
      summary,
      body,
      contentHash,
      status: Number(status),
      marks: unhelpfulMarks,
      counters: { upvotes, upvotedStake, totalStake },
    });
  }
  return outcomes;
}

/** What somebody paid and was paid, by events. */
export function flowsOf(
  { name, isCrowd }: Person,
  user: string,
  events: readonly DebateEvent[],
  outcomes: readonly ArgumentOutcome[],
  person: number,
): PersonFlows {
  const own = outcomes.filter(({ creator }) => creator === person);
  const upvotes = eventsOf(events, "expired").filter((stake) => {
    return stake.user === user && !own.some(({ id }) => id === stake.argumentId);
  });
  const marked = eventsOf(events, "marked").filter((mark) => mark.user === user);
  const paid = (kind: "created" | "upvoted" | "funded" | "withdrawn") =>
    sumOf(eventsOf<typeof kind>(events, kind), (event) => (event.user === user ? event.amount : 0n));
  return {
    name,
    isCrowd,
    staked: paid("created") + paid("upvoted"),
    funded: paid("funded"),
    writerInterest: sumOf(own, ({ ownInterest, creatorInterest }) => ownInterest + creatorInterest),
    upvoterInterest: sumOf(upvotes, ({ interest }) => interest),
    curatorRewards: sumOf(marked, ({ argumentId }) => {
      return eventsOf(events, "unhelpful").find((found) => found.argumentId === argumentId)?.curatorReward ?? 0n;
    }),
    slashed: sumOf(own, ({ slashed }) => slashed),
    withdrawn: paid("withdrawn"),
  };
}

/** What was ever staked on a side of a claim, in arguments that still stand. */
export function stakeOn(outcomes: readonly ArgumentOutcome[], claimId: string, side: Side): bigint {
  return sumOf(standingOn(outcomes, claimId, side), ({ counters }) => counters.totalStake);
}

/** The arguments on a side of a claim that were neither taken back nor found unhelpful. */
export function standingOn(outcomes: readonly ArgumentOutcome[], claimId: string, side: Side): ArgumentOutcome[] {
  return outcomes.filter((each) => {
    return each.claimId === claimId && each.side === side && each.status === ArgumentStatus.Live;
  });
}

/** The address of a person as events have it. */
export function userOf(account: string): string {
  return getAddress(account);
}

function flowsOn(created: EventOf<"created">, events: readonly DebateEvent[]): Omit<ArgumentAccounts, "counters"> {
  const id = created.argumentId;
  const on = <E extends { readonly argumentId: bigint }>(ofKind: readonly E[]): E[] =>
    ofKind.filter(({ argumentId }) => argumentId === id);
  const upvoted = on(eventsOf(events, "upvoted"));
  const expired = on(eventsOf(events, "expired"));
  const found = on(eventsOf(events, "unhelpful"));
  const marks = BigInt(on(eventsOf(events, "marked")).length);
  const own = expired.filter(({ user }) => user === created.user);
  const upvotes = expired.filter(({ user }) => user !== created.user);
  const upvotedStake = sumOf(upvoted, ({ amount }) => amount);
  return {
    id,
    counted: { upvotes: BigInt(upvoted.length), upvotedStake, totalStake: upvotedStake + created.amount },
    promised: created.interest + sumOf(upvoted, ({ interest }) => interest),
    ownInterest: sumOf(own, ({ interest }) => interest),
    creatorInterest: sumOf(upvotes, ({ creatorInterest }) => creatorInterest),
    upvoterInterest: sumOf(upvotes, ({ interest }) => interest),
    freed: sumOf([...on(eventsOf(events, "deleted")), ...found], ({ freed }) => freed),
    slashed: sumOf(found, ({ slashed }) => slashed),
    curatorRewards: sumOf(found, ({ curatorReward }) => curatorReward * marks),
  };
}
