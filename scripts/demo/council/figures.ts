import { YEAR } from "../../../sdk/time.ts";
import { sumOf } from "../checks.ts";
import { DAY } from "../time.ts";
import { each, type ProposalCount, type Snapshot } from "./books.ts";
import { type Name, type Party, STAKERS } from "./cast.ts";
import { type CouncilEvent, eventsOf } from "./events.ts";
import { PROPOSAL_KEYS, type ProposalKey, SESSION_KEYS, type SessionKey } from "./motions.ts";
import { ALLOCATIONS, accountOf, motionOf, personAt, type Stage, sessionIdOf } from "./stage.ts";

/** What somebody paid and was paid in the year, by events. Amounts in ACT units. */
export interface Flows {
  /** Out of their own purse, and from rewards. */
  readonly staked: bigint;
  readonly compounded: bigint;
  /** Positions that were closed, and what leaving early cost of them. */
  readonly unstaked: bigint;
  readonly penalties: bigint;
  readonly claimed: bigint;
  /** Paid for sessions, credited by them, and taken. */
  readonly paidToSessions: bigint;
  readonly credited: bigint;
  readonly withdrawn: bigint;
  readonly burned: bigint;
}

/** An open position. Amounts in ACT units, instants in unix seconds. */
export interface OpenPosition {
  readonly amount: bigint;
  readonly tierDays: bigint;
  readonly power: bigint;
  readonly stakedAt: bigint;
  readonly unlocksAt: bigint;
}

/** How somebody stands at the end, by the contracts' books. Amounts in ACT units. */
export interface StakerOutcome {
  readonly name: Name;
  readonly flows: Flows;
  /** What they hold by the token. */
  readonly balance: bigint;
  readonly staked: bigint;
  readonly power: bigint;
  /** Power that counts for them, their own or delegated. */
  readonly votes: bigint;
  /** Boosters as counted in their weight, and the weight. */
  readonly boosterBps: bigint;
  readonly weight: bigint;
  readonly claimable: bigint;
  readonly positions: readonly OpenPosition[];
}

/** A proposal, and what became of it. */
export interface ProposalOutcome {
  readonly key: ProposalKey;
  readonly proposalId: bigint;
  readonly kind: bigint;
  readonly count: ProposalCount;
  /** By events, in voting power. */
  readonly votes: readonly { readonly support: bigint; readonly weight: bigint }[];
  /** As the governor has it at the end. */
  readonly state: bigint;
}

/** A session, and what became of it. Amounts in ACT units. */
export interface SessionOutcome {
  readonly key: SessionKey;
  readonly sessionId: bigint;
  readonly reward: bigint;
  readonly decision: bigint;
  readonly isSquareRoot: boolean;
  /** In the order in which they were drawn. */
  readonly members: readonly {
    readonly name: Party | undefined;
    readonly hasVoted: boolean;
    readonly option: bigint;
    readonly weight: bigint;
    readonly credited: bigint;
  }[];
  readonly toRewards: bigint;
}

/** Figures of the token at the end of the year, all of them from the chain. Amounts in ACT units, ratios as parts. */
export interface Tokenomics {
  readonly supply: bigint;
  readonly minted: bigint;
  readonly burned: bigint;
  /** The supply but what is left of the first allocations, and the treasury. */
  readonly circulating: bigint;
  readonly treasury: bigint;
  readonly staked: bigint;
  /** Mean of what was staked when each week began. */
  readonly meanStaked: bigint;
  /** What streamed in the year. */
  readonly streamed: bigint;
  readonly activeStakers: number;
  /** Amount times seconds from stake to unlock, of all open positions. */
  readonly lockedSeconds: bigint;
  /** Voters of all proposals, and those who had the stake to vote. */
  readonly voters: number;
  readonly eligibleVoters: number;
  /** Who took rewards at least once, and who had any. */
  readonly claimers: number;
  readonly eligibleClaimers: number;
  /** What this year can still mint. */
  readonly inflationLeft: bigint;
}

/** Reads how everybody who staked stands. */
export function stakerOutcomes(stage: Stage, events: readonly CouncilEvent[]): Promise<StakerOutcome[]> {
  const { chain, deployment } = stage;
  const { councilToken: token, councilStaking: staking, rewardsDistributor: rewards } = deployment;
  return each(STAKERS.entries(), async ([person, { name }]) => {
    const user = chain.accountOf(person);
    const own = events.filter((event) => "user" in event && personAt(chain, event.user) === person);
    const account = await staking.account(user);
    const weighed = await rewards.account(user);
    return {
      name,
      flows: flowsOf(own, burnedBy(stage, person, events)),
      balance: await token.balanceOf(user),
      staked: account.staked,
      power: account.power,
      votes: await staking.getVotes(user),
      boosterBps: weighed.boosterBps,
      weight: weighed.weight,
      claimable: await rewards.claimable(user),
      positions: await each(openPositions(own), (id) => staking.position(id)),
    };
  });
}

/** Reads what became of each proposal. */
export function proposalOutcomes(
  stage: Stage,
  counts: ReadonlyMap<ProposalKey, ProposalCount>,
  events: readonly CouncilEvent[],
): Promise<ProposalOutcome[]> {
  const { councilGovernor: governor } = stage.deployment;
  return each(PROPOSAL_KEYS, async (key) => {
    const { id } = motionOf(stage, key);
    const [kind] = await governor.proposalKind(id);
    const votes = eventsOf(events, "voted").filter(({ proposalId }) => proposalId === id);
    const state = await governor.state(id);
    return { key, proposalId: id, kind, count: counts.get(key) as ProposalCount, votes, state };
  });
}

