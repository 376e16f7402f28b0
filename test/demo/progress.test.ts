import { expect } from "chai";
import { progressOn } from "../../scripts/demo/progress.ts";
import { Collector } from "./fixtures.ts";

describe("progress where there is no terminal", () => {
  it("is a line at every fifth of the work", () => {
    const stream = new Collector();
    const progress = progressOn(stream, "market");
    progress.start(2_000);
    for (let done = 1; done <= 2_000; done++) progress.update(done, `day ${done % 7}`);
    progress.stop();
    expect(stream.text.split("\n")).to.deep.equal([
      "market: 400 of 2,000 steps, day 1",
      "market: 800 of 2,000 steps, day 2",
      "market: 1,200 of 2,000 steps, day 3",
      "market: 1,600 of 2,000 steps, day 4",
      "market: 2,000 of 2,000 steps, day 5",
      "",
    ]);
  });
});
