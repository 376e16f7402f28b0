import { expect } from "chai";
import {
  type Debate,
  DebateFileError,
  parseDebate,
  readDebate,
  requireLengths,
} from "../../scripts/demo/arguments/debate.ts";
import { readAnswersFile } from "../../scripts/demo/csv.ts";
import { actUnits } from "../../scripts/demo/format.ts";
import { Side } from "../../sdk/market/side.ts";
import { ACT_RULES, DEBATE, written } from "./arguments-fixtures.ts";

/** What is wrong with a debate that differs from one that can be held. */
function problemsOf(changed: object): readonly string[] {
  try {
    parseDebate(JSON.stringify({ ...DEBATE, ...changed }), "debate.json");
  } catch (error) {
    if (error instanceof DebateFileError) return error.problems;
    throw error;
  }
  return [];
}

describe("the debate of the demo", () => {
  describe("as it is written", () => {
    let debate: Debate;
    before(async () => {
      debate = await readDebate();
    });

    it("has at least 12 arguments", () => {
      expect(debate.arguments.length).to.be.at.least(12);
    });

    it("argues on both sides of every claim", () => {
      for (const claim of debate.claims) {
        const sides = debate.arguments.filter((argument) => argument.claim === claim).map(({ side }) => side);
        expect(new Set(sides), claim).to.deep.equal(new Set([Side.Support, Side.Oppose]));
      }
    });

    it("is about claims of the file, true ones and false ones", async () => {
      const answers = await readAnswersFile("data/crowd-states-mit.csv");
      const truths = debate.claims.map((claim) => answers.find((answer) => answer.claim === claim)?.actual);
      expect(truths).to.deep.equal([false, false, true, true]);
    });

    it("keeps to the lengths of the default rules", () => {
      expect(() => requireLengths(debate, "debate.json", ACT_RULES)).not.to.throw();
    });

    it("says nothing twice", () => {
      const texts = debate.arguments.flatMap(({ summary, body }) => [summary, body]);
      expect(new Set(texts)).to.have.lengthOf(texts.length);
    });
  });

  describe("when it is read", () => {
    it("turns sides and purses into those of the contracts", () => {
      const { debaters, arguments: all } = parseDebate(JSON.stringify(DEBATE), "debate.json");
      expect(debaters).to.deep.equal([
        { name: "ann", purse: actUnits("300") },
        { name: "bob", purse: actUnits("140") },
      ]);
      expect(all.map(({ key, side }) => [key, side])).to.deep.equal([
        ["juneau", Side.Support],
        ["anchorage", Side.Oppose],
      ]);
    });

    for (const [name, changed, problems] of [
      ["debaters that are none", { debaters: "ann" }, ["debaters: Invalid input: expected array, received string"]],
      [
        "a purse that is no text",
        { debaters: [{ name: "ann", purse: 300 }] },
        ["debaters.0.purse: must be a number of ACT in quotes"],
      ],
      [
        "a purse that is no whole number",
        { debaters: [{ name: "ann", purse: "0.5" }] },
        ["debaters.0.purse: must be a whole number of ACT in quotes"],
      ],
      [
        "a name of two words",
        { debaters: [{ name: "ann b", purse: "3" }] },
        ["debaters.0.name: must be a word without spaces"],
      ],
      [
        "a third side",
        { arguments: [written({ side: "maybe" })] },
        ['arguments.0.side: must be "support" or "oppose"'],
      ],
      [
        "a text with a space before it",
        { arguments: [written({ summary: " Juneau" })] },
        ["arguments.0.summary: must be a text without spaces around it"],
      ],
      ["what it does not know", { jury: [] }, ['Unrecognized key: "jury"']],
      [
        "an unknown claim",
        { arguments: [written({ claim: "Oslo is the capital of Ohio" })] },
        ['argument "juneau": "Oslo is the capital of Ohio" is none of the claims'],
      ],
      [
        "an unknown author",
        { arguments: [written({ author: "eve" })] },
        ['argument "juneau": "eve" is none of the debaters'],
      ],
      ["a key twice", { arguments: [written({}), written({})] }, ['arguments: "juneau" is there twice']],
      [
        "a claim twice",
        { claims: [...DEBATE.claims, ...DEBATE.claims] },
        [`claims: "${DEBATE.claims[0]}" is there twice`],
      ],
      [
        "a debater twice",
        { debaters: [...DEBATE.debaters, { name: "ann", purse: "1" }] },
        ['debaters: "ann" is there twice'],
      ],
    ] as const) {
      it(`refuses ${name}`, () => {
        expect(problemsOf(changed)).to.deep.equal(problems);
      });
    }

    it("refuses what is not JSON", () => {
      expect(() => parseDebate("{", "debate.json")).to.throw(
        DebateFileError,
        "debate.json holds no debate that can be held:\n  it is not JSON",
      );
    });
  });

  describe("when it is measured", () => {
    const limits = { minSummaryLength: 4n, maxSummaryLength: 6n, minBodyLength: 3n, maxBodyLength: 5n };
    const measure = (summary: string, body: string) => {
      const debate = parseDebate(JSON.stringify({ ...DEBATE, arguments: [written({ summary, body })] }), "debate.json");
      return () => requireLengths(debate, "debate.json", limits);
    };

    for (const [summary, body] of [
      ["four", "abc"],
      ["sixsix", "fives"],
      ["Ömäh", "abé"],
    ] as const) {
      it(`takes "${summary}" and "${body}"`, () => {
        expect(measure(summary, body)).not.to.throw();
      });
    }

    for (const [summary, body, problem] of [
      ["abc", "abcd", "the summary has 3 bytes, not 4 to 6"],
      ["sevenss", "abcd", "the summary has 7 bytes, not 4 to 6"],
      ["äöüß", "abcd", "the summary has 8 bytes, not 4 to 6"],
      ["four", "ab", "the body has 2 bytes, not 3 to 5"],
      ["four", "sixsix", "the body has 6 bytes, not 3 to 5"],
    ] as const) {
      it(`refuses "${summary}" and "${body}"`, () => {
        expect(measure(summary, body)).to.throw(
          DebateFileError,
          `debate.json holds no debate that can be held:\n  argument "juneau": ${problem}`,
        );
      });
    }
  });
});
