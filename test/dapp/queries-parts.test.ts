import { expect } from "chai";
import { ZeroHash } from "ethers";
import { isListed, urgentOf } from "../../dapp/src/pages/queries/listing.ts";
import { isOpeningOver, openingProblem, unopenedOf } from "../../dapp/src/pages/queries/opening.ts";
import { answererProblem, dutyOf, isUrgent, judgeProblem, partOf, roleOf } from "../../dapp/src/pages/queries/parts.ts";
import type { QueryState } from "../../dapp/src/pages/queries/records.ts";
import { endOf, stretchesOf } from "../../dapp/src/pages/queries/stretches.ts";
import type { Query } from "../../sdk/query/query.ts";
import { Outcome, Phase } from "../../sdk/query/state.ts";

const [ASKER, ANNA, BERT, CLEO, ADA, BEN, OTHER] = ["asker", "anna", "bert", "cleo", "ada", "ben", "other"];

/** Windows of 100 seconds each, from 1,000 on. */
const ENDS = { answeringEndsAt: 1_100n, openingEndsAt: 1_200n, judgingEndsAt: 1_300n, revealingEndsAt: 1_400n };
const [ANSWERING, OPENING, JUDGING, REVEALING, AFTER] = [1_050n, 1_150n, 1_250n, 1_350n, 1_400n];

const answer = (answerer: string, isSealed: boolean, isOpened: boolean, index = 0n) => {
  return { answerer, isSealed, isOpened, index, contentHash: ZeroHash };
};
const judge = (account: string, isSealed: boolean, isOpened: boolean) => {
  return { judge: account, rank: 0n, isSealed, isOpened, ranking: [], goodAnswers: 0n };
};

/** Anna opened her answer, Bert sealed his, Cleo joined; Ada sealed a vote, Ben joined. Somebody else opened one too. */
const ANSWERS = [answer(ANNA, true, true), answer(BERT, true, false), answer(CLEO, false, false)];
const JUDGES = [judge(ADA, true, false), judge(BEN, false, false)];

function stateWith(changed: Partial<Query> = {}, state: Partial<QueryState> = {}): QueryState {
  const query = {
    ...{ asker: ASKER, contentHash: ZeroHash, minRank: 2n, minAnswers: 7n, maxAnswers: 32n },
    ...{ answerers: 4n, sealedAnswers: 3n, openedAnswers: 2n, judges: 2n, sealedVotes: 1n, openedVotes: 0n },
    ...{ outcome: Outcome.Pending, submitStake: 35n, answerStake: 4n, judgeStake: 2n },
    ...ENDS,
    ...changed,
  };
  return { queryId: 1n, query, answers: ANSWERS, judges: JUDGES, ...state };
}

const STATE = stateWith();
const SETTLED = stateWith({ outcome: Outcome.Normal });

