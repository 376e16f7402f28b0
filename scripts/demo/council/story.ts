import { VoteType } from "../../../sdk/council/governance.ts";
import { DAY, HOUR } from "../time.ts";
import { act } from "./amounts.ts";
import { type Name, STAKERS } from "./cast.ts";
import { type ProposalKey, type SessionKey, WEEKLY } from "./motions.ts";

/** The errors with which the story expects acts to be refused. */
export type Refusal = "PositionLocked" | "StakeTooLarge" | "VoterStakeTooLow" | "TimelockUnexpectedOperationState";

/** What happens in the year. Positions by their index among those of their owner; amounts in ACT units. */
export type StoryAct =
  | { readonly kind: "stake"; readonly who: Name; readonly amount: bigint; readonly lockDays: bigint }
  | {
      readonly kind: "unstake" | "unstake early";
      readonly who: Name;
      readonly position: bigint;
      readonly refusedWith?: Refusal;
    }
  | { readonly kind: "extend lock"; readonly who: Name; readonly position: bigint; readonly lockDays: bigint }
  | { readonly kind: "poke position"; readonly who: Name; readonly of: Name; readonly position: bigint }
  /** Somebody without rights does it. */
  | { readonly kind: "poke rewards"; readonly of: Name }
  | { readonly kind: "delegate"; readonly who: Name; readonly to: Name }
  | { readonly kind: "claim" | "register agent"; readonly who: Name }
  | { readonly kind: "compound"; readonly who: Name; readonly lockDays: bigint; readonly refusedWith?: Refusal }
  | { readonly kind: "burn"; readonly who: Name; readonly amount: bigint }
  | { readonly kind: "propose"; readonly who: Name; readonly proposal: ProposalKey }
  | {
      readonly kind: "vote";
      readonly who: Name;
      readonly proposal: ProposalKey;
      readonly support: VoteType;
      readonly refusedWith?: Refusal;
    }
  /** Somebody without rights does it. */
  | { readonly kind: "queue" | "execute"; readonly proposal: ProposalKey; readonly refusedWith?: Refusal }
  /** Books are read once voting is over. */
  | { readonly kind: "count"; readonly proposal: ProposalKey }
  /** The community's allocation, or the steward out of the treasury, pays for a period, and it begins. */
  | { readonly kind: "period"; readonly payer: "community" | "treasury" }
  | { readonly kind: "open session"; readonly who: Name; readonly session: SessionKey }
  | { readonly kind: "fund session"; readonly who: Name; readonly session: SessionKey; readonly amount: bigint }
  | { readonly kind: "draw" | "close session"; readonly session: SessionKey }
  /** Those of its members who have an opinion vote. */
  | { readonly kind: "vote in session"; readonly session: SessionKey }
  /** Everybody takes what sessions credited to them. */
  | { readonly kind: "withdraw" };

/** When something happens, in seconds from the beginning. */
export type StoryStep = StoryAct & { readonly at: bigint };

/** Rewards stream for so many periods of a week. */
export const WEEKS = 52n;

/** When the story ends, in seconds from the beginning: when the last week does. */
export const END = WEEKS * 7n * DAY;

const on = (day: bigint, hour: bigint, ...acts: StoryAct[]): StoryStep[] =>
  acts.map((each) => ({ ...each, at: day * DAY + hour * HOUR }));
const propose = (who: Name, proposal: ProposalKey): StoryAct => ({ kind: "propose", who, proposal });
const poke = (who: Name, of: Name, position = 0n): StoryAct => ({ kind: "poke position", who, of, position });
/** Boosters count from the next touch on, and end at one. */
const pokeAll = (...names: Name[]): StoryAct[] => names.map((of) => ({ kind: "poke rewards", of }));
const delegate = (who: Name, to: Name): StoryAct => ({ kind: "delegate", who, to });
const early = (who: Name): StoryAct => ({ kind: "unstake early", who, position: 0n });
const leave = (who: Name): StoryAct => ({ kind: "unstake", who, position: 0n });

