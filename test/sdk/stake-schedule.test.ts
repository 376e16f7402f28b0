import { expect } from "chai";
import { epochOf, scheduleOf } from "../../sdk/stake/schedule.ts";
import { EPOCHS, expectStakeRevert } from "./stake-fixtures.ts";

describe("stake schedule", () => {
  for (const [timestamp, epoch] of [
    [10_000n, 0n],
    [10_999n, 0n],
    [11_000n, 1n],
    [17_500n, 7n],
  ] as const) {
    it(`counts second ${timestamp} to epoch ${epoch}`, () => {
      expect(epochOf(EPOCHS, timestamp)).to.equal(epoch);
    });
  }

  it("knows no epoch before the first", () => {
    expectStakeRevert(() => epochOf(EPOCHS, 9_999n), "BeforeFirstEpoch", [9_999n, 10_000n]);
  });

  it("opens an epoch when the next begins and settles it when the window is over", () => {
    expect(scheduleOf(EPOCHS, 2n)).to.deep.equal({ startsAt: 12_000n, endsAt: 13_000n, settleableAt: 13_400n });
  });
});
