import { concat, getCreate2Address, keccak256, solidityPacked } from "ethers";
import type { MarketParams } from "./params.ts";

/** What a market's code, and so its address, is made of. */
export interface MarketIdentity {
  /** The `BeliefFactory` that creates it. */
  readonly factory: string;
  /** `BeliefFactory.implementation()`. */
  readonly implementation: string;
  /** The claim, 32 bytes in hexadecimal. */
  readonly claimId: string;
  /** Who creates it. */
  readonly author: string;
  /** When it is created, in unix seconds. */
  readonly createdAt: bigint;
  readonly params: MarketParams;
}

/**
 * The address of a market: CREATE2 by the factory, with the claim as salt, of an EIP-1167 proxy whose immutable arguments
 * are claim, author, creation time and rules. No other market can ever have it.
 */
export function marketAddress(market: MarketIdentity): string {
  const { factory, implementation, claimId, author, createdAt, params } = market;
  const args = concat([
    solidityPacked(["bytes32", "address", "uint40"], [claimId, author, createdAt]),
    solidityPacked(
      ["uint32", "uint32", "uint16", "uint16", "uint96", "uint16", "uint16", "uint16"],
      [
        params.lockPeriod,
        params.minRewardDuration,
        params.lateEntryFeeBaseBps,
        params.lateEntryFeeMaxBps,
        params.lateEntryFeeScale,
        params.authorPremiumBps,
        params.earlyExitPenaltyBps,
        params.maxSrpBps,
      ],
    ),
    solidityPacked(["uint32", "uint96", "uint96"], [params.maxUserRewardBps, params.minStake, params.maxStake]),
  ]);
  const runtime = concat(["0x363d3d373d3d3d363d73", implementation, "0x5af43d82803e903d91602b57fd5bf3", args]);
  const length = (runtime.length - 2) / 2;
  const creation = concat(["0x61", solidityPacked(["uint16"], [length]), "0x3d81600a3d39f3", runtime]);
  return getCreate2Address(factory, claimId, keccak256(creation));
}