/**
 * Who votes how on a proposal that is proposed on `day`: those for it on the second day after it, the others on the
 * third. Then somebody pokes them all, so that their boosters count.
 */
const ballot = (
  day: bigint,
  proposal: ProposalKey,
  sides: Partial<Record<keyof typeof VoteType, readonly Name[]>>,
): StoryStep[] => {
  const votes = (side: keyof typeof VoteType): StoryAct[] =>
    (sides[side] ?? []).map((who) => ({ kind: "vote", who, proposal, support: VoteType[side] }));
  return [
    ...on(day + 2n, 9n, ...votes("For")),
    ...on(day + 3n, 9n, ...votes("Against"), ...votes("Abstain")),
    ...on(day + 3n, 10n, ...pokeAll(...Object.values(sides).flat())),
  ];
};

/** Voting begins a day after the proposal and lasts seven; the timelock takes three more. */
const passed = (day: bigint, proposal: ProposalKey): StoryStep[] => [
  ...on(day + 8n, 11n, { kind: "count", proposal }),
  ...on(day + 8n, 12n, { kind: "queue", proposal }),
  ...on(day + 11n, 13n, { kind: "execute", proposal }),
];

const AGENTS = ["chen", "emil", "gita", "ines", "jun", "kofi", "lena", "mira", "rosa", "vera"] as const;

/** A session is opened, drawn, voted in for three days, closed and paid; agents are poked for their boosters. */
const debate = (day: bigint, who: Name, session: SessionKey): StoryStep[] => [
  ...on(day, 9n, { kind: "open session", who, session }),
  ...on(day, 12n, { kind: "draw", session }),
  ...on(day + 1n, 9n, { kind: "vote in session", session }),
  ...on(day + 1n, 10n, ...pokeAll(...AGENTS)),
  ...on(day + 3n, 12n, { kind: "close session", session }),
  ...on(day + 4n, 9n, { kind: "withdraw" }),
];

