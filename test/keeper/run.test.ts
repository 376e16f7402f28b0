import { expect } from "chai";
import { Breaker, restAfter } from "../../keeper/breaker.ts";
import { type Job, type JobReport, workThrough } from "../../keeper/jobs/job.ts";
import { openLog } from "../../keeper/log.ts";
import { type Pass, runForever, runOnce } from "../../keeper/run.ts";
import { Collector } from "../demo/fixtures.ts";

const NOTHING: JobReport = { due: 0, done: 0, failed: 0, left: 0 };

function job(name: string, ...passes: (JobReport | Error)[]): Job & { runs: number } {
  return {
    name,
    runs: 0,
    async run() {
      const pass = passes[Math.min(this.runs++, passes.length - 1)] ?? NOTHING;
      if (pass instanceof Error) throw pass;
      return pass;
    },
  };
}

function options() {
  const end = new AbortController();
  const output = new Collector();
  return { log: openLog("info", output), signal: end.signal, end, output };
}

describe("runOnce", () => {
  const cases: [string, JobReport | Error, boolean, boolean][] = [
    ["nothing is due", NOTHING, false, true],
    ["all that was due is done", { ...NOTHING, due: 2, done: 2 }, false, true],
    ["an item failed", { ...NOTHING, due: 2, done: 1, failed: 1 }, false, false],
    ["an item was left", { ...NOTHING, due: 1, left: 1 }, false, false],
    ["a dry run leaves what it planned", { ...NOTHING, due: 1, left: 1 }, true, true],
    ["the pass failed", new Error("no node"), false, false],
  ];
  for (const [what, pass, isDryRun, expected] of cases) {
    it(`is a ${expected ? "success" : "failure"} where ${what}`, async () => {
      expect(await runOnce([job("work", pass)], isDryRun, options())).to.equal(expected);
    });
  }

  it("is a failure where it is interrupted, which may hide what is due", async () => {
    const given = options();
    given.end.abort();
    expect(await runOnce([job("work", NOTHING)], false, given)).to.equal(false);
  });

  it("does the other jobs where one fails", async () => {
    const other = job("other", NOTHING);
    expect(await runOnce([job("broken", new Error("no node")), other], false, options())).to.equal(false);
    expect(other.runs).to.equal(1);
  });
});

describe("runForever", () => {
  /** A job that gives the signal to end in its pass number `passes`. */
  function lastJob(passes: number, end: AbortController) {
    const last = job("last", NOTHING);
    const run = last.run.bind(last);
    last.run = () => {
      if (last.runs + 1 === passes) end.abort();
      return run();
    };
    return last;
  }

  it("passes again and again until it is to end", async () => {
    const { end, ...rest } = options();
    const worker = lastJob(3, end);
    await runForever([worker], 1, rest);
    expect(worker.runs).to.equal(3);
  });

  it("tries a job that fails less and less often, and the others at their time", async () => {
    const { end, ...rest } = options();
    const broken = job("broken", new Error("no node"));
    await runForever([broken, lastJob(12, end)], 10, rest);
    expect(broken.runs).to.be.within(2, 9);
  });
});

