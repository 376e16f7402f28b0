import { expect } from "chai";
import { Side } from "../../sdk/market/side.ts";
import { marketBeliefOf, priceOf, proceedsOfDown, tokensForDown } from "../../sdk/stake/curve.ts";
import { MAX_AMOUNT, sqrtDown, sqrtUp, WAD } from "../../sdk/stake/math.ts";
import { anyMagnitude, randomFrom } from "../fixtures/random.ts";

const EMPTY = { longSupply: 0n, shortSupply: 0n, reserve: 0n };
const [LONG, SHORT] = [Side.Support, Side.Oppose];

describe("stake curve", () => {
  for (const [square, down, up] of [
    [0n, 0n, 0n],
    [1n, 1n, 1n],
    [2n, 1n, 2n],
    [3n, 1n, 2n],
    [4n, 2n, 2n],
    [MAX_AMOUNT * MAX_AMOUNT - 1n, MAX_AMOUNT - 1n, MAX_AMOUNT],
    [MAX_AMOUNT * MAX_AMOUNT, MAX_AMOUNT, MAX_AMOUNT],
  ] as const) {
    it(`takes the root of ${square} as ${down}, or as ${up} rounded up`, () => {
      expect([sqrtDown(square), sqrtUp(square)]).to.deep.equal([down, up]);
    });
  }

  it("finds the root of any square, down and up", () => {
    const random = randomFrom(1);
    for (let k = 0; k < 2_000; k++) {
      const square = anyMagnitude(random, 0n, 2n ** 180n);
      const [down, up] = [sqrtDown(square), sqrtUp(square)];
      expect(down * down <= square && (down + 1n) * (down + 1n) > square, `down ${square}`).to.equal(true);
      expect(up * up >= square && (up === 0n || (up - 1n) * (up - 1n) < square), `up ${square}`).to.equal(true);
    }
  });

  it("sells the first tokens of an empty pool for a unit each", () => {
    expect(tokensForDown(EMPTY, LONG, 300n)).to.equal(300n);
  });

  it("sells more tokens than units where the side is cheap, rounded down", () => {
    // 300 SHORT stand against LONG: L = floor(sqrt(400^2 - 300^2)) = floor(264.57)
    expect(tokensForDown({ longSupply: 0n, shortSupply: 300n, reserve: 300n }, LONG, 100n)).to.equal(264n);
  });

  it("pays for tokens what the cost falls by, rounded down", () => {
    // 500 - ceil(sqrt(200^2 + 300^2)) = 500 - ceil(360.56)
    expect(proceedsOfDown({ longSupply: 400n, shortSupply: 300n, reserve: 500n }, LONG, 200n)).to.equal(139n);
  });

  it("pays nothing for tokens that are worth less than a unit", () => {
    expect(proceedsOfDown({ longSupply: 1n, shortSupply: 300n, reserve: 301n }, LONG, 1n)).to.equal(1n);
    expect(proceedsOfDown({ longSupply: 2n, shortSupply: 300n, reserve: 301n }, LONG, 1n)).to.equal(0n);
  });

  it("gives the rest of the reserve for the last tokens of the pool", () => {
    expect(proceedsOfDown({ longSupply: 0n, shortSupply: 300n, reserve: 307n }, SHORT, 300n)).to.equal(307n);
  });

  it("prices a 3-4-5 pool at 0.6 and 0.8, and believes 0.36", () => {
    const pool = { longSupply: 300n, shortSupply: 400n, reserve: 500n };
    expect([priceOf(pool, LONG), priceOf(pool, SHORT), marketBeliefOf(pool)]).to.deep.equal([
      6n * 10n ** 17n,
      8n * 10n ** 17n,
      36n * 10n ** 16n,
    ]);
  });

  it("prices both sides of an empty pool at one, and believes a half", () => {
    expect([priceOf(EMPTY, LONG), priceOf(EMPTY, SHORT), marketBeliefOf(EMPTY)]).to.deep.equal([WAD, WAD, WAD / 2n]);
  });

  it("gives at least a token a unit, keeps its reserve above the cost and never pays a round trip", () => {
    const random = randomFrom(2);
    for (let k = 0; k < 2_000; k++) {
      const longSupply = anyMagnitude(random, 0n, 2n ** 84n);
      const shortSupply = anyMagnitude(random, 0n, 2n ** 84n);
      const reserve = sqrtUp(longSupply ** 2n + shortSupply ** 2n) + anyMagnitude(random, 0n, 1_000n);
      const paid = anyMagnitude(random, 1n, 2n ** 84n);
      const tokens = tokensForDown({ longSupply, shortSupply, reserve }, LONG, paid);
      const after = { longSupply: longSupply + tokens, shortSupply, reserve: reserve + paid };
      expect(tokens >= paid, "a token costs at most a unit").to.equal(true);
      expect(after.reserve ** 2n >= after.longSupply ** 2n + shortSupply ** 2n, "covered").to.equal(true);
      const slack = reserve - sqrtUp(longSupply ** 2n + shortSupply ** 2n);
      expect(proceedsOfDown(after, LONG, tokens) <= paid + slack, "round trip").to.equal(true);
    }
  });
});
