import { expect } from "chai";
import { type Clock, phaseOf } from "../../sdk/query/clock.ts";
import { Outcome, Phase } from "../../sdk/query/state.ts";
import { type Timing, validateTiming, WINDOWS } from "../../sdk/query/timing.ts";
import { DAY, MINUTE } from "../../sdk/time.ts";
import { TIMING } from "../fixtures/amounts.ts";
import { expectQueryRevert } from "./query-fixtures.ts";

/** With two opened answers and a judge. */
const QUERY: Clock = {
  answeringEndsAt: 100n,
  openingEndsAt: 200n,
  judgingEndsAt: 300n,
  revealingEndsAt: 400n,
  openedAnswers: 2n,
  judges: 1n,
  outcome: Outcome.Pending,
};
const UNANSWERED: Clock = { ...QUERY, openedAnswers: 1n, judges: 0n };
const UNJUDGED: Clock = { ...QUERY, judges: 0n };

const nameOf = (phase: Phase) => Object.entries(Phase).find(([, value]) => value === phase)?.[0];

describe("query clock: phases", () => {
  for (const [what, query, instants] of [
    [
      "a query with answers and judges",
      QUERY,
      [
        [99n, "Answering"],
        [100n, "Opening"],
        [199n, "Opening"],
        [200n, "Judging"],
        [299n, "Judging"],
        [300n, "Revealing"],
        [399n, "Revealing"],
        [400n, "Settleable"],
      ],
    ],
    [
      "a query with one opened answer",
      UNANSWERED,
      [
        [99n, "Answering"],
        [199n, "Opening"],
        [200n, "Settleable"],
        [500n, "Settleable"],
      ],
    ],
    [
      "a query without judges",
      UNJUDGED,
      [
        [200n, "Judging"],
        [299n, "Judging"],
        [300n, "Settleable"],
      ],
    ],
    ["a settled query", { ...QUERY, outcome: Outcome.NoVotes }, [[500n, "Settled"]]],
  ] as const) {
    for (const [now, phase] of instants) {
      it(`of ${what}, at ${now}: ${phase}`, () => {
        expect(nameOf(phaseOf(query, now))).to.equal(phase);
      });
    }
  }
});

describe("query clock: windows", () => {
  const all = (duration: bigint): Timing => ({
    answering: duration,
    opening: duration,
    judging: duration,
    revealing: duration,
  });

  it("may last a minute", () => {
    expect(() => validateTiming(all(MINUTE))).to.not.throw();
  });

  it("may last 30 days", () => {
    expect(() => validateTiming(all(30n * DAY))).to.not.throw();
  });

  for (const window of WINDOWS) {
    for (const duration of [MINUTE - 1n, 30n * DAY + 1n]) {
      it(`reverts when ${window} lasts ${duration} s`, () => {
        const validate = () => validateTiming({ ...TIMING, [window]: duration });
        expectQueryRevert(validate, "WindowOutOfRange", [window, duration, 60n, 2_592_000n]);
      });
    }
  }

  it("reverts for the first of two windows that are out of range", () => {
    const validate = () => validateTiming({ ...TIMING, revealing: 0n, opening: 1n });
    expectQueryRevert(validate, "WindowOutOfRange", ["opening", 1n, 60n, 2_592_000n]);
  });
});
