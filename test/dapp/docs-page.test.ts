import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { MOST_ENDED } from "../../dapp/src/actions/sent.ts";
import { UNSETTLED_BLOCKS } from "../../dapp/src/events/sync.ts";
import { inOneLine, inWords } from "../docs/words.ts";

const page = inOneLine(await readFile(new URL("../../docs/dapp.md", import.meta.url), "utf8"));

describe("docs/dapp.md on what the browser keeps", () => {
  it("says how many of the newest blocks are read anew", () => {
    expect(page).to.include(`the newest ${UNSETTLED_BLOCKS} blocks are read anew each time`);
  });

  it("says of how many transactions the end is remembered", () => {
    expect(page).to.include(`still tells how the last ${inWords(MOST_ENDED)} ended`);
  });
});
