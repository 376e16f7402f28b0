import { Field } from "@base-ui/react/field";
import { parseSlippage, slippageWarning } from "./quotes.ts";

/** A field for how much worse than quoted a trade may turn out. */
export function SlippageField({
  text,
  onText,
}: {
  /** What is in the field: a percentage. */
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const parsed = parseSlippage(text);
  const isWrong = "problem" in parsed;
  const warning = isWrong ? undefined : slippageWarning(parsed.bps);
  return (
    <Field.Root className="field" invalid={isWrong}>
      <Field.Label>Slippage limit</Field.Label>
      <div className="amount-input">
        <Field.Control
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <span aria-hidden="true">%</span>
      </div>
      <Field.Description className="hint">
        If others trade first and the outcome is worse than the quote by more than this, nothing happens.
      </Field.Description>
      <p className="trade-warning" role="status">
        {warning}
      </p>
      {isWrong && (
        <p className="complaint" role="alert">
          {parsed.problem}
        </p>
      )}
    </Field.Root>
  );
}
