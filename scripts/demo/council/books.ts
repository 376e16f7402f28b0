import { sumOf } from "../checks.ts";
import { PEOPLE, STAKERS } from "./cast.ts";
import type { ProposalKey } from "./motions.ts";
import { motionOf, type Stage } from "./stage.ts";

/** Books and balances at one moment. Amounts in ACT units, power and weight as they count. */
export interface Snapshot {
  readonly moment: string;
  readonly supply: bigint;
  /** What the contracts, the operator and everybody hold by the token. */
  readonly held: bigint;
  /** Staking: what it holds by the token, its total, and what accounts have staked. */
  readonly stakingBalance: bigint;
  readonly totalStaked: bigint;
  readonly staked: bigint;
  /** Power of all accounts, all votes by the books of votes, and votes of all delegates. */
  readonly power: bigint;
  readonly totalVotes: bigint;
  readonly votes: bigint;
  /** Weight of all accounts, and in all. */
  readonly weight: bigint;
  readonly totalWeight: bigint;
  /** The distributor: what it holds, owes, and will stream next. */
  readonly rewardsBalance: bigint;
  readonly owed: bigint;
  readonly next: bigint;
  /** What can be claimed, and what of the period has not streamed. */
  readonly claimable: bigint;
  readonly unstreamed: bigint;
}

/** How a vote ended, by the governor's books. Votes in voting power. */
export interface ProposalCount {
  /** Unix seconds. */
  readonly at: bigint;
  readonly state: bigint;
  readonly against: bigint;
  readonly inFavour: bigint;
  readonly abstain: bigint;
  readonly quorum: bigint;
  readonly approvalBps: bigint;
  /** All votes at the snapshot. */
  readonly totalVotes: bigint;
  /** How many had the stake to vote. */
  readonly eligible: number;
}

/** Reads books and balances as they are. */
export async function takeSnapshot(stage: Stage, moment: string): Promise<Snapshot> {
  const { chain, deployment, addresses } = stage;
  const { councilToken: token, councilStaking: staking, rewardsDistributor: distributor } = deployment;
  const holders = [chain.operator, ...PEOPLE.map((_, person) => chain.accountOf(person)), ...Object.values(addresses)];
  const balances = await each(holders, (holder) => token.balanceOf(holder));
  const users = STAKERS.map((_, person) => chain.accountOf(person));
  const accounts = await each(users, (user) => staking.account(user));
  const { amount, streamed } = await distributor.stream();
  return {
    moment,
    supply: await token.totalSupply(),
    held: sumOf(balances, (balance) => balance),
    stakingBalance: await token.balanceOf(addresses.staking),
    totalStaked: await staking.totalStaked(),
    staked: sumOf(accounts, ({ staked }) => staked),
    power: sumOf(accounts, ({ power }) => power),
    totalVotes: await totalVotesOf(stage),
    votes: sumOf(await each(users, (user) => staking.getVotes(user)), (votes) => votes),
    weight: sumOf(await each(users, (user) => distributor.account(user)), ({ weight }) => weight),
    totalWeight: await distributor.totalWeight(),
    rewardsBalance: await token.balanceOf(addresses.distributor),
    owed: await distributor.owed(),
    next: await distributor.nextPeriodAmount(),
    claimable: sumOf(await each(users, (user) => distributor.claimable(user)), (reward) => reward),
    unstreamed: amount - streamed,
  };
}

/** Reads how a vote ended, in an empty block at `time`. */
export async function takeCount(stage: Stage, key: ProposalKey, time: bigint): Promise<ProposalCount> {
  const { chain, deployment } = stage;
  const { councilGovernor: governor, councilStaking: staking } = deployment;
  await chain.mineAt(time);
  const { id } = motionOf(stage, key);
  const { againstVotes, forVotes, abstainVotes } = await governor.proposalVotes(id);
  const snapshotAt = await governor.proposalSnapshot(id);
  const minStake = await governor.minVotingStake();
  const accounts = await each(
    STAKERS.map((_, person) => chain.accountOf(person)),
    (user) => staking.account(user),
  );
  const [, approvalBps] = await governor.proposalKind(id);
  return {
    at: time,
    state: await governor.state(id),
    against: againstVotes,
    inFavour: forVotes,
    abstain: abstainVotes,
    quorum: await governor.quorum(snapshotAt),
    approvalBps,
    totalVotes: await staking.getPastTotalSupply(snapshotAt),
    eligible: accounts.filter(({ staked }) => staked >= minStake).length,
  };
}

/** All votes by the books of votes, which know the past only: those of a block ago are of now, where nothing happened. */
async function totalVotesOf({ chain, deployment }: Stage): Promise<bigint> {
  return deployment.councilStaking.getPastTotalSupply((await chain.now()) - 1n);
}

/** Asks about one after the other. */
export async function each<T, R>(items: Iterable<T>, ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}
