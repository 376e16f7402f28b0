import { expect } from "chai";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { ID } from "../fixtures/query-play.ts";
import { eventsIn, expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

// The asker pays 35 dollars, of which 24.50 are for answers and 10.50 come back; an answerer stakes 3.50.
describe("QueryEscrow.settle, when one answer was opened", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when nobody else joined", () => {
    it("pays three tenths back to the asker, and the answerer the rest and the stake", async () => {
      await expectPayouts(world, { answers: ["opened"] }, { asker: usdc("10.5"), answerers: [usdc(28)] });
    });

    it("pays the asker what flooring seven tenths leaves", async () => {
      // At rank 7, 1.1^7 = 1.9487171: stakes of 68.205098 and 6.820509. Seven tenths are 47.7435686, floored.
      const expected = { asker: 20_461_530n, answerers: [47_743_568n + 6_820_509n] };
      await expectPayouts(world, { minRank: 7n, answers: ["opened"] }, expected);
    });

    it("emits Credited for asker and answerer, and QuerySettled with one good answer", async () => {
      const events = await eventsIn(world, await playAndSettle(world, { answers: ["opened"] }));
      expect(events).to.deep.equal([
        ["Credited", ID, world.asker.address, usdc("10.5")],
        ["Credited", ID, world.answerers[0]?.address, usdc(28)],
        ["QuerySettled", ID, Outcome.SingleAnswer, 1n, 0n],
      ]);
    });

    it("updates the outcome: one good answer, and no judge", async () => {
      await playAndSettle(world, { answers: ["opened"] });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.SingleAnswer, 1n, 0n]);
    });
  });

  describe("when others joined", () => {
    it("pays the answerer the stake of who did not submit", async () => {
      const expected = { asker: usdc("10.5"), answerers: [usdc("31.5"), 0n] };
      await expectPayouts(world, { answers: ["opened", "joined"] }, expected);
    });

    it("pays the answerer the stake of who submitted and did not open", async () => {
      const expected = { asker: usdc("10.5"), answerers: [usdc("31.5"), 0n] };
      await expectPayouts(world, { answers: ["opened", "submitted"] }, expected);
    });

    it("pays the answerer the stakes of all of both kinds, whoever joined first", async () => {
      // 24.5 + 3.5 + 4 * 3.5
      const expected = { asker: usdc("10.5"), answerers: [0n, 0n, usdc(42), 0n, 0n] };
      await expectPayouts(world, { answers: ["joined", "submitted", "opened", "submitted", "joined"] }, expected);
    });

    it("updates the outcome: the first that was opened is good, whoever joined first", async () => {
      await playAndSettle(world, { answers: ["joined", "submitted", "opened"] });
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.SingleAnswer, 1n, 0n]);
    });
  });
});
