import { expect } from "chai";
import { CommanderError } from "commander";
import { parseChoice } from "../../scripts/campaigns/main.ts";
import {
  configOfRound,
  countCalls,
  DEFAULT_CALLS,
  INPUTS,
  MECHANISMS,
  mechanismOf,
  SHAPES,
  seedOfRound,
  shapeOfRound,
} from "../../scripts/campaigns/rounds.ts";

/** A suite as the runner tells of it: a campaign of so many calls for each number, after a test that is none. */
function suite(source: string, ...calls: bigint[]) {
  const campaigns = calls.map((count) => ({ kind: { runs: 1n, calls: count, reverts: 0n } }));
  return { id: { source }, testResults: [{ kind: { consumedGas: 1n } }, ...campaigns] };
}

const count = (...suites: ReturnType<typeof suite>[]) => countCalls(suites as never);

describe("rounds of campaigns", () => {
  it("draw from another seed each", () => {
    const seeds = [0, 1, 2].flatMap((seed) => [1, 2, 3].map((round) => seedOfRound(seed, round)));
    expect(new Set(seeds)).to.have.length(9);
  });

  it("have seeds of 32 bytes", () => {
    expect(seedOfRound(2 ** 32 - 1, 7)).to.equal(`0x${"0".repeat(48)}ffffffff00000007`);
  });

  it("keep what the configuration says of a test, but for shape and seed", () => {
    const base = { test: { solidity: { ffi: false, invariant: { runs: 1, depth: 2, failOnRevert: true } } } };
    expect(configOfRound(base, 3, 4).test?.solidity).to.deep.equal({
      ffi: false,
      fuzz: { runs: INPUTS, seed: seedOfRound(3, 4) },
      invariant: { ...SHAPES.most, failOnRevert: true },
    });
  });

  it("are deeper every eighth time", () => {
    const depths = Array.from({ length: 17 }, (_, i) => shapeOfRound(i + 1).depth);
    expect(depths.flatMap((depth, i) => (depth === SHAPES.eighth.depth ? [i + 1] : []))).to.deep.equal([8, 16]);
  });

  it("have as many calls whatever their shape", () => {
    const [most, eighth] = [SHAPES.most, SHAPES.eighth].map(({ runs, depth }) => runs * depth);
    expect(most).to.equal(eighth);
  });

  it("know a mechanism by its folder", () => {
    expect(mechanismOf("project/test/solidity/query/QueryEscrow.invariants.t.sol")).to.equal("query");
  });

  it("know it by folders as Windows writes them", () => {
    expect(mechanismOf("C:\\credence\\test\\solidity\\stake\\StakeVault.invariants.t.sol")).to.equal("stake");
  });

  it("take what all share for nobody's", () => {
    expect(mechanismOf("project/test/solidity/utils/Pace.t.sol")).to.equal(undefined);
  });

  it("add up the calls of a mechanism's suites", () => {
    const counts = count(suite("test/solidity/stake/A.t.sol", 5n, 6n), suite("test/solidity/stake/B.t.sol", 7n));
    expect([...counts]).to.deep.equal([["stake", { campaigns: 3, calls: 18 }]]);
  });

  it("count nothing for a suite without campaigns", () => {
    expect([...count(suite("test/solidity/market/MarketMath.t.sol"))]).to.deep.equal([]);
  });
});

describe("npm run test:long", () => {
  it("runs everything by default", () => {
    const targets = ["fuzz", ...MECHANISMS];
    expect(parseChoice([])).to.deep.equal({ targets, seed: 1, round: 1, calls: DEFAULT_CALLS });
  });

  it("runs what it is told, from a round on", () => {
    const args = ["market", "council", "--seed", "7", "--round", "3", "--calls", "1000"];
    expect(parseChoice(args)).to.deep.equal({ targets: ["market", "council"], seed: 7, round: 3, calls: 1000 });
  });

  for (const args of [["markets"], ["--seed", "x"], ["--seed", "-1"], ["--round", "0"], ["--calls", "1.5"]]) {
    it(`refuses ${args.join(" ")}`, () => {
      expect(() => parseChoice(args, () => {})).to.throw(CommanderError);
    });
  }
});
