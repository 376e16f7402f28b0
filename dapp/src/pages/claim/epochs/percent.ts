/** A hundredth of a percent, in wad. */
const WAD_PER_BP = 10n ** 14n;

/** Understands "62.5" as a percentage, 0 to 100 with up to two decimals: in wad, or why it is none. */
export function parsePercent(text: string): { readonly wad: bigint } | { readonly problem: string } {
  const plain = text.trim().replace(/\s*%$/, "");
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(plain)) return { problem: "Enter a percentage from 0 to 100, such as 62.5." };
  const [whole = "0", fraction = ""] = plain.split(".");
  const bps = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0"));
  if (bps > 10_000n) return { problem: "A percentage is 100 at most." };
  return { wad: bps * WAD_PER_BP };
}

/** A score in wad with its sign and three decimals, rounded towards zero: "+0.321". */
export function scoreText(wad: bigint): string {
  const thousandths = (wad < 0n ? -wad : wad) / 10n ** 15n;
  const sign = wad < 0n ? "−" : wad > 0n ? "+" : "";
  return `${sign}${thousandths / 1_000n}.${String(thousandths % 1_000n).padStart(3, "0")}`;
}
