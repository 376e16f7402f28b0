import { readFile } from "node:fs/promises";
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { BadInputError } from "./errors.ts";

/** One person's answer to one claim: a line of the file. */
export interface Answer {
  /** Line of the file it stands on, from 1. */
  readonly line: number;
  /** The claim as a sentence: "CITY is the capital of STATE". */
  readonly claim: string;
  /** Who answered. */
  readonly subject: string;
  /** Whether they hold the claim to be true. */
  readonly own: boolean;
  /** The fraction of others that they expect to answer "true", 0 to 1. */
  readonly meta: number;
  /** How sure they are of their own answer, 0.5 (a guess) to 1 (certain). */
  readonly confidence: number;
  /** Whether the claim is true in the world. */
  readonly actual: boolean;
}

/** One thing wrong with the file. */
export interface CsvProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Name of the column, or its number where it has no name; absent where the whole line is wrong. */
  readonly column?: string;
  /** What is wrong, and what was expected. */
  readonly why: string;
}

/** The file holds no usable answers: it cannot be read, or some of its lines are malformed. */
export class AnswersFileError extends BadInputError {
  readonly problems: readonly CsvProblem[];

  /**
   * @param file The file, as the user named it.
   * @param summary What is wrong with it in a sentence.
   * @param problems Everything that is wrong, line by line; they are listed in the message.
   */
  constructor(file: string, summary: string, problems: readonly CsvProblem[] = [], options?: ErrorOptions) {
    super([`${file}: ${summary}`, ...problems.map((problem) => `  ${describe(problem)}`)].join("\n"), {}, options);
    this.problems = problems;
  }
}

/** The columns of a file of answers, in their order. */
export const COLUMNS = ["state", "expt city", "subject", "own", "meta", "confidence", "actual"] as const;
type Column = (typeof COLUMNS)[number];
type Fields = Readonly<Record<Column, string>>;

/** Reads a file of answers. Throws `AnswersFileError` with every malformed line. */
export async function readAnswersFile(path: string, shownAs: string = path): Promise<Answer[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    throw new AnswersFileError(shownAs, whyUnreadable(cause), [], { cause });
  }
  return parseAnswers(text, shownAs);
}

/**
 * Reads answers from the text of a file: a header, then an answer on each line. Line ends may be LF or CRLF, empty lines
 * are skipped. Throws `AnswersFileError` with every malformed line.
 *
 * @param text The file's text.
 * @param file What to call the file in messages.
 */
export function parseAnswers(text: string, file: string): Answer[] {
  const problems: CsvProblem[] = [];
  const answers: Answer[] = [];
  const seen = new Consistency(problems);
  let header: readonly string[] | undefined;

  // Each line on its own: no answer spans lines, so a stray quote spoils its own line only.
  for (const [index, content] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (content.trim() === "") continue;
    const line = index + 1;
    const values = splitLine(content, line, problems);
    if (header === undefined) {
      header = values ?? [];
      if (values !== undefined) checkHeader(values, line, problems);
      if (problems.length > 0) break; // under another header every line would be wrong
      continue;
    }
    const fields = values && nameFields(values, line, problems);
    const answer = fields && toAnswer(fields, line, problems);
    if (answer !== undefined && seen.accepts(answer)) answers.push(answer);
  }

  if (header === undefined) throw new AnswersFileError(file, "the file is empty");
  if (problems.length > 0) {
    throw new AnswersFileError(file, `${problems.length} problem${problems.length === 1 ? "" : "s"} found`, problems);
  }
  if (answers.length === 0) throw new AnswersFileError(file, "there is a header and no answer below it");
  return answers;
}

/** Answers by claim, claims in the order of their first line. */
export function groupByClaim(answers: readonly Answer[]): Map<string, Answer[]> {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const group = groups.get(answer.claim);
    if (group === undefined) groups.set(answer.claim, [answer]);
    else group.push(answer);
  }
  return groups;
}

/** Everybody who answered, in the order of their first lines. */
export function peopleIn(answers: readonly Answer[]): string[] {
  return [...new Set(answers.map((answer) => answer.subject))];
}

/** What one line alone cannot tell: one truth for each claim, one answer for each person and claim. */
class Consistency {
  readonly #problems: CsvProblem[];
  readonly #firstOfClaim = new Map<string, Answer>();
  readonly #answered = new Map<string, Answer>();

