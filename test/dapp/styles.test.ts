import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";

const SOURCE = new URL("../../dapp/src/", import.meta.url);

/** The selectors of a stylesheet that are not nested in others. */
function selectorsOf(css: string): string[] {
  const plain = css.replace(/\/\*.*?\*\//gs, "");
  const found: string[] = [];
  let depth = 0;
  let text = "";
  for (const letter of plain) {
    if (letter === "{" && depth++ === 0) found.push(...text.split(/,(?![^(]*\))/).map((selector) => selector.trim()));
    if (letter === "}") depth--;
    text = depth > 0 || letter === "}" ? "" : text + letter;
  }
  return found.filter((selector) => !selector.startsWith("@"));
}

const names = (await readdir(SOURCE, { recursive: true })).filter((name) => name.endsWith(".css"));
const sheets = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(new URL(name, SOURCE), "utf8") })),
);

// A page's stylesheet stays when one goes on to the next page: what it says must be about its own page alone.
describe("the stylesheets of pages", () => {
  for (const { name, text } of sheets.filter((sheet) => sheet.name.startsWith("pages/"))) {
    it(`${name} begins each rule with a class that no other one has`, () => {
      const others = sheets.filter((sheet) => sheet.name !== name).map((sheet) => sheet.text);
      const shared = selectorsOf(text).filter((selector) => {
        const [, first] = /^(?:\w+)?\.([\w-]+)/.exec(selector) ?? [];
        return first === undefined || others.some((other) => new RegExp(`\\.${first}(?![\\w-])`).test(other));
      });
      expect(shared).to.deep.equal([]);
    });
  }
});
