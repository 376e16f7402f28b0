import { expect } from "chai";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { type Deed, ID, times } from "../fixtures/query-play.ts";
import { eventsIn, expectPayouts, playAndSettle } from "../fixtures/query-settlements.ts";

// The asker pays 35 dollars, and an answerer 3.50.
describe("QueryEscrow.settle, when nobody opened an answer", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when nobody joined", () => {
    it("pays the asker back", async () => {
      await expectPayouts(world, {}, { asker: usdc(35) });
    });

    it("emits Credited for the asker, and QuerySettled as cancelled", async () => {
      const events = await eventsIn(world, await playAndSettle(world, {}));
      expect(events).to.deep.equal([
        ["Credited", ID, world.asker.address, usdc(35)],
        ["QuerySettled", ID, Outcome.Cancelled, 0n, 0n],
      ]);
    });

    it("updates the outcome: cancelled, and nothing good", async () => {
      await playAndSettle(world, {});
      expect(await world.queryEscrow.outcome(ID)).to.deep.equal([Outcome.Cancelled, 0n, 0n]);
    });

    it("pays the asker back to the unit at the highest stake", async () => {
      // 5 * 1.1^42 * 32 = 8762.1918...
      await expectPayouts(world, { minRank: 42n, minAnswers: 32n }, { asker: 8_762_191_877n });
    });
  });

  describe("when somebody joined", () => {
    it("pays the asker the stake of who did not submit", async () => {
      await expectPayouts(world, { answers: ["joined"] }, { asker: usdc("38.5"), answerers: [0n] });
    });

    it("pays the asker the stake of who submitted and did not open", async () => {
      await expectPayouts(world, { answers: ["submitted"] }, { asker: usdc("38.5"), answerers: [0n] });
    });

    it("pays the asker the stakes of all of both kinds", async () => {
      // 35 + 4 * 3.5
      const answers: Deed[] = ["joined", "submitted", "submitted", "joined"];
      await expectPayouts(world, { answers }, { asker: usdc(49), answerers: [0n, 0n, 0n, 0n] });
    });

    it("pays the asker the stakes of as many as can join", async () => {
      // 35 + 32 * 3.5
      const expected = { asker: usdc(147), answerers: times(32, "joined").map(() => 0n) };
      await expectPayouts(world, { answers: times(32, "joined") }, expected);
    });

    it("pays the asker all stakes where all submitted, and answering ended early", async () => {
      // 35 + 7 * 3.5
      const expected = { asker: usdc("59.5"), answerers: times(7, "submitted").map(() => 0n) };
      await expectPayouts(world, { answers: times(7, "submitted"), maxAnswers: 7n }, expected);
    });

    it("emits Credited for the asker alone", async () => {
      const events = await eventsIn(world, await playAndSettle(world, { answers: ["joined", "submitted"] }));
      expect(events).to.deep.equal([
        ["Credited", ID, world.asker.address, usdc(42)],
        ["QuerySettled", ID, Outcome.Cancelled, 0n, 0n],
      ]);
    });
  });
});
