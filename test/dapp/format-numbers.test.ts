import { expect } from "chai";
import { bpsPercent, counted, countText, shortened, wadPercent } from "../../dapp/src/format/numbers.ts";

const WAD = 10n ** 18n;

describe("numbers", () => {
  describe("shares", () => {
    const texts: [string, string][] = [
      [wadPercent(0n), "0 %"],
      [wadPercent(WAD), "100 %"],
      [wadPercent(WAD / 2n), "50 %"],
      [wadPercent((WAD * 5n) / 8n), "62.5 %"],
      [wadPercent(12n * WAD), "1,200 %"],
      [bpsPercent(0n), "0 %"],
      [bpsPercent(50n), "0.5 %"],
      [bpsPercent(5n), "0.05 %"],
      [bpsPercent(6_667n), "66.67 %"],
      [bpsPercent(2_500), "25 %"],
      [bpsPercent(10_000n), "100 %"],
    ];
    for (const [text, expected] of texts) {
      it(`says ${expected}`, () => {
        expect(text).to.equal(expected);
      });
    }

    it("rounds a share down", () => {
      expect(wadPercent(WAD - 1n)).to.equal("99.9 %");
    });
  });

  it("puts separators into a count", () => {
    expect(countText(1_234_567n)).to.equal("1,234,567");
  });

  it("counts one and many", () => {
    expect([
      counted(0, "answer"),
      counted(1n, "answer"),
      counted(1_200, "answer"),
      counted(2, "reply", "replies"),
    ]).to.eql(["0 answers", "1 answer", "1,200 answers", "2 replies"]);
  });

  it("shortens an address to its ends", () => {
    expect(shortened("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")).to.equal("0x7099…79C8");
  });
});
