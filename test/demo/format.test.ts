import { expect } from "chai";
import {
  actBrief,
  actExact,
  actFull,
  actShort,
  actUnits,
  percent,
  plural,
  share,
  signedShare,
  usdcDown,
  usdcExact,
  wrapped,
} from "../../scripts/demo/format.ts";

describe("figures for people", () => {
  it("amounts to the unit have six decimals and thousands separators", () => {
    expect([0n, 1n, 1_234_567_890_123n, -1n].map(usdcExact)).to.deep.equal([
      "0.000000",
      "0.000001",
      "1,234,567.890123",
      "-0.000001",
    ]);
  });

  it("amounts in cents are rounded down", () => {
    expect([9_999n, 10_000n, 1_234_999_999n].map(usdcDown)).to.deep.equal(["0.00", "0.01", "1,234.99"]);
  });

  it("ACT is told to the unit with all nine decimals", () => {
    expect([0n, 1_200n * 10n ** 9n + 5n].map(actFull)).to.deep.equal(["0.000000000", "1,200.000000005"]);
  });

  it("ACT is told to the unit without zeros at the end", () => {
    expect([0n, 1n, 1_200n * 10n ** 9n, -(5n * 10n ** 8n)].map(actExact)).to.deep.equal([
      "0",
      "0.000000001",
      "1,200",
      "-0.5",
    ]);
  });

  it("an amount of ACT is its units", () => {
    expect(["0", "0.000000001", "1200", "2.5"].map(actUnits)).to.deep.equal([
      0n,
      1n,
      1_200n * 10n ** 9n,
      25n * 10n ** 8n,
    ]);
  });

  it("tokens in four decimals are rounded towards zero, and nothing has no sign", () => {
    const units = [1_234_599_999n, -1_234_599_999n, 99_999n, -99_999n];
    expect(units.map(actShort)).to.deep.equal(["1.2345", "-1.2345", "0.0000", "0.0000"]);
  });

  it("brief tokens have no zeros at the end", () => {
    expect([0n, 50n * 10n ** 9n, 25n * 10n ** 8n, 239_726_027n].map(actBrief)).to.deep.equal([
      "0",
      "50",
      "2.5",
      "0.2397",
    ]);
  });

  it("texts are broken between words", () => {
    expect(wrapped("one two  three\nfour incomprehensible", 9)).to.deep.equal([
      "one two",
      "three",
      "four",
      "incomprehensible",
    ]);
  });

  it("percentages have one decimal, rounded to the nearest", () => {
    const wads = [0n, 10n ** 18n, 5n * 10n ** 17n, 499_499_999_999_999_999n, 499_500_000_000_000_000n];
    expect(wads.map(percent)).to.deep.equal(["0.0 %", "100.0 %", "50.0 %", "49.9 %", "50.0 %"]);
  });

  it("shares have as many decimals as are asked for", () => {
    const wad = 186_549_999_999_999_999n;
    expect([share(wad), share(wad, 2), share(12n * 10n ** 20n, 2)]).to.deep.equal(["18.7", "18.65", "120,000.00"]);
  });

  it("gains and losses have a sign, and what rounds to nothing has none", () => {
    const wads = [186_500_000_000_000_000n, -(10n ** 18n), 0n, 499_999_999_999_999n, -499_999_999_999_999n];
    expect(wads.map(signedShare)).to.deep.equal(["+18.7", "-100.0", "0.0", "0.0", "0.0"]);
  });

  it("counts agree with their nouns", () => {
    expect([plural(1, "unit"), plural(0n, "unit"), plural(2_000, "person", "people")]).to.deep.equal([
      "1 unit",
      "0 units",
      "2,000 people",
    ]);
  });
});
