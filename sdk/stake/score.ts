import { sum } from "../math.ts";
import { WAD } from "./math.ts";

/** What a person believes, and what they think others believe; both in wad, 0 to 1e18. */
export interface Belief {
  /** Probability that the claim is true. */
  readonly belief: bigint;
  /** Share of others who say so. */
  readonly meta: bigint;
}

/** An opened belief and what it weighs, in asset units, above 0. */
export interface WeightedBelief extends Belief {
  readonly weight: bigint;
}

/** What an epoch's opened beliefs say together. */
export interface Consensus {
  /** Weighted mean belief in wad, rounded down; 0 of none. */
  readonly consensus: bigint;
  /** Weighted mean meta-prediction in wad, rounded down; 0 of none. */
  readonly meanMeta: bigint;
  /** Share of weight whose belief is above 0.5, in wad, rounded down; 0 of none. */
  readonly supportShare: bigint;
  /** Whether that share exceeds the mean meta-prediction, neither of them rounded. */
  readonly isSurprisinglyPopular: boolean;
}

/** Probabilities are scored as if they were at least this, and at most 1e18 less this; in wad. */
const MIN_PROBABILITY = WAD / 100n;

/** Weighted means of belief and meta-prediction in wad, rounded down; zeros of none. */
export function weightedMeans(beliefs: readonly WeightedBelief[]): Belief {
  const weight = sum(beliefs.map((each) => each.weight));
  if (weight === 0n) return { belief: 0n, meta: 0n };
  return {
    belief: sum(beliefs.map((each) => each.weight * each.belief)) / weight,
    meta: sum(beliefs.map((each) => each.weight * each.meta)) / weight,
  };
}

/** Mean belief, mean meta-prediction, support and surprise of opened beliefs. */
export function consensusOf(beliefs: readonly WeightedBelief[]): Consensus {
  const { belief, meta } = weightedMeans(beliefs);
  const weight = sum(beliefs.map((each) => each.weight));
  const support = sum(beliefs.filter((each) => each.belief > WAD / 2n).map((each) => each.weight));
  const predicted = sum(beliefs.map((each) => each.weight * each.meta));
  return {
    consensus: belief,
    meanMeta: meta,
    supportShare: weight === 0n ? 0n : (support * WAD) / weight, // rounded down, as the means are
    isSurprisinglyPopular: support * WAD > predicted,
  };
}

/**
 * Score of a belief p with meta-prediction m against the means of the others, in double precision: about 1e-15 off.
 * `KL(p || others' m) - KL(p || others' p) - KL(others' p || m)`, every probability clamped to [0.01, 0.99] and the
 * score to [-1, 1]. D. Prelec, "A Bayesian truth serum for subjective data", Science 306 (2004), in the form that takes
 * probabilities for votes.
 */
export function scoreOf(own: Belief, others: Belief): number {
  const [p, m] = [probability(own.belief), probability(own.meta)];
  const [othersP, othersM] = [probability(others.belief), probability(others.meta)];
  const score = divergence(p, othersM) - divergence(p, othersP) - divergence(othersP, m);
  return Math.max(-1, Math.min(1, score));
}

/** Kullback-Leibler divergence in nats of two Bernoulli probabilities, each strictly between 0 and 1. */
export function divergence(p: number, q: number): number {
  return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
}

/** A probability in wad as a double within the bounds of scoring. */
function probability(wad: bigint): number {
  const highest = WAD - MIN_PROBABILITY;
  const clamped = wad < MIN_PROBABILITY ? MIN_PROBABILITY : wad > highest ? highest : wad;
  return Number(clamped) / 1e18;
}
