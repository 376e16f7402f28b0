import type { QueryModel } from "../../sdk/query/model.ts";
import { WAD } from "../fixtures/amounts.ts";
import {
  ASKER,
  ENDS,
  expectQueryRevert,
  FIRST_JUDGE,
  ID,
  OUTSIDER,
  play,
  queryModel,
  SECOND_IS_GOOD,
  SECOND_JUDGE,
  START,
  settle,
} from "./query-fixtures.ts";

describe("query model: refusals of settling and governing", () => {
  let model: QueryModel;
  beforeEach(() => {
    model = queryModel();
  });
  afterEach(() => model.checkConservation());

  describe("settle", () => {
    it("reverts when there is no such query", () => {
      expectQueryRevert(() => model.settle(1n, [], START), "QueryUnknown", [1n]);
    });

    it("reverts when the query is settled", () => {
      play(model, { answers: 1 });
      settle(model);
      expectQueryRevert(() => settle(model), "AlreadySettled", [ID]);
    });

    it("reverts when votes can be opened", () => {
      play(model, { answers: 2, ballots: [SECOND_IS_GOOD] });
      const early = () => model.settle(ID, [1n, 3n], ENDS.revealing - 1n);
      expectQueryRevert(early, "NotSettleable", [ID, ENDS.revealing]);
    });

    it("reverts when answers can be opened, though none was", () => {
      play(model, { answers: 0 });
      const early = () => model.settle(ID, [], ENDS.opening - 1n);
      expectQueryRevert(early, "NotSettleable", [ID, ENDS.revealing]);
    });

    it("reverts when a strength is missing", () => {
      play(model, { answers: 2, ballots: [SECOND_IS_GOOD] });
      const settleWithOne = () => model.settle(ID, [1n], ENDS.revealing);
      expectQueryRevert(settleWithOne, "StrengthsLengthMismatch", [1n, 2n]);
    });

    it("reverts when there are strengths without a vote", () => {
      play(model, { answers: 2 });
      const settleWithTwo = () => model.settle(ID, [1n, 1n], ENDS.judging);
      expectQueryRevert(settleWithTwo, "StrengthsLengthMismatch", [2n, 0n]);
    });

    it("reverts when a strength is 0", () => {
      play(model, { answers: 2, ballots: [SECOND_IS_GOOD] });
      const settleWithZero = () => model.settle(ID, [0n, 3n], ENDS.revealing);
      expectQueryRevert(settleWithZero, "StrengthOutOfRange", [0n, 0n, 1n, 2n ** 200n]);
    });

    // pairs weigh 2; of half a win, 1 is foretold
    it("reverts when the votes do not bear the strengths out", () => {
      play(model, { answers: 2, ballots: [SECOND_IS_GOOD] });
      const tolerance = (2n * WAD * 2n ** 55n) / 10n ** 9n;
      const settleWithEqual = () => model.settle(ID, [1n, 1n], ENDS.revealing);
      expectQueryRevert(settleWithEqual, "StrengthsRejected", [0n, (WAD * 2n ** 55n) / 2n, tolerance]);
    });
  });

  describe("withdraw", () => {
    it("reverts when nothing is credited", () => {
      expectQueryRevert(() => model.withdraw(OUTSIDER), "CreditZero", [OUTSIDER]);
    });

    it("reverts when all was withdrawn", () => {
      play(model, { answers: 0 });
      settle(model);
      model.withdraw(ASKER);
      expectQueryRevert(() => model.withdraw(ASKER), "CreditZero", [ASKER]);
    });
  });

  describe("governance", () => {
    it("reverts when there are fewer ranks than accounts", () => {
      const set = () => model.setRanks([FIRST_JUDGE, SECOND_JUDGE], [1n]);
      expectQueryRevert(set, "LengthMismatch", [2n, 1n]);
    });

    it("reverts when a rank is above 42", () => {
      const set = () => model.setRanks([FIRST_JUDGE, SECOND_JUDGE], [1n, 43n]);
      expectQueryRevert(set, "RankOutOfRange", [43n, 42n]);
    });

    it("reverts when paused twice", () => {
      model.pauseEntries(OUTSIDER);
      expectQueryRevert(() => model.pauseEntries(OUTSIDER), "EnforcedPause", []);
    });

    it("reverts when nothing is paused", () => {
      expectQueryRevert(() => model.unpauseEntries(OUTSIDER), "ExpectedPause", []);
    });
  });

  for (const view of ["query", "answers", "judges", "winMatrix", "outcome"] as const) {
    it(`${view} reverts when there is no such query`, () => {
      expectQueryRevert(() => model[view](1n), "QueryUnknown", [1n]);
    });
  }

  it("phase reverts when there is no such query", () => {
    expectQueryRevert(() => model.phase(0n, START), "QueryUnknown", [0n]);
  });
});