/** What is told, not routine. */
const EVENTS: readonly StoryStep[] = [
  ...on(0n, 9n, ...STAKERS.map(({ name, stake, lockDays }) => stakes(name, stake, lockDays))),

  ...on(1n, 10n, propose("ada", "inflation")),
  ...ballot(1n, "inflation", {
    For: [
      "ada",
      "bela",
      "chen",
      "dara",
      "emil",
      "femi",
      "gita",
      "hugo",
      "ines",
      "kofi",
      "lena",
      "piet",
      "tove",
      "umar",
    ],
    Against: ["quin"],
    Abstain: ["rosa"],
  }),
  ...on(9n, 13n, { kind: "execute", proposal: "inflation", refusedWith: "TimelockUnexpectedOperationState" }),
  ...passed(1n, "inflation"),

  ...on(8n, 9n, poke("tove", "tove")),
  ...on(16n, 9n, early("nico")),
  ...on(30n, 10n, delegate("tove", "chen"), delegate("sami", "emil"), delegate("wim", "olga")),
  ...on(31n, 9n, poke("tove", "tove")),
  ...on(38n, 9n, { kind: "extend lock", who: "mira", position: 0n, lockDays: 180n }),
  ...on(39n, 9n, ...pokeAll("ada", "kofi", "umar")),

  ...on(40n, 10n, propose("bela", "smaller-votes")),
  ...ballot(40n, "smaller-votes", {
    For: ["bela", "chen", "emil", "gita", "ines", "lena", "piet", "vera"],
    Against: ["umar"],
    Abstain: ["ada"],
  }),
  ...on(42n, 10n, {
    kind: "vote",
    who: "xena",
    proposal: "smaller-votes",
    support: VoteType.For,
    refusedWith: "VoterStakeTooLow",
  }),
  ...passed(40n, "smaller-votes"),

  ...on(45n, 9n, leave("olga")),
  ...on(46n, 9n, stakes("olga", act(110_000), 90n)),
  ...on(50n, 9n, early("hugo")),
  ...on(70n, 9n, stakes("hugo", act(1_000_000), 30n)),

  ...on(58n, 9n, ...AGENTS.map((who) => ({ kind: "register agent", who }) as const)),
  ...debate(60n, "umar", "dissent"),
  ...on(60n, 13n, { kind: "fund session", who: "quin", session: "dissent", amount: act(1_000) }),

  ...on(91n, 9n, poke("tove", "tove")),
  ...on(94n, 9n, { kind: "unstake", who: "bela", position: 0n, refusedWith: "PositionLocked" }),
  ...on(95n, 9n, { kind: "compound", who: "ada", lockDays: 180n, refusedWith: "StakeTooLarge" }),

  ...on(98n, 10n, propose("mira", "new-timelock")),
  ...ballot(98n, "new-timelock", { For: ["mira", "ines", "vera"], Against: ["rosa"] }),
  ...on(106n, 11n, { kind: "count", proposal: "new-timelock" }),

  ...on(100n, 10n, poke("wim", "vera")),
  ...on(120n, 9n, leave("piet")),
  ...on(130n, 9n, { kind: "burn", who: "rosa", amount: act(5_000) }),

  ...on(150n, 10n, propose("chen", "square-root")),
  ...ballot(150n, "square-root", { For: ["chen", "bela", "emil", "gita"], Against: ["ada", "hugo"] }),
  ...on(158n, 11n, { kind: "count", proposal: "square-root" }),

  ...on(184n, 9n, poke("tove", "tove")),

  ...on(205n, 10n, propose("lena", "archive")),
  ...ballot(205n, "archive", {
    For: ["ada", "bela", "dara", "femi", "jun", "kofi", "lena", "olga", "vera", "xena"],
    Against: ["chen", "umar"],
    Abstain: ["mira"],
  }),
  ...passed(205n, "archive"),

  ...on(250n, 10n, propose("emil", "square-root-again")),
  ...ballot(250n, "square-root-again", {
    For: ["bela", "chen", "dara", "emil", "femi", "gita", "kofi", "lena", "mira", "xena"],
    Against: ["ada"],
  }),
  ...passed(250n, "square-root-again"),

  ...debate(280n, "femi", "archive-first"),
  ...on(300n, 9n, leave("umar")),
];

function stakes(who: Name, amount: bigint, lockDays: bigint): StoryAct {
  return { kind: "stake", who, amount, lockDays };
}

/** Near the end of each quarter. */
const CLAIM_DAYS = [89n, 180n, 271n, 350n];

/** A period each week, claims each quarter and compounding every four weeks, by habit. */
function routine(): StoryStep[] {
  const periods = [...Array(Number(WEEKS)).keys()].flatMap((week) =>
    on(7n * BigInt(week), 0n, {
      kind: "period",
      payer: BigInt(week) < WEEKLY.firstFromTreasury ? "community" : "treasury",
    }),
  );
  const claims = CLAIM_DAYS.flatMap((day, time) =>
    on(
      day,
      18n,
      ...STAKERS.flatMap(({ name: who, habit }): StoryAct[] =>
        habit?.kind === "claims" && time < habit.times ? [{ kind: "claim", who }] : [],
      ),
    ),
  );
  const compounding = [...Array(12).keys()].flatMap((month) =>
    on(
      28n * BigInt(month + 1),
      18n,
      ...STAKERS.flatMap(({ name: who, habit }): StoryAct[] =>
        habit?.kind === "compounds" ? [{ kind: "compound", who, lockDays: habit.lockDays }] : [],
      ),
    ),
  );
  return [...periods, ...claims, ...compounding];
}

/** The year, in order of time; what happens at one second in the order in which it is told. */
export const STORY: readonly StoryStep[] = [...routine(), ...EVENTS].sort((a, b) => Number(a.at - b.at));
