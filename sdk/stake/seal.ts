import { AbiCoder, keccak256 } from "ethers";

/** What a belief commits to; a seal stands for one chain, one contract, one claim, one epoch and one person. */
export interface SealedBelief {
  readonly chainId: bigint;
  /** Address of the `TruthSerum`. */
  readonly truthSerum: string;
  /** The claim, 32 bytes in hexadecimal. */
  readonly claimId: string;
  /** The epoch that takes the commit. */
  readonly epoch: bigint;
  /** Whose belief. */
  readonly user: string;
  /** Probability that the claim is true, in wad, 0 to 1e18. */
  readonly belief: bigint;
  /** Predicted share of others who say so, in wad, 0 to 1e18. */
  readonly meta: bigint;
  /** 32 bytes in hexadecimal that nobody can guess: see `randomSalt`. */
  readonly salt: string;
}

const WORDS = ["uint256", "address", "bytes32", "uint256", "address", "uint64", "uint64", "bytes32"];

/**
 * The seal that `TruthSerum.commitBelief` takes and `revealBelief` opens: keccak256 over eight words of 32 bytes.
 *
 * Throws ethers' error where a value does not fit its type; a probability above 1e18 is sealed, and refused when opened.
 *
 * @returns 32 bytes in hexadecimal.
 */
export function sealBelief(sealed: SealedBelief): string {
  const { chainId, truthSerum, claimId, epoch, user, belief, meta, salt } = sealed;
  const words = [chainId, truthSerum, claimId, epoch, user, belief, meta, salt];
  return keccak256(AbiCoder.defaultAbiCoder().encode(WORDS, words));
}
