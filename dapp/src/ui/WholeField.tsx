/** A field for a whole number. */
export function WholeField({
  label,
  hint,
  min = 0,
  max,
  text,
  onText,
}: {
  readonly label: string;
  /** What the number means. */
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {hint !== undefined && <span className="hint">{hint}</span>}
    </label>
  );
}
