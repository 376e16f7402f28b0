import { expect } from "chai";
import type { LogDescription } from "ethers";
import {
  cancellableAt,
  decisionText,
  drawProblem,
  sessionOf,
  sessionsIn,
} from "../../dapp/src/pages/council/sessions/sessions.ts";
import { NO_DECISION } from "../../sdk/council/chamber.ts";
import { DAY, HOUR } from "../../sdk/time.ts";
import { CouncilChamber__factory } from "../../typechain-types/index.ts";
import { withBadText } from "./bad-text.ts";

const ADA = "0x00000000000000000000000000000000000000AA";
const chamber = CouncilChamber__factory.createInterface();

describe("sessionsIn", () => {
  it("reads what was asked, the newest first", () => {
    const events = [1n, 2n].map((sessionId) => {
      const args = [sessionId, ADA, `Question ${sessionId}?`, 3n, ["Yes", "No"], HOUR, 0n, false];
      const { args: parsed } = chamber.parseLog(chamber.encodeEventLog("SessionOpened", args)) as LogDescription;
      return { name: "SessionOpened", args: parsed, time: 1n, block: 1, transaction: "0x", index: 0 };
    });
    expect(sessionsIn(events)).to.deep.equal([
      { sessionId: 2n, opener: ADA, topic: "Question 2?", options: ["Yes", "No"], duration: HOUR },
      { sessionId: 1n, opener: ADA, topic: "Question 1?", options: ["Yes", "No"], duration: HOUR },
    ]);
  });
});

describe("sessionsIn, of a session with bytes that are no text", () => {
  it("keeps it, and the others", () => {
    const events = ["~~~~", "Which?"].map((topic, i) => {
      const args = [BigInt(i), ADA, topic, 3n, ["Yes", "~~~~"], HOUR, 0n, false];
      const { topics, data } = chamber.encodeEventLog("SessionOpened", args);
      const { args: parsed } = chamber.parseLog({ topics, data: withBadText(data) }) as LogDescription;
      return { name: "SessionOpened", args: parsed, time: 1n, block: 1, transaction: "0x", index: 0 };
    });
    expect(sessionsIn(events).map(({ topic, options }) => [topic, ...options])).to.deep.equal([
      ["Which?", "Yes", "no text"],
      ["A question that is no text", "Yes", "no text"],
    ]);
  });
});

describe("drawProblem", () => {
  it("waits for the second block after the opening", () => {
    expect(drawProblem(10n, 11)).to.be.a("string");
    expect(drawProblem(10n, 12)).to.equal(undefined);
  });
});

describe("cancellableAt", () => {
  it("is a week after the opening", () => {
    expect(cancellableAt(100n)).to.equal(100n + 7n * DAY);
  });
});

describe("decisionText", () => {
  it("names the option, or says that there is none", () => {
    expect(decisionText(1n, ["Yes", "No"])).to.equal("No");
    expect(decisionText(NO_DECISION, ["Yes", "No"])).to.equal("No decision");
  });
});

describe("sessionOf", () => {
  const wish = { topic: " Which? ", options: ["A", " B "], size: "5", hours: "2" };

  it("understands what was typed", () => {
    expect(sessionOf(wish)).to.deep.equal({ topic: "Which?", options: ["A", "B"], size: 5n, duration: 2n * HOUR });
  });

  it("says what is wrong", () => {
    const problemOf = (changes: Partial<typeof wish>) => {
      const found = sessionOf({ ...wish, ...changes });
      return "problem" in found ? found.problem : undefined;
    };
    expect(problemOf({ topic: "  " })).to.equal("Ask something.");
    expect(problemOf({ options: ["A"] })).to.equal("A session has 2 to 16 options.");
    expect(problemOf({ options: ["A", ""] })).to.equal("Give every option a name.");
    expect(problemOf({ options: ["A", "A"] })).to.equal("Two options have the same name.");
    expect(problemOf({ size: "26" })).to.equal("A session has 1 to 25 members.");
    expect(problemOf({ hours: "721" })).to.equal("Voting lasts 1 to 720 hours.");
    expect(problemOf({ hours: "0.5" })).to.equal("Voting lasts 1 to 720 hours.");
  });
});
