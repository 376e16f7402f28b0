import type { Wishes } from "./draft.ts";

type RawCalls = Wishes["calls"];

/** Calls as contracts take them: an address and data each. */
export function RawFields({
  calls,
  onCalls,
}: {
  readonly calls: RawCalls;
  readonly onCalls: (calls: RawCalls) => void;
}) {
  const change = (index: number, changes: Partial<RawCalls[number]>) =>
    onCalls(calls.map((call, at) => (at === index ? { ...call, ...changes } : call)));
  return (
    <>
      {calls.map(({ target, data }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls are known by their place
        <fieldset key={index}>
          <legend>Call {index + 1}</legend>
          <label className="field">
            <span>Contract</span>
            <input
              value={target}
              autoComplete="off"
              spellCheck={false}
              placeholder="0x…"
              onChange={(event) => change(index, { target: event.currentTarget.value })}
            />
          </label>
          <label className="field">
            <span>Function and arguments, as ABI-encoded data</span>
            <textarea
              className="hex"
              rows={2}
              value={data}
              spellCheck={false}
              onChange={(event) => change(index, { data: event.currentTarget.value })}
            />
          </label>
          {calls.length > 1 && (
            <button type="button" className="quiet" onClick={() => onCalls(calls.filter((_, at) => at !== index))}>
              Leave call {index + 1} out
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" className="quiet" onClick={() => onCalls([...calls, { target: "", data: "0x" }])}>
        Add a call
      </button>
    </>
  );
}
