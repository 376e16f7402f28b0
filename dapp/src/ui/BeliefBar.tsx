import { wadPercent } from "../format/numbers.ts";

/** Belief as a bar: Support from the left. */
export function BeliefBar({ wad }: { readonly wad: bigint }) {
  const percent = Number(wad / 10n ** 14n) / 100;
  return (
    <div className="bar" role="img" aria-label={`Belief ${wadPercent(wad)}`}>
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}
