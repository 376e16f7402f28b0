import type { ErrorDescription, Interface } from "ethers";
import type { Unit } from "../format/amounts.ts";
import { countText } from "../format/numbers.ts";
import { errorsOf, type Mechanism, protocolErrors } from "./abi.ts";
import { ARGUMENT } from "./argument.ts";
import { COUNCIL } from "./council.ts";
import { MARKET } from "./market.ts";
import { OPENZEPPELIN } from "./openzeppelin.ts";
import { capitalised, named, split } from "./phrases.ts";
import { QUERY } from "./query.ts";
import { SHARED } from "./shared.ts";
import { STAKE } from "./stake.ts";
import type { AnyWords } from "./table.ts";

/** Errors, and the words for those that are in the table. */
interface Vocabulary {
  readonly errors: Interface;
  readonly words: AnyWords;
}

const OF_MECHANISMS: readonly (readonly [Mechanism, AnyWords])[] = [
  ["market", MARKET],
  ["stake", STAKE],
  ["argument", ARGUMENT],
  ["query", QUERY],
  ["council", COUNCIL],
];

/** Errors of different mechanisms may have one name: each is looked up among its own first. */
const VOCABULARIES: readonly Vocabulary[] = [
  ...OF_MECHANISMS.map(([mechanism, words]) => ({ errors: errorsOf(mechanism), words })),
  { errors: protocolErrors(), words: { ...SHARED, ...OPENZEPPELIN } },
];

/** Characters of a contract's own text that are shown. */
const LONGEST_TEXT = 200;

/** What Solidity itself stops for. */
const PANICS: Readonly<Record<string, string>> = {
  "1": "The contract found its own books wrong, and did nothing.",
  "17": "A number in the contract became too large or too small.",
  "18": "The contract had to divide by zero.",
  "33": "A choice is none of those that the contract knows.",
  "50": "A list of the contract is shorter than that.",
};

/**
 * What a contract's refusal says, in a sentence for whoever wanted something.
 *
 * @param data What the contract reverted with.
 * @param unit What amounts are in.
 */
export function wordsOf(data: string, unit: Unit): string {
  if (data === "0x") return "The contract refused it without saying why.";
  for (const { errors, words } of VOCABULARIES) {
    const sentence = understood(errors, data, (parsed) => sentenceFor(parsed, words, unit));
    if (sentence !== undefined) return sentence;
  }
  return (
    understood(protocolErrors(), data, plainly) ??
    `The contract refused it with an error that is not known here (${data.slice(0, 10)}).`
  );
}

/** Says an error by its name and its facts. */
export function plainly({ name, args, fragment }: ErrorDescription): string {
  const facts = fragment.inputs.map((input, index) => `${split(input.name)} ${valueText(args[index])}`.trim());
  const what = capitalised(split(name));
  return facts.length === 0 ? `${what}.` : `${what}: ${facts.join(", ")}.`;
}

function sentenceFor(error: ErrorDescription, words: AnyWords, unit: Unit): string | undefined {
  const { name, args, signature, fragment } = error;
  if (signature === "Error(string)") return `The contract says: “${shortText(String(args[0]))}”.`;
  if (signature === "Panic(uint256)") return PANICS[String(args[0])] ?? "The contract stopped at an error of its own.";
  // Not `args` itself: its `length` and `values` are those of a list. The tables are typed by the ABIs that decode it.
  const facts = Object.fromEntries(fragment.inputs.map((input, index) => [input.name, args[index]]));
  return words[name]?.(facts as never, unit);
}

/** `undefined` where the data is none of these errors, or is cut off: ethers throws where such an argument is read. */
function understood(
  errors: Interface,
  data: string,
  say: (error: ErrorDescription) => string | undefined,
): string | undefined {
  try {
    const parsed = errors.parseError(data);
    return parsed === null ? undefined : say(parsed);
  } catch {
    return undefined;
  }
}

function shortText(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function valueText(value: unknown): string {
  if (typeof value === "bigint") return countText(value);
  const text = String(value);
  return text.startsWith("0x") ? named(text) : shortText(text);
}
