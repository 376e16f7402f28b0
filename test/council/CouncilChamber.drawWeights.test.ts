import { expect } from "chai";
import { ACT, type CouncilWorld, stake } from "../fixtures/council.ts";
import { drawSession, openSession } from "../fixtures/council-acts.ts";
import { openPanel, PANEL, voterAt } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";
import { mineBlock } from "../fixtures/stake.ts";

describe("CouncilChamber.drawSession, over many seeds", () => {
  /** Seeds of a test: as many sessions are drawn. */
  const SEEDS = 300n;

  /** What a sum of squares stays below in 999 of 1,000 cases, for four degrees of freedom. */
  const CHI_SQUARE = 18.47;

  let world: CouncilWorld;

  /** How often each of the panel was drawn, by number; sessions of `size`, of `SEEDS` seeds, all opened `before`. */
  const countDraws = async (size: bigint, before = async () => {}) => {
    for (let seed = 1n; seed <= SEEDS; seed++) await openSession(world, { size, fee: 0n });
    await before();
    const counts = PANEL.map(() => 0);
    const numbers = new Map(world.voters.map(({ address }, index) => [address, index]));
    for (let seed = 1n; seed <= SEEDS; seed++) {
      await drawSession(world, seed, seed);
      for (const { agent } of await world.councilChamber.members(seed)) {
        const index = numbers.get(agent);
        if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1;
      }
    }
    return counts;
  };

  const chiSquare = (counts: readonly number[], shares: readonly number[]) =>
    counts.reduce((sum, count, index) => {
      const expected = (shares[index] ?? 0) * Number(SEEDS);
      return sum + (count - expected) ** 2 / expected;
    }, 0);

  const weights = PANEL.map((amount) => Number(amount / ACT(1)) / 20_000);

  beforeEach(async () => {
    world = await load(openPanel);
  });

  it("draws a single member by weight: 5, 10, 15, 20 and 50 %", async () => {
    expect(chiSquare(await countDraws(1n), weights)).to.be.lessThan(CHI_SQUARE);
  });

  it("draws the second of two by weight among the others", async () => {
    // drawn first, or second after another
    const shares = weights.map((own, index) =>
      weights.reduce((sum, other, i) => (i === index ? sum : sum + (other * own) / (1 - other)), own),
    );
    expect(chiSquare(await countDraws(2n), shares)).to.be.lessThan(CHI_SQUARE);
  });

  it("draws by what agents weigh after some have changed", async () => {
    // the fifth leaves, the first weighs 11,000: 55, 10, 15, 20 %
    await stake(world, { by: voterAt(world, 0), amount: ACT(10_000) });
    await world.councilChamber.refreshAgent(voterAt(world, 0));
    await world.councilChamber.connect(voterAt(world, 4)).unregisterAgent();
    const counts = await countDraws(1n);
    expect([chiSquare(counts.slice(0, 4), [0.55, 0.1, 0.15, 0.2]) < CHI_SQUARE, counts[4]]).to.deep.equal([true, 0]);
  });

  for (const [staked, amount] of [
    ["the least", ACT(100)],
    ["a hundred times as much as all", ACT(2_000_000)],
  ] as const) {
    it(`draws by what agents had at the opening, when one has staked ${staked} since`, async () => {
      const counts = await countDraws(1n, async () => {
        await stake(world, { by: voterAt(world, 0), amount });
        await world.councilChamber.refreshAgent(voterAt(world, 0));
        await mineBlock();
      });
      expect(chiSquare(counts, weights)).to.be.lessThan(CHI_SQUARE);
    });
  }
});