  constructor(problems: CsvProblem[]) {
    this.#problems = problems;
  }

  accepts(answer: Answer): boolean {
    const { line, claim, subject } = answer;
    const key = JSON.stringify([claim, subject]);
    const first = this.#firstOfClaim.get(claim) ?? answer;
    const previous = this.#answered.get(key);
    this.#firstOfClaim.set(claim, first);
    if (previous !== undefined) {
      const why = `"${subject}" answered "${claim}" on line ${previous.line} already`;
      this.#problems.push({ line, column: "subject", why });
    } else {
      this.#answered.set(key, answer);
    }
    if (first.actual !== answer.actual) {
      const why = `is ${digit(answer.actual)}, but line ${first.line} says ${digit(first.actual)} for "${claim}"`;
      this.#problems.push({ line, column: "actual", why });
    }
    return previous === undefined && first.actual === answer.actual;
  }
}

function splitLine(content: string, line: number, problems: CsvProblem[]): string[] | undefined {
  try {
    return parse(content, { trim: true, max_record_size: 0 })[0] ?? [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED";
    const why = isOpen ? "a quote is opened and not closed" : 'has text after a closing quote; write " as "" in quotes';
    problems.push({ line, column: columnName(Number(error.column)), why });
    return undefined;
  }
}

function checkHeader(values: readonly string[], line: number, problems: CsvProblem[]): void {
  if (values.length === COLUMNS.length && COLUMNS.every((name, index) => values[index] === name)) return;
  problems.push({ line, why: `the header must be "${COLUMNS.join(",")}", not ${quote(values.join(","))}` });
}

function nameFields(values: readonly string[], line: number, problems: CsvProblem[]): Fields | undefined {
  if (values.length === COLUMNS.length) {
    return Object.fromEntries(COLUMNS.map((name, index) => [name, values[index]])) as Fields;
  }
  const isShort = values.length < COLUMNS.length;
  const why = isShort ? "is missing" : `${quote(values[COLUMNS.length] ?? "")} is one too many`;
  const counts = `the line has ${values.length} columns, not ${COLUMNS.length}`;
  problems.push({ line, column: columnName(Math.min(values.length, COLUMNS.length)), why: `${why}: ${counts}` });
  return undefined;
}

function toAnswer(fields: Fields, line: number, problems: CsvProblem[]): Answer | undefined {
  const read = <T>(column: Column, expected: string, convert: (text: string) => T | undefined): T | undefined => {
    const value = convert(fields[column]);
    if (value === undefined) problems.push({ line, column, why: `must be ${expected}, not ${quote(fields[column])}` });
    return value;
  };
  const state = read("state", "a name", toPlace);
  const city = read("expt city", "a name", toPlace);
  const subject = read("subject", "a name", (text) => text || undefined);
  const own = read("own", "0 or 1", toBit);
  const meta = read("meta", "a number from 0 to 1", (text) => toNumber(text, 0, 1));
  const confidence = read("confidence", "a number from 0.5 to 1", (text) => toNumber(text, 0.5, 1));
  const actual = read("actual", "0 or 1", toBit);
  if (state === undefined || city === undefined || subject === undefined) return undefined;
  if (own === undefined || meta === undefined || confidence === undefined || actual === undefined) return undefined;
  return { line, claim: `${city} is the capital of ${state}`, subject, own, meta, confidence, actual };
}

/** The file writes "New_York" for New York. */
function toPlace(text: string): string | undefined {
  return text.replaceAll("_", " ").trim() || undefined;
}

function toBit(text: string): boolean | undefined {
  return text === "0" ? false : text === "1" ? true : undefined;
}

function toNumber(text: string, min: number, max: number): number | undefined {
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

function columnName(index: number): string {
  return COLUMNS[index] ?? String(index + 1);
}

function digit(value: boolean): number {
  return value ? 1 : 0;
}

function quote(text: string): string {
  return text === "" ? "empty" : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}

function describe({ line, column, why }: CsvProblem): string {
  return `line ${line}, ${column === undefined ? "" : `column ${column}: `}${why}`;
}

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "this is a folder, not a file";
  if (code === "EACCES" || code === "EPERM") return "you may not read this file";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "the file is not text in UTF-8";
  return `the file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}
