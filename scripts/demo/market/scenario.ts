import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { claimIdOf } from "../../../sdk/claims.ts";
import { Side } from "../../../sdk/market/side.ts";
import { type Answer, groupByClaim, peopleIn } from "../csv.ts";
import { DAY, HOUR } from "../time.ts";

/** Days after the creation of a market at which its belief is read. */
export const READING_DAYS = [1, 7, 30] as const;

/** What the demo takes for granted about people, in one table. Amounts in USDC units (6 decimals). */
export const HABITS = {
  /** Stake of somebody who only guesses (confidence 0.5). */
  guessStake: 100_000_000n,
  /** Stake of somebody who is certain (confidence 1); in between it grows in a straight line. */
  certainStake: 1_000_000_000n,
  /** Days over which people come and commit. */
  commitDays: 5,
  /** Below this confidence a person may lose patience... */
  unsureBelow: 0.6,
  /** ...with a chance of one in so many. */
  unsureLeaveOneIn: 2,
} as const;

/** The rules of the markets that a plan has to respect, in seconds. */
export interface TimingRules {
  readonly lockPeriod: bigint;
  readonly minRewardDuration: bigint;
  /** Zero means that nobody can leave early. */
  readonly earlyExitPenaltyBps: bigint;
}

/** A claim that becomes a market. */
export interface PlannedClaim {
  readonly text: string;
  readonly claimId: string;
  /** Index of the person who creates the market. */
  readonly author: number;
  /** What the author commits on Support with the creation, in USDC units; 0 if nobody answered "true". */
  readonly authorStake: bigint;
  readonly actual: boolean;
  readonly supporters: number;
  readonly opposers: number;
  /** What all supporters stake less what all opposers stake, in USDC units. */
  readonly stakeLead: bigint;
}

/** Something that a person does in the market of a claim. */
interface PersonStep<K extends string> {
  readonly kind: K;
  /** Seconds after the start. */
  readonly at: bigint;
  /** Index of the claim in the scenario. */
  readonly claim: number;
  /** Index of the person in the scenario. */
  readonly person: number;
}

/** A person stakes on their side. */
interface CommitStep extends PersonStep<"commit"> {
  readonly side: Side;
  /** In USDC units. */
  readonly amount: bigint;
}

/** Somebody shares what is undistributed. */
type DistributeStep = Omit<PersonStep<"distribute">, "person">;

/** Belief and books are read, so many days after the creation. */
interface ReadStep extends Omit<PersonStep<"read">, "person"> {
  readonly day: number;
}

/** One thing that happens. */
export type Step =
  | PersonStep<"create">
  | CommitStep
  | PersonStep<"exit">
  | PersonStep<"claim">
  | PersonStep<"withdraw">
  | DistributeStep
  | ReadStep;

/** Who does what when, for all claims on one clock. */
export interface Scenario {
  /** Names of the people; each has one account. */
  readonly people: readonly string[];
  readonly claims: readonly PlannedClaim[];
  /** In order of time; at the same second in the order of the claims. */
  readonly steps: readonly Step[];
  /** What each person pays in altogether, in USDC units. */
  readonly budgets: readonly bigint[];
}

/** What a person of this confidence stakes, in USDC units; a part of a unit is dropped. */
export function stakeFor(confidence: number): bigint {
  const certainty = BigInt(Math.round((confidence - 0.5) * 2_000_000)); // millionths; the file has a few decimals
  return HABITS.guessStake + ((HABITS.certainStake - HABITS.guessStake) * certainty) / 1_000_000n;
}

/**
 * Plans a history from answers: pure, and the same for the same answers. The chances of a claim depend on its text
 * alone, so that a run of fewer claims tells the same story about each.
 */
