const WORDS: Readonly<Record<string, string>> = {
  "2": "two",
  "3": "three",
  "5": "five",
  "7": "seven",
  "8": "eight",
  "10": "ten",
  "14": "fourteen",
  "50": "fifty",
  "100": "a hundred",
};

/** A number as prose spells it; throws `RangeError` for one that no page has needed yet. */
export function inWords(value: bigint | number): string {
  const word = WORDS[String(value)];
  if (word === undefined) throw new RangeError(`no word for ${value}: add it, and read the sentence again`);
  return word;
}

/** A text with every run of white space, line breaks included, as one space: sentences that a test can look for. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
