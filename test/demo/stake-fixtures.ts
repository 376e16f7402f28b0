import { type PlannedVoice, wadOf } from "../../scripts/demo/stake/plan.ts";
import type { ClaimOutcome, VoiceOutcome } from "../../scripts/demo/stake/replay.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { WAD } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";

/** A voice with a lock of 100 units: what was taken from it, and what it was paid. */
export function voice(isRight: boolean, taken: bigint, paid: bigint): VoiceOutcome {
  const said = { belief: WAD / 2n, meta: WAD / 2n, score: 0n };
  return { voice: { user: `person ${taken}/${paid}`, weight: 100n, ...said, taken, paid }, isRight };
}

/** What a test cares about in the outcome of a claim. */
export interface OutcomeGiven {
  readonly actual?: boolean;
  /** Answers "true", and answers "false". */
  readonly heads?: readonly [number, number];
  readonly consensus?: number;
  readonly isSurprisinglyPopular?: boolean;
  readonly isVoid?: boolean;
  readonly pot?: bigint;
  readonly voices?: readonly VoiceOutcome[];
}

/** The outcome of a claim "A", true unless a test says otherwise. */
export function outcome(given: OutcomeGiven = {}): ClaimOutcome {
  const { actual = true, heads = [2, 1], consensus = 0.6, isSurprisinglyPopular = true } = given;
  const { isVoid = false, pot = 10n, voices = [voice(true, 0n, 10n), voice(false, 10n, 0n)] } = given;
  const [supporters, opposers] = heads;
  const planned = (side: Side, person: number): PlannedVoice => ({ person, side, belief: 0n, meta: 0n });
  return {
    plan: {
      text: "A",
      claimId: claimIdOf("A"),
      actual,
      voices: [
        ...Array.from({ length: supporters }, (_, person) => planned(Side.Support, person)),
        ...Array.from({ length: opposers }, (_, person) => planned(Side.Oppose, supporters + person)),
      ],
    },
    epoch: {
      consensus: wadOf(consensus),
      meanMeta: WAD / 2n,
      supportShare: WAD / 2n,
      isSurprisinglyPopular,
      isVoid,
      pot,
      carried: 0n,
      voices: new Map(voices.map((each) => [each.voice.user, each.voice])),
    },
    voices,
  };
}
