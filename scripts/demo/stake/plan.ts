import { parseEther } from "ethers";
import { claimIdOf } from "../../../sdk/claims.ts";
import { Side } from "../../../sdk/market/side.ts";
import { WAD } from "../../../sdk/stake/math.ts";
import type { Belief } from "../../../sdk/stake/score.ts";
import { LOCK_DIVISOR } from "../../../sdk/stake/venue.ts";
import { type Answer, groupByClaim, peopleIn } from "../csv.ts";

/** What everybody pays for the side of their answer, in USDC units (6 decimals): equal for all, and so are the locks. */
export const PURCHASE = 50_000_000n;

/** What a purchase locks, in USDC units; everybody deposits as much stake for each claim they judge. */
export const LOCK = PURCHASE / LOCK_DIVISOR;

/** What a person says about a claim: belief and meta-prediction, as they will be sealed. */
export interface PlannedVoice extends Belief {
  /** Index of the person. */
  readonly person: number;
  /** The side of their answer, which they buy. */
  readonly side: Side;
}

/** A claim that gets a market, a pool and an epoch. */
export interface PlannedClaim {
  readonly text: string;
  readonly claimId: string;
  readonly actual: boolean;
  /** In the order of the file. The first creates market and pool. */
  readonly voices: readonly PlannedVoice[];
}

/** Who says what about which claim. */
export interface Plan {
  /** Names of the people; each has one account. */
  readonly people: readonly string[];
  readonly claims: readonly PlannedClaim[];
  /** What each person deposits, in USDC units. */
  readonly deposits: readonly bigint[];
  /** What each person pays altogether, in USDC units: the deposit and the purchases. */
  readonly budgets: readonly bigint[];
}

/** A fraction of the file in wad: the very digits of the file up to 15 decimals, which a double tells apart. */
export function wadOf(fraction: number): bigint {
  return parseEther(fraction.toFixed(15));
}

/** Probability that the claim is true, in wad, as somebody sees it who is so sure of their own answer. */
export function beliefOf({ own, confidence }: Pick<Answer, "own" | "confidence">): bigint {
  return own ? wadOf(confidence) : WAD - wadOf(confidence);
}

/** Plans what answers make people do: pure, and the same for the same answers. */
export function planStakes(answers: readonly Answer[]): Plan {
  const people = peopleIn(answers);
  const personOf = new Map(people.map((name, index) => [name, index]));
  const claims = [...groupByClaim(answers)].map(([text, ofClaim]) => {
    const voices = ofClaim.map((answer) => ({
      person: personOf.get(answer.subject) as number,
      side: answer.own ? Side.Support : Side.Oppose,
      belief: beliefOf(answer),
      meta: wadOf(answer.meta),
    }));
    const [{ actual }] = ofClaim as [Answer];
    return { text, claimId: claimIdOf(text), actual, voices };
  });
  const answered = people.map((name) => BigInt(answers.filter(({ subject }) => subject === name).length));
  const deposits = answered.map((voices) => voices * LOCK);
  const budgets = answered.map((voices) => voices * (LOCK + PURCHASE));
  return { people, claims, deposits, budgets };
}
