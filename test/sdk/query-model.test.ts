import { expect } from "chai";
import { ZeroHash } from "ethers";
import { CredenceError } from "../../sdk/errors.ts";
import type { QueryModel } from "../../sdk/query/model.ts";
import { packRanking } from "../../sdk/query/ranking.ts";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import { TIMING, usdc, WAD } from "../fixtures/amounts.ts";
import {
  ANSWERERS,
  ASKER,
  answer,
  ENDS,
  FIRST_ANSWERER,
  FIRST_JUDGE,
  ID,
  OUTSIDER,
  openingOf,
  openVote,
  play,
  QUESTION,
  queryModel,
  SEAL,
  SECOND_ANSWERER,
  SECOND_IS_GOOD,
  SECOND_JUDGE,
  STAKES,
  START,
  THIRD_ANSWERER,
  told,
  vote,
  WEALTH,
} from "./query-fixtures.ts";

describe("query model", () => {
  let model: QueryModel;
  beforeEach(() => {
    model = queryModel();
  });
  afterEach(() => model.checkConservation());

  const paid = (account: string) => WEALTH - model.token.balanceOf(account);

  describe("a question", () => {
    it("costs the asker's stake", () => {
      model.ask(ASKER, QUESTION, START);
      expect(paid(ASKER)).to.equal(usdc(35));
    });

    it("is told with the windows it gets", () => {
      model.ask(ASKER, { ...QUESTION, timing: { ...QUESTION.timing, judging: 60n } }, START);
      const { contentHash, uri, minRank, minAnswers, maxAnswers } = QUESTION;
      const timing = { ...TIMING, judging: 60n };
      expect(told(model.events.take())).to.deep.equal([
        ["QueryAsked", ID, ASKER, contentHash, uri, minRank, minAnswers, maxAnswers, timing, usdc(35)],
      ]);
    });

    it("makes a query that nobody has joined", () => {
      model.ask(ASKER, QUESTION, START);
      const { contentHash, minRank, minAnswers, maxAnswers } = QUESTION;
      const nobody = {
        answerers: 0n,
        sealedAnswers: 0n,
        openedAnswers: 0n,
        judges: 0n,
        sealedVotes: 0n,
        openedVotes: 0n,
      };
      expect(model.query(ID)).to.deep.equal({
        asker: ASKER,
        contentHash,
        minRank,
        minAnswers,
        maxAnswers,
        ...nobody,
        outcome: Outcome.Pending,
        answeringEndsAt: ENDS.answering,
        openingEndsAt: ENDS.opening,
        judgingEndsAt: ENDS.judging,
        revealingEndsAt: ENDS.revealing,
        ...STAKES,
      });
    });

    it("has the next id", () => {
      model.ask(ASKER, QUESTION, START);
      expect([model.ask(OUTSIDER, QUESTION, START), model.queryCount]).to.deep.equal([2n, 2n]);
    });
  });

  describe("an answerer", () => {
    beforeEach(() => {
      model.ask(ASKER, QUESTION, START);
      model.events.take();
    });

    it("pays an answerer's stake", () => {
      model.joinAnswer(FIRST_ANSWERER, ID, START);
      expect(paid(FIRST_ANSWERER)).to.equal(usdc("3.5"));
    });

    it("is listed in the order of joining, with what they sealed and what was opened", () => {
      model.joinAnswer(THIRD_ANSWERER, ID, START);
      answer(model, FIRST_ANSWERER);
      answer(model, SECOND_ANSWERER);
      const opening = openingOf(SECOND_ANSWERER);
      model.openAnswer(opening, ENDS.answering);
      const { contentHash } = opening;
      expect(model.answers(ID)).to.deep.equal([
        { answerer: THIRD_ANSWERER, isSealed: false, isOpened: false, index: 0n, contentHash: ZeroHash },
        { answerer: FIRST_ANSWERER, isSealed: true, isOpened: false, index: 0n, contentHash: ZeroHash },
        { answerer: SECOND_ANSWERER, isSealed: true, isOpened: true, index: 0n, contentHash },
      ]);
    });

    it("gets an index in the order of opening", () => {
      for (const account of [FIRST_ANSWERER, SECOND_ANSWERER]) answer(model, account);
      for (const account of [SECOND_ANSWERER, FIRST_ANSWERER]) model.openAnswer(openingOf(account), ENDS.answering);
      expect(model.answers(ID).map(({ index }) => index)).to.deep.equal([1n, 0n]);
    });

    it("is told of at each step", () => {
      model.joinAnswer(FIRST_ANSWERER, ID, START);
      model.submitAnswer(FIRST_ANSWERER, ID, SEAL, START);
      answer(model, SECOND_ANSWERER);
      model.openAnswer(openingOf(SECOND_ANSWERER), ENDS.answering);
      const { contentHash, uri } = openingOf(SECOND_ANSWERER);
      const events = told(model.events.take());
      expect([events[0], events[1], events.at(-1)]).to.deep.equal([
        ["AnswererJoined", ID, FIRST_ANSWERER, usdc("3.5")],
        ["AnswerSealed", ID, FIRST_ANSWERER, SEAL],
        ["AnswerOpened", ID, SECOND_ANSWERER, 0n, contentHash, uri],
      ]);
    });
  });

  describe("a query for at most seven answers", () => {
    const SEVEN = ANSWERERS.slice(0, 7);
    const FULL_AT = START + 50n;
    beforeEach(() => {
      model.ask(ASKER, { ...QUESTION, maxAnswers: 7n }, START);
      for (const account of SEVEN.slice(1)) answer(model, account);
      model.events.take();
    });

    it("is answering while one of seven is missing", () => {
      expect(model.phase(ID, FULL_AT)).to.equal(Phase.Answering);
    });

    it("is opening from the second in which the last of seven is submitted", () => {
      answer(model, FIRST_ANSWERER, FULL_AT);
      expect(model.phase(ID, FULL_AT)).to.equal(Phase.Opening);
    });

    it("has later windows that begin then", () => {
      answer(model, FIRST_ANSWERER, FULL_AT);
      const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = model.query(ID);
      expect([answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt]).to.deep.equal([
        FULL_AT,
        FULL_AT + 20_000n,
        FULL_AT + 320_000n,
        FULL_AT + 324_000n,
      ]);
    });

    it("is told to have ended answering", () => {
      answer(model, FIRST_ANSWERER, FULL_AT);
      expect(told(model.events.take()).at(-1)).to.deep.equal(["AnsweringEnded", ID, FULL_AT]);
    });
  });

  describe("a judge", () => {
    beforeEach(() => {
      play(model, { answers: 2 });
      model.setRanks([FIRST_JUDGE], [9n]);
      model.events.take();
    });

    it("pays a judge's stake", () => {
      model.joinJudge(FIRST_JUDGE, ID, ENDS.opening);
      expect(paid(FIRST_JUDGE)).to.equal(usdc("2.1"));
    });

    it("keeps the rank of joining", () => {
      model.joinJudge(FIRST_JUDGE, ID, ENDS.opening);
      model.setRanks([FIRST_JUDGE], [1n]);
      expect(model.judges(ID)).to.deep.equal([
        { judge: FIRST_JUDGE, rank: 9n, isSealed: false, isOpened: false, ranking: [], goodAnswers: 0n },
      ]);
    });

    it("is listed with the vote", () => {
      vote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      openVote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      expect(model.judges(ID)).to.deep.equal([
        { judge: SECOND_JUDGE, rank: 0n, isSealed: true, isOpened: true, ranking: [1n, 0n], goodAnswers: 0b10n },
      ]);
    });

    it("makes wins", () => {
      vote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      openVote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      expect(model.winMatrix(ID)).to.deep.equal([
        [0n, WAD / 2n],
        [(3n * WAD) / 2n, 0n],
      ]);
    });

    it("is told of at each step", () => {
      model.joinJudge(FIRST_JUDGE, ID, ENDS.opening);
      model.submitVote(FIRST_JUDGE, ID, SEAL, ENDS.opening);
      vote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      openVote(model, SECOND_JUDGE, SECOND_IS_GOOD);
      const events = told(model.events.take());
      expect([events[0], events[1], events.at(-1)]).to.deep.equal([
        ["JudgeJoined", ID, FIRST_JUDGE, 9n, usdc("2.1")],
        ["VoteSealed", ID, FIRST_JUDGE, SEAL],
        ["VoteOpened", ID, SECOND_JUDGE, packRanking([1, 0]), 0b10n],
      ]);
    });
  });

  describe("governance", () => {
    it("sets ranks", () => {
      model.setRanks([FIRST_ANSWERER, FIRST_JUDGE], [42n, 7n]);
      expect([FIRST_ANSWERER, FIRST_JUDGE, OUTSIDER].map((account) => model.rankOf(account))).to.deep.equal([
        42n,
        7n,
        0n,
      ]);
    });

    it("tells each rank it sets", () => {
      model.setRanks([FIRST_ANSWERER, FIRST_JUDGE], [42n, 7n]);
      expect(told(model.events.take())).to.deep.equal([
        ["RankSet", FIRST_ANSWERER, 42n],
        ["RankSet", FIRST_JUDGE, 7n],
      ]);
    });

    it("pauses nothing but asking", () => {
      model.ask(ASKER, QUESTION, START);
      model.pauseEntries(OUTSIDER);
      answer(model, FIRST_ANSWERER);
      expect(model.query(ID).sealedAnswers).to.equal(1n);
    });

    it("lets new queries in again", () => {
      model.pauseEntries(OUTSIDER);
      model.unpauseEntries(OUTSIDER);
      expect(model.ask(ASKER, QUESTION, START)).to.equal(ID);
    });

    it("is told to pause and to go on", () => {
      model.pauseEntries(OUTSIDER);
      model.unpauseEntries(OUTSIDER);
      expect(told(model.events.take())).to.deep.equal([
        ["Paused", OUTSIDER],
        ["Unpaused", OUTSIDER],
      ]);
    });
  });

  it("takes no action before its latest one", () => {
    model.ask(ASKER, QUESTION, START);
    expect(() => model.joinAnswer(FIRST_ANSWERER, ID, START - 1n)).to.throw(CredenceError, "before its latest one");
  });
});
