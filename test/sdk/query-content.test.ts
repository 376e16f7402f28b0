import { expect } from "chai";
import { id } from "ethers";
import { contentOf, MOST_BYTES, textProblem, toldBy } from "../../sdk/query/content.ts";

const PREFIX = "data:text/plain;charset=utf-8,";

describe("text URIs of queries", () => {
  describe("when a text is kept on chain", () => {
    it("is a data URI of its words", () => {
      expect(contentOf("Why, and how?").uri).to.equal(`${PREFIX}Why%2C%20and%20how%3F`);
    });

    it("is hashed as its words, not as the URI", () => {
      expect(contentOf("Why?").contentHash).to.equal(id("Why?"));
    });

    it("leaves out the white space around it", () => {
      expect(contentOf(" \n Why? \t")).to.deep.equal(contentOf("Why?"));
    });

    for (const text of ["100 % #1 & more, “quoted”", "line\nbreak\tand tab", "多语言 🎿 é", "%41+b", "data:,x"]) {
      it(`tells ${JSON.stringify(text)} again`, () => {
        expect(toldBy(contentOf(text))).to.deep.equal({ kind: "text", text, isProven: true });
      });
    }
  });

  describe("when somebody else has written it", () => {
    it("does not take words for proven that are not those of the hash", () => {
      const { uri } = contentOf("One");
      expect(toldBy({ uri, contentHash: id("Other") })).to.deep.equal({ kind: "text", text: "One", isProven: false });
    });

    it("proves words by a hash in capitals", () => {
      const { uri, contentHash } = contentOf("One");
      const told = toldBy({ uri, contentHash: `0x${contentHash.slice(2).toUpperCase()}` });
      expect(told).to.deep.equal({ kind: "text", text: "One", isProven: true });
    });

    it("understands the prefix in capitals", () => {
      const told = toldBy({ uri: "DATA:text/plain;charset=UTF-8,a", contentHash: id("a") });
      expect(told).to.deep.equal({ kind: "text", text: "a", isProven: true });
    });

    for (const uri of ["https://example.org/a", "http://example.org", "ipfs://bafy/a"]) {
      it(`links to ${uri}`, () => {
        expect(toldBy({ uri, contentHash: id("a") })).to.deep.equal({ kind: "link", uri });
      });
    }

    for (const uri of [
      "",
      "javascript:alert(1)",
      "JavaScript:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "data:text/plain;base64,YQ==",
      `${PREFIX}%ff`,
      `${PREFIX}%`,
      "file:///etc/passwd",
      "blob:https://example.org/1",
      "example.org",
      " javascript:alert(1)",
    ]) {
      it(`neither reads nor links ${JSON.stringify(uri)}`, () => {
        expect(toldBy({ uri, contentHash: id("a") })).to.deep.equal({ kind: "unknown", uri });
      });
    }
  });

  describe("when it is typed", () => {
    it("has no problem", () => {
      expect(textProblem("Why?", "question")).to.equal(undefined);
    });

    it("has to have words", () => {
      expect(textProblem(" \n ", "answer")).to.equal("Write the answer.");
    });

    it("has no half characters", () => {
      expect(textProblem("a\ud800b", "answer")).to.match(/half a character/);
    });

    const room = MOST_BYTES.question - PREFIX.length;

    it("may take all bytes that there are", () => {
      expect(textProblem("a".repeat(room), "question")).to.equal(undefined);
    });

    it("says by how much it is too long", () => {
      expect(textProblem("a".repeat(room + 1), "question")).to.equal(
        "The question is too long: it takes 4,001 bytes on chain, and 4,000 are the most.",
      );
    });

    it("counts the bytes of the URI, not the characters", () => {
      expect(textProblem("é".repeat(room / 5), "question")).to.match(/too long/);
    });
  });
});
