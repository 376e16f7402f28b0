import { indicesBelow } from "../../sdk/query/sets.ts";
import type { Vote } from "../../sdk/query/weights.ts";
import { type Random, randomFrom } from "../fixtures/random.ts";
import { shuffled, voteOf } from "./query-fixtures.ts";

/** A kind of crowd: how a number of judges rank a number of answers. */
export type Crowd = (answers: number, judges: number) => Vote[];

const ascending = (count: number): number[] => indicesBelow(BigInt(count));

const crowdOf =
  (rankingOf: (answers: number, judge: number, random: Random) => number[], ranks: (random: Random) => bigint): Crowd =>
  (answers, judges) => {
    const random = randomFrom(100 * answers + judges);
    return ascending(judges).map((judge) =>
      voteOf({ ranking: rankingOf(answers, judge, random), good: ascending(answers), rank: ranks(random) }),
    );
  };

const sameRank = () => 0n;
const anyRank = (random: Random) => random(0n, 42n);

/** The order in groups of eight, within which each judge begins with another answer. */
const clustered = (answers: number, judge: number): number[] => {
  const order = ascending(answers);
  return [0, 8, 16, 24].flatMap((first) => rotated(order.slice(first, first + 8), judge));
};

const rotated = (group: readonly number[], by: number): number[] =>
  group.map((_, place) => group[(place + by) % group.length] ?? 0);

/** The kinds of crowds that are hardest, and the usual ones. */
export const CROWDS: Readonly<Record<string, Crowd>> = {
  unanimous: crowdOf(ascending, sameRank),
  "unanimous but for one": crowdOf((answers, judge) => {
    const order = ascending(answers);
    return judge === 0 ? order.reverse() : order;
  }, sameRank),
  "one order and its opposite": crowdOf((answers, judge) => {
    const order = ascending(answers);
    return judge % 2 === 0 ? order : order.reverse();
  }, sameRank),
  cyclic: crowdOf((answers, judge) => rotated(ascending(answers), judge), sameRank),
  clustered: crowdOf(clustered, sameRank),
  random: crowdOf((answers, _, random) => shuffled(random, answers), sameRank),
  "unanimous of any ranks": crowdOf(ascending, anyRank),
  "random of any ranks": crowdOf((answers, _, random) => shuffled(random, answers), anyRank),
};

/** Numbers of answers and judges: the smallest, the usual ones, the largest. */
export const SIZES = [
  [2, 1],
  [2, 32],
  [7, 5],
  [23, 9],
  [32, 1],
  [32, 32],
] as const;
