import { useId } from "react";
import type { LockTier } from "../../../../sdk/council/tiers.ts";
import { lockText, multiplierText } from "./units.ts";

/** Where a lock is chosen, with what it makes of an amount. */
export function TierChoice({
  label,
  tiers,
  lockDays,
  onLockDays,
}: {
  readonly label: string;
  readonly tiers: readonly LockTier[];
  readonly lockDays: bigint;
  readonly onLockDays: (lockDays: bigint) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="tiers">
        {tiers.map((tier) => (
          <label key={tier.lockDays}>
            <input
              type="radio"
              name={name}
              checked={tier.lockDays === lockDays}
              onChange={() => onLockDays(tier.lockDays)}
            />
            <span>{lockText(tier.lockDays)}</span>
            <span className="hint">{multiplierText(tier.multiplierBps)} votes</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
