import { expect } from "chai";
import { readable, readableText, visible } from "../../dapp/src/format/readable.ts";
import { CouncilChamber__factory } from "../../typechain-types/index.ts";
import { withBadText } from "./bad-text.ts";

const SOMEBODY = "0x00000000000000000000000000000000000000AA";
const chamber = CouncilChamber__factory.createInterface();

describe("texts of others", () => {
  it("are none where their bytes are no UTF-8, in a real log", () => {
    const args = [1n, SOMEBODY, "~~~~", 3n, ["Yes", "No"], 3_600n, 0n, false];
    const { topics, data } = chamber.encodeEventLog("SessionOpened", args);
    const log = chamber.parseLog({ topics, data: withBadText(data) });
    expect(() => log?.args.topic).to.throw();
    expect(readable(() => log?.args.topic)).to.equal(undefined);
    expect(readableText(() => log?.args.topic, "no text")).to.equal("no text");
    expect(readable(() => log?.args.options[0])).to.equal("Yes");
  });

  it("are shown without what nobody sees", () => {
    expect(visible("Ju\u200bneau\u202e is\u0000 the\ufeff capital")).to.equal("Juneau is the capital");
    expect(visible("one\r\ntwo\n\tthree")).to.equal("one\ntwo\n\tthree");
    expect(readableText(() => "a\u2066b", "no text")).to.equal("ab");
  });

  it("keep what writing needs", () => {
    for (const text of ["Ünïcödé 漢字", "👩‍🔬", "می‌خواهم", "שלום"]) expect(visible(text)).to.equal(text);
  });
});
