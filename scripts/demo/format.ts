import { parseUnits } from "ethers";
import { WAD } from "../../sdk/market/params.ts";

const USDC_DECIMALS = 6;
const ACT_DECIMALS = 9;

/** Units in one USDC. */
export const USDC_UNIT = 10n ** BigInt(USDC_DECIMALS);

/** Units of an amount of ACT: 2,500,000,000 for `2.5`. Throws where it has more than 9 decimals. */
export function actUnits(tokens: string): bigint {
  return parseUnits(tokens, ACT_DECIMALS);
}

/** A whole number with thousands separators. */
export function count(value: bigint | number): string {
  return value.toLocaleString("en-US");
}

/** An amount to the unit: `1,234.567890`. @param units USDC units (6 decimals). */
export function usdcExact(units: bigint): string {
  return exact(units, USDC_DECIMALS);
}

/** An amount of at least zero in cents, rounded down: `1,234.56`. @param units USDC units (6 decimals). */
export function usdcDown(units: bigint): string {
  return usdcExact(units).slice(0, -4);
}

/** An amount to the unit: `1,234.567890000`. @param units ACT units (9 decimals). */
export function actFull(units: bigint): string {
  return exact(units, ACT_DECIMALS);
}

/** `actFull` without zeros at the end: `50`, `0.239726027`. @param units ACT units (9 decimals). */
export function actExact(units: bigint): string {
  return actFull(units).replace(/\.?0+$/, "");
}

/** An amount with four decimals, rounded towards zero: `0.2397`, `-50.0000`. @param units ACT units (9 decimals). */
export function actShort(units: bigint): string {
  const short = actFull(units).slice(0, 4 - ACT_DECIMALS);
  return /[1-9]/.test(short) ? short : short.replace("-", "");
}

/** `actShort` without zeros at the end: `50`, `2.5`, `0.2397`. @param units ACT units (9 decimals). */
export function actBrief(units: bigint): string {
  return actShort(units).replace(/\.?0+$/, "");
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

/** A text in lines of at most `width` characters, broken between words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function exact(units: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const size = units < 0n ? -units : units;
  return `${units < 0n ? "-" : ""}${count(size / unit)}.${(size % unit).toString().padStart(decimals, "0")}`;
}
