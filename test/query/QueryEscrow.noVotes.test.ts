import { expect } from "chai";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { absent, ID, type Story, times } from "../fixtures/query-play.ts";
import { eventsIn, expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

const TWO: Story = { answers: ["opened", "opened"] };

// The asker pays 35 dollars, of which 24.50 are for answers and 10.50 come back; an answerer stakes 3.50, a judge 2.10.
describe("QueryEscrow.settle, when no vote was opened", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when no judge joined", () => {
    it("pays three tenths back to the asker, and the answerers the rest by halves and their stakes", async () => {
      // 24.5 / 2 + 3.5
      await expectPayouts(world, TWO, { asker: usdc("10.5"), answerers: [usdc("15.75"), usdc("15.75")] });
    });

    it("pays equal shares to as many as can answer", async () => {
      // 24.5 / 32 = 0.765625
      const expected = { asker: usdc("10.5"), answerers: Array.from({ length: 32 }, () => usdc("4.265625")) };
      await expectPayouts(world, { answers: times(32, "opened") }, expected);
    });

    it("pays what flooring leaves to who opened first", async () => {
      // 24.5 / 3 is 8.166666, and two units are left.
      const expected = { asker: usdc("10.5"), answerers: [11_666_666n, 11_666_666n, 11_666_668n] };
      await expectPayouts(world, { answers: ["opened", "opened", "opened"], opening: [2, 0, 1] }, expected);
    });

    it("pays the stake of who did not submit to the answerers", async () => {
      // (24.5 + 3.5) / 2 + 3.5
      const expected = { asker: usdc("10.5"), answerers: [usdc("17.5"), 0n, usdc("17.5")] };
      await expectPayouts(world, { answers: ["opened", "joined", "opened"] }, expected);
    });

    it("pays the stake of who submitted and did not open to the answerers", async () => {
      const expected = { asker: usdc("10.5"), answerers: [usdc("17.5"), 0n, usdc("17.5")] };
      await expectPayouts(world, { answers: ["opened", "submitted", "opened"] }, expected);
    });

    it("emits Credited for asker and answerers, in the order of joining, and QuerySettled with all good", async () => {
      const story: Story = { answers: ["opened", "joined", "opened", "opened"], opening: [3, 0, 2] };
      const events = await eventsIn(world, await playAndSettle(world, story));
      // (24.5 + 3.5) / 3 is 9.333333, and a unit is left.
      expect(events).to.deep.equal([
        ["Credited", ID, world.asker.address, usdc("10.5")],
        ["Credited", ID, world.answerers[0]?.address, 12_833_333n],
        ["Credited", ID, world.answerers[2]?.address, 12_833_333n],
        ["Credited", ID, world.answerers[3]?.address, 12_833_334n],
        ["QuerySettled", ID, Outcome.NoVotes, 0b111n, 0n],
      ]);
    });

    it("updates the outcome: all answers are good", async () => {
      await playAndSettle(world, { answers: ["opened", "submitted", "opened", "opened"] });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.NoVotes, 0b111n, 0n]);
    });
  });

  describe("when judges joined", () => {
    it("pays the stake of who did not submit to the answerers", async () => {
      // (24.5 + 2.1) / 2 + 3.5
      const expected = { asker: usdc("10.5"), answerers: [usdc("16.8"), usdc("16.8")], judges: [0n] };
      await expectPayouts(world, { ...TWO, verdicts: [absent("joined")] }, expected);
    });

    it("pays the stake of who submitted and did not open to the answerers", async () => {
      const expected = { asker: usdc("10.5"), answerers: [usdc("16.8"), usdc("16.8")], judges: [0n] };
      await expectPayouts(world, { ...TWO, verdicts: [absent("submitted")] }, expected);
    });

    it("pays the stakes of all who did not deliver to the answerers", async () => {
      // (24.5 + 2 * 3.5 + 3 * 2.1) / 2 + 3.5
      const story: Story = {
        answers: ["submitted", "opened", "joined", "opened"],
        verdicts: [absent("submitted"), absent("joined"), absent("submitted")],
      };
      const expected = { asker: usdc("10.5"), answerers: [0n, usdc("22.4"), 0n, usdc("22.4")], judges: [0n, 0n, 0n] };
      await expectPayouts(world, story, expected);
    });

    it("takes the answers as good that a vote, had it been opened, would have called bad", async () => {
      await playAndSettle(world, { ...TWO, verdicts: [absent("submitted")] });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.NoVotes, 0b11n, 0n]);
    });
  });
});
