import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { JITTER, LONGEST_REST } from "../../keeper/breaker.ts";
import { JOB_NAMES, SETTINGS } from "../../keeper/config.ts";
import { MOST_RAISES, RAISE_PERCENT } from "../../keeper/fees.ts";
import { LONGEST_SILENCE, SILENT_INTERVALS } from "../../keeper/health.ts";
import { parseBelief } from "../../keeper/jobs/entrusted.ts";
import { PAGE } from "../../keeper/jobs/queries.ts";
import { ExitCode } from "../../keeper/main.ts";
import { METRICS } from "../../keeper/metrics.ts";
import { BLOCKS_SEARCHED } from "../../keeper/mined.ts";
import { FIRST_RETRY_AFTER, LONGEST_RETRY_AFTER, MOST_RETRIES } from "../../keeper/retries.ts";
import { LONGEST_PAUSE } from "../../keeper/run.ts";
import { CHECKS, DOUBT_PERCENT } from "../../keeper/send.ts";
import { MOST_LOOKS } from "../../keeper/settled.ts";
import { BUDGET_PERCENT } from "../../keeper/step.ts";
import { TRANSACTION_OUTCOMES } from "../../keeper/tally.ts";
import { GROWTH_PERCENT, PAGES_BEFORE_GROWTH } from "../../sdk/node/log-span.ts";
import { tableAfter } from "../docs/tables.ts";

const page = await readFile(new URL("../../docs/keeper.md", import.meta.url), "utf8");

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toLocaleString("en")} s`;
}

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
      String(CHECKS),
      `${DOUBT_PERCENT} %`,
      String(BLOCKS_SEARCHED),
      inSeconds(LONGEST_REST),
      inSeconds(LONGEST_PAUSE),
      `${JITTER * 100} %`,
      PAGE.toLocaleString("en"),
      MOST_LOOKS.toLocaleString("en"),
      String(MOST_RETRIES.limited),
      String(MOST_RETRIES.silent),
      inSeconds(FIRST_RETRY_AFTER),
      inSeconds(LONGEST_RETRY_AFTER),
      String(PAGES_BEFORE_GROWTH),
      `${GROWTH_PERCENT} %`,
      inSeconds(LONGEST_SILENCE),
      String(SILENT_INTERVALS),
    ]);
  });

  it("lists every metric as the keeper tells it", () => {
    const rows = Object.values(METRICS).map(({ name, type, labels, help }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(", "),
      help,
    ]);
    expect(tableAfter(page, "<!-- metrics:")).to.deep.equal(rows);
  });

  it("lists what becomes of a transaction", () => {
    const outcomes = tableAfter(page, "<!-- outcomes:").map(([outcome]) => outcome);
    expect(outcomes).to.deep.equal(TRANSACTION_OUTCOMES.map((outcome) => `\`${outcome}\``));
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
