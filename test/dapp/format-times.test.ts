import { expect } from "chai";
import { exactTimeText, relativeText, spanText } from "../../dapp/src/format/times.ts";

const MINUTE = 60n;
const HOUR = 3_600n;
const DAY = 86_400n;
const YEAR = 365n * DAY;
const NOW = 1_800_000_000n;

describe("times", () => {
  describe("spans", () => {
    const spans: [bigint, string][] = [
      [0n, "0 seconds"],
      [1n, "1 second"],
      [59n, "59 seconds"],
      [MINUTE, "1 minute"],
      [MINUTE + 1n, "1 minute 1 second"],
      [2n * HOUR + 30n * MINUTE + 5n, "2 hours 30 minutes"],
      [HOUR + 5n, "1 hour"],
      [DAY, "1 day"],
      [7n * DAY, "7 days"],
      [30n * DAY, "30 days"],
      [180n * DAY + 3n * HOUR, "180 days 3 hours"],
      [YEAR, "1 year"],
      [2n * YEAR + 40n * DAY, "2 years 40 days"],
    ];
    for (const [seconds, text] of spans) {
      it(`says ${text}`, () => {
        expect(spanText(seconds)).to.equal(text);
      });
    }

    it("takes a number, too", () => {
      expect(spanText(90.5)).to.equal("1 minute 30 seconds");
    });
  });

  describe("instants as seen from another", () => {
    const instants: [bigint, string][] = [
      [0n, "now"],
      [1n, "in 1 second"],
      [-1n, "1 second ago"],
      [90n, "in 1 minute"],
      [-HOUR, "1 hour ago"],
      [-(DAY - 1n), "23 hours ago"],
      [DAY, "in 1 day"],
      [2n * DAY - 1n, "in 1 day"],
      [3n * DAY, "in 3 days"],
      [-45n * DAY, "45 days ago"],
      [180n * DAY, "in 180 days"],
      [YEAR - 1n, "in 364 days"],
      [-YEAR, "1 year ago"],
      [2n * YEAR, "in 2 years"],
    ];
    for (const [difference, text] of instants) {
      it(`says ${text}`, () => {
        expect(relativeText(NOW + difference, NOW)).to.equal(text);
      });
    }
  });

  it("says an instant to the second, with its time zone", () => {
    const at = BigInt(new Date(2026, 11, 3, 9, 5, 7).getTime() / 1_000);
    expect(exactTimeText(at)).to.match(/^3 Dec 2026, 09:05:07 \S+/);
  });
});
