import AxeBuilder from "@axe-core/playwright";
import { expect } from "chai";
import { claimIdOf } from "../sdk/claims.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

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

describe("every page", () => {
  let stage: Stage;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
  });

  async function settle({ page }: Visitor, words: string | RegExp): Promise<void> {
    await page.getByText(words).first().waitFor();
    await page.waitForTimeout(SETTLING);
  }

  for (const [name, path, words] of PAGES) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`passes axe: ${name}, ${colorScheme}`, async () => {
        const visitor = await stage.visit(path, { colorScheme, allowsScripts: true });
        await visitor.connect(2);
        await settle(visitor, words);
        const { violations } = await new AxeBuilder({ page: visitor.page }).analyze();
        const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        expect(found).to.deep.equal([]);
      });
    }

    for (const colorScheme of ["light", "dark"] as const)
      it(`fits into 360 pixels: ${name}, ${colorScheme}`, async () => {
        const visitor = await stage.visit(path, { width: 360, colorScheme });
        await visitor.connect(2);
        await settle(visitor, words);
        const width = await visitor.page.evaluate<number>("document.documentElement.scrollWidth");
        expect(width).to.equal(360);
        expect(visitor.complaints).to.deep.equal([]);
      });
  }
});
