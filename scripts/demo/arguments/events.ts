import type { Provider } from "ethers";
import type { ArgumentStaking } from "../../../typechain-types/index.ts";
import { Chronology, type Emitted } from "../chronology.ts";

/** What happened, in the order in which it did. Amounts in ACT units. */
export type DebateEvent = Emitted &
  (
    | (Staked & {
        readonly kind: "created";
        readonly argumentId: bigint;
        readonly user: string;
        readonly claimId: string;
        readonly side: bigint;
        readonly summary: string;
        readonly body: string;
      })
    | (Staked & { readonly kind: "upvoted"; readonly argumentId: bigint; readonly user: string })
    | { readonly kind: "deleted"; readonly argumentId: bigint; readonly amount: bigint; readonly freed: bigint }
    | { readonly kind: "marked"; readonly argumentId: bigint; readonly user: string; readonly reason: bigint }
    | {
        readonly kind: "unhelpful";
        readonly argumentId: bigint;
        readonly slashed: bigint;
        readonly curatorReward: bigint;
        readonly freed: bigint;
      }
    | { readonly kind: "jailed"; readonly user: string; readonly slashCount: bigint; readonly until: bigint }
    | { readonly kind: "unjailed"; readonly user: string }
    | {
        readonly kind: "expired";
        readonly argumentId: bigint;
        readonly user: string;
        readonly amount: bigint;
        readonly interest: bigint;
        readonly creatorInterest: bigint;
      }
    | { readonly kind: "funded"; readonly user: string; readonly amount: bigint }
    | { readonly kind: "withdrawn"; readonly user: string; readonly amount: bigint }
  );

/** What was staked, and set aside for it. */
interface Staked {
  readonly amount: bigint;
  readonly interest: bigint;
}

/** An event of one kind. */
export type EventOf<K extends DebateEvent["kind"]> = Extract<DebateEvent, { kind: K }>;

/** Events of one kind, in their order. */
export function eventsOf<K extends DebateEvent["kind"]>(events: readonly DebateEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** Reads everything that ever happened in the debate. */
export async function readDebateEvents(staking: ArgumentStaking, provider: Provider): Promise<DebateEvent[]> {
  const { filters } = staking;
  const chronology = new Chronology<DebateEvent>(provider);
  await chronology.take(await staking.queryFilter(filters.ArgumentCreated()), (args) => {
    const { argumentId, claimId, creator, side, amount, interest, summary, body } = args;
    return { kind: "created", argumentId, user: creator, claimId, side, amount, interest, summary, body };
  });
  await chronology.take(
    await staking.queryFilter(filters.ArgumentUpvoted()),
    ({ argumentId, upvoter, amount, interest }) => {
      return { kind: "upvoted", argumentId, user: upvoter, amount, interest };
    },
  );
  await chronology.take(
    await staking.queryFilter(filters.ArgumentDeleted()),
    ({ argumentId, amount, freedInterest }) => {
      return { kind: "deleted", argumentId, amount, freed: freedInterest };
    },
  );
  await chronology.take(await staking.queryFilter(filters.ArgumentMarked()), ({ argumentId, curator, reason }) => {
    return { kind: "marked", argumentId, user: curator, reason };
  });
  await chronology.take(await staking.queryFilter(filters.ArgumentFoundUnhelpful()), (args) => {
    const { argumentId, slashed, curatorReward, freedInterest } = args;
    return { kind: "unhelpful", argumentId, slashed, curatorReward, freed: freedInterest };
  });
  await chronology.take(await staking.queryFilter(filters.Jailed()), ({ user, slashCount, until }) => {
    return { kind: "jailed", user, slashCount, until };
  });
  await chronology.take(await staking.queryFilter(filters.Unjailed()), ({ user }) => ({ kind: "unjailed", user }));
  await chronology.take(await staking.queryFilter(filters.StakeExpired()), (args) => {
    const { argumentId, staker, amount, interest, creatorInterest } = args;
    return { kind: "expired", argumentId, user: staker, amount, interest, creatorInterest };
  });
  await chronology.take(await staking.queryFilter(filters.RewardsFunded()), ({ funder, amount }) => {
    return { kind: "funded", user: funder, amount };
  });
  await chronology.take(await staking.queryFilter(filters.Withdrawn()), ({ user, amount }) => {
    return { kind: "withdrawn", user, amount };
  });
  return chronology.inOrder();
}
