import { readFile } from "node:fs/promises";

const ROOT = new URL("../../", import.meta.url);

/** A test that a page names. */
export interface NamedTest {
  path: string;
  title: string;
}

/** The text of a file, whose path is as seen from the project's folder. */
export const textOf = (path: string): Promise<string> => readFile(new URL(path, ROOT), "utf8");

/** The cells of every row of every table of a page, without the tables' heads. */
export function rowsOf(page: string): string[][] {
  const lines = page.split("\n");
  return lines
    .filter((line, index) => line.startsWith("| ") && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) => line.slice(2, -2).split(" | "));
}

const isRule = (line: string | undefined): boolean => line?.startsWith("| ---") ?? false;

/** The part of a page under a heading of the second level, up to the next one; empty where there is no such heading. */
export function sectionOf(page: string, heading: string): string {
  const [, rest = ""] = page.split(`\n## ${heading}\n`);
  return rest.split("\n## ")[0] ?? "";
}

/**
 * The tests that a cell names, each as its file and its title: `` `folder/file.test.ts`: title ``, one behind the other
 * with `<br>` between them. A file without a folder is in `folder`. What is no such name has an empty title.
 */
export function testsIn(cell: string, folder = ""): NamedTest[] {
  return cell.split("<br>").map((name) => {
    const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/.exec(name) ?? [];
    return { path: file.includes("/") ? file : `${folder}${file}`, title };
  });
}

/** Those of `tests` that their files do not have; rejects where there is no such file. */
export async function missingOf(tests: readonly NamedTest[]): Promise<NamedTest[]> {
  const found = await Promise.all(tests.map(async ({ path, title }) => hasTitle(await textOf(path), title)));
  return tests.filter((_, index) => !found[index]);
}

/** Whether a file has a test, or a group of tests, of that title. */
function hasTitle(text: string, title: string): boolean {
  const quoted = [`"${title}"`, `\`${title}\``];
  const titles = quoted.flatMap((each) => [`it(${each}`, `describe(${each}`]);
  return [...titles, `function ${title}(`].some((each) => text.includes(each));
}

/** The numbers of a text, each as plain digits: 1,490 and 1_490 are 1490, and 0.034140 is 0.03414. */
export function numbersIn(text: string): Set<string> {
  const found = text.match(/\d[\d,_]*(\.\d+)?/g) ?? [];
  return new Set(found.map((each) => plain(each.replaceAll(/[,_]/g, ""))));
}

const plain = (digits: string): string => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);