describe("whoever watches passes", () => {
  function watcher() {
    const seen: unknown[] = [];
    const passBegan = (name: string) => seen.push(["began", name]);
    const passEnded = (name: string, { report, reason, failures }: Pass) =>
      seen.push(["ended", name, report?.due, reason, failures]);
    return { seen, passBegan, passEnded };
  }

  it("is told how each went", async () => {
    const watching = watcher();
    const jobs = [job("good", { ...NOTHING, due: 2, done: 2 }), job("broken", new Error("no node"))];
    await runOnce(jobs, false, { ...options(), watchers: [watching] });
    expect(watching.seen).to.deep.equal([
      ["began", "good"],
      ["ended", "good", 2, undefined, 0],
      ["began", "broken"],
      ["ended", "broken", undefined, "no node", 1],
    ]);
  });

  it("is told how many have failed in a row", async () => {
    const { end, ...rest } = options();
    const watching = watcher();
    const troubled = job("troubled", new Error("no node"), new Error("no node"), NOTHING, new Error("no node"));
    const run = troubled.run.bind(troubled);
    troubled.run = () => {
      if (troubled.runs === 3) end.abort();
      return run();
    };
    await runForever([troubled], 1, { ...rest, watchers: [watching] });
    const ends = watching.seen.filter((seen) => Array.isArray(seen) && seen[0] === "ended");
    expect(ends.map((seen) => (Array.isArray(seen) ? seen[4] : undefined))).to.deep.equal([1, 2, 0, 1]);
  });

  it("may look before the first round and after each", async () => {
    const { end, ...rest } = options();
    const worker = job("work");
    const looks: number[] = [];
    const betweenRounds = async () => {
      if (looks.push(worker.runs) === 3) end.abort();
    };
    await runForever([worker], 1, { ...rest, betweenRounds });
    expect(looks).to.deep.equal([0, 1, 2]);
  });
});

describe("restAfter", () => {
  it("doubles with every failure, give or take a fifth", () => {
    for (const [failures, rest] of [
      [0, 100],
      [1, 100],
      [2, 200],
      [5, 1_600],
    ] as const) {
      expect(restAfter(failures, 100)).to.be.within(rest * 0.8, rest * 1.2);
    }
  });

  it("is as long as asked at most, or as the first one where that is longer", () => {
    expect(restAfter(1_000, 30_000, 300_000)).to.be.within(240_000, 360_000);
    expect(restAfter(1_000, 1_000_000, 300_000)).to.be.within(800_000, 1_200_000);
  });

  it("is an hour at most, give or take a fifth", () => {
    expect(restAfter(1_000, 30_000)).to.be.within(3_600_000 * 0.8, 3_600_000 * 1.2);
  });
});

describe("workThrough", () => {
  function workplace() {
    let now = 0;
    const { log, end, signal, output } = options();
    const breaker = new Breaker(1_000, () => now);
    return { log, signal, end, output, breaker, wait: (milliseconds: number) => (now += milliseconds) };
  }
  const work = (results: Record<string, "idle" | "done" | "left">) => async (item: string) => {
    const result = results[item];
    if (result === undefined) throw new Error(`${item} is broken`);
    return result;
  };

  it("counts what became of the items", async () => {
    const run = work({ a: "idle", b: "done", d: "left" });
    const { report, finished } = await workThrough(["a", "b", "c", "d"], String, run, workplace());
    expect(report).to.deep.equal({ due: 3, done: 1, failed: 1, left: 1 });
    expect(finished).to.deep.equal(["a", "b"]);
  });

  it("logs the reason of a failure with the item's name", async () => {
    const place = workplace();
    await workThrough(["c"], String, work({}), place);
    expect(JSON.parse(place.output.text)).to.include({ level: "error", item: "c", reason: "c is broken" });
  });

  it("lets an item that failed rest", async () => {
    const place = workplace();
    await workThrough(["c"], String, work({}), place);
    const { report } = await workThrough(["c"], String, work({ c: "done" }), place);
    expect(report).to.deep.equal({ due: 1, done: 0, failed: 0, left: 1 });
  });

  it("tries it again after the rest", async () => {
    const place = workplace();
    await workThrough(["c"], String, work({}), place);
    place.wait(1_201);
    const { report } = await workThrough(["c"], String, work({ c: "done" }), place);
    expect(report).to.deep.equal({ due: 1, done: 1, failed: 0, left: 0 });
  });

  it("leaves the items that are left when it is to end", async () => {
    const place = workplace();
    const run = async () => {
      place.end.abort();
      return "done" as const;
    };
    const { report } = await workThrough(["a", "b"], String, run, place);
    expect(report).to.deep.equal({ due: 2, done: 1, failed: 0, left: 1 });
  });
});
