import type { CouncilWorld } from "./council-world.ts";

/** What an action touched beside the totals. */
export interface Scope {
  readonly users: readonly string[];
  readonly positionIds: readonly bigint[];
  /** An instant whose votes are compared; mostly past. */
  readonly timepoint: bigint;
}

/** Compares the totals, and what the last action can have touched. */
export async function compareTouched(world: CouncilWorld, { users, positionIds, timepoint }: Scope): Promise<void> {
  await compareTotals(world);
  for (const user of users) {
    await compareUser(world, user);
    await comparePast(world, user, timepoint);
  }
  for (const positionId of positionIds) await comparePosition(world, positionId);
}

/** Compares every figure there is. */
export async function compareAll(world: CouncilWorld, timepoints: readonly bigint[]): Promise<void> {
  const { model, people, now } = world;
  await compareTotals(world);
  for (const { address } of people) {
    await compareUser(world, address);
    await world.readBalance(address);
    for (const timepoint of timepoints) await comparePast(world, address, timepoint);
    for (const positionId of model.stakingAt(now).positionsOf(address)) await comparePosition(world, positionId);
  }
  await world.read("staking", "params", [], () => model.setup.staking);
  await world.read("distributor", "params", [], () => model.setup.rewards);
  await world.read("token", "maxInflationBps", [], () => model.setup.maxInflationBps);
}

async function compareTotals(world: CouncilWorld): Promise<void> {
  const { model, now } = world;
  const rewards = model.rewardsAt(now);
  await world.read("staking", "totalStaked", [], () => model.stakingAt(now).totalStaked());
  await world.read("distributor", "totalWeight", [], () => rewards.totalWeight());
  await world.read("distributor", "owed", [], () => rewards.owed(now));
  await world.read("distributor", "nextPeriodAmount", [], () => rewards.nextPeriodAmount(now));
  await world.read("distributor", "stream", [], () => rewards.stream(now));
  await world.read("token", "totalSupply", [], () => model.token.totalSupply());
  await world.read("token", "inflationLeft", [], () => model.token.inflationLeft(now));
  for (const address of Object.values(model.setup.addresses)) await world.readBalance(address);
}

async function compareUser(world: CouncilWorld, user: string): Promise<void> {
  const { model, now } = world;
  const staking = model.stakingAt(now);
  await world.read("staking", "account", [user], () => staking.account(user));
  await world.read("staking", "getVotes", [user], () => staking.votes.votesOf(user));
  await world.read("staking", "delegates", [user], () => staking.votes.delegates(user));
  await world.read("distributor", "account", [user], () => model.rewardsAt(now).account(user, now));
  await world.read("distributor", "claimable", [user], () => model.rewardsAt(now).claimable(user, now));
}

async function comparePast(world: CouncilWorld, user: string, timepoint: bigint): Promise<void> {
  const { model, now } = world;
  const { votes } = model.stakingAt(now);
  await world.read("staking", "getPastVotes", [user, timepoint], () => votes.pastVotesOf(user, timepoint, now));
  await world.read("staking", "getPastTotalSupply", [timepoint], () => votes.pastTotal(timepoint, now));
}

async function comparePosition(world: CouncilWorld, positionId: bigint): Promise<void> {
  await world.read("staking", "position", [positionId], () => world.model.stakingAt(world.now).position(positionId));
}
