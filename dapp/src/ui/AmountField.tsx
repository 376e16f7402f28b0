import { Field } from "@base-ui/react/field";
import { formatUnits } from "ethers";
import { amountText, type ParsedAmount, parseAmount, type Unit } from "../format/amounts.ts";

/** A field for an amount of a token, with what there is of it. */
export function AmountField({
  label,
  unit,
  text,
  onText,
  available,
  problem,
}: {
  readonly label: string;
  readonly unit: Unit;
  /** What is in the field. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What can be used, in units; offered as the most. */
  readonly available?: bigint | undefined;
  /** What is wrong with a number that is one. */
  readonly problem?: string | undefined;
}) {
  const complaint = text === "" ? undefined : (problemOf(parseAmount(text, unit)) ?? problem);
  return (
    <Field.Root className="field" invalid={complaint !== undefined}>
      <Field.Label>{label}</Field.Label>
      <div className="amount-input">
        <Field.Control
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <span aria-hidden="true">{unit.symbol}</span>
      </div>
      {available !== undefined && (
        <Field.Description className="hint">
          <button type="button" className="link" onClick={() => onText(formatUnits(available, unit.decimals))}>
            Use all: {amountText(available, unit)}
          </button>
        </Field.Description>
      )}
      {complaint !== undefined && (
        <p className="complaint" role="alert">
          {complaint}
        </p>
      )}
    </Field.Root>
  );
}

function problemOf(parsed: ParsedAmount): string | undefined {
  return "problem" in parsed ? parsed.problem : undefined;
}
