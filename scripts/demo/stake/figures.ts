import { Side } from "../../../sdk/market/side.ts";
import { WAD } from "../../../sdk/stake/math.ts";
import { sumOf } from "../checks.ts";
import type { ClaimOutcome, VoiceOutcome } from "./replay.ts";

/** Whether a claim is true, by three ways to ask the same people; null where there is a tie. */
export interface Verdicts {
  /** More answers "true" than "false". */
  readonly majority: boolean | null;
  /** The consensus of the epoch is above one half. */
  readonly meanBelief: boolean | null;
  /** More say "true" than people expected to, as the contract has it. */
  readonly surprisinglyPopular: boolean;
}

/** What voices gained on average, in wad of their lock, rounded towards zero; negative for a loss, null of none. */
export interface Moves {
  readonly right: bigint | null;
  readonly wrong: bigint | null;
}

/** The figures of all claims together. */
export interface Figures {
  readonly claims: number;
  /** Claims in whose epoch stake went from some people to others. */
  readonly moved: number;
  readonly moves: Moves;
  /** On how many claims each verdict is that of the truth. A tie is right for nobody. */
  readonly rightVerdicts: Readonly<Record<keyof Verdicts, number>>;
}

/** Answers that say "true". */
export function supportersOf({ plan }: ClaimOutcome): number {
  return plan.voices.filter(({ side }) => side === Side.Support).length;
}

/** The three verdicts on a claim. */
export function verdictsOf(claim: ClaimOutcome): Verdicts {
  const lead = 2 * supportersOf(claim) - claim.plan.voices.length;
  const { consensus, isSurprisinglyPopular } = claim.epoch;
  const half = WAD / 2n;
  return {
    majority: lead === 0 ? null : lead > 0,
    meanBelief: consensus === half ? null : consensus > half,
    surprisinglyPopular: isSurprisinglyPopular,
  };
}

/** What those who were right and those who were wrong gained or lost. */
export function movesOf(voices: readonly VoiceOutcome[]): Moves {
  return {
    right: averageMove(voices.filter(({ isRight }) => isRight)),
    wrong: averageMove(voices.filter(({ isRight }) => !isRight)),
  };
}

/** Whether stake changed hands: in a void epoch everybody gets back what was taken. */
export function hasMoved({ epoch }: ClaimOutcome): boolean {
  return !epoch.isVoid && epoch.pot > 0n;
}

/** Sums up all claims. */
export function figuresOf(claims: readonly ClaimOutcome[]): Figures {
  const rightBy = (verdict: keyof Verdicts) =>
    claims.filter((claim) => verdictsOf(claim)[verdict] === claim.plan.actual).length;
  return {
    claims: claims.length,
    moved: claims.filter(hasMoved).length,
    moves: movesOf(claims.flatMap(({ voices }) => voices)),
    rightVerdicts: {
      majority: rightBy("majority"),
      meanBelief: rightBy("meanBelief"),
      surprisinglyPopular: rightBy("surprisinglyPopular"),
    },
  };
}

function averageMove(voices: readonly VoiceOutcome[]): bigint | null {
  if (voices.length === 0) return null;
  const moved = sumOf(voices, ({ voice }) => ((voice.paid - voice.taken) * WAD) / voice.weight);
  return moved / BigInt(voices.length);
}
