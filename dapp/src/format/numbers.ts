/** One in wad. */
const WAD = 10n ** 18n;

/** A share in wad as a percentage with one decimal, rounded down: "62.5 %". */
export function wadPercent(wad: bigint): string {
  return tenths((wad * 1_000n) / WAD);
}

/** Basis points as a percentage: 50 is "0.5 %". */
export function bpsPercent(bps: bigint | number): string {
  const whole = BigInt(bps);
  return whole % 10n === 0n
    ? tenths(whole / 10n)
    : `${countText(whole / 100n)}.${String(whole % 100n).padStart(2, "0")} %`;
}

function tenths(value: bigint): string {
  const whole = countText(value / 10n);
  return value % 10n === 0n ? `${whole} %` : `${whole}.${value % 10n} %`;
}

/** A count with separators: "1,234". */
export function countText(count: bigint | number): string {
  return count.toLocaleString("en");
}

/** "1 answer", "2 answers". */
export function counted(count: bigint | number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${BigInt(count) === 1n ? one : many}`;
}

/** An address or hash of which the ends are shown: "0x1234…cdef". */
export function shortened(hex: string): string {
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}
