import { expect } from "chai";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { absent, ID, type Story, vote } from "../fixtures/query-play.ts";
import { eventsIn, expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

/** Two answers, bad by the only judge; three to one, with the virtual judge's halves. */
const REFUSED: Story = { answers: ["opened", "opened"], verdicts: [vote([0, 1], [])], strengths: [3n, 1n] };

// The asker pays 35 dollars, of which 24.50 come back and 10.50 are for judges; an answerer stakes 3.50, a judge 2.10.
describe("QueryEscrow.settle, when all answers are bad", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when all who joined delivered", () => {
    it("pays seven tenths back to the asker, and the judge the rest, all stakes of answerers and the stake", async () => {
      // 10.5 + 2 * 3.5 + 2.1
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n], judges: [usdc("19.6")] };
      await expectPayouts(world, REFUSED, expected);
    });

    it("pays the judges what flooring seven tenths leaves", async () => {
      // At rank 7, 1.1^7 = 1.9487171: stakes of 68.205098, 6.820509 and 4.092305. Seven tenths are 47.7435686, floored.
      const expected = {
        asker: 47_743_568n,
        answerers: [0n, 0n],
        judges: [20_461_530n + 2n * 6_820_509n + 4_092_305n],
      };
      await expectPayouts(world, { ...REFUSED, minRank: 7n }, expected);
    });

    it("pays the stake of a bad judge to the good ones", async () => {
      // Five to three. (10.5 + 2 * 3.5 + 2.1) / 2 + 2.1
      const verdicts = [vote([0, 1], []), vote([1, 0], []), vote([0, 1], [])];
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n], judges: [usdc("11.9"), 0n, usdc("11.9")] };
      await expectPayouts(world, { ...REFUSED, verdicts, strengths: [5n, 3n] }, expected);
    });

    it("pays the judges by closeness to the power of 1.5", async () => {
      // Wins 5, 3 and 1: all three pairs, two and two are ordered so. The cut, at the second of three, is a tie.
      // Of 10.5 + 3 * 3.5 = 21, 14.696938 parts in 30.696938 are 10.054283 and 8 are 5.472858, which leaves a unit.
      const story: Story = {
        answers: ["opened", "opened", "opened"],
        verdicts: [vote([0, 1, 2], []), vote([1, 0, 2], []), vote([0, 2, 1], [])],
      };
      const judges = [12_154_284n, 7_572_858n, 7_572_858n];
      await expectPayouts(world, story, { asker: usdc("24.5"), answerers: [0n, 0n, 0n], judges });
    });

    it("pays a good judge who agrees on no pair the stake alone", async () => {
      // The judge a rank below weighs 10/21: 1.5 to 0.976 for the first answer, and bad calls in the majority.
      const verdicts = [{ ...vote([0, 1], []), rank: 1n }, vote([1, 0])];
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n], judges: [usdc("19.6"), usdc("2.1")] };
      const strengths = [1_500_000_000_000_000_000n, 976_190_476_190_476_190n];
      await expectPayouts(world, { ...REFUSED, verdicts, strengths }, expected);
    });

    it("emits Credited for the asker and the good judges, and QuerySettled with no good answer", async () => {
      const verdicts = [vote([0, 1], []), vote([1, 0], []), vote([0, 1], [])];
      const events = await eventsIn(world, await playAndSettle(world, { ...REFUSED, verdicts, strengths: [5n, 3n] }));
      expect(events).to.deep.equal([
        ["Credited", ID, world.asker.address, usdc("24.5")],
        ["Credited", ID, world.judges[0]?.address, usdc("11.9")],
        ["Credited", ID, world.judges[2]?.address, usdc("11.9")],
        ["QuerySettled", ID, Outcome.AllBad, 0n, 0b101n],
      ]);
    });

    it("updates the outcome: no good answer, and the good judges", async () => {
      await playAndSettle(world, REFUSED);
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.AllBad, 0n, 1n]);
    });
  });

  describe("when answerers did not deliver", () => {
    it("pays the stake of who did not submit to the judge", async () => {
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n, 0n], judges: [usdc("23.1")] };
      await expectPayouts(world, { ...REFUSED, answers: ["opened", "opened", "joined"] }, expected);
    });

    it("pays the stake of who submitted and did not open to the judge", async () => {
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n, 0n], judges: [usdc("23.1")] };
      await expectPayouts(world, { ...REFUSED, answers: ["submitted", "opened", "opened"] }, expected);
    });
  });

  describe("when judges did not deliver", () => {
    it("pays the stake of who did not submit to the judge who voted", async () => {
      const verdicts = [absent("joined"), vote([0, 1], [])];
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n], judges: [0n, usdc("21.7")] };
      await expectPayouts(world, { ...REFUSED, verdicts }, expected);
    });

    it("pays the stake of who submitted and did not open to the judge who voted", async () => {
      const verdicts = [absent("submitted"), vote([0, 1], [])];
      const expected = { asker: usdc("24.5"), answerers: [0n, 0n], judges: [0n, usdc("21.7")] };
      await expectPayouts(world, { ...REFUSED, verdicts }, expected);
    });

    it("updates the outcome: judges by their place among those who voted", async () => {
      await playAndSettle(world, { ...REFUSED, verdicts: [absent("submitted"), vote([0, 1], [])] });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.AllBad, 0n, 1n]);
    });
  });

  it("pays everything that was forfeited to the good judges", async () => {
    // (10.5 + 4 * 3.5 + 3 * 2.1) / 2 + 2.1
    const story: Story = {
      answers: ["joined", "opened", "submitted", "opened"],
      verdicts: [vote([1, 0], []), absent("joined"), vote([0, 1], []), absent("submitted"), vote([0, 1], [])],
      strengths: [5n, 3n],
    };
    const judges = [0n, 0n, usdc("17.5"), 0n, usdc("17.5")];
    await expectPayouts(world, story, { asker: usdc("24.5"), answerers: [0n, 0n, 0n, 0n], judges });
  });
});
