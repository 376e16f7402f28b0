import { expect } from "chai";
import { groupByTime, moment } from "../../scripts/demo/timeline.ts";
import { DAY } from "../fixtures/amounts.ts";

describe("the timeline of a demo", () => {
  it("tells an instant by day, hour and minute of the story", () => {
    const start = 1_000n;
    const instants = [0n, 3n * DAY + 15n * 3_600n, 363n * DAY + 59n * 60n + 59n].map((since) => start + since);
    expect(instants.map((at) => moment(at, start))).to.deep.equal(["day 0 00:00", "day 3 15:00", "day 363 00:59"]);
  });

  it("puts together what happens at one second, in its order", () => {
    const steps = [
      { at: 1n, name: "a" },
      { at: 2n, name: "b" },
      { at: 1n, name: "c" },
    ];
    expect(groupByTime(steps).map((group) => group.map(({ name }) => name))).to.deep.equal([["a", "c"], ["b"]]);
  });
});
