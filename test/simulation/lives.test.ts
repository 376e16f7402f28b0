import { expect } from "chai";
import { HOSTILE_TOKENS } from "../../simulation/deployment.ts";
import { SEEDS } from "../../simulation/seeds.ts";
import { type Outcome, simulate } from "../../simulation/simulate.ts";

/** The longest that a step may take beside other tests, in milliseconds: some ten times what it takes alone. */
const PATIENCE = 400;
/** The same for what comes before the first step. */
const DEPLOYMENT = 120_000;

describe("a life of the whole protocol", () => {
  const outcomes: Outcome[] = [];

  for (const seed of SEEDS) {
    const { steps, until = steps } = seed;
    it(`agrees with the models in ${until} of ${steps} steps from seed ${seed.seed}`, async () => {
      const outcome = await simulate(seed);

      expect(outcome.failure).to.equal(undefined);
      outcomes.push(outcome);
    }).timeout(DEPLOYMENT + until * PATIENCE);
  }

  it("has met every hostile token", () => {
    const met = new Set(outcomes.map(({ summary }) => summary.hostileToken));
    expect([...met]).to.have.members(Object.keys(HOSTILE_TOKENS));
  });

  it("has gone through all mechanisms", () => {
    const done = new Set(outcomes.flatMap(({ summary }) => Object.keys(summary.calls)));
    const kinds = new Set([...done].map((call) => call.slice(0, call.indexOf("."))));
    expect([...kinds]).to.include.members(["market", "venue", "serum", "arguments", "escrow", "staking", "chamber"]);
    expect([...done]).to.include.members(["governor.execute", "registry.setRanks", "chamber.closeSession"]);
  });

  it("has had keepers at work, now and then two at once", () => {
    const seen = new Set(outcomes.flatMap(({ summary }) => Object.keys(summary.keepers)));
    expect([...seen]).to.include.members(["passes", "passes of two at once", "transactions", "absences"]);
  });

  it("names whatever is left when everybody has left", () => {
    const holdings = outcomes.flatMap((outcome) => outcome.holdings);
    const unnamed = holdings.filter(({ held, remainders }) => {
      const named = remainders.reduce((total, { amount }) => total + amount, 0n);
      return held !== named;
    });
    expect(holdings).to.have.length.greaterThan(0);
    expect(unnamed).to.deep.equal([]);
  });
});
