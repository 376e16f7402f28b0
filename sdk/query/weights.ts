import { max, sum } from "../math.ts";
import { WAD } from "../stake/math.ts";
import { indicesBelow, indicesIn } from "./sets.ts";

/** An opened vote. */
export interface Vote {
  /** The judge's rank when they joined. */
  readonly rank: bigint;
  /** Indices of all opened answers, the best first. */
  readonly ranking: readonly number[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}

/** Wins of each answer over each other, in wad of weight; 0 of an answer over itself. */
export type WinMatrix = readonly (readonly bigint[])[];

/**
 * Weights of judges in wad. The highest rank among them weighs 1e18; one d ranks below weighs their chance of beating
 * it, `1e18 / (1 + 1.1^d)` rounded down.
 */
export function weightsOf(judges: readonly { readonly rank: bigint }[]): bigint[] {
  const highest = max(...judges.map(({ rank }) => rank));
  return judges.map(({ rank }) => {
    const below = highest - rank;
    return below === 0n ? WAD : (WAD * 10n ** below) / (10n ** below + 11n ** below);
  });
}

/**
 * What sums of weights may differ by, in wad, and count as equal: each weight is rounded down to the unit, and 21 judges
 * one rank below weigh exactly as much as 10 of the highest.
 */
export const EQUAL_WITHIN = 10n ** 9n;

/** Indices of good answers: those that judges call good whose weight is at least half of all weight. */
export function goodAnswersOf(votes: readonly Vote[], answers: bigint): number[] {
  const weighed = weighedOf(votes);
  const callers = (index: number) => weighed.filter(({ goodAnswers }) => indicesIn(goodAnswers).includes(index));
  const half = weightOf(weighed) - EQUAL_WITHIN;
  return indicesBelow(answers).filter((index) => 2n * weightOf(callers(index)) >= half);
}

/**
 * How votes compare `answers` answers, as `QueryEscrow.winMatrix`: the weight of the judges who rank one above another,
 * and half for the virtual judge who sees every pair as a tie. Every pair weighs the same.
 */
export function winMatrixOf(votes: readonly Vote[], answers: bigint): WinMatrix {
  const weighed = weighedOf(votes);
  const indices = indicesBelow(answers);
  const winsOver = (one: number, other: number) =>
    weightOf(weighed.filter(({ ranking }) => ranking.indexOf(one) < ranking.indexOf(other))) + WAD / 2n;
  return indices.map((one) => indices.map((other) => (one === other ? 0n : winsOver(one, other))));
}

/** Wins of each answer over all others together, in wad: the greater, the stronger; see `areTied`. */
export function winsOf(matrix: WinMatrix): bigint[] {
  return matrix.map((row) => sum(row));
}

/** Whether answers of these wins are as strong as one another. */
export function areTied(wins: bigint, others: bigint): boolean {
  const difference = wins - others;
  return difference <= EQUAL_WITHIN && -difference <= EQUAL_WITHIN;
}

interface WeighedVote extends Vote {
  /** In wad. */
  readonly weight: bigint;
}

function weighedOf(votes: readonly Vote[]): WeighedVote[] {
  const weights = weightsOf(votes);
  return votes.map((vote, judge) => ({ ...vote, weight: weights[judge] ?? 0n }));
}

function weightOf(votes: readonly WeighedVote[]): bigint {
  return sum(votes.map(({ weight }) => weight));
}
