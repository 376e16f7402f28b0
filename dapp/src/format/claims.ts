import { readableText } from "./readable.ts";

/** Characters that nobody sees: control characters, what turns the direction of writing, and blanks that are letters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * A claim's text as it is hashed. The id of a claim is the hash of its bytes: without this, a space more, or an "é" of
 * two characters in place of one, would make another claim and another market that look just like the first.
 */
export function tidyClaim(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

/** Why a text cannot be a claim, if so. What nobody sees is refused for the same reason as the rest is made tidy. */
export function claimProblem(text: string): string | undefined {
  const claim = tidyClaim(text);
  if (claim === "") return "Say what is claimed.";
  if (!UNSEEN.test(claim)) return undefined;
  return "The claim has characters that cannot be seen: another claim could look just like it. Type it again.";
}

/** The most characters that a claim is written with here, and shown with in lists. */
export const MOST_CHARACTERS = 280;

/** A claim's text where there is little room: the chain sets no limit to others' texts. */
export function briefClaim(text: string): string {
  const characters = [...text];
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS).join("")}…`;
}

/** A claim's text as others wrote it, to be shown. */
export interface ShownClaim {
  readonly text: string;
  /** Whether it could be taken for another claim: its id has to be shown with it. */
  readonly isDoubtful: boolean;
}

/** How a claim's text is shown. */
export function shownClaim(text: string): ShownClaim {
  const shown = tidyClaim(readableText(() => text, ""));
  return { text: shown, isDoubtful: shown !== text || claimProblem(text) !== undefined };
}
