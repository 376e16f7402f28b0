import { expect } from "chai";
import { audit, type MarketAccounts } from "../../scripts/demo/market/accounts.ts";

/** 100 came in, 70 went back as principal and 20 as rewards, 10 are left. */
const MARKET: MarketAccounts = {
  claim: "A",
  paidIn: 100n,
  fees: 12n,
  principalReturned: 70n,
  penalties: 4n,
  rewardsPaid: 20n,
  snapshots: [
    { moment: "after 1 day", books: 55n, balance: 55n },
    { moment: "at the end", books: 10n, balance: 10n },
  ],
};
const PURSE = { before: 100n, after: 90n };

function failures(markets: MarketAccounts[], purse = PURSE): [string, bigint][] {
  const { checks } = audit(markets, [purse]);
  return checks.filter((check) => check.difference !== 0n).map((check) => [check.equation, check.difference]);
}

describe("the audit of the demo", () => {
  it("adds up all markets and finds nothing missing", () => {
    const { totals, isConserved } = audit([MARKET, { ...MARKET, claim: "B" }], [PURSE, PURSE]);
    expect(isConserved).to.equal(true);
    expect(totals).to.deep.equal({
      paidIn: 200n,
      fees: 24n,
      principalReturned: 140n,
      penalties: 8n,
      rewardsPaid: 40n,
      held: 20n,
      difference: 0n,
    });
  });

  it("notices a unit that events and balance of a market do not agree on", () => {
    const market = { ...MARKET, rewardsPaid: 21n };
    expect(audit([market], [PURSE])).to.include({ isConserved: false });
    expect(failures([market])).to.deep.equal([["A: paid in = returned + rewards + balance", -1n]]);
  });

  it("notices a unit that a market's books and the token do not agree on, at any moment", () => {
    const snapshots = [{ moment: "after 1 day", books: 56n, balance: 55n }, ...MARKET.snapshots.slice(1)];
    expect(failures([{ ...MARKET, snapshots }])).to.deep.equal([["A: balance = principal + SRP, after 1 day", -1n]]);
  });

  it("notices a unit that left people's purses and did not arrive", () => {
    expect(failures([MARKET], { before: 100n, after: 89n })).to.deep.equal([
      ["people's balance changes + markets' balances = 0", -1n],
    ]);
  });

  it("does not let a surplus in one market make up for a loss in another", () => {
    const lost = { ...MARKET, rewardsPaid: 19n };
    const found = { ...MARKET, rewardsPaid: 21n };
    const result = audit([lost, found], [PURSE, PURSE]);
    expect([result.totals.difference, result.isConserved]).to.deep.equal([0n, false]);
  });
});
