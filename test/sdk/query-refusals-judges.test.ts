import { expect } from "chai";
import { concat, dataSlice } from "ethers";
import type { QueryModel, VoteOpening } from "../../sdk/query/model.ts";
import { sealVote } from "../../sdk/query/seal.ts";
import { Phase } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";
import {
  ASKER,
  ENDS,
  expectQueryRevert,
  FIRST_ANSWERER,
  FIRST_JUDGE,
  ID,
  JUDGES,
  OTHER_SALT,
  OUTSIDER,
  PAUPER,
  play,
  queryModel,
  SEAL,
  SEAL_OF_ZEROS,
  SECOND_IS_GOOD,
  SECOND_JUDGE,
  SETUP,
  UNKNOWN_ID,
  vote,
  votingOf,
} from "./query-fixtures.ts";

describe("query model: refusals of judges", () => {
  let model: QueryModel;
  beforeEach(() => {
    model = queryModel();
  });
  afterEach(() => model.checkConservation());

  const wrongPhase = (phase: Phase, needed: Phase) => [ID, phase, needed] as const;

  describe("joinJudge", () => {
    beforeEach(() => play(model, { answers: 2 }));

    const join = (account: string, now = ENDS.opening) => model.joinJudge(account, ID, now);

    it("reverts when there is no such query", () => {
      const toNone = () => model.joinJudge(FIRST_JUDGE, UNKNOWN_ID, ENDS.opening);
      expectQueryRevert(toNone, "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when it is opening", () => {
      const early = () => join(FIRST_JUDGE, ENDS.opening - 1n);
      expectQueryRevert(early, "WrongPhase", wrongPhase(Phase.Opening, Phase.Judging));
    });

    it("reverts when judging is over", () => {
      join(SECOND_JUDGE);
      const late = () => join(FIRST_JUDGE, ENDS.judging);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Revealing, Phase.Judging));
    });

    it("reverts when all places are taken", () => {
      for (const account of JUDGES.slice(0, 32)) join(account);
      expectQueryRevert(() => join(JUDGES[32] ?? ""), "JudgesFull", [ID, 32n]);
    });

    for (const [role, account] of Object.entries({ asker: ASKER, answerer: FIRST_ANSWERER })) {
      it(`reverts when the ${role} joins`, () => {
        expectQueryRevert(() => join(account), "AlreadyInQuery", [ID, account]);
      });
    }

    it("reverts when somebody joins twice", () => {
      join(FIRST_JUDGE);
      expectQueryRevert(() => join(FIRST_JUDGE), "AlreadyInQuery", [ID, FIRST_JUDGE]);
    });

    it("reverts when the judge cannot pay", () => {
      expectQueryRevert(() => join(PAUPER), "ERC20InsufficientBalance", [PAUPER, 0n, usdc("2.1")]);
    });
  });

  describe("submitVote", () => {
    beforeEach(() => {
      play(model, { answers: 2 });
      model.joinJudge(FIRST_JUDGE, ID, ENDS.opening);
    });

    const submit = (seal = SEAL, account = FIRST_JUDGE, now = ENDS.opening) => model.submitVote(account, ID, seal, now);

    it("reverts when there is no such query", () => {
      const toNone = () => model.submitVote(FIRST_JUDGE, UNKNOWN_ID, SEAL, ENDS.opening);
      expectQueryRevert(toNone, "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when judging is over", () => {
      const late = () => submit(SEAL, FIRST_JUDGE, ENDS.judging);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Revealing, Phase.Judging));
    });

    it("reverts when the account joined as an answerer", () => {
      expectQueryRevert(() => submit(SEAL, FIRST_ANSWERER), "NotJudge", [ID, FIRST_ANSWERER]);
    });

    it("reverts when what is kept of the seal is 0", () => {
      expectQueryRevert(() => submit(SEAL_OF_ZEROS), "SealZero", []);
    });

    it("reverts when a vote was submitted", () => {
      submit();
      expectQueryRevert(() => submit(), "AlreadySubmitted", [ID, FIRST_JUDGE]);
    });
  });

  describe("openVote", () => {
    beforeEach(() => {
      play(model, { answers: 2 });
      vote(model, FIRST_JUDGE, SECOND_IS_GOOD);
      model.joinJudge(SECOND_JUDGE, ID, ENDS.opening);
    });

    const open = (changed: Partial<VoteOpening> = {}, now = ENDS.judging) =>
      model.openVote({ ...votingOf(FIRST_JUDGE, SECOND_IS_GOOD), ...changed }, now);

    it("reverts when there is no such query", () => {
      expectQueryRevert(() => open({ queryId: UNKNOWN_ID }), "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when it is judging", () => {
      const early = () => open({}, ENDS.judging - 1n);
      expectQueryRevert(early, "WrongPhase", wrongPhase(Phase.Judging, Phase.Revealing));
    });

    it("reverts when revealing is over", () => {
      const late = () => open({}, ENDS.revealing);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Settleable, Phase.Revealing));
    });

    it("reverts when the account has not joined", () => {
      expectQueryRevert(() => open({ judge: OUTSIDER }), "NotJudge", [ID, OUTSIDER]);
    });

    it("reverts when the vote is open", () => {
      open();
      expectQueryRevert(() => open(), "AlreadyOpened", [ID, FIRST_JUDGE]);
    });

    it("reverts when the ranking is no permutation", () => {
      expectQueryRevert(() => open({ ranking: [0, 0] }), "NotPermutation", [2n]);
    });

    it("reverts when an answer is called good that there is not", () => {
      expectQueryRevert(() => open({ goodAnswers: 0b100n }), "GoodAnswersUnknown", [0b100n, 2n]);
    });

    it("reverts when nothing was submitted", () => {
      expectQueryRevert(() => open({ judge: SECOND_JUDGE }), "NotSubmitted", [ID, SECOND_JUDGE]);
    });

    for (const [what, changed] of Object.entries({
      "another ranking": { ranking: [0, 1] },
      "other good answers": { goodAnswers: 0b01n },
      "another salt": { salt: OTHER_SALT },
    })) {
      it(`reverts when it is opened with ${what}`, () => {
        const opening = { ...votingOf(FIRST_JUDGE, SECOND_IS_GOOD), ...changed };
        const computedSeal = sealVote({ ...SETUP, ...opening, account: FIRST_JUDGE });
        expectQueryRevert(() => open(changed), "SealMismatch", [ID, FIRST_JUDGE, computedSeal]);
      });
    }

    it("takes a seal whose last four bytes are others", () => {
      model = queryModel();
      play(model, { answers: 2 });
      model.joinJudge(FIRST_JUDGE, ID, ENDS.opening);
      const seal = sealVote({ ...SETUP, ...votingOf(FIRST_JUDGE, SECOND_IS_GOOD), account: FIRST_JUDGE });
      model.submitVote(FIRST_JUDGE, ID, concat([dataSlice(seal, 0, 28), "0x00000000"]), ENDS.opening);
      open();
      expect(model.query(ID).openedVotes).to.equal(1n);
    });
  });
});
