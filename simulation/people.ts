import { anyMagnitude, pick, type Random } from "../test/fixtures/random.ts";

/** What somebody is like. */
export interface Character {
  readonly name: "patient" | "hasty" | "whale" | "dust" | "hostile" | "absent";
  /** How many of twenty people are like this. */
  readonly share: number;
  /** Whole tokens of each kind that they come with, at most. */
  readonly wealth: bigint;
  /** How often they act, as against the others. */
  readonly pace: number;
  /** Once in so many times they do what they cannot do. */
  readonly errs: bigint;
  /** Once in so many times they do not do what they should. */
  readonly sloth: bigint;
  /** Once in so many times they end something before its time. */
  readonly patience: bigint;
}

/** The people of the world, from those who keep still to those who attack. */
export const CHARACTERS: readonly Character[] = [
  { name: "patient", share: 6, wealth: 60_000n, pace: 3, errs: 30n, sloth: 30n, patience: 40n },
  { name: "hasty", share: 5, wealth: 25_000n, pace: 6, errs: 12n, sloth: 8n, patience: 2n },
  { name: "whale", share: 3, wealth: 5_000_000n, pace: 4, errs: 25n, sloth: 15n, patience: 12n },
  { name: "dust", share: 2, wealth: 600n, pace: 3, errs: 12n, sloth: 8n, patience: 6n },
  { name: "hostile", share: 2, wealth: 8_000n, pace: 5, errs: 2n, sloth: 4n, patience: 4n },
  { name: "absent", share: 2, wealth: 40_000n, pace: 2, errs: 30n, sloth: 1n, patience: 40n },
];

/** Somebody who has come. */
export interface Person {
  readonly address: string;
  readonly character: Character;
}

/** Whales who come first, and so can govern from the beginning. */
export const FOUNDERS = 4;

/** Whoever has an account: the founders, and then others in any order of characters. */
export function peopleOf(accounts: readonly string[], random: Random): Person[] {
  const lots = CHARACTERS.flatMap((character) => Array.from({ length: character.share }, () => character));
  const whale = lots.find(({ name }) => name === "whale");
  return accounts.map((address, index) => ({
    address,
    character: (index < FOUNDERS ? whale : undefined) ?? pick(random, lots),
  }));
}

/** What somebody comes with, in whole tokens. */
export function wealthOf({ character: { wealth } }: Person, random: Random): bigint {
  return wealth / 4n + random(0n, (wealth * 3n) / 4n);
}

/** What somebody puts in of a balance: whales much of it, others little, and dust little more than the least. */
export function portionOf({ character }: Person, random: Random, balance: bigint, least: bigint): bigint {
  if (balance <= least) return least;
  switch (character.name) {
    case "whale":
      return largest(least, balance / random(2n, 12n));
    case "dust":
      return least + anyMagnitude(random, 0n, (balance - least) / 20n);
    case "hostile":
      return anyMagnitude(random, least, balance);
    default:
      return largest(least, balance / random(8n, 80n));
  }
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
