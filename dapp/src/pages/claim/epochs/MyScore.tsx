import type { ReactNode } from "react";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import type { Unit } from "../../../format/amounts.ts";
import { Facts } from "../../../ui/Facts.tsx";
import { Amount, Percent } from "../../../ui/values.tsx";
import { scoreText } from "./percent.ts";
import { type EpochRecord, movedBy, type VoiceRecord } from "./records.ts";

/** What an epoch came to for the connected account. */
export function MyScore({ voice, record }: { readonly voice: VoiceRecord; readonly record: EpochRecord }) {
  const { asset } = usePlace().network;
  const { weight, opened, scored, isDistributed } = voice;
  return (
    <div>
      <h4>You</h4>
      <Facts
        label="What it came to for you"
        of={[
          ["Your belief", opened === undefined ? "Not opened" : <Percent key="belief" wad={opened.belief} />],
          ["Your prediction of others", opened === undefined ? "Not opened" : <Percent key="m" wad={opened.meta} />],
          ["Weight of your voice", <Amount key="weight" units={weight} of={asset} />],
          ["Your score", <ScoreOf key="score" voice={voice} isSettled={record.result !== undefined} />],
          ...(scored === undefined ? [] : [movementOf(voice, asset)]),
        ]}
      />
      {opened === undefined && <p className="hint">You did not open it in time: that scores −1.</p>}
      {scored !== undefined && !isDistributed && (
        <p className="hint">Your part is not paid yet: what you gain, or get back, comes with it.</p>
      )}
    </div>
  );
}

function movementOf(voice: VoiceRecord, asset: Unit): readonly [string, ReactNode] {
  const moved = movedBy(voice);
  const amount = <Amount units={moved < 0n ? -moved : moved} of={asset} paid={moved < 0n} />;
  return [moved < 0n ? "You lost" : "You gained", amount];
}

/** A score in words. */
export function ScoreOf({ voice, isSettled }: { readonly voice: VoiceRecord; readonly isSettled: boolean }) {
  if (voice.scored === undefined) return isSettled ? "None" : "Not scored yet";
  const { score } = voice.scored;
  return <span className={`number ${score < 0n ? "oppose" : "support"}`}>{scoreText(score)}</span>;
}
