import { expect } from "chai";
import { emptyQuestion, parseQuestion, type TypedQuestion } from "../../dapp/src/pages/queries/asking.ts";
import { goodOf, moved, ordinal, placeAt, voteProblem, voteText } from "../../dapp/src/pages/queries/ordering.ts";
import { secondsOf, typedSpan } from "../../dapp/src/pages/queries/spans.ts";
import { draftOf, textOfDraft } from "../../dapp/src/pages/queries/vote-draft.ts";

const TIMING = { answering: 259_200n, opening: 86_400n, judging: 5_400n, revealing: 60n };
const EMPTY = emptyQuestion(TIMING);

const problemOf = (changed: Partial<TypedQuestion>) => {
  const parsed = parseQuestion({ ...EMPTY, text: "Why?", ...changed });
  return "problem" in parsed ? parsed.problem : undefined;
};

describe("asking a query", () => {
  it("asks for what was typed", () => {
    expect(parseQuestion({ ...EMPTY, text: "Why?", minRank: "42", minAnswers: "8", maxAnswers: "9" })).to.deep.equal({
      ...{ text: "Why?", minRank: 42n, minAnswers: 8n, maxAnswers: 9n, timing: TIMING },
    });
  });

  it("begins with the usual windows, and the fewest answers", () => {
    expect(EMPTY).to.deep.equal({
      ...{ text: "", minRank: "0", minAnswers: "7", maxAnswers: "32" },
      timing: {
        answering: { count: "3", unit: "days" },
        opening: { count: "1", unit: "days" },
        judging: { count: "90", unit: "minutes" },
        revealing: { count: "1", unit: "minutes" },
      },
    });
  });

  for (const [name, changed, problem] of [
    ["no words", { text: " " }, "Write the question."],
    ["a rank too high", { minRank: "43" }, "A rank is 0 to 42."],
    ["no rank", { minRank: "" }, "A rank is 0 to 42."],
    ["a rank below zero", { minRank: "-1" }, "A rank is 0 to 42."],
    ["too few answers", { minAnswers: "6" }, "A query wants 7 to 32 answers."],
    ["too many answers", { minAnswers: "33" }, "A query wants 7 to 32 answers."],
    ["half an answer", { minAnswers: "7.5" }, "A query wants 7 to 32 answers."],
    ["too many places", { maxAnswers: "33" }, "32 may answer at the most."],
    ["too few places", { maxAnswers: "6" }, "You pay for 7 answers: let at least as many people answer."],
    ["no window", { timing: { ...EMPTY.timing, judging: { count: "", unit: "days" } } }, /^Judging takes 1 minute to/],
    [
      "a window too short",
      { timing: { ...EMPTY.timing, opening: { count: "0", unit: "hours" } } },
      /^Opening the answers takes 1 minute to 1 month|^Opening the answers takes 1 minute to 30 days/,
    ],
    [
      "a window too long",
      { timing: { ...EMPTY.timing, answering: { count: "31", unit: "days" } } },
      /^Answering takes/,
    ],
  ] as const) {
    it(`says what is wrong with ${name}`, () => {
      const found = problemOf(changed);
      if (typeof problem === "string") expect(found).to.equal(problem);
      else expect(found).to.match(problem);
    });
  }

  it("takes the longest window", () => {
    expect(problemOf({ timing: { ...EMPTY.timing, answering: { count: "30", unit: "days" } } })).to.equal(undefined);
  });
});

describe("typed spans", () => {
  for (const [seconds, count, unit] of [
    [60n, "1", "minutes"],
    [3_600n, "1", "hours"],
    [5_400n, "90", "minutes"],
    [2_592_000n, "30", "days"],
  ] as const) {
    it(`makes ${seconds} seconds ${count} ${unit}, and back`, () => {
      expect([typedSpan(seconds), secondsOf({ count, unit })]).to.deep.equal([{ count, unit }, seconds]);
    });
  }

  for (const count of ["", "1.5", "-1", "1e3", "x"]) {
    it(`understands no ${JSON.stringify(count)}`, () => {
      expect(secondsOf({ count, unit: "days" })).to.equal(undefined);
    });
  }
});

describe("putting answers in order", () => {
  const LIST = [0, 1, 2, 3];

  it("moves one up", () => {
    expect(moved(LIST, 2, 0)).to.deep.equal([2, 0, 1, 3]);
  });

  it("moves one down", () => {
    expect(moved(LIST, 0, 2)).to.deep.equal([1, 2, 0, 3]);
  });

  it("stops at the ends", () => {
    expect([moved(LIST, 1, -5), moved(LIST, 1, 9)]).to.deep.equal([
      [1, 0, 2, 3],
      [0, 2, 3, 1],
    ]);
  });

  it("is the same list where nothing moves", () => {
    expect(moved(LIST, 3, 4)).to.equal(LIST);
  });

  for (const [at, place] of [
    [5, 0],
    [25, 1],
    [35, 2],
    [99, 3],
  ] as const) {
    it(`puts what is dragged to ${at} at place ${place}`, () => {
      expect(placeAt([10, 20, 30, 40], 1, at)).to.equal(place);
    });
  }

  it("makes a set of the good ones", () => {
    expect([goodOf([2, 0, 1], 2), goodOf([2, 0, 1], 0)]).to.deep.equal([0b101n, 0n]);
  });

  it("counts places in words", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 32].map(ordinal)).to.deep.equal(
      "1st 2nd 3rd 4th 11th 12th 13th 21st 32nd".split(" "),
    );
  });

  it("says a vote", () => {
    expect([voteText([2n, 0n, 1n], 0b101n), voteText([0n, 1n], 0n)]).to.deep.equal([
      "3, 1, 2; good: 3, 1",
      "1, 2; none good",
    ]);
  });
});

describe("a vote that is not sealed yet", () => {
  it("is what the browser has kept", () => {
    const draft = { ranking: [2, 0, 1], good: 3 };
    expect(draftOf(textOfDraft(draft), 3n)).to.deep.equal(draft);
  });

  it("has the answers in their order where nothing is kept", () => {
    expect(draftOf("", 3n)).to.deep.equal({ ranking: [0, 1, 2] });
  });

  for (const [name, kept] of [
    ["ranks other answers", '{"ranking":[0,1,3],"good":1}'],
    ["ranks too few answers", '{"ranking":[1,0],"good":1}'],
    ["has no ranking", '{"good":1}'],
    ["is none", "7"],
  ] as const)
    it(`is begun anew where what is kept ${name}`, () => {
      expect(draftOf(kept, 3n)).to.deep.equal({ ranking: [0, 1, 2] });
    });

  it("asks again how many are good where what is kept names too many", () => {
    expect(draftOf('{"ranking":[2,1,0],"good":4}', 3n)).to.deep.equal({ ranking: [2, 1, 0], good: undefined });
  });
});

describe("sealing a vote", () => {
  it("waits for the answers, and for what is good", () => {
    const loading = "The answers are still being loaded: nobody can rank them yet.";
    expect(voteProblem(undefined, 2, 1)).to.equal(loading);
    expect(voteProblem(1, 2, 1)).to.equal(loading);
    expect(voteProblem(2, 2, undefined)).to.equal("Say how many answers are good.");
    expect(voteProblem(2, 2, 0)).to.equal(undefined);
  });
});
