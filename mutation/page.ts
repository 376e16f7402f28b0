import { CredenceError } from "../sdk/errors.ts";
import type { Accepted } from "./accepted.ts";
import { OPERATORS } from "./mutant.ts";
import { type Row, tableOf } from "./report.ts";

/** What is kept in the repository of what was found. */
export interface Findings {
  readonly rows: readonly Row[];
  /** What no test noticed, a line for each. */
  readonly survivors: readonly string[];
}

/** Where the record is, from the folder of the project. */
export const RECORD_FILE = "mutation/record.json";

/** The page that tells of it. */
export const PAGE_FILE = "docs/mutation.md";

/**
 * The page with its tables anew.
 *
 * @throws CredenceError where it has not each pair of markers once.
 */
export function updatePage(page: string, record: Findings, accepted: readonly Accepted[]): string {
  const sections = {
    operators: operatorTable(),
    scores: tableOf(record.rows),
    survivors: record.survivors.length === 0 ? "None.\n" : record.survivors.map((line) => `- \`${line}\`\n`).join(""),
    accepted: acceptedTable(accepted),
  };
  return Object.entries(sections).reduce((text, [name, content]) => updateSection(text, name, content), page);
}

function updateSection(page: string, name: string, content: string): string {
  const begin = `<!-- ${name}: written by npm run mutate -- --update -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest, ...moreBegins] = page.split(begin);
  const [, after, ...moreEnds] = (rest ?? "").split(end);
  if (before === undefined || after === undefined || moreBegins.length > 0 || moreEnds.length > 0) {
    throw new CredenceError("the page needs each marker once, in this order", { begin, end });
  }
  return `${before}${begin}\n\n${content}\n${end}${after}`;
}

function operatorTable(): string {
  const rows = Object.entries(OPERATORS).map(([name, words]) => `| ${name} | ${inCell(words)} |\n`);
  return `| operator | what is changed |\n| --- | --- |\n${rows.join("")}`;
}

function acceptedTable(accepted: readonly Accepted[]): string {
  if (accepted.length === 0) return "None.\n";
  const rows = accepted.map(({ at, change, reason }) => `| ${at} | \`${inCell(change)}\` | ${inCell(reason)} |\n`);
  return `| where | change | why none needs to notice |\n| --- | --- | --- |\n${rows.join("")}`;
}

/** A text as a cell of a table has it. */
const inCell = (text: string) => text.replaceAll("|", "\\|");
