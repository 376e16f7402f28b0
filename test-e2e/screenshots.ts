// npm run screenshots: the pictures of the README, taken anew.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimIdOf } from "../sdk/claims.ts";
import { closeStage, closeVisitors, openStage } from "./stage.ts";
import type { VisitorOptions } from "./visitor.ts";

const FOLDER = fileURLToPath(new URL("../docs/images", import.meta.url));
const CLAIM = `/claims/${claimIdOf("Chicago is the capital of Illinois")}`;

/** Milliseconds after which a page is taken for complete. */
const SETTLING = 2_500;

/** The pictures: where, of whom, and how they look. */
const PICTURES: Readonly<Record<string, readonly [string, VisitorOptions]>> = {
  claims: ["/", {}],
  claim: [CLAIM, {}],
  arguments: [`${CLAIM}/arguments`, { colorScheme: "dark" }],
  epochs: [`${CLAIM}/epochs`, {}],
  queries: ["/queries", {}],
  proposals: ["/council/proposals", { colorScheme: "dark" }],
  portfolio: ["/portfolio", {}],
  phone: [CLAIM, { width: 360 }],
};

/** Who is connected: somebody who has done a little of everything. */
const ACCOUNT = 2;

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const stage = await openStage();
  try {
    for (const [name, [path, options]] of Object.entries(PICTURES)) {
      const visitor = await stage.visit(path, options);
      await visitor.connect(ACCOUNT);
      await visitor.page.waitForTimeout(SETTLING);
      await visitor.page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
      await closeVisitors();
    }
  } finally {
    await closeStage();
  }
}

if (import.meta.main) await main();
