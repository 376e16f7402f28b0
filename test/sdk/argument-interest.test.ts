import { expect } from "chai";
import { interestDown, splitInterest, splitSlash } from "../../sdk/argument/interest.ts";
import { quoteStakeLimit } from "../../sdk/argument/limit.ts";
import { ARGUMENT_RULES, act, YEAR } from "../fixtures/amounts.ts";
import { INTEREST_OF_10, INTEREST_OF_50 } from "./argument-fixtures.ts";

describe("argument staking: quotes", () => {
  describe("interest", () => {
    it("on 50 for 7 days at 25 % is 350/1460, rounded down to the unit", () => {
      expect(interestDown(act(50), ARGUMENT_RULES)).to.equal(INTEREST_OF_50);
    });

    it("on 10 for 7 days at 25 % is 70/1460, rounded down to the unit", () => {
      expect(interestDown(act(10), ARGUMENT_RULES)).to.equal(INTEREST_OF_10);
    });

    it("for a year is the rate", () => {
      expect(interestDown(1_000n, { interestRateBps: 2_500n, period: YEAR })).to.equal(250n);
    });

    it("is rounded down to nothing", () => {
      expect(interestDown(3n, { interestRateBps: 2_500n, period: YEAR })).to.equal(0n);
    });

    it("is nothing at a rate of 0", () => {
      expect(interestDown(act(50), { interestRateBps: 0n, period: YEAR })).to.equal(0n);
    });
  });

  describe("the interest of an upvote", () => {
    it("is split into halves", () => {
      const half = INTEREST_OF_10 / 2n;
      expect(splitInterest(INTEREST_OF_10, 5_000n)).to.deep.equal({ creator: half, upvoter: half });
    });

    it("leaves the odd unit to the upvoter", () => {
      expect(splitInterest(7n, 5_000n)).to.deep.equal({ creator: 3n, upvoter: 4n });
    });

    it("is all the upvoter's at a share of 0", () => {
      expect(splitInterest(7n, 0n)).to.deep.equal({ creator: 0n, upvoter: 7n });
    });

    it("is all the creator's at a share of 100 %", () => {
      expect(splitInterest(7n, 10_000n)).to.deep.equal({ creator: 7n, upvoter: 0n });
    });
  });

  describe("a slashed stake", () => {
    it("of 50 gives each of five markers 2.5", () => {
      expect(splitSlash(act(50), 2_500n, 5n)).to.deep.equal({ curatorReward: act("2.5"), toReserve: act("37.5") });
    });

    it("is rounded down twice, in favour of the reserve", () => {
      // a quarter of 103 is 25.75; a third of 25 is 8.33
      expect(splitSlash(103n, 2_500n, 3n)).to.deep.equal({ curatorReward: 8n, toReserve: 79n });
    });

    it("goes to the reserve where the markers' part is less than a unit each", () => {
      expect(splitSlash(11n, 2_500n, 3n)).to.deep.equal({ curatorReward: 0n, toReserve: 11n });
    });

    it("is the only marker's at a share of 100 %", () => {
      expect(splitSlash(11n, 10_000n, 1n)).to.deep.equal({ curatorReward: 11n, toReserve: 0n });
    });
  });

  describe("stake limit", () => {
    it("of 66.7 % is not reached by 200 of 300", () => {
      const quote = quoteStakeLimit({ staked: 200n, total: 300n }, ARGUMENT_RULES);
      expect(quote).to.deep.equal({ stakedBps: 6_666n, isReached: false });
    });

    it("of 66.7 % is reached by 210 of 310", () => {
      const quote = quoteStakeLimit({ staked: 210n, total: 310n }, ARGUMENT_RULES);
      expect(quote).to.deep.equal({ stakedBps: 6_774n, isReached: true });
    });

    it("is reached by exactly the limit", () => {
      expect(quoteStakeLimit({ staked: 667n, total: 1_000n }, ARGUMENT_RULES).isReached).to.equal(true);
    });

    it("is not reached where there is nothing", () => {
      const quote = quoteStakeLimit({ staked: 0n, total: 0n }, ARGUMENT_RULES);
      expect(quote).to.deep.equal({ stakedBps: 0n, isReached: false });
    });
  });
});
