import { expect } from "chai";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { absent, ID, SMALL_STORY, type Story, vote } from "../fixtures/query-play.ts";
import { eventsIn, expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

/** Two judges for the first of two good answers, and one for the second: five to three. */
const DISPUTED: Story = {
  answers: ["opened", "opened"],
  verdicts: [vote([0, 1]), vote([1, 0]), vote([0, 1])],
  strengths: [5n, 3n],
};

// The asker pays 35 dollars: 24.50 for answers, 10.50 for judges; an answerer stakes 3.50, a judge 2.10. With k judges
// for the first of two answers and l for the second, the virtual judge's halves added, it is 2k + 1 to 2l + 1.
describe("QueryEscrow.settle, when an answer is good", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when all who joined delivered well", () => {
    it("pays the answerers seven tenths by strength, the judge the rest, to each the stake, the asker nothing", async () => {
      // 24.5 * 3/4 + 3.5, 24.5 * 1/4 + 3.5, 10.5 + 2.1
      const expected = { asker: 0n, answerers: [usdc("21.875"), usdc("9.625")], judges: [usdc("12.6")] };
      await expectPayouts(world, SMALL_STORY, expected);
    });

    it("pays the judge what flooring seven tenths leaves", async () => {
      // At rank 7, stakes of 68.205098, 6.820509 and 4.092305. Seven tenths are 47.743568: 35.807676 and 11.935892.
      const expected = {
        asker: 0n,
        answerers: [35_807_676n + 6_820_509n, 11_935_892n + 6_820_509n],
        judges: [20_461_530n + 4_092_305n],
      };
      await expectPayouts(world, { ...SMALL_STORY, minRank: 7n }, expected);
    });

    it("pays to the unit at the highest stakes", async () => {
      // 1.1^42 = 54.7636992...: stakes of 8762.191877, 191.672947 and 525.731512. Seven tenths are 6133.534313: by
      // quarters 4600.150734 and 1533.383578, and a unit is left; the rest is 2628.657564.
      const expected = {
        asker: 0n,
        answerers: [4_600_150_735n + 191_672_947n, 1_533_383_578n + 191_672_947n],
        judges: [2_628_657_564n + 525_731_512n],
      };
      await expectPayouts(world, { ...SMALL_STORY, minRank: 42n, minAnswers: 32n }, expected);
    });

    it("emits Credited in the order of joining, and QuerySettled with all that are good", async () => {
      const events = await eventsIn(world, await playAndSettle(world, { ...SMALL_STORY, opening: [1, 0] }));
      expect(events).to.deep.equal([
        ["Credited", ID, world.answerers[0]?.address, usdc("9.625")],
        ["Credited", ID, world.answerers[1]?.address, usdc("21.875")],
        ["Credited", ID, world.judges[0]?.address, usdc("12.6")],
        ["QuerySettled", ID, Outcome.Normal, 0b11n, 0b1n],
      ]);
    });
  });

  describe("when an answer is bad", () => {
    it("pays its stake to the good answer, with all that is for answers", async () => {
      // 24.5 + 2 * 3.5
      const expected = { asker: 0n, answerers: [usdc("31.5"), 0n], judges: [usdc("12.6")] };
      await expectPayouts(world, { ...SMALL_STORY, verdicts: [vote([0, 1], [0])] }, expected);
    });

    it("pays a good answer that is weaker than a bad one", async () => {
      const expected = { asker: 0n, answerers: [0n, usdc("31.5")], judges: [usdc("12.6")] };
      await expectPayouts(world, { ...SMALL_STORY, verdicts: [vote([0, 1], [1])] }, expected);
    });

    it("pays its stake to the good answers by their strengths, without its own", async () => {
      // All pairs of the three are ties: wins of 3 each. 24.5 + 3.5 by halves, and the stake.
      const story: Story = {
        answers: ["opened", "opened", "opened"],
        verdicts: [vote([0, 1, 2], [0, 2]), vote([1, 2, 0], [0, 2]), vote([2, 0, 1], [0, 2])],
        strengths: [1n, 1n, 1n],
      };
      // The judges are as close as one another: 10.5 / 3 + 2.1.
      const judges = [usdc("5.6"), usdc("5.6"), usdc("5.6")];
      await expectPayouts(world, story, { asker: 0n, answerers: [usdc("17.5"), 0n, usdc("17.5")], judges });
    });

    it("emits QuerySettled with the good answers, and Credited for them", async () => {
      const events = await eventsIn(
        world,
        await playAndSettle(world, { ...SMALL_STORY, verdicts: [vote([0, 1], [1])] }),
      );
      expect(events).to.deep.equal([
        ["Credited", ID, world.answerers[1]?.address, usdc("31.5")],
        ["Credited", ID, world.judges[0]?.address, usdc("12.6")],
        ["QuerySettled", ID, Outcome.Normal, 0b10n, 0b1n],
      ]);
    });
  });

  describe("when answerers did not deliver", () => {
    it("pays the stake of who did not submit to the good answerers", async () => {
      // 24.5 + 3.5 = 28: 21 + 3.5 and 7 + 3.5
      const expected = { asker: 0n, answerers: [0n, usdc("24.5"), usdc("10.5")], judges: [usdc("12.6")] };
      await expectPayouts(world, { ...SMALL_STORY, answers: ["joined", "opened", "opened"] }, expected);
    });

    it("pays the stake of who submitted and did not open to the good answerers", async () => {
      const expected = { asker: 0n, answerers: [usdc("24.5"), 0n, usdc("10.5")], judges: [usdc("12.6")] };
      await expectPayouts(world, { ...SMALL_STORY, answers: ["opened", "submitted", "opened"] }, expected);
    });
  });

  describe("when a judge is bad", () => {
    it("pays the stake to the good judges, with all that is for judges", async () => {
      // 24.5 * 5/8 + 3.5 and 24.5 * 3/8 + 3.5; (10.5 + 2.1) / 2 + 2.1
      const expected = {
        asker: 0n,
        answerers: [usdc("18.8125"), usdc("12.6875")],
        judges: [usdc("8.4"), 0n, usdc("8.4")],
      };
      await expectPayouts(world, DISPUTED, expected);
    });

    it("emits QuerySettled with the good judges, and Credited for them", async () => {
      const events = await eventsIn(world, await playAndSettle(world, DISPUTED));
      expect(events).to.deep.equal([
        ["Credited", ID, world.answerers[0]?.address, usdc("18.8125")],
        ["Credited", ID, world.answerers[1]?.address, usdc("12.6875")],
        ["Credited", ID, world.judges[0]?.address, usdc("8.4")],
        ["Credited", ID, world.judges[2]?.address, usdc("8.4")],
        ["QuerySettled", ID, Outcome.Normal, 0b11n, 0b101n],
      ]);
    });

    it("updates the outcome: all answers, and the good judges by their place among those who voted", async () => {
      const verdicts = [absent("submitted"), vote([0, 1]), absent("joined"), vote([1, 0]), vote([0, 1])];
      await playAndSettle(world, { ...DISPUTED, verdicts });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Normal, 0b11n, 0b101n]);
    });
  });

  describe("when judges did not deliver", () => {
    it("pays the stake of who did not submit to the judge who voted", async () => {
      const expected = { asker: 0n, answerers: [usdc("21.875"), usdc("9.625")], judges: [0n, usdc("14.7")] };
      await expectPayouts(world, { ...SMALL_STORY, verdicts: [absent("joined"), vote([0, 1])] }, expected);
    });

    it("pays the stake of who submitted and did not open to the judge who voted", async () => {
      const expected = { asker: 0n, answerers: [usdc("21.875"), usdc("9.625")], judges: [usdc("14.7"), 0n] };
      await expectPayouts(world, { ...SMALL_STORY, verdicts: [vote([0, 1]), absent("submitted")] }, expected);
    });
  });

  it("pays everything that was forfeited to the good of the same kind", async () => {
    const story: Story = {
      answers: ["joined", "opened", "submitted", "opened"],
      verdicts: [vote([0, 1], [0]), absent("joined"), vote([1, 0], [0]), absent("submitted"), vote([0, 1], [0])],
      strengths: [5n, 3n],
    };
    // 24.5 + 3 * 3.5 + 3.5; (10.5 + 3 * 2.1) / 2 + 2.1
    const expected = {
      asker: 0n,
      answerers: [0n, usdc("38.5"), 0n, 0n],
      judges: [usdc("10.5"), 0n, 0n, 0n, usdc("10.5")],
    };
    await expectPayouts(world, story, expected);
  });
});
