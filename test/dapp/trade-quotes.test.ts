import { expect } from "chai";
import {
  impactOfBuy,
  impactOfSale,
  leastAcceptable,
  lockOfPurchase,
  parseSlippage,
  priceInUnits,
  slippageWarning,
} from "../../dapp/src/pages/claim/trade/quotes.ts";
import { Side } from "../../sdk/market/side.ts";
import { marketBeliefOf, priceOf, proceedsOfDown, tokensForDown } from "../../sdk/stake/curve.ts";
import { WAD } from "../../sdk/stake/math.ts";

const USDC = 1_000_000n;

/** After a purchase of 1,000 of LONG with a skim of 20, and of 500 of SHORT with one of 10: docs/stake.md. */
const POOL = { longSupply: 980n * USDC, shortSupply: 1_095_673_308n, reserve: 1_470n * USDC };
const EMPTY = { longSupply: 0n, shortSupply: 0n, reserve: 0n };

describe("dapp: what a trade comes to", () => {
  describe("slippage", () => {
    it("takes percentages with up to two decimals", () => {
      for (const [text, bps] of [
        ["0.5", 50n],
        ["0", 0n],
        [" 1.25 % ", 125n],
        ["3.", 300n],
        ["50", 5_000n],
      ] as const) {
        expect(parseSlippage(text)).to.deep.equal({ bps });
      }
    });

    it("says why something is none", () => {
      for (const text of ["", "a", "-1", "0.123", "1e1"]) expect(parseSlippage(text)).to.have.property("problem");
      expect(parseSlippage("50.01")).to.deep.equal({ problem: "A slippage limit is 50 % at most." });
    });

    it("warns of more than 5 %", () => {
      for (const bps of [0n, 50n, 500n]) expect(slippageWarning(bps)).to.equal(undefined);
      for (const bps of [501n, 5_000n]) expect(slippageWarning(bps)).to.match(/^This limit is large/);
    });

    it("accepts no less than the quote less the limit, rounded down", () => {
      const tokens = tokensForDown(POOL, Side.Support, 100n * USDC);
      expect(leastAcceptable(tokens, 0n)).to.equal(tokens);
      expect(leastAcceptable(tokens, 50n)).to.equal((tokens * 9_950n) / 10_000n);
      expect(leastAcceptable(1n, 1n)).to.equal(0n);
    });
  });

  it("locks two per cent", () => {
    expect(lockOfPurchase(1_000n * USDC)).to.equal(20n * USDC);
    expect(lockOfPurchase(99n)).to.equal(1n);
  });

  it("shows a price in units of the asset", () => {
    expect(priceInUnits(priceOf(POOL, Side.Support), 6)).to.equal((priceOf(POOL, Side.Support) * USDC) / WAD);
    expect(priceInUnits(WAD, 6)).to.equal(USDC);
  });

  it("tells how a purchase moves the pool, the skim left out", () => {
    const [amount, skim] = [500n * USDC, 10n * USDC];
    const tokens = tokensForDown(POOL, Side.Oppose, amount - skim);
    const moved = { ...POOL, shortSupply: POOL.shortSupply + tokens, reserve: POOL.reserve + amount - skim };
    const impact = impactOfBuy(POOL, Side.Oppose, amount, { tokens, skim });
    expect(tokens).to.equal(601_736_483n);
    expect(impact.priceBefore).to.equal(priceOf(POOL, Side.Oppose));
    expect(impact.priceAfter).to.equal(priceOf(moved, Side.Oppose));
    expect(impact.beliefAfter).to.equal(marketBeliefOf(moved));
    expect(impact.averagePrice > impact.priceBefore && impact.averagePrice < impact.priceAfter).to.equal(true);
    expect(impact.impact).to.equal(((impact.averagePrice - impact.priceBefore) * WAD) / impact.priceBefore);
  });

  it("tells how a sale moves the pool", () => {
    const tokens = 200n * USDC;
    const impact = impactOfSale(POOL, Side.Support, tokens);
    expect(impact.averagePrice).to.equal((proceedsOfDown(POOL, Side.Support, tokens) * WAD) / tokens);
    expect(impact.averagePrice < impact.priceBefore && impact.averagePrice > impact.priceAfter).to.equal(true);
    expect(impact.beliefAfter < marketBeliefOf(POOL)).to.equal(true);
    expect((impact.impact ?? 0n) > 0n).to.equal(true);
  });

  it("has no impact to tell where a side has no tokens yet", () => {
    const first = impactOfBuy(EMPTY, Side.Support, 100n * USDC, { tokens: 98n * USDC, skim: 2n * USDC });
    expect(first).to.deep.include({ averagePrice: WAD, priceAfter: WAD, impact: undefined, beliefAfter: WAD });
    const onlyLong = { longSupply: 98n * USDC, shortSupply: 0n, reserve: 98n * USDC };
    const tokens = tokensForDown(onlyLong, Side.Oppose, USDC);
    expect(impactOfBuy(onlyLong, Side.Oppose, USDC, { tokens, skim: 0n }).impact).to.equal(undefined);
  });

  it("leaves an empty pool after the last sale", () => {
    const onlyLong = { longSupply: 98n * USDC, shortSupply: 0n, reserve: 98n * USDC };
    expect(impactOfSale(onlyLong, Side.Support, 98n * USDC).beliefAfter).to.equal(WAD / 2n);
  });
});
