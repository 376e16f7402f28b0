import type { UnhelpfulReason } from "../../../sdk/argument/state.ts";
import { actUnits } from "../format.ts";
import { DAY, HOUR } from "../time.ts";

/** Name of one of the reasons. */
export type ReasonName = keyof typeof UnhelpfulReason;

/** What happens in the debate, by names of debaters and keys of arguments. */
export type StoryAct =
  /** The sponsor pays into the reserve; without an amount as much as the stakes after it need, in whole ACT. */
  | { readonly kind: "fund"; readonly amount?: bigint }
  /** Its author writes it. */
  | { readonly kind: "write"; readonly argument: string; readonly refusedWith?: Refusal }
  | { readonly kind: "upvote"; readonly who: string; readonly argument: string; readonly refusedWith?: Refusal }
  /** Its author takes it back. */
  | { readonly kind: "delete"; readonly argument: string }
  | { readonly kind: "mark"; readonly who: string; readonly argument: string; readonly reason: ReasonName }
  /** Everybody who judged the claim upvotes an argument on the side of their answer. */
  | { readonly kind: "crowd"; readonly claim: string }
  /** The keeper pays what has expired. */
  | { readonly kind: "process" }
  /** Everybody takes what was credited to them. */
  | { readonly kind: "withdraw" };

/** The errors with which the story expects acts to be refused. */
export type Refusal = "StakeLimitReached" | "RewardReserveTooLow" | "CreatorJailed";

/** When something happens, in seconds from the beginning. */
export type StoryStep = StoryAct & { readonly at: bigint };

const on = (day: bigint, hour: bigint, act: StoryAct): StoryStep => ({ ...act, at: day * DAY + hour * HOUR });
const write = (argument: string) => ({ kind: "write", argument }) as const;
const upvote = (who: string, argument: string) => ({ kind: "upvote", who, argument }) as const;
const mark = (who: string, argument: string, reason: ReasonName): StoryAct => ({ kind: "mark", who, argument, reason });

/** The debate, in order of time. */
export const STORY: readonly StoryStep[] = [
  on(0n, 8n, { kind: "fund", amount: actUnits("2.5") }),
  on(0n, 9n, write("springfield")),
  on(0n, 10n, write("largest-city")),
  on(0n, 11n, write("declaration")),
  on(0n, 12n, write("lancaster-harrisburg")),
  on(0n, 13n, write("state-house")),
  on(0n, 14n, write("newport")),
  on(0n, 15n, write("south-carolina")),
  on(0n, 16n, write("vote-of-1877")),
  on(0n, 17n, write("colony-house")),
  on(0n, 18n, write("letters-first-try")),
  on(0n, 19n, { ...upvote("student", "springfield"), refusedWith: "StakeLimitReached" }),

  on(1n, 8n, { kind: "delete", argument: "letters-first-try" }),
  on(1n, 9n, write("letters")),
  on(1n, 10n, { ...write("size-is-not-rank"), refusedWith: "RewardReserveTooLow" }),
  on(1n, 11n, { kind: "fund" }),
  on(1n, 12n, write("size-is-not-rank")),
  on(1n, 13n, write("since-1900")),
  on(1n, 14n, write("state-offices")),
  on(1n, 15n, write("gilded-dome")),
  on(1n, 16n, write("nobody-moves")),
  on(1n, 17n, upvote("historian", "springfield")),
  on(1n, 18n, upvote("geographer", "lancaster-harrisburg")),
  on(1n, 19n, upvote("clerk", "vote-of-1877")),
  on(1n, 20n, upvote("sceptic", "declaration")),

  on(2n, 9n, { kind: "crowd", claim: "Chicago is the capital of Illinois" }),
  on(2n, 11n, { kind: "crowd", claim: "Philadelphia is the capital of Pennsylvania" }),
  on(2n, 13n, { kind: "crowd", claim: "Providence is the capital of Rhode Island" }),
  on(2n, 15n, { kind: "crowd", claim: "Charleston is the capital of West Virginia" }),

  on(3n, 9n, write("free-tokens")),
  on(3n, 10n, upvote("sceptic", "free-tokens")),
  on(3n, 11n, mark("geographer", "free-tokens", "Spam")),
  on(3n, 12n, mark("historian", "free-tokens", "Irrelevant")),
  on(3n, 13n, mark("teacher", "free-tokens", "Spam")),
  on(3n, 14n, mark("traveller", "free-tokens", "Unsupported")),
  on(3n, 15n, mark("clerk", "free-tokens", "Spam")),
  on(3n, 16n, { ...write("two-charlestons"), refusedWith: "CreatorJailed" }),

  on(4n, 10n, upvote("teacher", "colony-house")),
  on(4n, 12n, write("two-charlestons")),
  on(4n, 14n, upvote("geographer", "two-charlestons")),
  on(4n, 15n, upvote("historian", "two-charlestons")),

  on(8n, 0n, { kind: "process" }),
  on(8n, 12n, upvote("student", "springfield")),
  on(10n, 0n, { kind: "process" }),
  on(16n, 0n, { kind: "process" }),
  on(16n, 12n, { kind: "withdraw" }),
];
