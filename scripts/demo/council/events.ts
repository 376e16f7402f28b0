import { Chronology, type Emitted } from "../chronology.ts";
import type { Stage } from "./stage.ts";

/** What happened, in the order in which it did. Amounts in ACT units, instants in unix seconds, accounts by address. */
export type CouncilEvent = Emitted &
  (
    | { readonly kind: "transferred"; readonly from: string; readonly to: string; readonly amount: bigint }
    | { readonly kind: "minted"; readonly to: string; readonly amount: bigint; readonly year: bigint }
    | (OfPosition & {
        readonly kind: "staked";
        readonly user: string;
        readonly amount: bigint;
        readonly lockDays: bigint;
        readonly power: bigint;
      })
    | (OfPosition & {
        readonly kind: "unstaked";
        readonly user: string;
        readonly amount: bigint;
        readonly penalty: bigint;
      })
    | (OfPosition & { readonly kind: "extended"; readonly lockDays: bigint })
    | (OfPosition & { readonly kind: "tier reached"; readonly tierDays: bigint; readonly power: bigint })
    | { readonly kind: "delegated"; readonly user: string; readonly from: string; readonly to: string }
    | { readonly kind: "period"; readonly period: bigint; readonly amount: bigint }
    | { readonly kind: "weighed"; readonly user: string; readonly weight: bigint; readonly boosterBps: bigint }
    | { readonly kind: "recorded"; readonly user: string; readonly what: "took part" }
    | { readonly kind: "claimed"; readonly user: string; readonly amount: bigint }
    | (OfPosition & { readonly kind: "compounded"; readonly user: string; readonly amount: bigint })
    | (OfProposal & { readonly kind: "proposed"; readonly user: string; readonly description: string })
    | (OfProposal & {
        readonly kind: "voted";
        readonly user: string;
        readonly support: bigint;
        readonly weight: bigint;
      })
    | (OfProposal & { readonly kind: "queued"; readonly eta: bigint })
    | (OfProposal & { readonly kind: "executed" })
    | { readonly kind: "registered"; readonly user: string; readonly weight: bigint }
    | (OfSession & {
        readonly kind: "opened";
        readonly user: string;
        readonly topic: string;
        readonly size: bigint;
        readonly options: readonly string[];
        readonly fee: bigint;
        readonly isSquareRoot: boolean;
      })
    | (OfSession & { readonly kind: "session funded"; readonly user: string; readonly amount: bigint })
    | (OfSession & { readonly kind: "drawn"; readonly members: readonly string[] })
    | (OfSession & {
        readonly kind: "voted in session";
        readonly user: string;
        readonly option: bigint;
        readonly weight: bigint;
      })
    | (OfSession & { readonly kind: "closed"; readonly decision: bigint; readonly toRewards: bigint })
    | (OfSession & { readonly kind: "credited"; readonly user: string; readonly amount: bigint })
    | { readonly kind: "withdrawn"; readonly user: string; readonly amount: bigint }
  );

interface OfPosition {
  readonly positionId: bigint;
}

interface OfProposal {
  readonly proposalId: bigint;
}

interface OfSession {
  readonly sessionId: bigint;
}

/** An event of one kind. */
export type EventOf<K extends CouncilEvent["kind"]> = Extract<CouncilEvent, { kind: K }>;

