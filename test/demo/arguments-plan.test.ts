import { expect } from "chai";
import { type Debate, parseDebate } from "../../scripts/demo/arguments/debate.ts";
import {
  CROWD_PURSE,
  chooseArguments,
  type Plan,
  type PlannedStep,
  planDebate,
} from "../../scripts/demo/arguments/plan.ts";
import type { StoryAct, StoryStep } from "../../scripts/demo/arguments/story.ts";
import type { Answer } from "../../scripts/demo/csv.ts";
import { BadInputError } from "../../scripts/demo/errors.ts";
import { actUnits } from "../../scripts/demo/format.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT_RULES, DEBATE } from "./arguments-fixtures.ts";
import { answer } from "./fixtures.ts";

const JUNEAU = "Juneau is the capital of Alaska";
const ANN = 0;
const BOB = 1;
const SPONSOR = 2;
const CROWD = 3;

const debate: Debate = parseDebate(JSON.stringify(DEBATE), "debate.json");

/** Four people judged the claim, one another claim. */
const ANSWERS: readonly Answer[] = [
  answer({ subject: "eve", claim: "Reno is the capital of Nevada" }),
  answer({ subject: "p", own: true, confidence: 0.6 }),
  answer({ subject: "q", own: false, confidence: 1 }),
  answer({ subject: "r", own: true, confidence: 0.9 }),
  answer({ subject: "s", own: true, confidence: 0.7 }),
];

/** A plan of these acts, one a second. */
function plan(acts: readonly StoryAct[], answers = ANSWERS): Plan {
  const story: StoryStep[] = acts.map((act, index) => ({ ...act, at: BigInt(index) }));
  return planDebate(debate, story, answers, ACT_RULES);
}

const write = (argument: string) => ({ kind: "write", argument }) as const;
const fundings = ({ steps }: Plan) =>
  steps
    .filter((step): step is Extract<PlannedStep, { kind: "fund" }> => step.kind === "fund")
    .map(({ amount }) => amount);

describe("the plan of the arguments demo", () => {
  it("has an account for each debater, for the sponsor, and for each who judged a debated claim", () => {
    expect(plan([]).people).to.deep.equal([
      { name: "ann", purse: actUnits("300"), isCrowd: false },
      { name: "bob", purse: actUnits("140"), isCrowd: false },
      { name: "sponsor", purse: 0n, isCrowd: false },
      ...["p", "q", "r", "s"].map((name) => ({ name, purse: CROWD_PURSE, isCrowd: true })),
    ]);
  });

  it("knows of each claim what the file says", () => {
    expect(plan([]).claims).to.deep.equal([
      { text: JUNEAU, claimId: claimIdOf(JUNEAU), actual: true, supporters: 3, opposers: 1 },
    ]);
  });

  it("debates a claim that the file does not have, without knowing the truth", () => {
    expect(plan([], []).claims[0]).to.include({ actual: null, supporters: 0, opposers: 0 });
  });

  it("lets authors write and take back what is theirs, and others upvote and mark it", () => {
    const { steps } = plan([
      write("anchorage"),
      { kind: "upvote", who: "ann", argument: "anchorage" },
      { kind: "mark", who: "ann", argument: "anchorage", reason: "Misleading" },
      { kind: "delete", argument: "anchorage" },
    ]);
    expect(steps.map((step) => ("argument" in step ? [step.kind, step.person, step.argument] : []))).to.deep.equal([
      ["write", BOB, 1],
      ["upvote", ANN, 1],
      ["mark", ANN, 1],
      ["delete", BOB, 1],
    ]);
  });

  it("lets the crowd upvote what stands on the side of their answer", () => {
    const { steps } = plan([write("juneau"), { kind: "crowd", claim: JUNEAU }]);
    expect(steps.slice(1)).to.deep.equal(
      [CROWD + 2, CROWD + 3, CROWD].map((person) => ({ kind: "upvote", at: 1n, person, argument: 0 })),
    );
  });

  it("lets the crowd upvote nothing that was taken back or refused", () => {
    const { steps } = plan([
      write("juneau"),
      { kind: "delete", argument: "juneau" },
      { ...write("anchorage"), refusedWith: "CreatorJailed" },
      { kind: "crowd", claim: JUNEAU },
    ]);
    expect(steps).to.have.lengthOf(3);
  });

  it("funds what the story says", () => {
    expect(fundings(plan([{ kind: "fund", amount: 7n }, write("juneau")]))).to.deep.equal([7n]);
  });

  it("funds whatever the stakes after it earn, in whole tokens, where the story leaves it open", () => {
    const rich = { ...ACT_RULES, interestRateBps: 10_000n, period: 365n * DAY };
    const story: StoryStep[] = [
      { ...write("juneau"), at: 0n },
      { kind: "fund", at: 1n },
      { ...write("anchorage"), at: 2n },
      { kind: "upvote", who: "bob", argument: "juneau", refusedWith: "StakeLimitReached", at: 3n },
      { kind: "crowd", claim: JUNEAU, at: 4n },
    ];
    const { creationStake, upvoteStake } = rich;
    expect(fundings(planDebate(debate, story, ANSWERS, rich))).to.deep.equal([creationStake + 4n * upvoteStake]);
    const less = { ...rich, interestRateBps: 9_999n };
    expect(fundings(planDebate(debate, story, ANSWERS, less))).to.deep.equal([creationStake + 4n * upvoteStake]);
  });

  it("gives the sponsor what they will pay", () => {
    const { people } = plan([
      { kind: "fund", amount: 7n },
      { kind: "fund", amount: 5n },
    ]);
    expect(people[SPONSOR]?.purse).to.equal(12n);
  });

  for (const [what, act] of [
    ['argument "oslo"', write("oslo")],
    ['debater "eve"', { kind: "upvote", who: "eve", argument: "juneau" }],
    ['claim "Oslo is the capital of Ohio"', { kind: "crowd", claim: "Oslo is the capital of Ohio" }],
  ] as const) {
    it(`refuses a story with an unknown ${what}`, () => {
      expect(() => plan([act])).to.throw(
        BadInputError,
        `data/debate.json: the story of the debate needs ${what}, which is not there`,
      );
    });
  }
});

describe("the crowd's choice", () => {
  const voters = [0.5, 1, 0.9, 0.8, 0.7, 0.6].map((confidence) => answer({ subject: `${confidence}`, confidence }));

  it("gives the argument that was first the surest people, and more of them", () => {
    const chosen = chooseArguments(voters, [7, 8, 9]).map(([{ subject }, argument]) => [subject, argument]);
    expect(chosen).to.deep.equal([
      ["1", 7],
      ["0.9", 7],
      ["0.8", 7],
      ["0.7", 8],
      ["0.6", 8],
      ["0.5", 9],
    ]);
  });

  it("is none where there is no argument", () => {
    expect(chooseArguments(voters, [])).to.deep.equal([]);
  });
});
