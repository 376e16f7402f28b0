import { Outcome as QueryOutcome } from "../sdk/query/state.ts";
import { PLEDGE } from "../test/fixtures/council.ts";
import { sharedChain } from "../test/fixtures/protocol.ts";
import { BOTH, type CrowdWorld, type Outcome, outcomeOf, settledAtOnce } from "../test/keeper/crowd.ts";
import { approveProposal, askInVain, payRewards, stakeOnArgument } from "../test/keeper/remote.ts";

/* WHAT HAPPENS */

/**
 * Gives every job something to do within twelve days: two epochs, an argument and its upvote, a query without answers,
 * money for rewards, a stake of the deployer's with a vote, and the proposal that was voted on.
 *
 * @param askMore Asks further queries after the one without answers.
 * @returns The proposal's id.
 */
export async function beginStory(world: CrowdWorld, askMore?: () => Promise<void>): Promise<bigint> {
  await askInVain(world);
  await askMore?.();
  await payRewards(world);
  await world.councilToken.connect(world.deployer).transfer(world.timelock, PLEDGE);
  await stakeOnArgument(world);
  return approveProposal(world);
}

/** What each job counts of that story where it does all of it, with a transaction for each item but two for an epoch. */
export const STORY_FIGURES = {
  epochs: { due: 2, done: 2, mined: 4 },
  arguments: { due: 1, done: 1, mined: 1 },
  queries: { due: 1, done: 1, mined: 1 },
  rewards: { due: 3, done: 3, mined: 3 },
  governance: { due: 2, done: 2, mined: 2 },
};

/* WHAT CAME OF IT */

/** Whether the epochs are settled and distributed to the last participant, also to those who get nothing. */
export async function areDistributed({ truthSerum }: CrowdWorld): Promise<boolean> {
  const states = await Promise.all(BOTH.map(({ claimId, epoch }) => truthSerum.epochState(claimId, epoch)));
  return states.every(({ joined, distributed }) => joined === distributed);
}

/** Everything that keepers brought about, each as often as it happened. */
export interface Chronicle {
  readonly epochs: Outcome;
  /** Beliefs that somebody else opened than their owner: what they are, and who did. */
  readonly opened: readonly string[];
  readonly expiredStakes: readonly bigint[];
  /** Queries with their outcome, the answers that are good, and the judges. */
  readonly settledQueries: readonly (readonly bigint[])[];
  /** What queries credited, to whom, in the order of queries and accounts. */
  readonly credits: readonly string[];
  readonly periods: readonly bigint[];
  readonly tiers: readonly bigint[];
  readonly queued: readonly bigint[];
  readonly executed: readonly bigint[];
}

/** What has happened up to now, as the latest block has it. */
export async function chronicleOf(world: CrowdWorld): Promise<Chronicle> {
  const { argumentStaking, councilGovernor, councilStaking, queryEscrow, rewardsDistributor } = world;
  const expired = await argumentStaking.queryFilter(argumentStaking.filters.StakeExpired());
  const queries = await queryEscrow.queryFilter(queryEscrow.filters.QuerySettled());
  const credits = await queryEscrow.queryFilter(queryEscrow.filters.Credited());
  const periods = await rewardsDistributor.queryFilter(rewardsDistributor.filters.PeriodStarted());
  const tiers = await councilStaking.queryFilter(councilStaking.filters.TierReached());
  const queued = await councilGovernor.queryFilter(councilGovernor.filters.ProposalQueued());
  const executed = await councilGovernor.queryFilter(councilGovernor.filters.ProposalExecuted());
  return {
    epochs: await outcomeOf(world),
    opened: await openedForOthers(world),
    expiredStakes: expired.map(({ args }) => args.stakeId),
    settledQueries: queries.map(({ args }) => [args.queryId, args.outcome, args.goodAnswers, args.goodJudges]),
    credits: credits.map(({ args }) => creditTo(args.queryId, args.account, args.amount)).sort(),
    periods: periods.map(({ args }) => args.period),
    tiers: tiers.map(({ args }) => args.tierDays),
    queued: queued.map(({ args }) => args.proposalId),
    executed: executed.map(({ args }) => args.proposalId),
  };
}

/** A belief in the chronicle: whose it is, what it is, and who opened it. */
export function openingOf(user: string, belief: bigint, meta: bigint, by: string): string {
  return `${user} ${belief} ${meta} by ${by}`;
}

/** A credit in the chronicle. */
export function creditTo(queryId: bigint, account: string, amount: bigint): string {
  return `${queryId} ${account} ${amount}`;
}

async function openedForOthers({ truthSerum }: CrowdWorld): Promise<string[]> {
  const opened: string[] = [];
  for (const event of await truthSerum.queryFilter(truthSerum.filters.BeliefRevealed())) {
    const { user, belief, meta } = event.args;
    const { from } = await event.getTransaction();
    if (from !== user) opened.push(openingOf(user, belief, meta, from));
  }
  return opened.sort();
}

/** What is to come of `beginStory`, each once. */
export async function storyToTell({ queryEscrow, author }: CrowdWorld, proposalId: bigint): Promise<Chronicle> {
  const { submitStake } = await queryEscrow.query(1n);
  return {
    epochs: await wantedOutcome(),
    opened: [],
    expiredStakes: [1n, 2n],
    settledQueries: [[1n, QueryOutcome.Cancelled, 0n, 0n]],
    credits: [creditTo(1n, author.address, submitStake)],
    periods: [1n],
    tiers: [7n],
    queued: [proposalId],
    executed: [proposalId],
  };
}

/** What is to come of the epochs: what a single call each comes to, on a chain in this process. */
export async function wantedOutcome(): Promise<Outcome> {
  wanted ??= sharedChain().then(settledAtOnce);
  return wanted;
}

let wanted: Promise<Outcome> | undefined;
