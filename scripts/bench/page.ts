import { CredenceError } from "../../sdk/errors.ts";
import type { Figures } from "./figures.ts";
import type { Suite } from "./suite.ts";
import { sizeTable, suiteTables, type Table, writeTable } from "./tables.ts";

/** Where the page has the code sizes. */
const CODE = "code";

/**
 * The page with the tables of `figures` between the two markers of each suite, and those of the code. Throws where it
 * has not exactly one of each marker, or has markers of a suite that there is not.
 */
export function updatePage(page: string, figures: Figures, suites: readonly Suite[]): string {
  const sections: [name: string, tables: readonly Table[]][] = [
    ...suites.map((suite): [string, Table[]] => [suite.name, suiteTables(figures, suite)]),
    [CODE, [sizeTable(figures)]],
  ];
  const marked = [...page.matchAll(/<!-- figures of (.+?): /g)].map(([, name]) => name);
  const unknown = marked.filter((name) => !sections.some(([section]) => section === name));
  if (unknown.length > 0) throw new CredenceError("the page has figures of no suite", { unknown: unknown.join(", ") });
  return sections.reduce((text, [name, tables]) => updateSection(text, name, tables), page);
}

function updateSection(page: string, name: string, tables: readonly Table[]): string {
  const begin = `<!-- figures of ${name}: written by npm run bench -- --update -->`;
  const end = `<!-- end of figures of ${name} -->`;
  const [before, rest, ...moreBegins] = page.split(begin);
  const [, after, ...moreEnds] = (rest ?? "").split(end);
  if (before === undefined || after === undefined || moreBegins.length > 0 || moreEnds.length > 0) {
    throw new CredenceError("the page needs each marker once, in this order", { begin, end });
  }
  return `${before}${begin}\n\n${tables.map(writeTable).join("\n")}\n${end}${after}`;
}
