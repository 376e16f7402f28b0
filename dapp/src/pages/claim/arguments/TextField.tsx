import { useId } from "react";
import { countText } from "../../../format/numbers.ts";
import { lengthOf } from "./rules.ts";

/** A field for words, with their length as the contract counts it. */
export function TextField({
  label,
  text,
  onText,
  min,
  max,
  rows,
}: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly min: bigint;
  readonly max: bigint;
  readonly rows: number;
}) {
  const hint = useId();
  const length = BigInt(lengthOf(text));
  const isWrong = text !== "" && (length < min || length > max);
  return (
    <div className="field">
      <label htmlFor={`${hint}-field`}>{label}</label>
      <textarea
        id={`${hint}-field`}
        rows={rows}
        value={text}
        aria-describedby={hint}
        aria-invalid={isWrong}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <span id={hint} className={isWrong ? "complaint" : "hint"}>
        {countText(length)} of {countText(min)} to {countText(max)} bytes: a plain letter is one, others are more
      </span>
    </div>
  );
}
