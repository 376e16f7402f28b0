import { Side } from "../../../../../sdk/market/side.ts";

/** Where somebody chooses what an argument is for. */
export function SideChoice({ side, onSide }: { readonly side: Side; readonly onSide: (side: Side) => void }) {
  return (
    <fieldset>
      <legend>Your side</legend>
      <div className="side-choice">
        {Object.entries(Side).map(([name, value]) => (
          <label key={name} className={name.toLowerCase()}>
            <input type="radio" name="argument-side" checked={side === value} onChange={() => onSide(value)} />
            {name === "Support" ? "Support: the claim holds" : "Oppose: it does not"}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