/** Events of one kind, in their order. */
export function eventsOf<K extends CouncilEvent["kind"]>(events: readonly CouncilEvent[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** Reads everything that ever happened in the council. */
export async function readCouncilEvents(stage: Stage): Promise<CouncilEvent[]> {
  const chronology = new Chronology<CouncilEvent>(stage.chain.connection.ethers.provider);
  await takeTokens(stage, chronology);
  await takeStakes(stage, chronology);
  await takeRewards(stage, chronology);
  await takeProposals(stage, chronology);
  await takeSessions(stage, chronology);
  return chronology.inOrder();
}

type Events = Chronology<CouncilEvent>;

async function takeTokens({ deployment: { councilToken: token } }: Stage, events: Events): Promise<void> {
  const { filters } = token;
  await events.take(await token.queryFilter(filters.Transfer()), ({ from, to, value }) => {
    return { kind: "transferred", from, to, amount: value };
  });
  await events.take(await token.queryFilter(filters.InflationMinted()), ({ to, amount, year }) => {
    return { kind: "minted", to, amount, year };
  });
}

async function takeStakes({ deployment: { councilStaking: staking } }: Stage, events: Events): Promise<void> {
  const { filters } = staking;
  await events.take(await staking.queryFilter(filters.Staked()), ({ owner, positionId, amount, lockDays, power }) => {
    return { kind: "staked", user: owner, positionId, amount, lockDays, power };
  });
  await events.take(await staking.queryFilter(filters.Unstaked()), ({ owner, positionId, amount, penalty }) => {
    return { kind: "unstaked", user: owner, positionId, amount, penalty };
  });
  await events.take(await staking.queryFilter(filters.LockExtended()), ({ positionId, lockDays }) => {
    return { kind: "extended", positionId, lockDays };
  });
  await events.take(await staking.queryFilter(filters.TierReached()), ({ positionId, tierDays, power }) => {
    return { kind: "tier reached", positionId, tierDays, power };
  });
  await events.take(await staking.queryFilter(filters.DelegateChanged()), ({ delegator, fromDelegate, toDelegate }) => {
    return { kind: "delegated", user: delegator, from: fromDelegate, to: toDelegate };
  });
}

async function takeRewards({ deployment: { rewardsDistributor: rewards } }: Stage, events: Events): Promise<void> {
  const { filters } = rewards;
  await events.take(await rewards.queryFilter(filters.PeriodStarted()), ({ period, amount }) => {
    return { kind: "period", period, amount };
  });
  await events.take(await rewards.queryFilter(filters.WeightChanged()), ({ account, weight, boosterBps }) => {
    return { kind: "weighed", user: account, weight, boosterBps };
  });
  await events.take(await rewards.queryFilter(filters.ParticipationRecorded()), ({ account }) => {
    return { kind: "recorded", user: account, what: "took part" };
  });
  await events.take(await rewards.queryFilter(filters.Claimed()), ({ account, amount }) => {
    return { kind: "claimed", user: account, amount };
  });
  await events.take(await rewards.queryFilter(filters.Compounded()), ({ account, amount, positionId }) => {
    return { kind: "compounded", user: account, amount, positionId };
  });
}

async function takeProposals({ deployment: { councilGovernor: governor } }: Stage, events: Events): Promise<void> {
  const { filters } = governor;
  await events.take(await governor.queryFilter(filters.ProposalCreated()), ({ proposalId, proposer, description }) => {
    return { kind: "proposed", proposalId, user: proposer, description };
  });
  await events.take(await governor.queryFilter(filters.VoteCast()), ({ proposalId, voter, support, weight }) => {
    return { kind: "voted", proposalId, user: voter, support, weight };
  });
  await events.take(await governor.queryFilter(filters.ProposalQueued()), ({ proposalId, etaSeconds }) => {
    return { kind: "queued", proposalId, eta: etaSeconds };
  });
  await events.take(await governor.queryFilter(filters.ProposalExecuted()), ({ proposalId }) => {
    return { kind: "executed", proposalId };
  });
}

async function takeSessions({ deployment: { councilChamber: chamber } }: Stage, events: Events): Promise<void> {
  const { filters } = chamber;
  await events.take(await chamber.queryFilter(filters.AgentRegistered()), ({ agent, weight }) => {
    return { kind: "registered", user: agent, weight };
  });
  await events.take(await chamber.queryFilter(filters.SessionOpened()), (args) => {
    const { sessionId, opener, topic, size, options, fee, isSquareRoot } = args;
    return { kind: "opened", sessionId, user: opener, topic, size, options: [...options], fee, isSquareRoot };
  });
  await events.take(await chamber.queryFilter(filters.SessionFunded()), ({ sessionId, funder, amount }) => {
    return { kind: "session funded", sessionId, user: funder, amount };
  });
  await events.take(await chamber.queryFilter(filters.SessionDrawn()), ({ sessionId, members }) => {
    return { kind: "drawn", sessionId, members: [...members] };
  });
  await events.take(await chamber.queryFilter(filters.SessionVoted()), ({ sessionId, member, option, weight }) => {
    return { kind: "voted in session", sessionId, user: member, option, weight };
  });
  await events.take(await chamber.queryFilter(filters.SessionClosed()), ({ sessionId, decision, toRewards }) => {
    return { kind: "closed", sessionId, decision, toRewards };
  });
  await events.take(await chamber.queryFilter(filters.Credited()), ({ sessionId, account, amount }) => {
    return { kind: "credited", sessionId, user: account, amount };
  });
  await events.take(await chamber.queryFilter(filters.Withdrawn()), ({ account, amount }) => {
    return { kind: "withdrawn", user: account, amount };
  });
}
