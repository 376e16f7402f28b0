import { expect } from "chai";
import { Health, LONGEST_SILENCE } from "../../keeper/health.ts";

const WENT_WELL = { report: { due: 0, done: 0, failed: 0, left: 0 }, reason: undefined, failures: 0, seconds: 1 };
const FAILED = { report: undefined, reason: "no node", failures: 1, seconds: 1 };

function at(interval = 30_000) {
  let now = 5_000;
  const health = new Health(interval, () => now);
  return { health, wait: (milliseconds: number) => (now += milliseconds) };
}

describe("Health", () => {
  it("is alive at first", () => {
    expect(at().health.whyHung()).to.equal(undefined);
  });

  it("is alive while a pass begins now and then", () => {
    const { health, wait } = at();
    wait(LONGEST_SILENCE);
    health.passBegan();
    wait(LONGEST_SILENCE);
    expect(health.whyHung()).to.equal(undefined);
  });

  it("is hung where no pass begins for ten minutes", () => {
    const { health, wait } = at();
    wait(LONGEST_SILENCE + 1_000);
    expect(health.whyHung()).to.equal("no sign of life for 601 s");
  });

  it("is hung later where the interval is long", () => {
    const { health, wait } = at(3_600_000);
    wait(5 * 3_600_000);
    expect(health.whyHung()).to.equal(undefined);
    wait(1);
    expect(health.whyHung()).to.not.equal(undefined);
  });

  it("is alive in a long pass that asks the node", () => {
    const { health, wait } = at();
    health.passBegan();
    wait(LONGEST_SILENCE);
    health.pulse();
    wait(LONGEST_SILENCE);
    expect(health.whyHung()).to.equal(undefined);
  });

  it("is not ready before the node has answered", () => {
    expect(at().health.whyUnready()).to.equal("the node has not answered yet");
  });

  it("is not ready before each job has passed", () => {
    const { health } = at();
    health.expect(["epochs", "queries"]);
    health.passEnded("epochs", WENT_WELL);
    expect(health.whyUnready()).to.equal("no pass of `queries` has ended yet");
  });

  it("is ready once each has", () => {
    const { health } = at();
    health.expect(["epochs"]);
    health.passEnded("epochs", WENT_WELL);
    expect(health.whyUnready()).to.equal(undefined);
  });

  it("is not ready where the last pass of a job failed, and says why", () => {
    const { health } = at();
    health.expect(["epochs", "queries"]);
    health.passEnded("epochs", FAILED);
    health.passEnded("queries", WENT_WELL);
    expect(health.whyUnready()).to.equal("the last pass of `epochs` failed: no node");
  });

  it("is ready again when it succeeds again", () => {
    const { health } = at();
    health.expect(["epochs"]);
    health.passEnded("epochs", FAILED);
    health.passEnded("epochs", WENT_WELL);
    expect(health.whyUnready()).to.equal(undefined);
  });
});
