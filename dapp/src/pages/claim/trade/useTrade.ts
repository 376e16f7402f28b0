import type { UseQueryResult } from "@tanstack/react-query";
import { isError, ZeroAddress } from "ethers";
import { Side } from "../../../../../sdk/market/side.ts";
import type { PoolState } from "../../../../../sdk/stake/curve.ts";
import type { BuyQuote } from "../../../../../sdk/stake/venue.ts";
import { explain } from "../../../actions/refusal.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { stakeContracts } from "../../../contracts/stake.ts";
import { useWallet } from "../../../wallet/WalletContext.tsx";

/** The venue as it is now for a claim. */
export interface Venue {
  /** `null` where the claim has no pool. */
  readonly pool: PoolState | null;
  /** Whether the guardian has stopped buying and the creation of pools. */
  readonly isPaused: boolean;
}

/** The pool of a claim, and whether it can be bought from. */
export function useVenue(claimId: string): UseQueryResult<Venue> {
  const { reader } = usePlace();
  const { convictionMarket } = stakeContracts(reader);
  return useRead(["venue", claimId], async () => {
    const [pool, isPaused] = await Promise.all([
      convictionMarket.pool(claimId).catch((error: unknown) => {
        if (revertOf(error) === "PoolUnknown") return null;
        throw error;
      }),
      convictionMarket.paused(),
    ]);
    if (pool === null) return { pool, isPaused };
    const { longSupply, shortSupply, reserve } = pool;
    return { pool: { longSupply, shortSupply, reserve }, isPaused };
  });
}

/** What somebody has on a claim, and in the vault. Amounts in asset units, tokens in theirs. */
export interface Holding {
  readonly tokens: Readonly<Record<Side, bigint>>;
  readonly locks: Readonly<Record<Side, bigint>>;
  /** The largest voice on this claim that is not settled. */
  readonly atRisk: bigint;
  readonly totalStake: bigint;
  readonly totalLocked: bigint;
  readonly encumbered: bigint;
  readonly withdrawable: bigint;
}

/** What the connected account has; not read where none is connected. */
export function useHolding(claimId: string): UseQueryResult<Holding> {
  const { reader } = usePlace();
  const { account } = useWallet();
  const { convictionMarket: venue, stakeVault: vault } = stakeContracts(reader);
  const user = account ?? ZeroAddress;
  const read = async () => {
    const [long, short, longLock, shortLock, exposure, totalStake, totalLocked, encumbered, withdrawable] =
      await Promise.all([
        venue.balanceOf(user, claimId, Side.Support),
        venue.balanceOf(user, claimId, Side.Oppose),
        vault.lockOf(user, claimId, Side.Support),
        vault.lockOf(user, claimId, Side.Oppose),
        vault.exposureOf(user, claimId),
        vault.totalStake(user),
        vault.totalLocked(user),
        vault.encumbered(user),
        vault.withdrawable(user),
      ]);
    return {
      tokens: { [Side.Support]: long, [Side.Oppose]: short },
      locks: { [Side.Support]: longLock, [Side.Oppose]: shortLock },
      ...{ atRisk: exposure.atRisk, totalStake, totalLocked, encumbered, withdrawable },
    };
  };
  return useRead(["holding", claimId, user], read, account !== undefined);
}

/** What the venue answers to a purchase: what it gives, or why it refuses. */
export type Quoted = BuyQuote | { readonly problem: string };

/** What buying would give now; not asked for an amount of `undefined`. Without an account, what a newcomer would get. */
export function useBuyQuote(claimId: string, side: Side, amount: bigint | undefined): UseQueryResult<Quoted> {
  const { reader, network } = usePlace();
  const { account } = useWallet();
  const { convictionMarket } = stakeContracts(reader);
  const user = account ?? ZeroAddress;
  const read = async (): Promise<Quoted> => {
    try {
      const { tokens, skim } = await convictionMarket.quoteBuy(user, claimId, side, amount ?? 0n);
      return { tokens, skim };
    } catch (error) {
      if (isError(error, "CALL_EXCEPTION")) return { problem: await refusalOf(error) };
      throw error;
    }
  };
  const refusalOf = async (error: unknown): Promise<string> =>
    revertOf(error) === "SkimTooLarge"
      ? "More than half of the payment would go to your stake, to cover your locks. Deposit stake first."
      : explain(error, network.asset);
  return useRead(["quote buy", claimId, side, user, amount], read, amount !== undefined);
}

/** The name of the error that a contract refused a call with. */
function revertOf(error: unknown): string | undefined {
  return isError(error, "CALL_EXCEPTION") ? error.revert?.name : undefined;
}
