import type { NetworkConnection } from "hardhat/types/network";
import type { Chain } from "../../keeper/chain.ts";
import type { ArgumentsContext } from "../../keeper/jobs/arguments.ts";
import type { SendLimits } from "../../keeper/send.ts";
import { IArgumentStaking__factory } from "../../typechain-types/index.ts";
import type { Collector } from "../demo/fixtures.ts";
import { DAY } from "../fixtures/amounts.ts";
import { type ActWorld, argue, atAgeOf, openForum } from "../fixtures/arguments.ts";
import { chainOf, type OnChain, watchedWorkshop } from "./workshop.ts";

/** Argument staking, and the chain it is on. */
export interface DebateWorld extends ActWorld, OnChain {}

/** Stakes of `debate` that end within minutes, in the order of their ends; the second three in one second, and the third. */
export const EARLY = [1n, 2n, 3n, 4n, 5n, 6n, 7n];
export const LAST_EARLY = 7n;

/** Those that end a day later. */
export const LATE = [8n, 9n];
export const LAST_LATE = 9n;

/** Gas for two or three stakes a batch. */
export const SMALL_CAP = 200_000n;

/** What a pass comes to that finds no expired stake; that pays all; that fails; and that puts them off. */
export const NOTHING = { due: 0, done: 0, failed: 0, left: 0 };
export const PAID = { ...NOTHING, due: 1, done: 1 };
export const FAILED = { ...NOTHING, due: 1, failed: 1 };
export const LEFT = { ...NOTHING, due: 1, left: 1 };

/** Nobody has staked. */
export async function emptyForum(connection: NetworkConnection): Promise<DebateWorld> {
  return { ...(await openForum(connection)), connection };
}

/** Argument 1 and eight upvotes: stakes 2 to 4 a hundred seconds after it, 5 to 7 another hundred, 8 and 9 a day. */
export async function debate(connection: NetworkConnection): Promise<DebateWorld> {
  const world = await emptyForum(connection);
  await argue(world);
  for (const [index, age] of [100n, 100n, 100n, 200n, 200n, 200n, DAY, DAY].entries()) {
    await atAgeOf(world, 1n, age);
    await world.argumentStaking.connect(world.crowd[index]).upvote(1n);
  }
  return world;
}

/** What works on a world's stakes, the log of it, and what ends it. */
export interface StakeHands {
  readonly context: ArgumentsContext;
  readonly output: Collector;
  readonly end: AbortController;
}

/** A keeper's hands on the world's stakes. */
export async function handsOnStakes(
  world: DebateWorld,
  limits: Partial<SendLimits> = {},
  on?: Chain,
): Promise<StakeHands> {
  const { workshop, ...rest } = watchedWorkshop(on ?? (await chainOf(world)), limits);
  const address = await world.argumentStaking.getAddress();
  const staking = IArgumentStaking__factory.connect(address, world.ethers.provider);
  return { context: { ...workshop, staking }, ...rest };
}

/** The stakes that were paid, in this order. */
export async function paidIn({ argumentStaking }: DebateWorld): Promise<bigint[]> {
  const payments = await argumentStaking.queryFilter(argumentStaking.filters.StakeExpired());
  return payments.map(({ args }) => args.stakeId);
}
