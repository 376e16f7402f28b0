import { type AnswerOpening, QueryModel } from "../../sdk/query/model.ts";
import { sealAnswer } from "../../sdk/query/seal.ts";
import { Phase } from "../../sdk/query/state.ts";
import { TIMING, usdc } from "../fixtures/amounts.ts";
import {
  ANSWERERS,
  ASKER,
  answer,
  ENDS,
  expectQueryRevert,
  FIRST_ANSWERER,
  ID,
  OTHER_SALT,
  OUTSIDER,
  openingOf,
  PAUPER,
  QUESTION,
  queryModel,
  SEAL,
  SEAL_OF_ZEROS,
  SECOND_ANSWERER,
  SETUP,
  START,
  UNKNOWN_ID,
} from "./query-fixtures.ts";

describe("query model: refusals of questions and answers", () => {
  let model: QueryModel;
  beforeEach(() => {
    model = queryModel();
  });
  afterEach(() => model.checkConservation());

  const wrongPhase = (phase: Phase, needed: Phase) => [ID, phase, needed] as const;

  describe("a deployment", () => {
    it("reverts when a default window is out of range", () => {
      const deploy = () => new QueryModel({ ...SETUP, defaultTiming: { ...TIMING, judging: 59n } });
      expectQueryRevert(deploy, "WindowOutOfRange", ["judging", 59n, 60n, 2_592_000n]);
    });

    it("reverts when the asset has too many decimals", () => {
      expectQueryRevert(() => new QueryModel({ ...SETUP, decimals: 19n }), "DecimalsTooMany", [19n, 18n]);
    });
  });

  describe("ask", () => {
    const ask = (changed: Partial<typeof QUESTION> = {}, asker = ASKER) =>
      model.ask(asker, { ...QUESTION, ...changed }, START);

    it("reverts when paused", () => {
      model.pauseEntries(OUTSIDER);
      expectQueryRevert(() => ask(), "EnforcedPause", []);
    });

    it("reverts when the rank is above 42", () => {
      expectQueryRevert(() => ask({ minRank: 43n }), "RankOutOfRange", [43n, 42n]);
    });

    it("reverts when fewer than seven answers are wanted", () => {
      expectQueryRevert(() => ask({ minAnswers: 6n }), "AnswersOutOfRange", [6n, 7n, 32n]);
    });

    it("reverts when fewer answers are wanted at most than at least", () => {
      const reversed = () => ask({ minAnswers: 9n, maxAnswers: 8n });
      expectQueryRevert(reversed, "AnswersOutOfRange", [8n, 9n, 32n]);
    });

    it("reverts when more than 32 answers are wanted at most", () => {
      expectQueryRevert(() => ask({ maxAnswers: 33n }), "AnswersOutOfRange", [33n, 7n, 32n]);
    });

    it("reverts when a window is out of range", () => {
      const timing = { ...QUESTION.timing, revealing: 2_592_001n };
      expectQueryRevert(() => ask({ timing }), "WindowOutOfRange", ["revealing", 2_592_001n, 60n, 2_592_000n]);
    });

    it("reverts when the asker cannot pay", () => {
      expectQueryRevert(() => ask({}, PAUPER), "ERC20InsufficientBalance", [PAUPER, 0n, usdc(35)]);
    });
  });

  describe("joinAnswer", () => {
    beforeEach(() => {
      model.ask(ASKER, { ...QUESTION, minRank: 3n, maxAnswers: 7n }, START);
      model.setRanks(
        [ASKER, ...ANSWERERS, PAUPER],
        [ASKER, ...ANSWERERS, PAUPER].map(() => 3n),
      );
    });

    it("reverts when there is no such query", () => {
      expectQueryRevert(() => model.joinAnswer(FIRST_ANSWERER, UNKNOWN_ID, START), "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when answering is over", () => {
      const late = () => model.joinAnswer(FIRST_ANSWERER, ID, ENDS.answering);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Opening, Phase.Answering));
    });

    it("reverts when the rank is too low", () => {
      model.setRanks([FIRST_ANSWERER], [2n]);
      const join = () => model.joinAnswer(FIRST_ANSWERER, ID, START);
      expectQueryRevert(join, "RankTooLow", [FIRST_ANSWERER, 2n, 3n]);
    });

    it("reverts when all places are taken", () => {
      for (const account of ANSWERERS.slice(0, 7)) model.joinAnswer(account, ID, START);
      expectQueryRevert(() => model.joinAnswer(ANSWERERS[7] ?? "", ID, START), "AnswerersFull", [ID, 7n]);
    });

    it("reverts when somebody joins twice", () => {
      model.joinAnswer(FIRST_ANSWERER, ID, START);
      const again = () => model.joinAnswer(FIRST_ANSWERER, ID, START);
      expectQueryRevert(again, "AlreadyInQuery", [ID, FIRST_ANSWERER]);
    });

    it("reverts when the asker joins", () => {
      expectQueryRevert(() => model.joinAnswer(ASKER, ID, START), "AlreadyInQuery", [ID, ASKER]);
    });

    // 3.5 * 1.331 = 4.6585
    it("reverts when the answerer cannot pay", () => {
      const join = () => model.joinAnswer(PAUPER, ID, START);
      expectQueryRevert(join, "ERC20InsufficientBalance", [PAUPER, 0n, usdc("4.6585")]);
    });
  });

  describe("submitAnswer", () => {
    beforeEach(() => {
      model.ask(ASKER, QUESTION, START);
      model.joinAnswer(FIRST_ANSWERER, ID, START);
    });

    const submit = (seal = SEAL, account = FIRST_ANSWERER, now = START) => model.submitAnswer(account, ID, seal, now);

    it("reverts when there is no such query", () => {
      const toNone = () => model.submitAnswer(FIRST_ANSWERER, UNKNOWN_ID, SEAL, START);
      expectQueryRevert(toNone, "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when answering is over", () => {
      const late = () => submit(SEAL, FIRST_ANSWERER, ENDS.answering);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Opening, Phase.Answering));
    });

    it("reverts when the account has not joined", () => {
      expectQueryRevert(() => submit(SEAL, OUTSIDER), "NotAnswerer", [ID, OUTSIDER]);
    });

    it("reverts when what is kept of the seal is 0", () => {
      expectQueryRevert(() => submit(SEAL_OF_ZEROS), "SealZero", []);
    });

    it("reverts when an answer was submitted", () => {
      submit();
      expectQueryRevert(() => submit(), "AlreadySubmitted", [ID, FIRST_ANSWERER]);
    });
  });

  describe("openAnswer", () => {
    beforeEach(() => {
      model.ask(ASKER, QUESTION, START);
      answer(model, FIRST_ANSWERER);
      model.joinAnswer(SECOND_ANSWERER, ID, START);
    });

    const open = (changed: Partial<AnswerOpening> = {}, now = ENDS.answering) =>
      model.openAnswer({ ...openingOf(FIRST_ANSWERER), ...changed }, now);

    it("reverts when there is no such query", () => {
      expectQueryRevert(() => open({ queryId: UNKNOWN_ID }), "QueryUnknown", [UNKNOWN_ID]);
    });

    it("reverts when it is answering", () => {
      const early = () => open({}, ENDS.answering - 1n);
      expectQueryRevert(early, "WrongPhase", wrongPhase(Phase.Answering, Phase.Opening));
    });

    it("reverts when opening is over", () => {
      const late = () => open({}, ENDS.opening);
      expectQueryRevert(late, "WrongPhase", wrongPhase(Phase.Settleable, Phase.Opening));
    });

    it("reverts when the account has not joined", () => {
      expectQueryRevert(() => open({ answerer: OUTSIDER }), "NotAnswerer", [ID, OUTSIDER]);
    });

    it("reverts when the answer is open", () => {
      open();
      expectQueryRevert(() => open(), "AlreadyOpened", [ID, FIRST_ANSWERER]);
    });

    it("reverts when nothing was submitted", () => {
      expectQueryRevert(() => open({ answerer: SECOND_ANSWERER }), "NotSubmitted", [ID, SECOND_ANSWERER]);
    });

    for (const [what, changed] of Object.entries({
      "another answer": { contentHash: OTHER_SALT },
      "another link": { uri: "ipfs://other" },
      "another salt": { salt: OTHER_SALT },
    })) {
      it(`reverts when it is opened with ${what}`, () => {
        const opening = { ...openingOf(FIRST_ANSWERER), ...changed };
        const computedSeal = sealAnswer({ ...SETUP, ...opening, account: FIRST_ANSWERER });
        expectQueryRevert(() => open(changed), "SealMismatch", [ID, FIRST_ANSWERER, computedSeal]);
      });
    }
  });
});
