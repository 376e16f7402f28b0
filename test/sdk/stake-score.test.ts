import { expect } from "chai";
import { consensusOf, divergence, scoreOf, weightedMeans } from "../../sdk/stake/score.ts";
import { expectClose, wad } from "./stake-fixtures.ts";

const said = (belief: number, meta: number, weight = 1n) => ({ belief: wad(belief), meta: wad(meta), weight });

describe("stake score", () => {
  it("is what others underestimate: KL(0.5 || 0.2) = ln 1.25 where all else agrees", () => {
    expectClose(scoreOf(said(0.5, 0.5), said(0.5, 0.2)), Math.log(1.25), 1e-15);
  });

  it("charges for a wrong prediction of others what it cost", () => {
    expectClose(scoreOf(said(0.5, 0.2), said(0.5, 0.5)), -Math.log(1.25), 1e-15);
  });

  it("charges for standing away from the others", () => {
    // KL(0.8 || 0.5) - KL(0.8 || 0.4) - KL(0.4 || 0.4)
    const expected = 0.8 * Math.log(0.4 / 0.5) + 0.2 * Math.log(0.6 / 0.5);
    expectClose(scoreOf(said(0.8, 0.4), said(0.4, 0.5)), expected, 1e-15);
  });

  it("is nothing where a person says what all others say", () => {
    expect(scoreOf(said(0.7, 0.6), said(0.7, 0.6))).to.equal(0);
  });

  it("is the form of four logarithms of the rules", () => {
    const [p, m, othersP, othersM] = [0.83, 0.37, 0.61, 0.44];
    const gained = p * Math.log(othersP / othersM) + (1 - p) * Math.log((1 - othersP) / (1 - othersM));
    const missed = othersP * Math.log(othersP / m) + (1 - othersP) * Math.log((1 - othersP) / (1 - m));
    expectClose(scoreOf(said(p, m), said(othersP, othersM)), gained - missed, 1e-15);
  });

  it("never rises above one", () => {
    expect(scoreOf(said(0.99, 0.99), said(0.99, 0.01))).to.equal(1);
  });

  it("never falls below minus one", () => {
    expect(scoreOf(said(0.99, 0.01), said(0.99, 0.99))).to.equal(-1);
  });

  it("takes certainty for 99 per cent", () => {
    expect(scoreOf(said(1, 0), said(0.9, 0.2))).to.equal(scoreOf(said(0.99, 0.01), said(0.9, 0.2)));
  });

  it("measures no divergence of a probability from itself", () => {
    expect(divergence(0.3, 0.3)).to.equal(0);
  });

  it("weighs means by what is locked, rounded down", () => {
    expect(weightedMeans([said(1, 0, 2n), said(0, 1, 1n)])).to.deep.equal({
      belief: 666_666_666_666_666_666n,
      meta: 333_333_333_333_333_333n,
    });
  });

  it("has no means of nobody", () => {
    expect(weightedMeans([])).to.deep.equal({ belief: 0n, meta: 0n });
  });

  it("finds popular what more say than were expected to", () => {
    expect(consensusOf([said(0.9, 0.4, 1n), said(0.5, 0.3, 1n)])).to.deep.equal({
      consensus: wad(0.7),
      meanMeta: wad(0.35),
      supportShare: wad(0.5), // a belief of exactly 0.5 is no support
      isSurprisinglyPopular: true,
    });
  });

  it("does not find popular what is exactly as popular as expected", () => {
    expect(consensusOf([said(0.9, 0.5), said(0.1, 0.5)]).isSurprisinglyPopular).to.equal(false);
  });

  it("compares support and expectation before rounding", () => {
    // support 1/3, expected mean (1e18 - 1) / 3e18: both round down to 0.333333333333333333
    const metas = [wad(1) - 1n, 0n, 0n];
    const beliefs = metas.map((meta, index) => ({ belief: index === 0 ? wad(1) : 0n, meta, weight: 1n }));
    const { supportShare, meanMeta, isSurprisinglyPopular } = consensusOf(beliefs);
    expect([supportShare, meanMeta, isSurprisinglyPopular]).to.deep.equal([
      333_333_333_333_333_333n,
      333_333_333_333_333_333n,
      true,
    ]);
  });
});
