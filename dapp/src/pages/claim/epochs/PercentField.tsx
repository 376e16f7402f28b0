import { type ReactNode, useId } from "react";
import { wadPercent } from "../../../format/numbers.ts";
import { parsePercent } from "./percent.ts";

/** A percentage: a slider, and a field for exact figures. */
export function PercentField({
  label,
  text,
  onText,
  children,
}: {
  readonly label: string;
  /** What is in the field. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What it means. */
  readonly children: ReactNode;
}) {
  const id = useId();
  const parsed = parsePercent(text);
  const isWrong = "problem" in parsed && text !== "";
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {children}
      </p>
      <div className="percent-input">
        <Slider label={`${label}, slider`} wad={"wad" in parsed ? parsed.wad : undefined} onText={onText} />
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          placeholder="—"
          value={text}
          aria-invalid={isWrong}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <span aria-hidden="true">%</span>
      </div>
      {isWrong && (
        <p className="complaint" role="alert">
          {parsed.problem}
        </p>
      )}
    </div>
  );
}

/** Stands in the middle while nothing is said. */
function Slider({
  label,
  wad,
  onText,
}: {
  readonly label: string;
  readonly wad: bigint | undefined;
  readonly onText: (text: string) => void;
}) {
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={wad === undefined ? "not said yet" : wadPercent(wad)}
      min={0}
      max={100}
      step={1}
      value={wad === undefined ? 50 : Number(wad / 10n ** 14n) / 100}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
