import AxeBuilder from "@axe-core/playwright";
import { expect } from "chai";
import { claimIdOf } from "../sdk/claims.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor, VisitorOptions } from "./visitor.ts";

const CLAIM = `/claims/${claimIdOf("Anchorage is the capital of Alaska")}`;

/** Every page, and the words that are there once it stands. */
const PAGES: readonly (readonly [string, string, string | RegExp])[] = [
  ["claims", "/", /^5|^\d+ claims/],
  ["a claim's market", CLAIM, "Anchorage is the capital of Alaska"],
  ["a claim's trade", `${CLAIM}/trade`, "Anchorage is the capital of Alaska"],
  ["a claim's epochs", `${CLAIM}/epochs`, "Anchorage is the capital of Alaska"],
  ["a claim's arguments", `${CLAIM}/arguments`, "Anchorage is the capital of Alaska"],
  ["queries", "/queries", "Queries"],
  ["the council's stakes", "/council", "Council"],
  ["the council's rewards", "/council/rewards", "Council"],
  ["the council's proposals", "/council/proposals", "Council"],
  ["the council's sessions", "/council/sessions", "Council"],
  ["the portfolio", "/portfolio", "Portfolio"],
  ["a page that is none", "/nowhere", "Nothing is here"],
];

/** Milliseconds after which a page is taken for complete: what it reads comes with the first blocks. */
const SETTLING = 1_500;

/** Milliseconds for a walk through all of them. */
const WALK = 300_000;

// As somebody would who looks around: what one page leaves behind, such as its styles, must not harm the next.
describe("every page, one after the other", () => {
  let stage: Stage;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
  });

  /** Goes to every page, and tells what `look` finds wrong there. */
  async function walk(options: VisitorOptions, look: (visitor: Visitor) => Promise<string[]>): Promise<string[]> {
    const visitor = await stage.visit("/", options);
    await visitor.connect(2);
    const found: string[] = [];
    for (const [name, path, words] of PAGES) {
      await visitor.go(path);
      await visitor.page.getByText(words).first().waitFor();
      await visitor.page.waitForTimeout(SETTLING);
      found.push(...(await look(visitor)).map((problem) => `${name}: ${problem}`));
    }
    return found;
  }

  for (const colorScheme of ["light", "dark"] as const)
    it(`passes axe in ${colorScheme} mode`, async () => {
      const found = await walk({ colorScheme, allowsScripts: true }, async ({ page }) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
      expect(found).to.deep.equal([]);
    }).timeout(WALK);

  for (const width of [360, 1_200])
    it(`fits into ${width} pixels, without an error`, async () => {
      const found = await walk({ width }, async ({ page, complaints }) => {
        const needed = await page.evaluate<number>("document.documentElement.scrollWidth");
        return needed === width ? complaints.splice(0) : [`needs ${needed} pixels`];
      });
      expect(found).to.deep.equal([]);
    }).timeout(WALK);
});
