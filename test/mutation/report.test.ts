import { randomUUID } from "node:crypto";
import { appendFile, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ACCEPTED } from "../../mutation/accepted.ts";
import type { Outcome } from "../../mutation/messages.ts";
import { type Findings, PAGE_FILE, RECORD_FILE, updatePage } from "../../mutation/page.ts";
import { PATIENCE } from "../../mutation/pool.ts";
import { lineOf, rowsOf, survivorsOf, tableOf, triedOf } from "../../mutation/report.ts";
import { Results } from "../../mutation/results.ts";
import { inOneLine, inWords } from "../docs/words.ts";
import { someMutants } from "./mutants.ts";

const mutants = someMutants("A", ["f", "f", "g", "g", "h"]);
const KILLED: Outcome = { status: "killed", by: "test/a/A.f.test.ts", title: "A.f pays" };
const statuses: Record<string, Outcome> = {
  A0: KILLED,
  A1: { status: "survived" },
  A2: { status: "survived" },
  A3: { status: "refused" },
};
const knowledge = {
  outcomes: { of: ({ id }: { id: string }) => statuses[id] },
  isAccepted: ({ id }: { id: string }) => id === "A2",
};

describe("report of changes", () => {
  it("counts what came of the changes of each file", () => {
    expect(rowsOf(mutants, knowledge)).to.deep.equal([{ name: "A", changes: 4, noticed: 1, accepted: 1, survived: 1 }]);
  });

  it("counts a change that hangs as noticed", () => {
    const outcomes = { of: (): Outcome => ({ status: "timeout" }) };
    expect(rowsOf(mutants, { ...knowledge, outcomes })[0]?.noticed).to.equal(4);
  });

  it("names survivors, but not those that change nothing", () => {
    expect(survivorsOf(mutants, knowledge).map(({ id }) => id)).to.deep.equal(["A1"]);
  });

  it("has the sum below the rows, and a score of what changes something", () => {
    const [, , row, sum] = tableOf(rowsOf(mutants, knowledge)).split("\n");
    expect([row, sum]).to.deep.equal(["| A | 4 | 3 | 1 | 1 | 1 | 50 % |", "| all | 4 | 3 | 1 | 1 | 1 | 50 % |"]);
  });

  it("tells of a change in a line", () => {
    const line = "A0 contracts/A.sol:1 arithmetic: a + b -> a - b: killed by test/a/A.f.test.ts";
    expect(lineOf(mutants[0] as (typeof mutants)[number], KILLED)).to.equal(line);
  });
});

describe("results of changes", () => {
  const file = join(tmpdir(), `mutation-${randomUUID()}.jsonl`);
  const [mutant] = someMutants("stake/StakeVault", ["f"]) as [(typeof mutants)[number]];

  afterEach(() => rm(file, { force: true }));

  it("are known to the next run", () => {
    new Results(file).add(mutant, KILLED);
    expect(new Results(file).of(mutant)).to.deep.equal(KILLED);
  });

  it("are forgotten when they do not count", () => {
    const results = new Results(file);
    results.add(mutant, KILLED);
    results.drop(mutant);
    expect(new Results(file).of(mutant)).to.equal(undefined);
  });

  it("outlive a line that was not written to its end", async () => {
    new Results(file).add(mutant, KILLED);
    await appendFile(file, '["torn');
    expect(new Results(file).of(mutant)).to.deep.equal(KILLED);
  });
});

describe("docs/mutation.md", () => {
  let page: string;
  let findings: Findings;

  before(async () => {
    const root = new URL("../../", import.meta.url);
    page = await readFile(new URL(PAGE_FILE, root), "utf8");
    findings = JSON.parse(await readFile(new URL(RECORD_FILE, root), "utf8")) as Findings;
  });

  it("has the tables of what was found", () => {
    expect(updatePage(page, findings, ACCEPTED)).to.equal(page);
  });

  it("says how long a process may say nothing", () => {
    expect(inOneLine(page)).to.contain(
      `a process that says nothing for ${inWords(PATIENCE / 60_000)} minutes is ended`,
    );
  });

  it("names every survivor", () => {
    expect(findings.survivors).to.have.length(findings.rows.reduce((sum, { survived }) => sum + survived, 0));
  });

  it("tells of no more than there is", () => {
    for (const row of findings.rows) expect(triedOf(row), row.name).to.be.at.most(row.changes);
  });

  it("has every accepted change once", () => {
    expect(new Set(ACCEPTED.map(({ id }) => id)).size).to.equal(ACCEPTED.length);
  });
});
