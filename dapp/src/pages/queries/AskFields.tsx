import { useId } from "react";
import { textProblem } from "../../../../sdk/query/content.ts";
import { MAX_PARTICIPANTS, MAX_RANK, MIN_ANSWERS } from "../../../../sdk/query/stakes.ts";
import { type Timing, WINDOWS } from "../../../../sdk/query/timing.ts";
import { WholeField } from "../../ui/WholeField.tsx";
import { SHORT_OPENING, type TypedQuestion, WINDOW_NAMES } from "./asking.ts";
import { SPAN_UNITS, type SpanUnit, secondsOf, type TypedSpan } from "./spans.ts";

/** The fields of a question. */
export function AskFields({
  typed,
  onTyped,
}: {
  readonly typed: TypedQuestion;
  readonly onTyped: (typed: TypedQuestion) => void;
}) {
  const { text, timing } = typed;
  const complaint = text === "" ? undefined : textProblem(text, "question");
  const change = (changed: Partial<TypedQuestion>) => onTyped({ ...typed, ...changed });
  return (
    <>
      <label className="field">
        <span>Question</span>
        <textarea
          rows={4}
          value={text}
          placeholder="Which of the ice skaters of the free skate of 2002 was the best, and why?"
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <span className="hint">Its words are kept on chain, for everybody and for good.</span>
      </label>
      {complaint !== undefined && (
        <p className="complaint" role="alert">
          {complaint}
        </p>
      )}
      <NumberFields typed={typed} onChange={change} />
      <TimingFields timing={timing} onTiming={(changed) => change({ timing: changed })} />
    </>
  );
}

function NumberFields({
  typed: { minRank, minAnswers, maxAnswers },
  onChange,
}: {
  readonly typed: TypedQuestion;
  readonly onChange: (changed: Partial<TypedQuestion>) => void;
}) {
  return (
    <div className="spans">
      <WholeField
        label="Least rank of an answerer"
        hint={`0 to ${MAX_RANK}. Each rank makes the stakes 10 % higher. Anybody may have rank 0.`}
        max={Number(MAX_RANK)}
        text={minRank}
        onText={(changed) => onChange({ minRank: changed })}
      />
      <WholeField
        label="Answers you pay for"
        hint={`${MIN_ANSWERS} to ${MAX_PARTICIPANTS}. The stakes are computed from them; fewer may come.`}
        min={Number(MIN_ANSWERS)}
        max={Number(MAX_PARTICIPANTS)}
        text={minAnswers}
        onText={(changed) => onChange({ minAnswers: changed })}
      />
      <WholeField
        label="Places for answers"
        hint={`At most ${MAX_PARTICIPANTS}. When all are taken and submitted, answering ends at once.`}
        min={Number(MIN_ANSWERS)}
        max={Number(MAX_PARTICIPANTS)}
        text={maxAnswers}
        onText={(changed) => onChange({ maxAnswers: changed })}
      />
    </div>
  );
}

function TimingFields({
  timing,
  onTiming,
}: {
  readonly timing: TypedQuestion["timing"];
  readonly onTiming: (timing: TypedQuestion["timing"]) => void;
}) {
  const isShort = (window: keyof Timing) => {
    const seconds = secondsOf(timing[window]);
    return seconds !== undefined && seconds < SHORT_OPENING;
  };
  return (
    <fieldset>
      <legend>Time for each step</legend>
      <div className="spans">
        {WINDOWS.map((window) => (
          <SpanField
            key={window}
            label={WINDOW_NAMES[window]}
            typed={timing[window]}
            onTyped={(typed) => onTiming({ ...timing, [window]: typed })}
          />
        ))}
      </div>
      {(isShort("opening") || isShort("revealing")) && (
        <p className="hint warning">
          Whoever does not open in time loses the stake. With less than an hour for it, few will dare to join.
        </p>
      )}
    </fieldset>
  );
}

function SpanField({
  label,
  typed,
  onTyped,
}: {
  readonly label: string;
  readonly typed: TypedSpan;
  readonly onTyped: (typed: TypedSpan) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="amount-input">
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          step={1}
          value={typed.count}
          onChange={(event) => onTyped({ ...typed, count: event.currentTarget.value })}
        />
        <select
          aria-label={`${label}: unit of time`}
          value={typed.unit}
          onChange={(event) => onTyped({ ...typed, unit: event.currentTarget.value as SpanUnit })}
        >
          {Object.keys(SPAN_UNITS).map((unit) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </div>
    </div>
  );
}
