import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { BadInputError } from "../errors.ts";

/** A skater, and the place that each judge gave them, from 1 for the best. */
export interface Skater {
  readonly name: string;
  /** In the order of the judges. */
  readonly places: readonly number[];
}

/** A free skate: each judge ranked all skaters. */
export interface Skating {
  readonly judges: readonly string[];
  readonly skaters: readonly Skater[];
}

/** The file as people name it. */
export const SKATING_FILE = "data/skating-2002.csv";

/** Shares of strengths that were calculated apart from this project, in units of 1e-10: see `data/README.md`. */
export const REFERENCE_SHARES: ReadonlyMap<string, bigint> = new Map([
  ["hughes", 2_454_300_596n],
  ["slutskaya", 2_454_300_596n],
  ["kwan", 1_942_791_697n],
  ["cohen", 1_108_535_701n],
  ["suguri", 557_900_319n],
  ["luca", 1_549_295n],
]);

const SKATING_PATH = fileURLToPath(new URL(`../../../${SKATING_FILE}`, import.meta.url));

/** The file holds no rankings: the message lists everything that is wrong with it. */
export class SkatingFileError extends BadInputError {
  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    super([`${file} holds no rankings:`, ...problems.map((why) => `  ${why}`)].join("\n"), {}, options);
  }
}

/** Reads the free skate of the demo. Throws `SkatingFileError` where the file is malformed. */
export async function readSkating(): Promise<Skating> {
  return parseSkating(await readFile(SKATING_PATH, "utf8"), SKATING_FILE);
}

/**
 * Reads a free skate from the text of a file: a header "skater" with a name for each judge, then a skater on each line
 * with the places that the judges gave. Throws `SkatingFileError` with everything that is wrong.
 *
 * @param file What to call the file in messages.
 */
export function parseSkating(text: string, file: string): Skating {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new SkatingFileError(file, [cause.message], { cause });
  }
  const [[first, ...judges] = [], ...rows] = lines;
  if (first !== "skater" || judges.length === 0) {
    throw new SkatingFileError(file, ['the header must be "skater" and the names of judges']);
  }
  const skaters = rows.map(([name = "", ...places]) => ({ name, places: places.map(Number) }));
  const problems = [
    ...repeated(skaters.map(({ name }) => name)).map((name) => `the skater "${name}" is there twice`),
    ...judges
      .filter((_, judge) => !isRanking(skaters.map(({ places }) => places[judge])))
      .map((judge) => `${judge} must give each of the places 1 to ${skaters.length} once`),
  ];
  if (problems.length > 0) throw new SkatingFileError(file, problems);
  return { judges, skaters };
}

function isRanking(places: readonly (number | undefined)[]): boolean {
  return places.every((_, index) => places.includes(index + 1));
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((each, index) => words.indexOf(each) !== index))];
}
