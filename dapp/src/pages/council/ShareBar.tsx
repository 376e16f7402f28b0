import { wadPercent } from "../../format/numbers.ts";
import { Said } from "../../ui/Said.tsx";

/** A share of a whole as a bar, with its name and how much it is; `need` marks how much is needed. */
export function ShareBar({
  label,
  wad,
  need,
  look = "support",
}: {
  readonly label: string;
  readonly wad: bigint;
  readonly need?: bigint | undefined;
  readonly look?: "support" | "oppose" | "plain";
}) {
  const needed = need === undefined ? "" : `, ${wadPercent(need)} needed`;
  return (
    <div className="share">
      <p>
        <Said>{label}</Said>
        <span className="number">
          {wadPercent(wad)}
          {needed}
        </span>
      </p>
      <div className={`share-bar ${look}`} role="img" aria-label={`${label}: ${wadPercent(wad)}${needed}`}>
        <span style={{ width: `${percentOf(wad)}%` }} />
        {need !== undefined && <i style={{ insetInlineStart: `${percentOf(need)}%` }} />}
      </div>
    </div>
  );
}

/** For a width: at most the whole. */
function percentOf(wad: bigint): number {
  return Math.min(100, Number(wad / 10n ** 14n) / 100);
}
