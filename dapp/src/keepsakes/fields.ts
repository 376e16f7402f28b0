import { getAddress, isAddress } from "ethers";

/** What a field of a file has to be. */
export interface Field<T> {
  /** In words: "a whole number". */
  readonly is: string;
  /** Its value; `undefined` where it is something else. */
  read(value: unknown): T | undefined;
}

/** What the fields of an entry come to. */
export type Values<F extends Fields> = { -readonly [N in keyof F]: F[N] extends Field<infer T> ? T : never };

type Fields = Readonly<Record<string, Field<unknown>>>;

const WAD = 10n ** 18n;

const whole = (value: unknown, below: bigint): bigint | undefined => {
  if (typeof value !== "string" || !/^\d{1,78}$/.test(value)) return undefined;
  const number = BigInt(value);
  return number < below ? number : undefined;
};

/** 32 bytes in hexadecimal. */
export const BYTES32: Field<string> = {
  is: "32 bytes in hexadecimal",
  read: (value) => (typeof value === "string" && /^0x[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : undefined),
};

/** An account or a contract. */
export const ADDRESS: Field<string> = {
  is: "an address",
  read: (value) => (typeof value === "string" && isAddress(value) ? getAddress(value) : undefined),
};

/** A whole number of 256 bits, as decimal digits. */
export const WHOLE: Field<bigint> = { is: "a whole number in quotes", read: (value) => whole(value, 2n ** 256n) };

/** Which of up to 32 things. */
export const SET32: Field<bigint> = {
  is: "a whole number of 32 bits in quotes",
  read: (value) => whole(value, 2n ** 32n),
};

/** A probability in wad, as decimal digits. */
export const PROBABILITY: Field<bigint> = {
  is: "a probability in wad, at most 1e18, in quotes",
  read: (value) => whole(value, WAD + 1n),
};

/** A whole number that JSON has as one. */
export const COUNT: Field<number> = {
  is: "a whole number",
  read: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined),
};

/** Any text. */
export const TEXT: Field<string> = {
  is: "a text",
  read: (value) => (typeof value === "string" ? value : undefined),
};

/** A list of indices below 256. */
export const INDICES: Field<readonly number[]> = {
  is: "a list of whole numbers below 256",
  read: (value) => {
    const isIndex = (each: unknown) => Number.isInteger(each) && (each as number) >= 0 && (each as number) < 256;
    return Array.isArray(value) && value.every(isIndex) ? (value as number[]) : undefined;
  },
};

/** Reads all fields of an entry, or says which of them are wrong: not what they hold, for that may be secret. */
export function readFields<F extends Fields>(
  entry: Readonly<Record<string, unknown>>,
  fields: F,
): { readonly values: Values<F> } | { readonly problem: string } {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    values[name] = field.read(entry[name]);
    if (values[name] === undefined) wrong.push(`“${name}” must be ${field.is}`);
  }
  return wrong.length === 0 ? { values: values as Values<F> } : { problem: wrong.join("; ") };
}
