import type { BlockTag, Provider } from "ethers";
import { z } from "zod/v4";
import { nextLapseAt, weightDown } from "../../sdk/council/boosters.ts";
import type { RewardParams } from "../../sdk/council/rules.ts";
import { type LockTiers, nextTierAt } from "../../sdk/council/tiers.ts";
import { DAY } from "../../sdk/time.ts";
import {
  type CouncilGovernor,
  type ICouncilStaking,
  type IRewardsDistributor,
  IRewardsDistributor__factory,
} from "../../typechain-types/index.ts";
import type { Search } from "../discovery.ts";
import { revertOf } from "../errors.ts";
import { WHOLE } from "../state.ts";

/** A position whose time may earn it a tier. */
export interface WatchedPosition {
  readonly positionId: bigint;
  /** When to look at it, in unix seconds: before that, it has nothing to gain. */
  readonly lookAt: bigint;
}

/** An account with boosters that may lapse, or with activity that its weight may not count yet. */
export interface WatchedAccount {
  readonly account: string;
  /** When to look at it, in unix seconds: before that, no booster of it changes. */
  readonly lookAt: bigint;
}

/** Something that time changes, and only a poke makes count. */
export type Watched = WatchedPosition | WatchedAccount;

/** Something watched, in the state file. */
export const WATCHED: z.ZodType<Watched> = z.union([
  z.object({ positionId: WHOLE, lookAt: WHOLE }),
  z.object({ account: z.string().regex(/^0x[0-9a-fA-F]{40}$/), lookAt: WHOLE }),
]);

/** Council staking, its rewards, and where votes are cast, bound to the chain's provider. */
export interface RewardsContracts {
  readonly governor: CouncilGovernor;
  readonly staking: ICouncilStaking;
  readonly distributor: IRewardsDistributor;
  /** Rules that they were deployed with, which never change. */
  readonly rules: { readonly tiers: LockTiers; readonly rewards: RewardParams };
}

/** Finds the rewards of a staking contract, and reads the rules of both. */
export async function rewardsContracts(
  staking: ICouncilStaking,
  governor: CouncilGovernor,
  provider: Provider,
): Promise<RewardsContracts> {
  const distributor = IRewardsDistributor__factory.connect(await staking.distributor(), provider);
  const [{ tiers }, rewards] = [await staking.params(), await distributor.params()];
  return { governor, staking, distributor, rules: { tiers, rewards } };
}

/** A name of what is watched that no other has. */
export function watchedKeyOf(watched: Watched): string {
  return "account" in watched ? `account ${watched.account}` : `position ${watched.positionId}`;
}

/**
 * Finds positions below the highest tier in the logs of stakes, and accounts in those of activity and of weights with
 * boosters. Nothing is left to do about closed positions and those at the highest tier, and about accounts that have no
 * stake, or no booster that lapses.
 */
export function watchedIn(contracts: RewardsContracts): Search<Watched> {
  const { staking, distributor, governor, rules } = contracts;
  return {
    name: "stakes",
    async find(from, to) {
      const stakes = await staking.queryFilter(staking.filters.Staked(), from, to);
      const weights = await distributor.queryFilter(distributor.filters.WeightChanged(), from, to);
      const votes = await governor.queryFilter(governor.filters.VoteCast(), from, to);
      const parts = await distributor.queryFilter(distributor.filters.ParticipationRecorded(), from, to);
      const withParams = await governor.queryFilter(governor.filters.VoteCastWithParams(), from, to);
      const positions = stakes.flatMap(({ args: { positionId, lockDays, unlocksAt } }) => {
        const stakedAt = unlocksAt - lockDays * DAY;
        const next = nextTierAt({ stakedAt, tierDays: lockDays }, stakedAt, rules.tiers);
        return next === null ? [] : [{ positionId, lookAt: next.at }];
      });
      const boosted = weights.filter(({ args: { weight, boosterBps } }) => weight > 0n && boosterBps > 0n);
      const voters = [...votes, ...withParams].map(({ args: { voter } }) => voter);
      const accounts = new Set([...voters, ...[...boosted, ...parts].map(({ args: { account } }) => account)]);
      // When its boosters lapse, the first look will tell.
      return [...positions, ...[...accounts].map((account) => ({ account, lookAt: 0n }))];
    },
    keyOf: watchedKeyOf,
    async review(watched, { number, timestamp }) {
      const lookAt =
        "account" in watched
          ? await nextLapse(contracts, watched.account, number, BigInt(timestamp))
          : await nextTier(contracts, watched.positionId, number, BigInt(timestamp));
      return lookAt === undefined ? undefined : { ...watched, lookAt };
    },
  };
}

/** A position as a block has it; `undefined` where it is closed, or not opened yet. */
export async function positionAt(staking: ICouncilStaking, positionId: bigint, blockTag: BlockTag) {
  try {
    return await staking.position(positionId, { blockTag });
  } catch (error) {
    if (revertOf(error, staking.interface)?.name === "PositionUnknown") return undefined;
    throw error;
  }
}

/** What is known of an account in a block, and whether it shares by another weight than a touch would give it. */
export async function accountAt(distributor: IRewardsDistributor, owner: string, blockTag: BlockTag) {
  const known = await distributor.account(owner, { blockTag });
  const { power, weight, currentBoosterBps, participatedAt, votedAt } = known;
  const isStale = weight !== weightDown(power, currentBoosterBps);
  return { power, weight, participatedAt, votedAt, isStale };
}

/** When a position's time earns it a tier, from a block on; `undefined` where it never will. */
async function nextTier({ staking, rules }: RewardsContracts, positionId: bigint, block: number, now: bigint) {
  const position = await positionAt(staking, positionId, block);
  return position === undefined ? undefined : nextTierAt(position, now, rules.tiers)?.at;
}

/** When the next booster of an account lapses, or 0 where one has; `undefined` where none will. */
async function nextLapse({ distributor, rules }: RewardsContracts, owner: string, block: number, now: bigint) {
  const { power, isStale, participatedAt, votedAt } = await accountAt(distributor, owner, block);
  if (power === 0n) return undefined;
  if (isStale) return 0n;
  const activity = { participatedAt, votedAt, isLongTerm: false };
  return nextLapseAt(activity, rules.rewards, now) ?? undefined;
}
