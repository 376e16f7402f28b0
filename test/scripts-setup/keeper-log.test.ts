import { expect } from "chai";
import { lineOf } from "../../scripts/start/keeper-log.ts";

const ADDRESS = "0x09DB0a93B389bEF724429898f539AEB7ac2Dd55f";

/** An entry of the keeper's log, and the line without the time. */
function told(entry: Record<string, unknown>): string | undefined {
  const time = "2026-11-21T12:00:00.000Z";
  return lineOf(JSON.stringify({ level: "info", time, ...entry }))?.replace(/\d\d:\d\d:\d\d/, "hh:mm:ss");
}

describe("the keeper's lines in npm start", () => {
  it("tell what was done, and how far it is", () => {
    const entry = {
      epoch: "3",
      items: 7,
      done: 7,
      of: 12,
      gasUsed: 90_000,
      hash: `0x${"ab".repeat(32)}`,
      msg: "settle: done",
    };
    expect(told(entry)).to.equal("keeper  hh:mm:ss  settle: done (epoch 3, 7 of 12)");
  });

  it("shorten addresses and hashes wherever they stand", () => {
    const entry = { reason: `refused for ${ADDRESS}`, msg: "could not be done" };
    expect(told(entry)).to.equal("keeper  hh:mm:ss  could not be done (reason refused for 0x09DB…d55f)");
  });

  it("name what is worse than usual", () => {
    expect(told({ level: "warn", msg: "the balance is low" })).to.equal("keeper  hh:mm:ss  warn: the balance is low");
  });

  it("list lists, and show objects as JSON", () => {
    const entry = { jobs: ["epochs", "queries"], limits: { most: 3 }, msg: "keeping" };
    expect(told(entry)).to.equal('keeper  hh:mm:ss  keeping (jobs epochs queries, limits {"most":3})');
  });

  it("leave out the sum of what was told before", () => {
    expect(told({ job: "epochs", due: 1, done: 1, failed: 0, left: 0, msg: "pass ended" })).to.equal(undefined);
  });
});
