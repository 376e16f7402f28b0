import { indicesIn, setOf } from "../../../../sdk/query/sets.ts";

/** A list with one of its items moved to another place; places beyond the ends are the ends. */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const [item] = items.slice(from, from + 1);
  const place = Math.max(0, Math.min(to, items.length - 1));
  return item === undefined || place === from ? items : items.toSpliced(from, 1).toSpliced(place, 0, item);
}

/** The set of good answers where the first so many of a ranking are good. */
export function goodOf(ranking: readonly number[], count: number): bigint {
  return setOf(ranking.slice(0, count));
}

/**
 * Why a vote cannot be sealed yet, if so.
 *
 * @param read How many answers the judge can read by now; `undefined` while their words are being loaded.
 * @param opened How many there are.
 * @param good How many of them the judge calls good.
 */
export function voteProblem(read: number | undefined, opened: number, good: number | undefined): string | undefined {
  if (read === undefined || read < opened) return "The answers are still being loaded: nobody can rank them yet.";
  return good === undefined ? "Say how many answers are good." : undefined;
}

/** An opened vote as people read it: "2, 1, 3; the good: 2, 1". Answers count from 1. */
export function voteText(ranking: readonly bigint[], goodAnswers: bigint): string {
  const good = indicesIn(goodAnswers).map(BigInt);
  const named = (indices: readonly bigint[]) => indices.map((index) => index + 1n).join(", ");
  const callsGood = ranking.filter((index) => good.includes(index));
  return `${named(ranking)}; ${callsGood.length === 0 ? "none good" : `good: ${named(callsGood)}`}`;
}

/**
 * Where something that is dragged belongs: the place of the item whose middle it has not passed.
 *
 * @param middles Of the items from the top down, on the same scale as `at`.
 */
export function placeAt(middles: readonly number[], from: number, at: number): number {
  const others = middles.filter((_, place) => place !== from);
  return others.filter((middle) => middle < at).length;
}

/** "1st", "2nd", "3rd", "4th". */
export function ordinal(place: number): string {
  const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${place}${endings[ORDINALS.select(place)]}`;
}

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
