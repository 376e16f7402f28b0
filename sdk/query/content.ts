import { id } from "ethers";

// Questions and answers are kept on chain as URIs that hold their words, RFC 2397, so that whoever knows the chain
// knows them. URIs of other kinds may stand there too: they are shown, and never loaded.

const PREFIX = "data:text/plain;charset=utf-8,";

/** The schemes of what is shown as a link. */
const LINKED = ["http:", "https:", "ipfs:"];

/** The most that the words of a question, and of an answer, take on chain, in bytes. */
export const MOST_BYTES = { question: 4_000, answer: 16_000 } as const;

/** What the escrow keeps of a text. */
export interface Content {
  /** Hash of the words, in UTF-8. */
  readonly contentHash: string;
  /** Where they are. */
  readonly uri: string;
}

/** What a URI and a hash tell. */
export type Told =
  /** Words; `isProven` where they are those that were hashed. */
  | { readonly kind: "text"; readonly text: string; readonly isProven: boolean }
  | { readonly kind: "link"; readonly uri: string }
  /** Neither words nor an address that a browser could visit. */
  | { readonly kind: "unknown"; readonly uri: string };

/**
 * What stands for a text on chain.
 *
 * @param text Without problems: see `textProblem`. White space around it is left out.
 */
export function contentOf(text: string): Content {
  const words = text.trim();
  return { contentHash: id(words), uri: PREFIX + encodeURIComponent(words) };
}

/**
 * Why a text cannot be kept on chain, if so.
 *
 * @param what Whose words they are, which says how long they may be.
 */
export function textProblem(text: string, what: keyof typeof MOST_BYTES): string | undefined {
  const words = text.trim();
  if (words === "") return `Write the ${what}.`;
  if (/\p{Surrogate}/u.test(words)) return `The ${what} has half a character in it: type it again.`;
  const [bytes, most] = [contentOf(words).uri.length, MOST_BYTES[what]];
  if (bytes <= most) return undefined;
  const count = (number: number) => number.toLocaleString("en");
  return `The ${what} is too long: it takes ${count(bytes)} bytes on chain, and ${count(most)} are the most.`;
}

/** What a URI tells, and whether its words are those of the hash. */
export function toldBy({ contentHash, uri }: Content): Told {
  const text = textIn(uri);
  if (text !== undefined) return { kind: "text", text, isProven: id(text) === contentHash.toLowerCase() };
  return { kind: isLinked(uri) ? "link" : "unknown", uri };
}

function textIn(uri: string): string | undefined {
  if (!uri.toLowerCase().startsWith(PREFIX)) return undefined;
  try {
    return decodeURIComponent(uri.slice(PREFIX.length));
  } catch {
    return undefined; // no UTF-8
  }
}

function isLinked(uri: string): boolean {
  return URL.canParse(uri) && LINKED.includes(new URL(uri).protocol);
}
