import { readSkating } from "../../demo/queries/skating.ts";
import type { Vote } from "./query-crowd.ts";

/** A multiplier and an increment for numbers modulo 2^32, by D. E. Knuth and H. W. Lewis. */
const MULTIPLIER = 1_664_525;
const INCREMENT = 1_013_904_223;
const MODULUS = 2 ** 32;

/** Each of `judges` ranks `count` answers at random, the same in every run, and calls the better half good. */
export function randomVotes(count: number, judges: number): readonly Vote[] {
  let state = count * 1_000 + judges;
  const below = (bound: number) => {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    return Math.floor((state / MODULUS) * bound);
  };
  return Array.from({ length: judges }, () => {
    const ranking = indices(count);
    for (let left = count; left > 1; left--) ranking.push(...ranking.splice(below(left), 1));
    return { ranking, goodAnswers: bitsOf(ranking.slice(0, Math.ceil(count / 2))) };
  });
}

/** Each of `judges` ranks `count` answers as the others do, and calls all of them good. */
export function unanimousVotes(count: number, judges: number): readonly Vote[] {
  const vote = { ranking: indices(count), goodAnswers: bitsOf(indices(count)) };
  return Array.from({ length: judges }, () => vote);
}

/** How the judges of the free skate of 2002 ranked the skaters; each calls the better half good. */
export async function skatingVotes(): Promise<readonly Vote[]> {
  const { judges, skaters } = await readSkating();
  return judges.map((_, judge) => {
    const placeOf = (index: number) => skaters[index]?.places[judge] ?? 0;
    const ranking = indices(skaters.length).sort((a, b) => placeOf(a) - placeOf(b));
    return { ranking, goodAnswers: bitsOf(ranking.slice(0, Math.ceil(skaters.length / 2))) };
  });
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function bitsOf(answers: readonly number[]): bigint {
  return answers.reduce((set, index) => set | (1n << BigInt(index)), 0n);
}
