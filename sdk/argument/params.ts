import { BPS, firstOutOfBounds, type ParamBound } from "../bounds.ts";
import { HOUR, YEAR } from "../time.ts";
import { revertWith } from "./errors.ts";

/** Largest stake that governance may ask for, in token units. */
export const MAX_STAKE = 2n ** 80n - 1n;

/** The rules, as `ArgumentParams` of `IArgumentStaking.sol`: amounts in token units, spans in seconds, lengths in bytes. */
export interface ArgumentParams {
  /** The stake of an upvote. */
  readonly upvoteStake: bigint;
  /** How long a stake runs. */
  readonly period: bigint;
  /** Interest a year. */
  readonly interestRateBps: bigint;
  /** Of an upvote's interest, the part of the argument's creator. */
  readonly creatorShareBps: bigint;
  /** How far back the stake limit looks. */
  readonly stakeLimitWindow: bigint;
  /** The share of what they have from which on nobody stakes more. */
  readonly stakeLimitBps: bigint;
  /** Upvotes that end a jail. */
  readonly unjailUpvotes: bigint;
  /** The stake of an argument. */
  readonly creationStake: bigint;
  /** Arguments of one user on one claim. */
  readonly maxArgumentsPerClaim: bigint;
  /** Shortest summary. */
  readonly minSummaryLength: bigint;
  /** Longest summary. */
  readonly maxSummaryLength: bigint;
  /** Shortest body. */
  readonly minBodyLength: bigint;
  /** Longest body. */
  readonly maxBodyLength: bigint;
  /** Of the stake of an argument, should it be slashed, the part of those who marked the argument. */
  readonly curatorShareBps: bigint;
  /** The running stake that makes a curator of its owner. */
  readonly minCuratorStake: bigint;
  /** Jail for the first slash; for the n-th n times that. */
  readonly jailPeriod: bigint;
  /** Marks that make an argument unhelpful. */
  readonly unhelpfulThreshold: bigint;
}

const between = (name: keyof ArgumentParams, min: bigint, max: bigint): ParamBound<ArgumentParams> => ({
  name,
  min: () => min,
  max: () => max,
});

/** The bounds of every rule, in the order in which they are checked. */
export const ARGUMENT_PARAM_BOUNDS: readonly ParamBound<ArgumentParams>[] = [
  between("upvoteStake", 1n, MAX_STAKE),
  between("period", HOUR, YEAR),
  between("interestRateBps", 0n, BPS),
  between("creatorShareBps", 0n, BPS),
  between("stakeLimitWindow", HOUR, YEAR),
  between("stakeLimitBps", 1n, BPS),
  between("unjailUpvotes", 1n, 1_000n),
  between("creationStake", 1n, MAX_STAKE),
  between("maxArgumentsPerClaim", 1n, 100n),
  { name: "minSummaryLength", min: () => 1n, max: (params) => params.maxSummaryLength },
  between("maxSummaryLength", 1n, 1_000n),
  { name: "minBodyLength", min: () => 1n, max: (params) => params.maxBodyLength },
  between("maxBodyLength", 1n, 20_000n),
  between("curatorShareBps", 0n, BPS),
  between("minCuratorStake", 1n, MAX_STAKE),
  between("jailPeriod", HOUR, YEAR),
  between("unhelpfulThreshold", 1n, 25n),
];

/** Throws `ParameterOutOfBounds(parameter, value, min, max)` for the first rule outside its bounds. */
export function validateArgumentParams(params: ArgumentParams): void {
  const facts = firstOutOfBounds(ARGUMENT_PARAM_BOUNDS, params);
  if (facts !== undefined) revertWith("ParameterOutOfBounds", facts);
}
