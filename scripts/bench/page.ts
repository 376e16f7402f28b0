import { CredenceError } from "../../sdk/errors.ts";
import type { Figures } from "./figures.ts";
import type { Suite } from "./suite.ts";
import { tablesOf, writeTable } from "./tables.ts";

const BEGIN = "<!-- figures: written by npm run bench -- --update -->";
const END = "<!-- end of figures -->";

/** The page with the tables of `figures` between its two markers. Throws where it has not exactly one of each. */
export function updatePage(page: string, figures: Figures, suites: readonly Suite[]): string {
  const [before, rest, ...moreBegins] = page.split(BEGIN);
  const [, after, ...moreEnds] = (rest ?? "").split(END);
  if (before === undefined || after === undefined || moreBegins.length > 0 || moreEnds.length > 0) {
    throw new CredenceError("the page needs each marker once, in this order", { begin: BEGIN, end: END });
  }
  const tables = tablesOf(figures, suites).map(writeTable).join("\n");
  return `${before}${BEGIN}\n\n${tables}\n${END}${after}`;
}
