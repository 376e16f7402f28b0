import { expect } from "chai";

import {
  type BeliefKnowledge,
  beliefOn,
  chartPoint,
  chartWords,
  expectedPoints,
  momentWords,
  pastPoints,
  periodsOf,
  spanOf,
  tableOf,
} from "../../dapp/src/pages/claim/market/beliefHistory.ts";
import { momentAt, stepOf, tickText } from "../../dapp/src/ui/charts/moments.ts";
import { buildBeliefCurve } from "../../sdk/market/projection.ts";
import { Side } from "../../sdk/market/side.ts";
import { DAY, HOUR, WAD } from "../fixtures/amounts.ts";

const CREATED_AT = 1_000n * DAY;

/** 300 on Support from the creation on, 100 on Oppose a day later; now is another day later: 600 to 100. */
const KNOWN: BeliefKnowledge = {
  createdAt: CREATED_AT,
  now: CREATED_AT + 2n * DAY,
  state: {
    supportPrincipal: 300n,
    opposePrincipal: 100n,
    supportWeight: 600n * DAY,
    opposeWeight: 100n * DAY,
  },
  curve: buildBeliefCurve([
    { time: CREATED_AT, side: Side.Support, principalDelta: 300n, depositedAt: CREATED_AT },
    { time: CREATED_AT + DAY, side: Side.Oppose, principalDelta: 100n, depositedAt: CREATED_AT + DAY },
  ]),
  knownUntil: CREATED_AT + 2n * DAY,
};

/** The same market before any of its events has been read. */
const UNREAD: BeliefKnowledge = { ...KNOWN, curve: [], knownUntil: undefined };

/** 6/7: belief now. */
const NOW_WAD = (600n * WAD) / 700n;

describe("what a claim's page knows of belief", () => {
  describe("the period of a chart", () => {
    it("offers what is shorter than the market is old, and all of it", () => {
      expect(periodsOf(HOUR)).to.deep.equal(["all"]);
      expect(periodsOf(8n * DAY)).to.deep.equal(["all", "week", "day"]);
    });

    it("looks ahead for a third of what it shows", () => {
      const { createdAt, now } = KNOWN;
      expect(spanOf(KNOWN, "all")).to.deep.equal({ from: createdAt, to: now + (2n * DAY) / 3n });
      expect(spanOf(KNOWN, "day")).to.deep.equal({ from: now - DAY, to: now + DAY / 3n });
      expect(spanOf(KNOWN, "month").from).to.equal(createdAt);
    });

    it("shows an hour on both sides of a market that has just been created", () => {
      const span = spanOf({ createdAt: CREATED_AT, now: CREATED_AT }, "all");
      expect(span).to.deep.equal({ from: CREATED_AT - HOUR, to: CREATED_AT + HOUR });
    });
  });

  describe("the past", () => {
    it("is drawn from the creation to now, breaks included", () => {
      const points = pastPoints(KNOWN, CREATED_AT - DAY);
      expect(points[0]).to.deep.equal({ time: CREATED_AT, wad: WAD / 2n });
      expect(points[1]).to.deep.equal({ time: CREATED_AT + 1n, wad: WAD });
      expect(points.some(({ time }) => time === CREATED_AT + DAY)).to.equal(true);
      expect(points.at(-1)).to.deep.equal({ time: KNOWN.now, wad: NOW_WAD });
    });

    it("is drawn as far as it has been read", () => {
      expect(pastPoints({ ...KNOWN, knownUntil: CREATED_AT + DAY }, CREATED_AT).at(-1)?.time).to.equal(
        CREATED_AT + DAY,
      );
      expect(pastPoints(UNREAD, CREATED_AT)).to.deep.equal([]);
    });
  });

  describe("a moment", () => {
    it("has the belief that was, is, or will be if nobody moves", () => {
      expect(beliefOn(KNOWN, CREATED_AT + HOUR)).to.equal(WAD);
      expect(beliefOn(KNOWN, KNOWN.now)).to.equal(NOW_WAD);
      expect(beliefOn(KNOWN, KNOWN.now + DAY)).to.equal((900n * WAD) / 1_100n);
    });

    it("has none before the creation, nor where the history has not been read", () => {
      expect(beliefOn(KNOWN, CREATED_AT - 1n)).to.equal(undefined);
      expect(beliefOn(UNREAD, CREATED_AT + HOUR)).to.equal(undefined);
      expect(beliefOn(UNREAD, KNOWN.now)).to.equal(NOW_WAD);
    });

    it("is told in words", () => {
      expect(momentWords(KNOWN, KNOWN.now)).to.equal("Now: 85.7 %");
      expect(momentWords(KNOWN, KNOWN.now + DAY)).to.equal("In 1 day, if nobody moves: 81.8 %");
      expect(momentWords(KNOWN, CREATED_AT + HOUR)).to.match(/: 100 %$/);
      expect(momentWords(KNOWN, CREATED_AT - 1n)).to.match(/: before the market was created$/);
      expect(momentWords(UNREAD, CREATED_AT)).to.match(/: not read yet$/);
    });
  });

  it("is told in words, as far as it has been read", () => {
    const span = spanOf(KNOWN, "all");
    const ahead = "If nobody moves, it will be 82.7 % in 16 hours.";
    expect(chartWords(KNOWN, span)).to.equal(
      `Belief was 50 % 2 days ago, has been between 50 % and 100 % since, and is 85.7 % now. ${ahead}`,
    );
    expect(chartWords(UNREAD, span)).to.equal(`Belief is 85.7 % now. ${ahead}`);
  });

  it("makes a table of the past, now, and what is expected, in order", () => {
    const rows = tableOf(KNOWN, spanOf(KNOWN, "all"));
    expect(rows.map(({ time }) => time)).to.deep.equal([...new Set(rows.map(({ time }) => time))].sort());
    expect(rows.filter(({ time }) => time < KNOWN.now)).to.have.length(12);
    expect(rows.find(({ time }) => time === KNOWN.now)?.wad).to.equal(NOW_WAD);
    expect(tableOf(UNREAD, spanOf(UNREAD, "all"))[0]?.time).to.equal(KNOWN.now);
  });

  it("gives a chart seconds and shares", () => {
    expect(chartPoint({ time: 5n, wad: WAD / 4n })).to.deep.equal({ time: 5, share: 0.25 });
    expect(expectedPoints(KNOWN, KNOWN.now + DAY, 2).map(({ time }) => time)).to.deep.equal([
      KNOWN.now,
      KNOWN.now + DAY,
    ]);
  });
});

describe("a chart of time", () => {
  it("moves by round steps", () => {
    expect(stepOf({ from: 0, to: 60 })).to.equal(1);
    expect(stepOf({ from: 0, to: 86_400 })).to.equal(300);
    expect(stepOf({ from: 0, to: 400 * 86_400 })).to.equal(86_400);
  });

  it("finds the moment at a place, within its span", () => {
    const span = { from: 100, to: 200 };
    expect([-1, 0.255, 2].map((share) => momentAt(share, span))).to.deep.equal([100, 126, 200]);
  });

  it("writes instants by the minute, the day or the month", () => {
    const at = new Date(2026, 10, 5, 14, 30);
    const textOf = (days: number) => tickText({ from: 0, to: days * 86_400 })(at);
    expect([0.5, 2, 30, 800].map(textOf)).to.deep.equal(["14:30", "Thu 14:30", "5 Nov", "Nov 2026"]);
  });
});
