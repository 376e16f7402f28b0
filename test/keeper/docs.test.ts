import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { JITTER, LONGEST_REST } from "../../keeper/breaker.ts";
import { JOB_NAMES, SETTINGS } from "../../keeper/config.ts";
import { parseBelief } from "../../keeper/jobs/entrusted.ts";
import { PAGE } from "../../keeper/jobs/queries.ts";
import { ExitCode } from "../../keeper/main.ts";
import { MOST_RAISES, RAISE_PERCENT } from "../../keeper/send.ts";
import { MOST_LOOKS } from "../../keeper/settled.ts";
import { BUDGET_PERCENT } from "../../keeper/step.ts";
import { tableAfter } from "../docs/tables.ts";

const page = await readFile(new URL("../../docs/keeper.md", import.meta.url), "utf8");

describe("docs/keeper.md", () => {
  it("lists the jobs", () => {
    expect(tableAfter(page, "## What it does").map(([job]) => job)).to.deep.equal(JOB_NAMES);
  });

  it("lists every setting as the keeper reads it", () => {
    const rows = SETTINGS.map(({ flag, variable, standard = "", meaning }) => [
      `\`${flag}\``,
      `\`${variable}\``,
      standard,
      meaning,
    ]);
    expect(tableAfter(page, "<!-- settings:")).to.deep.equal(rows);
  });

  it("gives the figures of the code", () => {
    const figures = tableAfter(page, "<!-- figures:").map(([, value]) => value);
    expect(figures).to.deep.equal([
      `${BUDGET_PERCENT} %`,
      `${RAISE_PERCENT} %`,
      String(MOST_RAISES),
      `${(LONGEST_REST / 1_000).toLocaleString("en")} s`,
      `${JITTER * 100} %`,
      PAGE.toLocaleString("en"),
      MOST_LOOKS.toLocaleString("en"),
    ]);
  });

  it("lists the exit codes", () => {
    const codes = tableAfter(page, "<!-- exit codes:").map(([code, name]) => [name, Number(code)]);
    expect(Object.fromEntries(codes)).to.deep.equal(ExitCode);
  });

  it("shows an entrusted belief that the keeper can read", () => {
    const [, line = ""] = /<!-- entry:.*?```json\n(.*?)\n```/s.exec(page) ?? [];
    expect(parseBelief(line, "docs/keeper.md")).to.include({ epoch: 3n, belief: 7n * 10n ** 17n });
  });
});
