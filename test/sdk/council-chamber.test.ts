import { expect } from "chai";
import { decisionOf, NO_DECISION, sessionShares, voteWeightDown } from "../../sdk/council/chamber.ts";

const vote = (option: bigint, weight: bigint) => ({ option, weight });

describe("council sessions", () => {
  it("decide for the option with most weight", () => {
    expect(decisionOf([vote(0n, 5n), vote(2n, 3n), vote(2n, 3n)], 3n)).to.equal(2n);
  });

  it("decide nothing where two options have most", () => {
    expect(decisionOf([vote(0n, 5n), vote(1n, 5n), vote(2n, 1n)], 3n)).to.equal(NO_DECISION);
  });

  it("decide nothing where no vote weighs anything", () => {
    expect(decisionOf([vote(0n, 0n)], 2n)).to.equal(NO_DECISION);
  });

  it("share half equally and half by weight on the decision", () => {
    const { shares, left } = sessionShares(100n, [vote(0n, 3n), vote(0n, 2n), vote(1n, 4n)], 2n);
    // 50 equally: 16 each, 2 left; 50 by weight: 30 and 20
    expect([shares, left]).to.deep.equal([[46n, 36n, 16n], 2n]);
  });

  it("share all of it equally where nothing is decided", () => {
    expect(sessionShares(101n, [vote(0n, 1n), vote(1n, 1n)], 2n)).to.deep.equal({ shares: [50n, 50n], left: 1n });
  });

  it("leave everything where nobody voted", () => {
    expect(sessionShares(101n, [], 2n)).to.deep.equal({ shares: [], left: 101n });
  });

  it("weigh the power itself", () => {
    expect(voteWeightDown(99n, false)).to.equal(99n);
  });

  it("weigh its square root, rounded down", () => {
    const powers = [0n, 1n, 3n, 4n, 99n, 100n, 10n ** 36n - 1n, 10n ** 36n];
    expect(powers.map((power) => voteWeightDown(power, true))).to.deep.equal([
      0n,
      1n,
      1n,
      2n,
      9n,
      10n,
      10n ** 18n - 1n,
      10n ** 18n,
    ]);
  });
});
