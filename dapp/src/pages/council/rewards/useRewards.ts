import type { UseQueryResult } from "@tanstack/react-query";
import type { RewardParams } from "../../../../../sdk/council/rules.ts";
import { useRead } from "../../../chain/read.ts";
import type { Reader } from "../../../chain/reader.ts";
import { councilContracts } from "../../../contracts/council.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";

/** The rewards of all. Amounts in token units, instants in unix seconds. */
export interface RewardStream {
  /** The number of the period that streams, or streamed last; 0 before the first. */
  readonly period: bigint;
  readonly amount: bigint;
  readonly startedAt: bigint;
  readonly endsAt: bigint;
  readonly streamed: bigint;
  /** What a period would stream that began now. */
  readonly nextAmount: bigint;
  /** Sum of all weights. */
  readonly totalWeight: bigint;
  readonly params: RewardParams;
}

/** The rewards of an account. */
export interface MyRewards {
  readonly claimable: bigint;
  readonly power: bigint;
  readonly weight: bigint;
  /** Boosters in the weight, and those that the next touch will count. */
  readonly boosterBps: bigint;
  readonly currentBoosterBps: bigint;
  readonly participatedAt: bigint;
  readonly votedAt: bigint;
}

/** The rewards of all. */
async function readRewardStream(reader: Reader): Promise<RewardStream> {
  const { rewardsDistributor } = councilContracts(reader);
  const [stream, nextAmount, totalWeight, params] = await Promise.all([
    rewardsDistributor.stream(),
    rewardsDistributor.nextPeriodAmount(),
    rewardsDistributor.totalWeight(),
    rewardsDistributor.params(),
  ]);
  const { period, amount, startedAt, endsAt, streamed } = stream;
  return { period, amount, startedAt, endsAt, streamed, nextAmount, totalWeight, params };
}

/** The rewards of all, again with every block. */
export function useRewardStream(): UseQueryResult<RewardStream> {
  return useRead(["reward stream"], readRewardStream);
}

/** The rewards of an account. */
async function readRewardsOf(reader: Reader, account: string): Promise<MyRewards> {
  const { rewardsDistributor } = councilContracts(reader);
  const [claimable, known] = await Promise.all([
    rewardsDistributor.claimable(account),
    rewardsDistributor.account(account),
  ]);
  const { power, weight, boosterBps, currentBoosterBps, participatedAt, votedAt } = known;
  return { claimable, power, weight, boosterBps, currentBoosterBps, participatedAt, votedAt };
}

/** The rewards of the connected account; never there where none is connected. */
export function useMyRewards(): UseQueryResult<MyRewards> {
  const { account } = useWallet();
  return useRead(["rewards of", account], (reader) => readRewardsOf(reader, account ?? ""), account !== undefined);
}
