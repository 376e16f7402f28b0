/**
 * A text from an event or from a call's arguments; `undefined` where its bytes are no UTF-8. No contract looks at the
 * bytes, and ethers throws when such a text is read: every text that others put on chain is read through this, or
 * through `readableText`, so that one of them cannot take a whole list away.
 */
export function readable(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A text from an event as it is shown, or what is said in its place where its bytes are no text. */
export function readableText(read: () => string, otherwise: string): string {
  const text = readable(read);
  return text === undefined ? otherwise : visible(text);
}

/** Characters that nobody sees, and that can make two texts look the same or turn what is around them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Those that writing needs: line breaks and tabs, and what joins or parts letters in Persian, Hindi and emoji. */
const NEEDED: ReadonlySet<string> = new Set(["\n", "\t", "\u200c", "\u200d"]);

/** A text by somebody else without the control characters in it. */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(INVISIBLE, (character) => (NEEDED.has(character) ? character : ""));
}
