import { act } from "./amounts.ts";

/** What somebody does with rewards: claims them so many times, stakes them for so many days, or leaves them. */
export type Habit =
  | { readonly kind: "claims"; readonly times: number }
  | { readonly kind: "compounds"; readonly lockDays: bigint }
  | undefined;

const claimsTimes = (times: number): Habit => ({ kind: "claims", times });
const claims = claimsTimes(4);
const compounds = (lockDays: bigint): Habit => ({ kind: "compounds", lockDays });

const staker = <N extends string>(name: N, purse: number, stake: number, lockDays: bigint, habit: Habit) => ({
  name,
  purse: act(purse),
  stake: act(stake),
  lockDays,
  habit,
});

/** Who stakes on the first day: some of them in each tier. */
export const STAKERS = [
  staker("ada", 12_000_000, 10_000_000, 180n, claims),
  staker("bela", 6_000_000, 5_000_000, 180n, claims),
  staker("chen", 5_000_000, 4_000_000, 180n, claims),
  staker("dara", 3_000_000, 2_000_000, 180n, compounds(180n)),
  staker("emil", 1_500_000, 1_000_000, 180n, claims),
  staker("femi", 6_000_000, 4_500_000, 90n, compounds(30n)),
  staker("gita", 4_000_000, 3_000_000, 90n, compounds(90n)),
  staker("hugo", 2_500_000, 2_000_000, 90n, claims),
  staker("ines", 800_000, 600_000, 90n, claims),
  staker("jun", 300_000, 250_000, 90n, compounds(0n)),
  staker("kofi", 5_000_000, 3_500_000, 30n, claims),
  staker("lena", 3_000_000, 2_500_000, 30n, compounds(0n)),
  staker("mira", 1_200_000, 900_000, 30n, claims),
  staker("nico", 500_000, 400_000, 30n, claimsTimes(1)),
  staker("olga", 120_000, 100_000, 30n, claims),
  staker("piet", 4_000_000, 3_000_000, 7n, claimsTimes(2)),
  staker("quin", 1_000_000, 750_000, 7n, undefined),
  staker("rosa", 250_000, 200_000, 7n, claims),
  staker("sami", 60_000, 50_000, 7n, compounds(7n)),
  staker("tove", 8_000_000, 6_000_000, 0n, claims),
  staker("umar", 3_000_000, 2_000_000, 0n, claims),
  staker("vera", 600_000, 500_000, 0n, claims),
  staker("wim", 40_000, 20_000, 0n, undefined),
  staker("xena", 2_000, 800, 0n, claims),
] as const;

/** Name of a staker. */
export type Name = (typeof STAKERS)[number]["name"];

/** Those who hold ACT and do not stake: three of the first allocations, who pays rewards out, and who gets a grant. */
export const OTHERS = ["team", "liquidity", "partners", "steward", "archive"] as const;

/** Name of somebody with an account. */
export type Party = Name | (typeof OTHERS)[number];

/** Everybody with an account, by index of the person. */
export const PEOPLE: readonly Party[] = [...STAKERS.map(({ name }) => name), ...OTHERS];

/** Index of the person of a name. */
export function personOf(name: Party): number {
  return PEOPLE.indexOf(name);
}
