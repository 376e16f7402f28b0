import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { AnswersFileError, parseAnswers, readAnswersFile } from "../../scripts/demo/csv.ts";
import { HEADER } from "./fixtures.ts";

const GOOD = "Alaska,Juneau,ann,1,0.6,0.75,1";

function messageOf(...lines: string[]): string {
  try {
    parseAnswers(lines.join("\n"), "answers.csv");
  } catch (error) {
    if (error instanceof AnswersFileError) return error.message;
    throw error;
  }
  throw new Error("the text was accepted");
}

describe("answers from CSV", () => {
  it("reads each line as one person's answer to one claim", () => {
    expect(parseAnswers(`${HEADER}\n${GOOD}\n`, "answers.csv")).to.deep.equal([
      {
        line: 2,
        claim: "Juneau is the capital of Alaska",
        subject: "ann",
        own: true,
        meta: 0.6,
        confidence: 0.75,
        actual: true,
      },
    ]);
  });

  it("reads underscores in places as spaces, and leaves subjects alone", () => {
    const [first] = parseAnswers(`${HEADER}\nNew_York,New_York,a_1,0,1,1,0`, "answers.csv");
    expect([first?.claim, first?.subject]).to.deep.equal(["New York is the capital of New York", "a_1"]);
  });

  it("accepts a byte order mark, CRLF, empty lines, spaces around values and quoted values", () => {
    const text = `\uFEFF${HEADER}\r\n\r\n "Alaska" , Juneau ,ann, 1,.6,1.,1\r\n  \r\n`;
    const [first, ...others] = parseAnswers(text, "answers.csv");
    expect(others).to.deep.equal([]);
    expect([first?.line, first?.claim, first?.meta]).to.deep.equal([3, "Juneau is the capital of Alaska", 0.6]);
  });

  it("reads the data that comes with the project: 50 claims, 33 people, each of whom judged each claim", async () => {
    const answers = await readAnswersFile(fileURLToPath(new URL("../../data/crowd-states-mit.csv", import.meta.url)));
    expect(new Set(answers.map((answer) => answer.claim))).to.have.lengthOf(50);
    expect(new Set(answers.map((answer) => answer.subject))).to.have.lengthOf(33);
    expect(answers).to.have.lengthOf(50 * 33);
  });

  describe("when a line is malformed", () => {
    const cases: [name: string, line: string, complaint: string][] = [
      ["no state", ",Juneau,ann,1,0.6,0.75,1", "column state: must be a name, not empty"],
      ["no city", "Alaska,,ann,1,0.6,0.75,1", "column expt city: must be a name, not empty"],
      ["no subject", "Alaska,Juneau,,1,0.6,0.75,1", "column subject: must be a name, not empty"],
      ["own is not a bit", "Alaska,Juneau,ann,yes,0.6,0.75,1", 'column own: must be 0 or 1, not "yes"'],
      ["own is 2", "Alaska,Juneau,ann,2,0.6,0.75,1", 'column own: must be 0 or 1, not "2"'],
      ["meta is above 1", "Alaska,Juneau,ann,1,1.01,0.75,1", 'column meta: must be a number from 0 to 1, not "1.01"'],
      ["meta is negative", "Alaska,Juneau,ann,1,-0.1,0.75,1", 'column meta: must be a number from 0 to 1, not "-0.1"'],
      ["meta is no number", "Alaska,Juneau,ann,1,NaN,0.75,1", 'column meta: must be a number from 0 to 1, not "NaN"'],
      ["meta is empty", "Alaska,Juneau,ann,1,,0.75,1", "column meta: must be a number from 0 to 1, not empty"],
      [
        "confidence is below 0.5",
        "Alaska,Juneau,ann,1,0.6,0.49,1",
        'column confidence: must be a number from 0.5 to 1, not "0.49"',
      ],
      [
        "confidence is above 1",
        "Alaska,Juneau,ann,1,0.6,75,1",
        'column confidence: must be a number from 0.5 to 1, not "75"',
      ],
      ["actual is not a bit", "Alaska,Juneau,ann,1,0.6,0.75,true", 'column actual: must be 0 or 1, not "true"'],
      [
        "a column is missing",
        "Alaska,Juneau,ann,1,0.6,0.75",
        "column actual: is missing: the line has 6 columns, not 7",
      ],
      ["a column is too many", `${GOOD},x`, 'column 8: "x" is one too many: the line has 8 columns, not 7'],
      ["a quote stays open", 'Alaska,"Juneau,ann,1,0.6,0.75,1', "column expt city: a quote is opened and not closed"],
      [
        "text follows a closing quote",
        'Alaska,"Ju"neau,ann,1,0.6,0.75,1',
        'column expt city: has text after a closing quote; write " as "" in quotes',
      ],
    ];
    for (const [name, line, complaint] of cases) {
      it(`names line, column and reason where ${name}`, () => {
        expect(messageOf(HEADER, GOOD, line)).to.equal(`answers.csv: 1 problem found\n  line 3, ${complaint}`);
      });
    }

    it("refuses a second answer of one person to one claim", () => {
      expect(messageOf(HEADER, GOOD, GOOD)).to.equal(
        'answers.csv: 1 problem found\n  line 3, column subject: "ann" answered "Juneau is the capital of Alaska" on line 2 already',
      );
    });

    it("refuses two truths for one claim", () => {
      expect(messageOf(HEADER, GOOD, "Alaska,Juneau,bob,1,0.6,0.75,0")).to.equal(
        'answers.csv: 1 problem found\n  line 3, column actual: is 0, but line 2 says 1 for "Juneau is the capital of Alaska"',
      );
    });

    it("lists every problem of every line", () => {
      expect(messageOf(HEADER, "Alaska,Juneau,ann,3,0.6,0.1,1", "", GOOD, 'x,"y').split("\n")).to.deep.equal([
        "answers.csv: 3 problems found",
        '  line 2, column own: must be 0 or 1, not "3"',
        '  line 2, column confidence: must be a number from 0.5 to 1, not "0.1"',
        "  line 5, column expt city: a quote is opened and not closed",
      ]);
    });

    it("shows only the beginning of a very long value", () => {
      expect(messageOf(HEADER, `Alaska,Juneau,ann,${"9".repeat(200)},0.6,0.75,1`)).to.equal(
        `answers.csv: 1 problem found\n  line 2, column own: must be 0 or 1, not "${"9".repeat(60)}…"`,
      );
    });
  });

  describe("when the file as a whole is wrong", () => {
    it("says what the header must be, and nothing about the lines below", () => {
      expect(messageOf("state,city,subject", "nonsense")).to.equal(
        `answers.csv: 1 problem found\n  line 1, the header must be "${HEADER}", not "state,city,subject"`,
      );
    });

    it("says that it is empty", () => {
      expect(messageOf("\uFEFF", "")).to.equal("answers.csv: the file is empty");
    });

    it("says that no answer follows the header", () => {
      expect(messageOf(HEADER, "")).to.equal("answers.csv: there is a header and no answer below it");
    });

    for (const [name, path, complaint] of [
      ["does not exist", "no-such-file.csv", "there is no such file"],
      ["is a folder", ".", "this is a folder, not a file"],
    ] as const) {
      it(`says so where it ${name}`, async () => {
        const error = await readAnswersFile(path, "mine.csv").catch((cause: unknown) => cause);
        expect(error).to.be.instanceOf(AnswersFileError).with.property("message", `mine.csv: ${complaint}`);
      });
    }

    it("says so where it is not UTF-8", async () => {
      const folder = await mkdtemp(join(tmpdir(), "credence-"));
      const path = join(folder, "latin1.csv");
      await writeFile(path, Buffer.from("Bogot\u00e1", "latin1"));
      const error = await readAnswersFile(path, "mine.csv").catch((cause: unknown) => cause);
      await rm(folder, { recursive: true });
      expect(error)
        .to.be.instanceOf(AnswersFileError)
        .with.property("message", "mine.csv: the file is not text in UTF-8");
    });
  });
});
