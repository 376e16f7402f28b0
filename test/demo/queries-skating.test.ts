import { readFile } from "node:fs/promises";
import { expect } from "chai";
import {
  parseSkating,
  REFERENCE_SHARES,
  readSkating,
  type Skating,
  SkatingFileError,
} from "../../scripts/demo/queries/skating.ts";
import { tableAfter } from "../docs/tables.ts";
import { SKATING_LINES } from "./queries-fixtures.ts";

describe("the free skate of the demo", () => {
  describe("as it was", () => {
    let skating: Skating;
    before(async () => {
      skating = await readSkating();
    });

    it("has 23 skaters and nine judges", () => {
      expect(skating.skaters).to.have.lengthOf(23);
      expect(skating.judges).to.deep.equal(["J1", "J2", "J3", "J4", "J5", "J6", "J7", "J8", "J9"]);
    });

    it("has the places that judges gave, by skater", () => {
      expect(skating.skaters[0]).to.deep.equal({ name: "hughes", places: [1, 4, 3, 4, 1, 2, 1, 1, 1] });
    });

    it("comes with reference strengths of some skaters, as the description of the data has them", async () => {
      const description = await readFile(new URL("../../data/README.md", import.meta.url), "utf8");
      const shares = tableAfter(description, "| skater | share |").map(
        ([name = "", share = ""]) => [name, BigInt(share.replace("0.", ""))] as const,
      );
      expect(new Map(shares)).to.deep.equal(REFERENCE_SHARES);
    });
  });

  describe("when it is read", () => {
    const read = (...lines: string[]) => parseSkating(lines.join("\n"), "skating.csv");
    const [header = "", ...rows] = SKATING_LINES;

    it("accepts a byte order mark, CRLF, empty lines and spaces around values", () => {
      const text = "\uFEFFskater, ann\r\n\r\n hana ,2\r\nsara,1\r\n";
      expect(parseSkating(text, "skating.csv")).to.deep.equal({
        judges: ["ann"],
        skaters: [
          { name: "hana", places: [2] },
          { name: "sara", places: [1] },
        ],
      });
    });

    for (const [name, lines, problems] of [
      ["an empty file", [""], ['the header must be "skater" and the names of judges']],
      ["a header without judges", ["skater"], ['the header must be "skater" and the names of judges']],
      ["another header", ["name,ann", "hana,1"], ['the header must be "skater" and the names of judges']],
      ["a place too few", [header, "hana,1,2"], ["Invalid Record Length: expect 6, got 3 on line 2"]],
      ["a place twice", ["skater,ann,ben", "hana,1,1", "sara,1,2"], ["ann must give each of the places 1 to 2 once"]],
      ["a place beyond the last", ["skater,ann", "hana,1", "sara,3"], ["ann must give each of the places 1 to 2 once"]],
      ["a place that is no number", ["skater,ann", "hana,first"], ["ann must give each of the places 1 to 1 once"]],
      ["a skater twice", [header, ...rows.slice(0, 6), "hana,7,6,7,7,5"], ['the skater "hana" is there twice']],
      [
        "everything at once",
        ["skater,ann,ben", "hana,1,2", "hana,2,2"],
        ['the skater "hana" is there twice', "ben must give each of the places 1 to 2 once"],
      ],
    ] as const) {
      it(`refuses ${name}`, () => {
        expect(() => read(...lines)).to.throw(
          SkatingFileError,
          ["skating.csv holds no rankings:", ...problems.map((why) => `  ${why}`)].join("\n"),
        );
      });
    }
  });
});