describe("parts in a query", () => {
  describe("roles", () => {
    for (const [account, role] of [
      [ASKER, "asker"],
      [BERT, "answerer"],
      [BEN, "judge"],
      [OTHER, undefined],
      [undefined, undefined],
    ] as const) {
      it(`makes ${account} ${role}`, () => {
        expect(roleOf(STATE, account)).to.equal(role);
      });
    }

    it("tells the stake of a part", () => {
      expect([ANNA, ADA].map((account) => partOf(STATE, account)?.stake)).to.deep.equal([4n, 2n]);
    });

    it("is no part of work to have asked", () => {
      expect(partOf(STATE, ASKER)).to.equal(undefined);
    });
  });

  describe("duties", () => {
    const duties: readonly (readonly [string, string, bigint, string, bigint?])[] = [
      ["who joined to answer", CLEO, ANSWERING, "seal", 1_100n],
      ["who joined to answer and submitted nothing", CLEO, OPENING, "forfeited"],
      ["who sealed an answer", BERT, ANSWERING, "comeBack", 1_200n],
      ["who sealed an answer when answers are opened", BERT, OPENING, "open", 1_200n],
      ["who sealed an answer and did not open it", BERT, JUDGING, "forfeited"],
      ["whose answer is open", ANNA, OPENING, "wait"],
      ["whose answer is open when it can be settled", ANNA, AFTER, "settle"],
      ["who joined to judge", BEN, JUDGING, "seal", 1_300n],
      ["who joined to judge and submitted nothing", BEN, REVEALING, "forfeited"],
      ["who sealed a vote", ADA, JUDGING, "comeBack", 1_400n],
      ["who sealed a vote when votes are opened", ADA, REVEALING, "open", 1_400n],
      ["who sealed a vote and did not open it", ADA, AFTER, "forfeited"],
      ["who asked", ASKER, JUDGING, "wait"],
      ["who asked, when it can be settled", ASKER, AFTER, "settle"],
    ];
    for (const [who, account, now, name, until] of duties) {
      it(`of one ${who} is "${name}"`, () => {
        const duty = dutyOf(STATE, account, now);
        expect([duty?.name, duty && "until" in duty ? duty.until : undefined]).to.deep.equal([name, until]);
      });
    }

    it("says when to come back", () => {
      expect(dutyOf(STATE, BERT, ANSWERING)).to.include({ name: "comeBack", from: 1_100n });
    });

    it("are over when the query is settled, whatever was forfeited", () => {
      expect(dutyOf(SETTLED, BERT, AFTER)).to.deep.equal({ name: "over", role: "answerer" });
    });

    it("are not those of an account without a part", () => {
      expect(dutyOf(STATE, OTHER, ANSWERING)).to.equal(undefined);
    });

    it("are urgent while something can be lost", () => {
      const at = (account: string, now: bigint) => isUrgent(dutyOf(STATE, account, now));
      expect([at(CLEO, ANSWERING), at(BERT, OPENING), at(BERT, ANSWERING), at(BERT, AFTER)]).to.deep.equal([
        ...[true, true, false, false],
      ]);
    });

    it("with the last second of a window, fall into the next", () => {
      const at = (now: bigint) => dutyOf(STATE, BERT, now)?.name;
      expect([at(1_099n), at(1_100n), at(1_199n), at(1_200n)]).to.deep.equal(["comeBack", "open", "open", "forfeited"]);
    });
  });

  describe("joining as an answerer", () => {
    it("has no problem", () => {
      expect(answererProblem(STATE, OTHER, 2n, ANSWERING)).to.equal(undefined);
    });

    it("has none that is known before a rank is", () => {
      expect(answererProblem(STATE, OTHER, undefined, ANSWERING)).to.equal(undefined);
    });

    it("needs the rank", () => {
      expect(answererProblem(STATE, OTHER, 1n, ANSWERING)).to.equal("Answerers need rank 2, and yours is 1.");
    });

    it("needs the time", () => {
      expect(answererProblem(STATE, OTHER, 2n, OPENING)).to.equal("The time for answers is over.");
    });

    it("needs a place", () => {
      const full = stateWith({ answerers: 32n });
      expect(answererProblem(full, OTHER, 2n, ANSWERING)).to.equal("All places for answers are taken.");
    });

    it("is not for who asked", () => {
      const problem = "You are the asker in this query: nobody has two parts.";
      expect(answererProblem(STATE, ASKER, 2n, ANSWERING)).to.equal(problem);
    });
  });

  describe("joining as a judge", () => {
    it("has no problem", () => {
      expect(judgeProblem(STATE, OTHER, JUDGING)).to.equal(undefined);
    });

    it("waits for the answers", () => {
      expect(judgeProblem(STATE, OTHER, OPENING)).to.equal("Judging begins when the answers are open.");
    });

    it("needs the time", () => {
      expect(judgeProblem(STATE, OTHER, REVEALING)).to.equal("The time for judging is over.");
    });

    it("needs a place", () => {
      const full = stateWith({ judges: 32n });
      expect(judgeProblem(full, OTHER, JUDGING)).to.equal("All places for judges are taken.");
    });

    it("is not for an answerer", () => {
      const problem = "You are an answerer in this query: nobody has two parts.";
      expect(judgeProblem(STATE, ANNA, JUDGING)).to.equal(problem);
    });
  });

  describe("opening", () => {
    it("waits for its window", () => {
      expect([
        openingProblem(STATE.query, "answer", ANSWERING),
        openingProblem(STATE.query, "vote", JUDGING),
      ]).to.deep.equal([
        "Answers are opened when the time for answers is over.",
        "Votes are opened when the time for judging is over.",
      ]);
    });

    it("has no problem in its window", () => {
      expect([
        openingProblem(STATE.query, "answer", OPENING),
        openingProblem(STATE.query, "vote", REVEALING),
      ]).to.deep.equal([undefined, undefined]);
    });

    it("is over after it", () => {
      const kinds = ["answer", "vote"] as const;
      expect(kinds.map((kind) => isOpeningOver(STATE.query, kind, REVEALING))).to.deep.equal([true, false]);
    });

    it("is for what is sealed and not opened, the own first", () => {
      const answers = [answer(ANNA, true, false), answer(BERT, true, false), answer(CLEO, true, true)];
      expect(unopenedOf(stateWith({}, { answers }), "answer", BERT)).to.deep.equal([BERT, ANNA]);
    });

    it("is for votes likewise", () => {
      expect(unopenedOf(STATE, "vote", OTHER)).to.deep.equal([ADA]);
    });
  });

  describe("the timeline", () => {
    const states = (query: Query, now: bigint) => stretchesOf(query, 1_000n, now).map(({ state }) => state);

    it("has each window from the end of the one before", () => {
      const spans = stretchesOf(STATE.query, 1_000n, ANSWERING).map(({ from, until }) => [from, until]);
      expect(spans).to.deep.equal([
        [1_000n, 1_100n],
        [1_100n, 1_200n],
        [1_200n, 1_300n],
        [1_300n, 1_400n],
      ]);
    });

    it("is in one of them", () => {
      expect(states(STATE.query, JUDGING)).to.deep.equal(["past", "past", "now", "ahead"]);
    });

    it("leaves judging out with fewer than two answers", () => {
      expect(states(stateWith({ openedAnswers: 1n }).query, JUDGING)).to.deep.equal([
        ...["past", "past", "skipped", "skipped"],
      ]);
    });

    it("leaves opening votes out without judges", () => {
      expect(states(stateWith({ judges: 0n }).query, REVEALING)).to.deep.equal(["past", "past", "past", "skipped"]);
    });

    it("tells when a phase ends, if the clock ends it", () => {
      expect([Phase.Opening, Phase.Settleable].map((phase) => endOf(STATE.query, phase))).to.deep.equal([
        ...[1_200n, undefined],
      ]);
    });
  });

  describe("lists", () => {
    const listed = (filter: Parameters<typeof isListed>[1], now: bigint, account = OTHER, rank?: bigint) =>
      isListed(STATE, filter, { account, rank, now });

    it("have everything", () => {
      expect(listed("all", AFTER)).to.equal(true);
    });

    it("have what can be answered", () => {
      expect([
        listed("answer", ANSWERING),
        listed("answer", OPENING),
        listed("answer", ANSWERING, OTHER, 1n),
      ]).to.deep.equal([true, false, false]);
    });

    it("have what can be judged", () => {
      expect([listed("judge", JUDGING), listed("judge", ANSWERING), listed("judge", JUDGING, ADA)]).to.deep.equal([
        ...[true, false, false],
      ]);
    });

    it("have what is mine", () => {
      expect([listed("mine", AFTER, ANNA), listed("mine", AFTER)]).to.deep.equal([true, false]);
    });

    it("have what is settled", () => {
      const viewer = { account: undefined, rank: undefined, now: AFTER };
      expect([STATE, SETTLED].map((state) => isListed(state, "settled", viewer))).to.deep.equal([false, true]);
    });

    it("put what is to be done the soonest first", () => {
      const later = stateWith({ openingEndsAt: 1_199n }, { queryId: 2n });
      const open = stateWith({ answeringEndsAt: 1_190n }, { queryId: 3n });
      const found = urgentOf([STATE, later, open, SETTLED], BERT, OPENING);
      expect(found.map(({ queryId }) => queryId)).to.deep.equal([2n, 1n]);
    });
  });
});
