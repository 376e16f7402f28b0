import type { UseQueryResult } from "@tanstack/react-query";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { Shown } from "../../../ui/states.tsx";
import type { RuleSet, RuleValues } from "./ruleSets.ts";
import { ruleLabel, ruleSuffix, ruleText, typedRule } from "./rules.ts";

/** The rules of a set as they are, to be typed anew. */
export function RuleFields({
  set,
  current,
  typed,
  onTyped,
}: {
  readonly set: RuleSet;
  readonly current: UseQueryResult<RuleValues>;
  readonly typed: Readonly<Record<string, string>>;
  readonly onTyped: (typed: Readonly<Record<string, string>>) => void;
}) {
  const unit = set.unit(usePlace().network.asset);
  return (
    <fieldset>
      <legend>New rules: change those that are to change</legend>
      <Shown what="the rules" from={current}>
        {(values) => (
          <div className="rules">
            {Object.entries(values).map(([name, value]) => (
              <label key={name} className="field">
                <span>{ruleLabel(name)}</span>
                <span className="amount-input">
                  <input
                    inputMode="decimal"
                    autoComplete="off"
                    value={typed[name] ?? typedRule(name, value, unit)}
                    onChange={(event) => onTyped({ ...typed, [name]: event.currentTarget.value })}
                  />
                  <span aria-hidden="true">{ruleSuffix(name, unit)}</span>
                </span>
                <span className="hint">Now {ruleText(name, value, unit)}</span>
              </label>
            ))}
          </div>
        )}
      </Shown>
    </fieldset>
  );
}
