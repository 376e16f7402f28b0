import { WAD } from "../../sdk/market/params.ts";

/** Units in one USDC. */
export const USDC_UNIT = 1_000_000n;

/** A whole number with thousands separators. */
export function count(value: bigint | number): string {
  return value.toLocaleString("en-US");
}

/** An amount to the unit: `1,234.567890`. @param units USDC units (6 decimals). */
export function usdcExact(units: bigint): string {
  const size = units < 0n ? -units : units;
  const whole = `${units < 0n ? "-" : ""}${count(size / USDC_UNIT)}`;
  return `${whole}.${(size % USDC_UNIT).toString().padStart(6, "0")}`;
}

/** An amount of at least zero in cents, rounded down: `1,234.56`. @param units USDC units (6 decimals). */
export function usdcDown(units: bigint): string {
  return usdcExact(units).slice(0, -4);
}

/** A wad as a percentage, rounded to the nearest tenth: `53.1 %`. @param wad 1e18 = 100 %. */
export function percent(wad: bigint): string {
  const tenths = (wad * 1_000n + WAD / 2n) / WAD;
  return `${tenths / 10n}.${tenths % 10n} %`;
}

/** `1 market`, `2 markets`: a count with its noun. */
export function plural(value: bigint | number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${BigInt(value) === 1n ? noun : nouns}`;
}
