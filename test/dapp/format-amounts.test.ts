import { expect } from "chai";
import { ACT, amountText, exactAmountText, paidText, parseAmount } from "../../dapp/src/format/amounts.ts";

const USDC = { symbol: "USDC", decimals: 6 } as const;
const DAI = { symbol: "DAI", decimals: 18 } as const;
const VOTE = { symbol: "VOTE", decimals: 0 } as const;

describe("amounts", () => {
  describe("as people read them", () => {
    const texts: [string, string][] = [
      [amountText(0n, USDC), "0 USDC"],
      [amountText(1_000_000n, USDC), "1 USDC"],
      [amountText(1_500_000n, USDC), "1.50 USDC"],
      [amountText(1_234_567_890_000n, USDC), "1,234,567.89 USDC"],
      [amountText(2n ** 104n, USDC), "20,282,409,603,651,670,423,947,251.28 USDC"],
      [amountText(50n * 10n ** 9n, ACT), "50 ACT"],
      [amountText(10n ** 18n, DAI), "1 DAI"],
      [amountText(1_050_000_000_000_000_000n, DAI), "1.05 DAI"],
      [amountText(1_234n, VOTE), "1,234 VOTE"],
      [amountText(-1_500_000n, USDC), "−1.50 USDC"],
    ];
    for (const [text, expected] of texts) {
      it(`says ${expected}`, () => {
        expect(text).to.equal(expected);
      });
    }

    it("rounds down", () => {
      expect(amountText(1_999_999n, USDC)).to.equal("1.99 USDC");
      expect(amountText(999_999_999_999_999_999n, DAI)).to.equal("0.99 DAI");
    });

    it("does not say nothing where there is little", () => {
      expect(amountText(1n, USDC)).to.equal("< 0.01 USDC");
      expect(amountText(9_999n, USDC)).to.equal("< 0.01 USDC");
      expect(amountText(10_000n, USDC)).to.equal("0.01 USDC");
      expect(amountText(-1n, USDC)).to.equal("> −0.01 USDC");
    });
  });

  describe("as people pay them", () => {
    const texts: [string, string][] = [
      [paidText(0n, USDC), "0 USDC"],
      [paidText(1n, USDC), "0.01 USDC"],
      [paidText(10_000n, USDC), "0.01 USDC"],
      [paidText(10_001n, USDC), "0.02 USDC"],
      [paidText(1_500_000n, USDC), "1.50 USDC"],
      [paidText(1_999_999n, USDC), "2 USDC"],
      [paidText(1_234_567_890_001n, USDC), "1,234,567.90 USDC"],
      [paidText(999_999_999_999_999_999n, DAI), "1 DAI"],
      [paidText(7n, VOTE), "7 VOTE"],
      [paidText(-1n, USDC), "−0.01 USDC"],
    ];
    for (const [text, expected] of texts) {
      it(`says ${expected}`, () => {
        expect(text).to.equal(expected);
      });
    }

    it("says never less than there is", () => {
      for (const units of [1n, 9_999n, 10_001n, 35_000_001n]) {
        const said = parseAmount(paidText(units, USDC).replace(" USDC", ""), USDC);
        expect("units" in said && said.units >= units && said.units - units < 10_000n).to.equal(true);
      }
    });
  });

  describe("with all their decimals", () => {
    const texts: [string, string][] = [
      [exactAmountText(0n, USDC), "0 USDC"],
      [exactAmountText(1n, USDC), "0.000001 USDC"],
      [exactAmountText(1_234_567_891n, USDC), "1,234.567891 USDC"],
      [exactAmountText(1_500_000n, USDC), "1.5 USDC"],
      [exactAmountText(-500_000n, USDC), "−0.5 USDC"],
      [exactAmountText(1n, DAI), "0.000000000000000001 DAI"],
      [exactAmountText(7n, VOTE), "7 VOTE"],
    ];
    for (const [text, expected] of texts) {
      it(`says ${expected}`, () => {
        expect(text).to.equal(expected);
      });
    }
  });

  describe("as people type them", () => {
    const amounts: [string, bigint][] = [
      ["5", 5_000_000n],
      [" 5 ", 5_000_000n],
      ["12.5", 12_500_000n],
      ["12.", 12_000_000n],
      [".5", 500_000n],
      ["0.000001", 1n],
      ["1,234.5", 1_234_500_000n],
      ["1,234,567", 1_234_567_000_000n],
      ["0", 0n],
    ];
    for (const [text, units] of amounts) {
      it(`understands "${text}"`, () => {
        expect(parseAmount(text, USDC)).to.deep.equal({ units });
      });
    }

    const problems: [string, string][] = [
      ["", "Enter an amount."],
      ["   ", "Enter an amount."],
      [".", "Enter a number, such as 12.50."],
      ["abc", "Enter a number, such as 12.50."],
      ["-5", "Enter a number, such as 12.50."],
      ["1e6", "Enter a number, such as 12.50."],
      ["0x10", "Enter a number, such as 12.50."],
      ["1.2.3", "Enter a number, such as 12.50."],
      ["1 000", "Enter a number, such as 12.50."],
      ["1.2345678", "USDC has 6 decimals at most."],
      ["9".repeat(400), "That is more than there can be."],
    ];
    for (const [text, problem] of problems) {
      it(`says what is wrong with "${text.slice(0, 12)}"`, () => {
        expect(parseAmount(text, USDC)).to.deep.equal({ problem });
      });
    }

    it("takes no comma for a point", () => {
      expect(parseAmount("1,5", USDC)).to.deep.equal({ problem: "Enter a number, such as 12.50." });
      expect(parseAmount("1.000,5", USDC)).to.deep.equal({ problem: "Enter a number, such as 12.50." });
    });

    it("takes as many decimals as the token has", () => {
      expect(parseAmount("0.000000000000000001", DAI)).to.deep.equal({ units: 1n });
      expect(parseAmount("1.5", VOTE)).to.deep.equal({ problem: "VOTE has 0 decimals at most." });
    });

    it("reads back what it says exactly", () => {
      for (const units of [1n, 999_999n, 1_000_000n, 123_456_789_012n]) {
        expect(parseAmount(exactAmountText(units, USDC).replace(" USDC", ""), USDC)).to.deep.equal({ units });
      }
    });
  });
});
