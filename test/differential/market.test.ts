import { expect } from "chai";
import { RULES } from "../fixtures/amounts.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { extraSeeds, randomFrom, randomParams } from "../fixtures/random.ts";
import { MarketHistory } from "./market-history.ts";

// A seed that ever failed stays in the list for good. CREDENCE_SEEDS adds others: `CREDENCE_SEEDS=100-149 npm test`.
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const STEPS = 150;

describe("belief market against its reference model", () => {
  const total: Record<string, number> = {};

  for (const seed of [...SEEDS, ...extraSeeds(process.env.CREDENCE_SEEDS)]) {
    it(`agrees in every figure through ${STEPS} random actions from seed ${seed}`, async () => {
      const random = randomFrom(seed);
      const protocol = await load(protocolFixture);
      // One in four under the rules that examples use, so that fees and caps of ordinary size are met often.
      const rules = seed % 4 === 0 ? RULES : randomParams(random);

      const history = await MarketHistory.begin(protocol, rules, random);
      for (let step = 0; step < STEPS; step++) await history.step();
      await history.end();

      for (const [what, count] of Object.entries(history.done)) total[what] = (total[what] ?? 0) + count;
    });
  }

  it("did everything often, and was refused everything that can be refused", () => {
    for (const action of ["commit", "claimRewards", "withdraw", "exitEarly"]) {
      expect(total[action], action).to.be.greaterThan(40);
      expect(total[`${action} refused`], `${action} refused`).to.be.greaterThan(20);
    }
    expect(total.distribute).to.be.greaterThan(100);
    expect(total["released something"]).to.be.greaterThan(20);
  });
});
