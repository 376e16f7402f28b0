import { formatUnits, parseUnits } from "ethers";

/** A token as people read it. */
export interface Unit {
  readonly symbol: string;
  readonly decimals: number;
}

/** The council's token, in which arguments and the council are staked. */
export const ACT: Unit = { symbol: "ACT", decimals: 9 };

/** The chain's own coin, as calls carry it. */
export const ETH: Unit = { symbol: "ETH", decimals: 18 };

const SHOWN_DECIMALS = 2;

/**
 * An amount as people read it: "1,234.56 USDC". Rounded down to two decimals, so that nobody is shown more than there
 * is; what is less than a hundredth shows as "< 0.01".
 */
export function amountText(units: bigint, unit: Unit): string {
  return `${numberText(units, unit.decimals)} ${unit.symbol}`;
}

/** As `amountText`, of what somebody pays, loses or must have: rounded up, so that nobody is shown less than it takes. */
export function paidText(units: bigint, unit: Unit): string {
  const step = 10n ** BigInt(Math.max(0, unit.decimals - SHOWN_DECIMALS));
  const magnitude = ((magnitudeOf(units) + step - 1n) / step) * step; // rounded up
  return amountText(units < 0n ? -magnitude : magnitude, unit);
}

/** All decimals of an amount: "1,234.567891 USDC". */
export function exactAmountText(units: bigint, { symbol, decimals }: Unit): string {
  const [whole = "0", fraction = ""] = formatUnits(magnitudeOf(units), decimals).split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${signOf(units)}${BigInt(whole).toLocaleString("en")}${rest === "" ? "" : `.${rest}`} ${symbol}`;
}

function numberText(units: bigint, decimals: number): string {
  const magnitude = magnitudeOf(units);
  const shown = (magnitude * 10n ** BigInt(SHOWN_DECIMALS)) / 10n ** BigInt(decimals); // rounded down
  if (shown === 0n && magnitude > 0n) return units < 0n ? "> −0.01" : "< 0.01";
  const [whole, cents] = [shown / 100n, shown % 100n];
  const digits = whole.toLocaleString("en");
  return `${signOf(units)}${digits}${cents === 0n ? "" : `.${String(cents).padStart(2, "0")}`}`;
}

function magnitudeOf(units: bigint): bigint {
  return units < 0n ? -units : units;
}

function signOf(units: bigint): string {
  return units < 0n ? "−" : "";
}

/** What somebody typed as an amount, or why it is none. */
export type ParsedAmount = { readonly units: bigint } | { readonly problem: string };

/** The most digits that are read as an amount: more than any token has. */
const MOST_DIGITS = 60;

/** Understands "1234.5" and "1,234.5" as an amount of a token; a comma stands between thousands and nowhere else. */
export function parseAmount(text: string, { symbol, decimals }: Unit): ParsedAmount {
  const typed = text.trim();
  if (typed === "") return { problem: "Enter an amount." };
  if (!/^(\d*|\d{1,3}(,\d{3})+)\.?\d*$/.test(typed) || !/\d/.test(typed)) {
    return { problem: "Enter a number, such as 12.50." };
  }
  const plain = typed.replaceAll(",", "");
  const decimalsGiven = plain.split(".")[1]?.length ?? 0;
  if (decimalsGiven > decimals) return { problem: `${symbol} has ${decimals} decimals at most.` };
  if (plain.length - decimalsGiven > MOST_DIGITS) return { problem: "That is more than there can be." };
  return { units: parseUnits(plain.replace(/^\./, "0."), decimals) };
}