export function planScenario(answers: readonly Answer[], rules: TimingRules): Scenario {
  const people = peopleIn(answers);
  const personOf = new Map(people.map((name, index) => [name, index]));
  const budgets = people.map(() => 0n);
  const claims: PlannedClaim[] = [];
  const steps: Step[] = [];

  for (const [text, ofClaim] of groupByClaim(answers)) {
    const claim = claims.length;
    const authorAnswer = mostConfidentSupporter(ofClaim);
    const authorStake = authorAnswer === undefined ? 0n : stakeFor(authorAnswer.confidence);
    const author = personOf.get((authorAnswer ?? (ofClaim[0] as Answer)).subject) as number;
    const supporters = ofClaim.filter((answer) => answer.own).length;
    const [{ actual }] = ofClaim as [Answer];
    const opposers = ofClaim.length - supporters;
    const stakeLead = ofClaim.reduce((lead, { own, confidence }) => lead + (own ? 1n : -1n) * stakeFor(confidence), 0n);
    claims.push({ text, claimId: claimIdOf(text), author, authorStake, actual, supporters, opposers, stakeLead });

    steps.push({ kind: "create", at: 0n, claim, person: author });
    const chance = chancesOf(text);
    for (const answer of ofClaim) {
      const person = personOf.get(answer.subject) as number;
      const amount = stakeFor(answer.confidence);
      budgets[person] = (budgets[person] as bigint) + amount;
      // Half past the hour, so that no commitment falls on the second of a reading.
      const hour = BigInt(chance(0, HABITS.commitDays * 24 - 1));
      const at = answer === authorAnswer ? 0n : hour * HOUR + HOUR / 2n;
      if (answer !== authorAnswer) {
        steps.push({ kind: "commit", at, claim, person, side: answer.own ? Side.Support : Side.Oppose, amount });
      }
      steps.push(...planDeparture(answer, { at, claim, person }, rules, chance));
    }
    for (const day of READING_DAYS) steps.push({ kind: "read", at: BigInt(day) * DAY, claim, day });
    steps.push({ kind: "distribute", at: endOfWatch(rules.lockPeriod) + HOUR / 2n, claim });
  }

  steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.claim - b.claim));
  return { people, claims, steps, budgets };
}

/** Leaves early, or takes rewards once on the way and withdraws within a day after the lock and the last reading. */
function planDeparture(
  answer: Answer,
  position: { readonly at: bigint; readonly claim: number; readonly person: number },
  rules: TimingRules,
  chance: Chance,
): Step[] {
  const { at, claim, person } = position;
  const isUnsure = answer.confidence < HABITS.unsureBelow && rules.earlyExitPenaltyBps > 0n;
  if (isUnsure && chance(1, HABITS.unsureLeaveOneIn) === 1) {
    const lockHours = Number(rules.lockPeriod / HOUR);
    const patience = BigInt(chance(Math.floor(lockHours / 4), Math.floor((lockHours * 3) / 4))) * HOUR;
    return [{ kind: "exit", at: at + patience, claim, person }];
  }
  const spareHours = Number((rules.lockPeriod - rules.minRewardDuration) / HOUR);
  const claimAt = at + rules.minRewardDuration + BigInt(chance(0, Math.floor(spareHours / 2))) * HOUR;
  const withdrawAt = endOfWatch(at + rules.lockPeriod) + BigInt(chance(1, 24)) * HOUR;
  return [
    { kind: "claim", at: claimAt, claim, person },
    { kind: "withdraw", at: withdrawAt, claim, person },
  ];
}

function endOfWatch(at: bigint): bigint {
  const lastReading = BigInt(Math.max(...READING_DAYS)) * DAY;
  return at > lastReading ? at : lastReading;
}

function mostConfidentSupporter(answers: readonly Answer[]): Answer | undefined {
  const supporters = answers.filter((answer) => answer.own);
  const highest = Math.max(...supporters.map((answer) => answer.confidence));
  return supporters.find((answer) => answer.confidence === highest);
}

/** Draws a whole number between two bounds, both included. */
type Chance = (from: number, to: number) => number;

function chancesOf(text: string): Chance {
  const generator = xoroshiro128plus(Number(BigInt(claimIdOf(text)) & 0xffff_ffffn) | 0);
  return (from, to) => uniformInt(generator, from, to);
}
