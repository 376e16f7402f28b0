import type { Network } from "../../../chain/network.ts";
import { type Keepsake, type KeepsakeOf, keepsakesAt } from "../../../keepsakes/keepsake.ts";

/** Keepsakes of beliefs. */
export type BeliefKeepsakes = readonly KeepsakeOf<"belief">[];

/** Which beliefs are meant. */
export interface BeliefPlace {
  readonly claimId: string;
  readonly epoch: bigint;
  /** Whose; everybody's, where it is left out. */
  readonly account?: string;
}

/** The keepsakes of beliefs in an epoch of a claim that this browser has. */
export function keptFor(
  all: readonly Keepsake[],
  { chainId, contracts }: Pick<Network, "chainId" | "contracts">,
  { claimId, epoch, account }: BeliefPlace,
): BeliefKeepsakes {
  const at = { chainId, contract: contracts.TruthSerum.address };
  return keepsakesAt(all, "belief", at).filter(
    (kept) =>
      kept.claimId.toLowerCase() === claimId.toLowerCase() &&
      kept.epoch === epoch &&
      (account === undefined || kept.account.toLowerCase() === account.toLowerCase()),
  );
}
