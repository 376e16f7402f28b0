import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import type { Timing } from "../../sdk/query/timing.ts";
import { DAY, YEAR } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow, settle, viewAtEndOf } from "../fixtures/queries.ts";
import { absent, ID, play, SMALL_STORY, type Story, times } from "../fixtures/query-play.ts";
import { playAndSettle } from "../fixtures/query-settlements.ts";

/** A moment of a query, and its phase then. */
interface Moment {
  window: keyof Timing;
  /** Seconds after the end of the window. */
  elapsed: bigint;
  /** How far the story is played before. */
  until: Phase;
  phase: Phase;
}

const nameOf = (phase: Phase): string =>
  Object.keys(Phase).find((name) => Phase[name as keyof typeof Phase] === phase) ?? "";

/** The last second of a window, and the first second after it. */
const around = (window: keyof Timing, until: Phase, before: Phase, after: Phase): Moment[] => [
  { window, elapsed: -1n, until, phase: before },
  { window, elapsed: 0n, until, phase: after },
];

const { Answering, Opening, Judging, Revealing, Settleable, Settled } = Phase;

const JUDGED: readonly Moment[] = [
  ...around("answering", Answering, Answering, Opening),
  ...around("opening", Opening, Opening, Judging),
  ...around("judging", Judging, Judging, Revealing),
  ...around("revealing", Revealing, Revealing, Settleable),
  { window: "revealing", elapsed: 10n * YEAR, until: Revealing, phase: Settleable },
];

/** With fewer than two answers there is nothing to judge. */
const UNJUDGED: readonly Moment[] = [
  ...around("answering", Answering, Answering, Opening),
  ...around("opening", Opening, Opening, Settleable),
  { window: "judging", elapsed: 0n, until: Opening, phase: Settleable },
  { window: "revealing", elapsed: 0n, until: Opening, phase: Settleable },
];

/** Without judges there is nothing to reveal. */
const WITHOUT_JUDGES: readonly Moment[] = [
  ...around("opening", Opening, Opening, Judging),
  ...around("judging", Judging, Judging, Settleable),
  { window: "revealing", elapsed: 0n, until: Judging, phase: Settleable },
];

const MINUTES: Timing = { answering: 60n, opening: 60n, judging: 60n, revealing: 60n };
const MONTHS: Timing = { answering: 30n * DAY, opening: 30n * DAY, judging: 30n * DAY, revealing: 30n * DAY };

/** A query, and the phases that it goes through. */
interface Course {
  when: string;
  story: Story;
  moments: readonly Moment[];
}

const COURSES: readonly Course[] = [
  { when: "two answers and a vote are opened", story: SMALL_STORY, moments: JUDGED },
  { when: "windows are as short as they may be", story: { ...SMALL_STORY, timing: MINUTES }, moments: JUDGED },
  { when: "windows are as long as they may be", story: { ...SMALL_STORY, timing: MONTHS }, moments: JUDGED },
  {
    when: "a judge joins and does nothing more",
    story: { answers: ["opened", "opened"], verdicts: [absent("joined")] },
    moments: JUDGED,
  },
  {
    when: "all places are taken, and one has not submitted",
    story: { answers: [...times(6, "opened"), "joined"], verdicts: [absent("joined")], maxAnswers: 7n },
    moments: JUDGED,
  },
  {
    when: "all who joined submitted, and a place is free",
    story: { answers: times(7, "opened"), verdicts: [absent("joined")], maxAnswers: 8n },
    moments: JUDGED,
  },
  {
    when: "answering ends early",
    story: { answers: times(7, "opened"), verdicts: [absent("joined")], maxAnswers: 7n },
    moments: JUDGED.filter(({ window }) => window !== "answering"),
  },
  { when: "nobody joins", story: {}, moments: UNJUDGED },
  {
    when: "answers are submitted and none is opened",
    story: { answers: ["submitted", "submitted"] },
    moments: UNJUDGED,
  },
  { when: "one answer is opened", story: { answers: ["submitted", "opened", "joined"] }, moments: UNJUDGED },
  {
    when: "two answers are opened and no judge joins",
    story: { answers: ["opened", "opened"] },
    moments: WITHOUT_JUDGES,
  },
];

describe("QueryEscrow.phase", () => {
  let world: DollarQueries;

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  const phase = () => world.queryEscrow.phase(ID);

  it("says Answering from the second of asking on", async () => {
    await play(world, {}, Answering);
    expect(await phase()).to.equal(Answering);
  });

  for (const { when, story, moments } of COURSES) {
    describe(`when ${when}`, () => {
      for (const moment of moments) {
        it(`says ${nameOf(moment.phase)} ${moment.elapsed} seconds after the end of ${moment.window}`, async () => {
          await play(world, story, moment.until);
          await viewAtEndOf(world, ID, moment.window, moment.elapsed);
          expect(await phase()).to.equal(moment.phase);
        });
      }
    });
  }

  describe("when the last of all places submits", () => {
    const full: Story = { answers: times(7, "opened"), maxAnswers: 7n };

    it("says Opening in the same second", async () => {
      await play(world, full, Answering);
      expect(await phase()).to.equal(Opening);
    });
  });

  describe("when one answer was opened", () => {
    it("has no judging: who would join as a judge meets WrongPhase", async () => {
      await play(world, { answers: ["opened"] });
      await expect(world.queryEscrow.connect(world.outsider).joinJudge(ID))
        .to.be.revertedWithCustomError(world.queryEscrow, "WrongPhase")
        .withArgs(ID, Settleable, Judging);
    });
  });

  describe("when the query was settled", () => {
    for (const { when, story } of COURSES) {
      it(`says Settled where ${when}`, async () => {
        await playAndSettle(world, story);
        expect(await phase()).to.equal(Settled);
      });
    }

    it("says Settled forever", async () => {
      await play(world, SMALL_STORY);
      await settle(world, ID, SMALL_STORY.strengths);
      await viewAtEndOf(world, ID, "revealing", 10n * YEAR);
      expect(await phase()).to.equal(Settled);
    });
  });
});