/** Reads what became of each session. */
export function sessionOutcomes(stage: Stage, events: readonly CouncilEvent[]): Promise<SessionOutcome[]> {
  const { chain, deployment } = stage;
  return each(SESSION_KEYS, async (key) => {
    const sessionId = sessionIdOf(key);
    const { reward, decision, isSquareRoot } = await deployment.councilChamber.session(sessionId);
    const credited = eventsOf(events, "credited").filter((event) => event.sessionId === sessionId);
    const closed = eventsOf(events, "closed").find((event) => event.sessionId === sessionId);
    const members = (await deployment.councilChamber.members(sessionId)).map((member) => {
      const { agent, hasVoted, option, weight } = member;
      const amounts = credited.filter(({ user }) => user === agent);
      const name = STAKERS[personAt(chain, agent)]?.name;
      return { name, hasVoted, option, weight, credited: sumOf(amounts, ({ amount }) => amount) };
    });
    return { key, sessionId, reward, decision, isSquareRoot, members, toRewards: closed?.toRewards ?? 0n };
  });
}

/** Reads the figures of the token. */
export async function tokenomics(
  stage: Stage,
  snapshots: readonly Snapshot[],
  stakers: readonly StakerOutcome[],
  proposals: readonly ProposalOutcome[],
  events: readonly CouncilEvent[],
): Promise<Tokenomics> {
  const { chain, deployment, addresses } = stage;
  const { councilToken: token } = deployment;
  const supply = await token.totalSupply();
  const treasury = await token.balanceOf(addresses.timelock);
  const allocated = [chain.operator, ...Object.keys(ALLOCATIONS).map((name) => accountOf(chain, name as Party))];
  const left = sumOf(await each(allocated, (holder) => token.balanceOf(holder)), (balance) => balance);
  const { owed, staked: stakedAtEnd } = snapshots.at(-1) as Snapshot;
  const weeks = snapshots.slice(1); // when the first week began nobody had staked
  const took = stakers.filter(({ flows }) => flows.claimed + flows.compounded > 0n);
  const positions = stakers.flatMap((staker) => staker.positions);
  const minClaim = (await deployment.rewardsDistributor.params()).minClaim;
  return {
    supply,
    minted: sumOf(eventsOf(events, "minted"), ({ amount }) => amount),
    burned: sumOf(stakers, ({ flows }) => flows.burned),
    circulating: supply - left - treasury,
    treasury,
    staked: stakedAtEnd,
    meanStaked: sumOf(weeks, ({ staked }) => staked) / BigInt(weeks.length),
    streamed: sumOf(stakers, ({ flows }) => flows.claimed + flows.compounded) + owed,
    activeStakers: stakers.filter(({ staked }) => staked > 0n).length,
    lockedSeconds: sumOf(positions, ({ amount, stakedAt, unlocksAt }) => amount * (unlocksAt - stakedAt)),
    voters: proposals.reduce((total, { votes }) => total + votes.length, 0),
    eligibleVoters: proposals.reduce((total, { count }) => total + count.eligible, 0),
    claimers: took.length,
    eligibleClaimers: stakers.filter((each) => took.includes(each) || each.claimable >= minClaim).length,
    inflationLeft: (await token.inflationLeft()).remaining,
  };
}

/** Days from stake to unlock, of an average ACT that is staked, rounded down. */
export function averageLockDays({ lockedSeconds, staked }: Tokenomics): bigint {
  return staked === 0n ? 0n : lockedSeconds / staked / DAY;
}

/** What streamed to an ACT that was staked, as a yearly rate of 365 days. @returns A wad. */
export function yieldWad({ streamed, meanStaked }: Tokenomics, elapsed: bigint): bigint {
  return (streamed * 10n ** 18n * YEAR) / (meanStaked * elapsed);
}

function flowsOf(own: readonly CouncilEvent[], burned: bigint): Flows {
  const total = (
    kind: "staked" | "compounded" | "unstaked" | "claimed" | "session funded" | "credited" | "withdrawn",
  ) => sumOf(eventsOf(own, kind), ({ amount }) => amount);
  const compounded = total("compounded");
  return {
    staked: total("staked") - compounded,
    compounded,
    unstaked: total("unstaked"),
    penalties: sumOf(eventsOf(own, "unstaked"), ({ penalty }) => penalty),
    claimed: total("claimed"),
    paidToSessions: total("session funded") + sumOf(eventsOf(own, "opened"), ({ fee }) => fee),
    credited: total("credited"),
    withdrawn: total("withdrawn"),
    burned,
  };
}

function burnedBy({ chain }: Stage, person: number, events: readonly CouncilEvent[]): bigint {
  const burns = eventsOf(events, "transferred").filter(
    ({ from, to }) => BigInt(to) === 0n && personAt(chain, from) === person,
  );
  return sumOf(burns, ({ amount }) => amount);
}

function openPositions(own: readonly CouncilEvent[]): bigint[] {
  const closed = new Set(eventsOf(own, "unstaked").map(({ positionId }) => positionId));
  return eventsOf(own, "staked")
    .map(({ positionId }) => positionId)
    .filter((id) => !closed.has(id));
}
