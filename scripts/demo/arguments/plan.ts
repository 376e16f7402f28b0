import { interestDown } from "../../../sdk/argument/interest.ts";
import type { ArgumentParams } from "../../../sdk/argument/params.ts";
import { claimIdOf } from "../../../sdk/claims.ts";
import { Side } from "../../../sdk/market/side.ts";
import { sumOf } from "../checks.ts";
import { type Answer, groupByClaim, peopleIn } from "../csv.ts";
import { BadInputError } from "../errors.ts";
import { actUnits } from "../format.ts";
import { DEBATE_FILE, type Debate, type WrittenArgument } from "./debate.ts";
import type { ReasonName, Refusal, StoryStep } from "./story.ts";

/** What each person of the crowd holds at first, in ACT units. */
export const CROWD_PURSE = actUnits("100");

/** Somebody with an account: a debater, the sponsor, or one of the crowd, who judged a debated claim in the file. */
export interface Person {
  readonly name: string;
  readonly isCrowd: boolean;
  /** What they hold at first, in ACT units. */
  readonly purse: bigint;
}

/** A claim that is debated, and what the file says about it. */
export interface PlannedClaim {
  readonly text: string;
  readonly claimId: string;
  /** Whether it is true; null where the file does not have it. */
  readonly actual: boolean | null;
  /** How many answered "true", and how many "false". */
  readonly supporters: number;
  readonly opposers: number;
}

/** A step with indices of people and arguments instead of names, and its time in seconds from the beginning. */
export type PlannedStep = { readonly at: bigint } & (
  | { readonly kind: "fund"; readonly person: number; readonly amount: bigint }
  | (Act & { readonly kind: "write"; readonly refusedWith?: Refusal })
  | (Act & { readonly kind: "upvote"; readonly refusedWith?: Refusal })
  | (Act & { readonly kind: "delete" })
  | (Act & { readonly kind: "mark"; readonly reason: ReasonName })
  | { readonly kind: "process" }
  | { readonly kind: "withdraw" }
);

interface Act {
  readonly person: number;
  readonly argument: number;
}

/** Who does what, and when. */
export interface Plan {
  readonly people: readonly Person[];
  readonly claims: readonly PlannedClaim[];
  readonly arguments: readonly WrittenArgument[];
  /** In order of time. */
  readonly steps: readonly PlannedStep[];
}

/** The rules that a plan depends on. */
export type PlanRules = Pick<ArgumentParams, "creationStake" | "upvoteStake" | "period" | "interestRateBps">;

/** Plans a debate: pure, and the same for the same debate and answers. Throws `BadInputError` where names are unknown. */
export function planDebate(
  debate: Debate,
  story: readonly StoryStep[],
  answers: readonly Answer[],
  rules: PlanRules,
): Plan {
  const judgements = groupByClaim(answers.filter(({ claim }) => debate.claims.includes(claim)));
  const debaters = debate.debaters.map(({ name, purse }) => ({ name, purse, isCrowd: false }));
  const subjects = peopleIn([...judgements.values()].flat());
  const sponsor = debaters.length;
  const crowdBegins = sponsor + 1;

  const argumentOf = (key: string) =>
    indexOf(debate.arguments, (argument) => argument.key === key, `argument "${key}"`);
  const debaterOf = (name: string) => indexOf(debaters, (debater) => debater.name === name, `debater "${name}"`);
  const authorOf = (argument: number) => debaterOf((debate.arguments[argument] as WrittenArgument).author);
  const standing = new Set<number>();

  const planned = (step: StoryStep): PlannedStep[] => {
    const { at } = step;
    switch (step.kind) {
      case "fund":
        return [{ kind: step.kind, at, person: sponsor, amount: step.amount ?? 0n }];
      case "write": {
        const argument = argumentOf(step.argument);
        if (step.refusedWith === undefined) standing.add(argument);
        return [{ ...step, argument, person: authorOf(argument) }];
      }
      case "delete": {
        const argument = argumentOf(step.argument);
        standing.delete(argument);
        return [{ ...step, argument, person: authorOf(argument) }];
      }
      case "upvote":
      case "mark":
        return [{ ...step, argument: argumentOf(step.argument), person: debaterOf(step.who) }];
      case "crowd":
        indexOf(debate.claims, (claim) => claim === step.claim, `claim "${step.claim}"`);
        return [Side.Support, Side.Oppose].flatMap((side) => {
          const choices = [...standing].filter((argument) => {
            const written = debate.arguments[argument] as WrittenArgument;
            return written.claim === step.claim && written.side === side;
          });
          const voters = (judgements.get(step.claim) ?? []).filter(({ own }) => own === (side === Side.Support));
          return chooseArguments(voters, choices).map(([{ subject }, argument]) => {
            const person = crowdBegins + subjects.indexOf(subject);
            return { kind: "upvote" as const, at, person, argument };
          });
        });
      case "process":
      case "withdraw":
        return [{ kind: step.kind, at }];
    }
  };
  const steps = withFunds(story.flatMap(planned), rules);
  const funds = sumOf(steps, (step) => (step.kind === "fund" ? step.amount : 0n));
  const crowd = subjects.map((name) => ({ name, purse: CROWD_PURSE, isCrowd: true }));
  return {
    people: [...debaters, { name: "sponsor", purse: funds, isCrowd: false }, ...crowd],
    claims: debate.claims.map((text) => claimOf(text, judgements.get(text) ?? [])),
    arguments: debate.arguments,
    steps,
  };
}

/**
 * Lets the surest of `voters` choose the first of the arguments, those less sure the next: of n arguments the first
 * gets n shares of the voters, the second n - 1, the last one. Nobody chooses where there is none.
 */
export function chooseArguments(voters: readonly Answer[], choices: readonly number[]): [Answer, number][] {
  const bySureness = [...voters].sort((a, b) => b.confidence - a.confidence);
  const shares = choices.flatMap((argument, index) => Array<number>(choices.length - index).fill(argument));
  if (shares.length === 0) return [];
  return bySureness.map((voter, rank) => [
    voter,
    shares[Math.floor((rank * shares.length) / bySureness.length)] as number,
  ]);
}

/** Gives each funding without an amount what all stakes after it need, in whole ACT. */
function withFunds(steps: readonly PlannedStep[], rules: PlanRules): PlannedStep[] {
  const interestOf = (step: PlannedStep): bigint => {
    if ((step.kind !== "write" && step.kind !== "upvote") || step.refusedWith !== undefined) return 0n;
    return interestDown(step.kind === "write" ? rules.creationStake : rules.upvoteStake, rules);
  };
  return steps.map((step, index) => {
    if (step.kind !== "fund" || step.amount > 0n) return step;
    const whole = actUnits("1");
    const needed = sumOf(steps.slice(index), interestOf);
    return { ...step, amount: ((needed + whole - 1n) / whole) * whole };
  });
}

function claimOf(text: string, judgements: readonly Answer[]): PlannedClaim {
  const supporters = judgements.filter(({ own }) => own).length;
  const actual = judgements[0]?.actual ?? null;
  return { text, claimId: claimIdOf(text), actual, supporters, opposers: judgements.length - supporters };
}

function indexOf<T>(items: readonly T[], isIt: (item: T) => boolean, what: string): number {
  const index = items.findIndex(isIt);
  if (index < 0) throw new BadInputError(`${DEBATE_FILE}: the story of the debate needs ${what}, which is not there`);
  return index;
}
