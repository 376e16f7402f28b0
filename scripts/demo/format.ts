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

/** A wad of at least zero in per cent, rounded to the nearest: `53.1`. @param wad 1e18 = 100 %. */
export function share(wad: bigint, decimals = 1): string {
  const scale = 10n ** BigInt(decimals);
  const parts = (wad * 100n * scale + WAD / 2n) / WAD;
  return `${count(parts / scale)}.${(parts % scale).toString().padStart(decimals, "0")}`;
}

/** A gain or a loss in per cent, rounded to the nearest tenth: `+18.7`, `-30.6`, `0.0`. @param wad 1e18 = 100 %. */
export function signedShare(wad: bigint): string {
  const size = share(wad < 0n ? -wad : wad);
  if (size === share(0n)) return size;
  return `${wad < 0n ? "-" : "+"}${size}`;
}

/** A wad of at least zero as a percentage, rounded to the nearest tenth: `53.1 %`. @param wad 1e18 = 100 %. */
export function percent(wad: bigint): string {
  return `${share(wad)} %`;
}

/** `1 market`, `2 markets`: a count with its noun. */
export function plural(value: bigint | number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${BigInt(value) === 1n ? noun : nouns}`;
}
