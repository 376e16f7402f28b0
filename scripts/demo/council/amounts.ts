import { ACT } from "../../../sdk/council/params.ts";
import { actUnits, count } from "../format.ts";

/** `amount` ACT in units: 9 decimals. */
export function act(amount: number | string): bigint {
  return actUnits(String(amount));
}

/** An amount of at least zero in whole ACT, rounded down: `1,234`. @param units ACT units (9 decimals). */
export function wholeAct(units: bigint): string {
  return count(units / ACT);
}
