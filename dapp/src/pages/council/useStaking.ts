import type { UseQueryResult } from "@tanstack/react-query";
import { isError } from "ethers";
import { positionIdOf } from "../../../../sdk/council/positions.ts";
import type { StakingParams } from "../../../../sdk/council/rules.ts";
import type { Position } from "../../../../sdk/council/staking.ts";
import type { CouncilStaking } from "../../../../typechain-types/index.ts";
import { useHead, useRead } from "../../chain/read.ts";
import type { Reader } from "../../chain/reader.ts";
import { councilContracts } from "../../contracts/council.ts";
import { useWallet } from "../../wallet/WalletContext.tsx";

/** A position that is open. */
export interface OpenPosition extends Position {
  readonly positionId: bigint;
}

/** What an account has in the council. */
export interface CouncilAccount {
  /** All its positions, in token units. */
  readonly staked: bigint;
  /** Its own voting power, whoever it is delegated to. */
  readonly power: bigint;
  /** Whether it has a position at the highest tier. */
  readonly isLongTerm: boolean;
  /** What counts for it when it votes: its own power unless delegated, and what others delegated to it. */
  readonly votes: bigint;
  /** Whom its power counts for: itself where it chose nobody. */
  readonly delegate: string;
}

/** Bounds, penalty and tiers of staking. */
export function useStakingRules(): UseQueryResult<StakingParams> {
  return useRead(["staking rules"], async (reader) => {
    const { minStake, maxStake, earlyExitPenaltyBps, tiers } = await councilContracts(reader).councilStaking.params();
    const tier = ({ lockDays, multiplierBps }: (typeof tiers)[number]) => ({ lockDays, multiplierBps });
    const [first, second, third, fourth, last] = tiers;
    return {
      ...{ minStake, maxStake, earlyExitPenaltyBps },
      tiers: [tier(first), tier(second), tier(third), tier(fourth), tier(last)],
    };
  });
}

/** Why nothing new can be staked, or no session be opened, where the guardian has paused that. */
export function usePauseProblem(of: "councilStaking" | "councilChamber"): string | undefined {
  const isPaused = useRead(["paused", of], (reader) => councilContracts(reader)[of].paused()).data;
  const what = of === "councilStaking" ? "New positions are" : "New sessions are";
  return isPaused ? `${what} paused. What has begun goes on.` : undefined;
}

/** What an account has in the council. */
async function readCouncilAccount(reader: Reader, account: string): Promise<CouncilAccount> {
  const { councilStaking } = councilContracts(reader);
  const [{ staked, power, longTermPositions }, votes, delegate] = await Promise.all([
    councilStaking.account(account),
    councilStaking.getVotes(account),
    councilStaking.delegates(account),
  ]);
  return { staked, power, isLongTerm: longTermPositions > 0n, votes, delegate };
}

/** What the connected account has in the council; never there where none is connected. */
export function useCouncilAccount(): UseQueryResult<CouncilAccount> {
  const { account } = useWallet();
  return useRead(
    ["council account", account],
    (reader) => readCouncilAccount(reader, account ?? ""),
    account !== undefined,
  );
}

/** The open positions of an account, in the order in which they were opened. */
async function readPositions(reader: Reader, account: string): Promise<readonly OpenPosition[]> {
  const { councilStaking } = councilContracts(reader);
  const { openedPositions } = await councilStaking.account(account);
  const ids = Array.from({ length: Number(openedPositions) }, (_, index) => positionIdOf(account, BigInt(index)));
  const found = await Promise.all(ids.map((positionId) => readPosition(councilStaking, positionId)));
  return found.filter((position) => position !== undefined);
}

/** `undefined` where it is closed. */
async function readPosition(staking: CouncilStaking, positionId: bigint): Promise<OpenPosition | undefined> {
  try {
    const { owner, amount, stakedAt, unlocksAt, tierDays, power } = await staking.position(positionId);
    return { positionId, owner, amount, stakedAt, unlocksAt, tierDays, power };
  } catch (error) {
    if (isError(error, "CALL_EXCEPTION") && error.revert?.name === "PositionUnknown") return undefined;
    throw error;
  }
}

/** The open positions of the connected account. */
export function usePositions(): UseQueryResult<readonly OpenPosition[]> {
  const { account } = useWallet();
  return useRead(
    ["council positions", account],
    (reader) => readPositions(reader, account ?? ""),
    account !== undefined,
  );
}

/**
 * All voting power after a block. Votes are known of seconds that are over: a node that makes calls in the block to come
 * tells those of the newest block, others those before it.
 */
async function readTotalPower(reader: Reader, now: bigint): Promise<bigint> {
  const { councilStaking } = councilContracts(reader);
  try {
    return await councilStaking.getPastTotalSupply(now, { blockTag: "pending" });
  } catch {
    return councilStaking.getPastTotalSupply(now - 1n);
  }
}

/** All that is staked, and all voting power, as the newest block has them. */
export function useCouncilTotals(): UseQueryResult<{ readonly staked: bigint; readonly power: bigint }> {
  const now = useHead().data?.timestamp;
  return useRead(
    ["council totals"],
    async (reader) => {
      const { councilStaking } = councilContracts(reader);
      const [staked, power] = await Promise.all([councilStaking.totalStaked(), readTotalPower(reader, now ?? 1n)]);
      return { staked, power };
    },
    now !== undefined,
  );
}
