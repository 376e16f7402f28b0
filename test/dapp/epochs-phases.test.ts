import { expect } from "chai";
import { parsePercent, scoreText } from "../../dapp/src/pages/claim/epochs/percent.ts";
import { phaseOf, stretchesOf } from "../../dapp/src/pages/claim/epochs/phases.ts";
import { scheduleOf } from "../../sdk/stake/schedule.ts";

const RULES = { startedAt: 1_000n, epochLength: 700n, revealWindow: 300n };
const SECOND = scheduleOf(RULES, 1n); // 1,700, 2,400, 2,700

describe("dapp: the course of an epoch", () => {
  it("changes phase with the first second of the next", () => {
    for (const [now, phase] of [
      [1_699n, "ahead"],
      [1_700n, "commits"],
      [2_399n, "commits"],
      [2_400n, "opening"],
      [2_699n, "opening"],
      [2_700n, "settling"],
    ] as const) {
      expect(phaseOf(SECOND, now), String(now)).to.equal(phase);
    }
  });

  it("draws commits and opening by their lengths, and how much of each is over", () => {
    const over = (now: bigint) => stretchesOf(SECOND, now).map((stretch) => stretch.over);
    expect(stretchesOf(SECOND, 1_875n)).to.deep.equal([
      { name: "commits", from: 1_700n, to: 2_400n, share: 70, over: 25 },
      { name: "opening", from: 2_400n, to: 2_700n, share: 30, over: 0 },
    ]);
    expect(over(0n)).to.deep.equal([0, 0]);
    expect(over(2_550n)).to.deep.equal([100, 50]);
    expect(over(9_999n)).to.deep.equal([100, 100]);
  });
});

describe("dapp: percentages of a belief", () => {
  it("takes 0 to 100 with up to two decimals", () => {
    for (const [text, bps] of [
      ["0", 0n],
      ["100", 10_000n],
      ["62.5", 6_250n],
      [" 33.33 %", 3_333n],
      ["7.", 700n],
    ] as const) {
      expect(parsePercent(text)).to.deep.equal({ wad: bps * 10n ** 14n });
    }
  });

  it("says why something is none", () => {
    for (const text of ["", "-1", "100.01", "1.234", "abc", "1e2"]) {
      expect(parsePercent(text), text).to.have.property("problem");
    }
  });

  it("shows a score with its sign", () => {
    expect(scoreText(321_039_000_000_000_000n)).to.equal("+0.321");
    expect(scoreText(-(10n ** 18n))).to.equal("−1.000");
    expect(scoreText(-9_999n)).to.equal("−0.000");
    expect(scoreText(0n)).to.equal("0.000");
  });
});
