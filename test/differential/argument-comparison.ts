import { MaxUint256 } from "ethers";
import type { ArgumentWorld } from "./argument-world.ts";
import { CLAIMS } from "./argument-world.ts";

type Page = readonly [offset: bigint, limit: bigint];

/** What an action touched beside the totals. */
export interface Scope {
  readonly users: readonly string[];
  readonly argumentIds: readonly bigint[];
  /** The page of every list that is compared. */
  readonly page: Page;
}

const ALL: Page = [0n, MaxUint256];

/** Compares the totals, and what the last action can have touched. */
export async function compareTouched(world: ArgumentWorld, { users, argumentIds, page }: Scope): Promise<void> {
  await compareTotals(world);
  for (const user of users) {
    await compareUser(world, user);
    await world.read("userStakes", [user, ...page], () => world.model.userStakes(user, ...page));
    for (const stakeId of world.model.userStakes(user, ...ALL).slice(-2)) await compareStake(world, stakeId);
  }
  for (const argumentId of argumentIds) {
    await compareArgument(world, argumentId);
    const list = [argumentId, ...page] as const;
    await world.read("argumentStakes", list, () => world.model.argumentStakes(...list));
    for (const user of users) await compareRelation(world, argumentId, user);
  }
}

/** Compares every figure there is, from ids that do not exist yet to lists as a whole. */
export async function compareAll(world: ArgumentWorld): Promise<void> {
  const { model, people } = world;
  await compareTotals(world);
  await world.read("params", [], () => model.params());
  const users = people.map(({ address }) => address);
  const argumentIds = CLAIMS.flatMap((claimId) => model.claimArguments(claimId, ...ALL));
  const last = BigInt(argumentIds.length);
  const pages: readonly Page[] = [ALL, [1n, 2n], [last, 1n]];
  for (const user of users) {
    await compareUser(world, user);
    await world.readBalance(user);
    await world.read("userArguments", [user, ...ALL], () => model.userArguments(user, ...ALL));
    await world.read("userStakes", [user, ...ALL], () => model.userStakes(user, ...ALL));
    for (const claimId of CLAIMS) {
      await world.read("argumentsBy", [claimId, user], () => model.argumentsBy(claimId, user));
    }
  }
  for (const claimId of CLAIMS) {
    for (const page of pages) {
      await world.read("claimArguments", [claimId, ...page], () => model.claimArguments(claimId, ...page));
    }
  }
  for (const argumentId of [0n, ...argumentIds, last + 1n]) {
    await compareArgument(world, argumentId);
    await world.read("argumentStakes", [argumentId, ...ALL], () => model.argumentStakes(argumentId, ...ALL));
    for (const user of everyFourth(users, argumentId)) await compareRelation(world, argumentId, user);
  }
  const stakeIds = argumentIds.flatMap((argumentId) => model.argumentStakes(argumentId, ...ALL));
  for (const stakeId of [0n, ...stakeIds, BigInt(stakeIds.length) + 1n]) await compareStake(world, stakeId);
}

async function compareTotals(world: ArgumentWorld): Promise<void> {
  const { model } = world;
  await world.read("owed", [], () => model.owed());
  await world.read("rewardReserve", [], () => model.rewardReserve());
  await world.read("activeStakes", [], () => model.activeStakes());
  await world.readBalance(model.address);
}

async function compareUser(world: ArgumentWorld, user: string): Promise<void> {
  const { model, now } = world;
  await world.read("account", [user], () => model.account(user));
  await world.read("stakeLimit", [user], () => model.stakeLimit(user, now));
  await world.read("runningStake", [user], () => model.runningStake(user, now));
}

async function compareArgument(world: ArgumentWorld, argumentId: bigint): Promise<void> {
  const { model } = world;
  await world.read("argument", [argumentId], () => model.argument(argumentId));
}

async function compareStake(world: ArgumentWorld, stakeId: bigint): Promise<void> {
  await world.read("stake", [stakeId], () => world.model.stake(stakeId));
}

async function compareRelation(world: ArgumentWorld, argumentId: bigint, user: string): Promise<void> {
  const { model } = world;
  await world.read("hasUpvoted", [argumentId, user], () => model.hasUpvoted(argumentId, user));
  await world.read("hasMarked", [argumentId, user], () => model.hasMarked(argumentId, user));
}

/** A quarter of the users, another one for each of four arguments in a row. */
function everyFourth(users: readonly string[], argumentId: bigint): string[] {
  return users.filter((_, index) => (BigInt(index) + argumentId) % 4n === 0n);
}
