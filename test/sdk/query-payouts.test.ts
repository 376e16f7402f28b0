import { expect } from "chai";
import { CredenceError } from "../../sdk/errors.ts";
import type { QueryModel } from "../../sdk/query/model.ts";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import {
  ASKER,
  answer,
  ENDS,
  FIRST_ANSWERER,
  FIRST_JUDGE,
  ID,
  openingOf,
  openVote,
  play,
  QUESTION,
  queryModel,
  SECOND_ANSWERER,
  SECOND_IS_GOOD,
  SECOND_JUDGE,
  START,
  type Story,
  settle,
  THIRD_JUDGE,
  told,
  vote,
  WEALTH,
} from "./query-fixtures.ts";

/** Two judges rank answer 0 above answer 1, the last does not: shares of 5 to 3. One of each delivers nothing. */
const TWO_TO_ONE: Story = {
  answers: 2,
  absentAnswerers: 1,
  ballots: [
    { ranking: [0, 1], good: [0, 1] },
    { ranking: [0, 1], good: [0] },
    { ranking: [1, 0], good: [1] },
  ],
  absentJudges: 1,
};

describe("query model: payouts", () => {
  let model: QueryModel;
  beforeEach(() => {
    model = queryModel();
  });
  afterEach(() => model.checkConservation());

  const paid = (account: string) => WEALTH - model.token.balanceOf(account);

  describe("a settlement", () => {
    // as worked out for the settlement alone: 3.5 + (24.5 + 3.5) * 5/8 and 3/8; 2.1 + (10.5 + 2 * 2.1) / 2
    it("credits answerers and judges in the order of joining, and those without a part not at all", () => {
      play(model, TWO_TO_ONE);
      model.events.take();
      model.settle(ID, [5n, 3n], ENDS.revealing);
      expect(told(model.events.take())).to.deep.equal([
        ["Credited", ID, FIRST_ANSWERER, usdc("21")],
        ["Credited", ID, SECOND_ANSWERER, usdc("14")],
        ["Credited", ID, FIRST_JUDGE, usdc("9.45")],
        ["Credited", ID, SECOND_JUDGE, usdc("9.45")],
        ["QuerySettled", ID, Outcome.Normal, 0b11n, 0b011n],
      ]);
    });

    it("tells the outcome", () => {
      play(model, TWO_TO_ONE);
      settle(model);
      expect(model.outcome(ID)).to.deep.equal({ result: Outcome.Normal, goodAnswers: 0b11n, goodJudges: 0b011n });
    });

    it("numbers good judges among those who voted, not among those who joined", () => {
      play(model, { answers: 2 });
      for (const account of [FIRST_JUDGE, THIRD_JUDGE]) model.joinJudge(account, ID, ENDS.opening);
      vote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      openVote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      settle(model);
      expect(model.outcome(ID).goodJudges).to.equal(0b1n);
    });

    it("credits the asker where nobody answers", () => {
      play(model, { answers: 0, absentAnswerers: 1 });
      model.settle(ID, [], ENDS.opening);
      expect([model.credited(ASKER), model.credited(FIRST_ANSWERER)]).to.deep.equal([usdc("38.5"), 0n]);
    });

    it("credits answerers by index, not by the order of joining", () => {
      model.ask(ASKER, QUESTION, START);
      for (const account of [FIRST_ANSWERER, SECOND_ANSWERER]) answer(model, account);
      for (const account of [SECOND_ANSWERER, FIRST_ANSWERER]) model.openAnswer(openingOf(account), ENDS.answering);
      vote(model, FIRST_JUDGE, SECOND_IS_GOOD);
      openVote(model, FIRST_JUDGE, SECOND_IS_GOOD);
      settle(model);
      // the good answer is the second that was opened
      expect([model.credited(FIRST_ANSWERER), model.credited(SECOND_ANSWERER)]).to.deep.equal([usdc("31.5"), 0n]);
    });

    it("is possible at once where nobody joined as a judge", () => {
      play(model, { answers: 2 });
      model.settle(ID, [], ENDS.judging);
      expect(model.outcome(ID).result).to.equal(Outcome.NoVotes);
    });

    it("leaves nothing to wait for", () => {
      play(model, { answers: 1 });
      settle(model);
      expect(model.phase(ID, ENDS.revealing)).to.equal(Phase.Settled);
    });
  });

  describe("a withdrawal", () => {
    beforeEach(() => {
      play(model, { answers: 1 });
      settle(model);
      model.events.take();
    });

    it("pays all that is credited", () => {
      model.withdraw(FIRST_ANSWERER);
      expect([model.credited(FIRST_ANSWERER), paid(FIRST_ANSWERER)]).to.deep.equal([0n, usdc("3.5") - usdc("28")]);
    });

    it("is told", () => {
      const amount = model.withdraw(FIRST_ANSWERER);
      expect(told(model.events.take())).to.deep.equal([["Withdrawn", FIRST_ANSWERER, amount]]);
    });
  });

  describe("settleable queries", () => {
    // 1 and 3 have nobody, and are settleable after opening; 2 has a longer window
    beforeEach(() => {
      model.ask(ASKER, QUESTION, START);
      model.ask(ASKER, { ...QUESTION, timing: { ...QUESTION.timing, answering: 200_000n } }, START);
      model.ask(ASKER, QUESTION, START);
    });

    for (const [what, fromId, maxCount, queryIds, nextId] of [
      ["all", 0n, 100n, [1n, 3n], 4n],
      ["from the first on as from 0", 1n, 100n, [1n, 3n], 4n],
      ["of a page of two", 0n, 2n, [1n], 3n],
      ["of the next page", 3n, 2n, [3n], 4n],
      ["beyond the last", 9n, 2n, [], 9n],
      ["of a page of none", 1n, 0n, [], 1n],
    ] as const) {
      it(`are told, ${what}`, () => {
        expect(model.settleableQueries(fromId, maxCount, ENDS.opening)).to.deep.equal({ queryIds, nextId });
      });
    }

    it("are none before their windows end", () => {
      expect(model.settleableQueries(0n, 100n, ENDS.opening - 1n).queryIds).to.deep.equal([]);
    });

    it("are none that are settled", () => {
      model.settle(1n, [], ENDS.opening);
      expect(model.settleableQueries(0n, 100n, ENDS.opening).queryIds).to.deep.equal([3n]);
    });
  });
});

describe("query model: books", () => {
  it("do not add up when the escrow holds a unit too many", () => {
    const model = queryModel();
    play(model, TWO_TO_ONE);
    model.token.mint(model.setup.queryEscrow, 1n);
    expect(() => model.checkConservation()).to.throw(CredenceError, "held=1");
  });
});
