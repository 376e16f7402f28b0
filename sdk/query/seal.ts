import { AbiCoder, keccak256 } from "ethers";

/** Whose seal it is, and for what; a seal stands for one chain, one contract, one query and one person. */
export interface SealContext {
  readonly chainId: bigint;
  /** Address of the `QueryEscrow`. */
  readonly queryEscrow: string;
  readonly queryId: bigint;
  /** Whose answer or vote. */
  readonly account: string;
  /** 32 bytes in hexadecimal that nobody can guess: see `randomSalt`. */
  readonly salt: string;
}

/** What an answer commits to. */
export interface SealedAnswer extends SealContext {
  /** Hash of the answer, 32 bytes in hexadecimal. */
  readonly contentHash: string;
  /** Where the answer is. */
  readonly uri: string;
}

/** What a vote commits to. */
export interface SealedVote extends SealContext {
  /** Indices of all opened answers, the best first. */
  readonly ranking: readonly number[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}

/**
 * The seal that `QueryEscrow.submitAnswer` takes and `openAnswer` opens. Throws ethers' error where a value does not fit
 * its type.
 *
 * @returns 32 bytes in hexadecimal.
 */
export function sealAnswer({ contentHash, uri, ...context }: SealedAnswer): string {
  return seal(context, ["bytes32", "string"], [contentHash, uri]);
}

/**
 * The seal that `QueryEscrow.submitVote` takes and `openVote` opens. Throws ethers' error where a value does not fit its
 * type; a ranking that is no permutation is sealed, and refused when opened.
 *
 * @returns 32 bytes in hexadecimal.
 */
export function sealVote({ ranking, goodAnswers, ...context }: SealedVote): string {
  return seal(context, ["uint8[]", "uint32"], [ranking, goodAnswers]);
}

function seal(context: SealContext, types: readonly string[], values: readonly unknown[]): string {
  const { chainId, queryEscrow, queryId, account, salt } = context;
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ["uint256", "address", "uint256", "address", ...types, "bytes32"],
      [chainId, queryEscrow, queryId, account, ...values, salt],
    ),
  );
}
