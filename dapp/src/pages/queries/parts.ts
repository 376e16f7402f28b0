import { phaseOf } from "../../../../sdk/query/clock.ts";
import { MAX_PARTICIPANTS } from "../../../../sdk/query/stakes.ts";
import { Phase } from "../../../../sdk/query/state.ts";
import type { QueryState } from "./records.ts";

/** What somebody is in a query. */
export type Role = "asker" | "answerer" | "judge";

/** How far the work of an answerer or a judge is. */
export interface Part {
  readonly role: Exclude<Role, "asker">;
  readonly isSealed: boolean;
  readonly isOpened: boolean;
  readonly stake: bigint;
}

/** What is to be done about a query by somebody who has a part in it. Instants are unix seconds. */
export type Duty =
  /** Submit, sealed, before an instant: not to is to lose the stake. */
  | { readonly name: "seal"; readonly part: Part; readonly until: bigint }
  /** Sealed: to be opened later, between two instants; answers sooner where all places are taken and all submit. */
  | { readonly name: "comeBack"; readonly part: Part; readonly from: bigint; readonly until: bigint }
  /** Open before an instant: not to is to lose the stake. */
  | { readonly name: "open"; readonly part: Part; readonly until: bigint }
  /** Not delivered in time. */
  | { readonly name: "forfeited"; readonly part: Part }
  /** Nothing, until it is settled. */
  | { readonly name: "wait"; readonly role: Role }
  /** It can be settled, which credits what is due. */
  | { readonly name: "settle"; readonly role: Role }
  /** It is settled. */
  | { readonly name: "over"; readonly role: Role };

/** What an account is in a query, if anything. */
export function roleOf({ query, answers, judges }: QueryState, account: string | undefined): Role | undefined {
  if (account === undefined) return undefined;
  if (query.asker === account) return "asker";
  if (answers.some(({ answerer }) => answerer === account)) return "answerer";
  return judges.some(({ judge }) => judge === account) ? "judge" : undefined;
}

/** An account's work as an answerer or a judge, if it is one. */
export function partOf({ query, answers, judges }: QueryState, account: string | undefined): Part | undefined {
  const answer = answers.find(({ answerer }) => answerer === account);
  if (answer !== undefined) {
    const { isSealed, isOpened } = answer;
    return { role: "answerer", isSealed, isOpened, stake: query.answerStake };
  }
  const found = judges.find(({ judge }) => judge === account);
  if (found === undefined) return undefined;
  const { isSealed, isOpened } = found;
  return { role: "judge", isSealed, isOpened, stake: query.judgeStake };
}

/** What an account has to do about a query at an instant; `undefined` where it has no part in it. */
export function dutyOf(state: QueryState, account: string | undefined, now: bigint): Duty | undefined {
  const role = roleOf(state, account);
  if (role === undefined) return undefined;
  const phase = phaseOf(state.query, now);
  if (phase === Phase.Settled) return { name: "over", role };
  const part = partOf(state, account);
  if (part !== undefined && !part.isOpened) return undelivered(state, part, phase);
  return { name: phase === Phase.Settleable ? "settle" : "wait", role };
}

function undelivered({ query }: QueryState, part: Part, phase: Phase): Duty {
  const isAnswerer = part.role === "answerer";
  const [sealing, opening] = isAnswerer ? [Phase.Answering, Phase.Opening] : [Phase.Judging, Phase.Revealing];
  const sealedBy = isAnswerer ? query.answeringEndsAt : query.judgingEndsAt;
  const openedBy = isAnswerer ? query.openingEndsAt : query.revealingEndsAt;
  if (phase === sealing && !part.isSealed) return { name: "seal", part, until: sealedBy };
  if (phase === sealing) return { name: "comeBack", part, from: sealedBy, until: openedBy };
  if (phase === opening && part.isSealed) return { name: "open", part, until: openedBy };
  return { name: "forfeited", part };
}

/** Something that somebody has to do now, or lose a stake. */
export type UrgentDuty = Extract<Duty, { name: "seal" | "open" }>;

/** Whether somebody loses a stake who does not act now. */
export function isUrgent(duty: Duty | undefined): duty is UrgentDuty {
  return duty?.name === "seal" || duty?.name === "open";
}

/**
 * Why an account cannot join as an answerer, if so.
 *
 * @param rank Of the account; `undefined` where it is not known.
 */
export function answererProblem(
  state: QueryState,
  account: string | undefined,
  rank: bigint | undefined,
  now: bigint,
): string | undefined {
  const { answerers, maxAnswers, minRank } = state.query;
  if (phaseOf(state.query, now) !== Phase.Answering) return "The time for answers is over.";
  const role = roleOf(state, account);
  if (role !== undefined) return `You are ${WITH_ARTICLE[role]} in this query: nobody has two parts.`;
  if (answerers >= maxAnswers) return "All places for answers are taken.";
  if (rank === undefined || rank >= minRank) return undefined;
  return `Answerers need rank ${minRank}, and yours is ${rank}.`;
}

/** Why an account cannot join as a judge, if so. */
export function judgeProblem(state: QueryState, account: string | undefined, now: bigint): string | undefined {
  const phase = phaseOf(state.query, now);
  if (phase < Phase.Judging) return "Judging begins when the answers are open.";
  if (phase > Phase.Judging) return "The time for judging is over.";
  const role = roleOf(state, account);
  if (role !== undefined) return `You are ${WITH_ARTICLE[role]} in this query: nobody has two parts.`;
  return state.query.judges >= MAX_PARTICIPANTS ? "All places for judges are taken." : undefined;
}

/** Roles in a sentence. */
export const WITH_ARTICLE: Readonly<Record<Role, string>> = {
  asker: "the asker",
  answerer: "an answerer",
  judge: "a judge",
};
