import { expect } from "chai";
import {
  budgetsOf,
  type Plan,
  type PlannedQuery,
  planQueries,
  stakesOf,
  upperHalf,
} from "../../scripts/demo/queries/plan.ts";
import { readSkating } from "../../scripts/demo/queries/skating.ts";
import { usdc } from "../fixtures/amounts.ts";
import { smallSkating } from "./queries-fixtures.ts";

describe("the plan of the queries demo", () => {
  let plan: Plan;
  let skate: PlannedQuery;
  let others: PlannedQuery[];
  before(() => {
    plan = planQueries(smallSkating());
    [skate, ...others] = plan.queries as [PlannedQuery, ...PlannedQuery[]];
  });
  const namesOf = (parts: readonly { readonly person: number }[]) => parts.map(({ person }) => plan.people[person]);
  const reachesOf = (parts: PlannedQuery["answers"]) => parts.map(({ reach }) => reach);

  it("has accounts for the asker, the skaters and the judges", () => {
    const skaters = ["hana", "sara", "mira", "tara", "fumi", "nina", "lucy"];
    expect(plan.people).to.deep.equal(["asker", ...skaters, "ann", "ben", "cas", "dan", "eve"]);
  });

  describe("for the free skate", () => {
    it("asks for as many answers as there are skaters, of any rank", () => {
      const { minRank, minAnswers, maxAnswers, ranks } = skate;
      expect({ minRank, minAnswers, maxAnswers, ranks }).to.deep.equal({
        minRank: 0n,
        minAnswers: 7n,
        maxAnswers: 7n,
        ranks: [],
      });
    });

    it("lets every skater answer, in the order of the file", () => {
      expect(namesOf(skate.answers)).to.deep.equal(plan.people.slice(1, 8));
      expect(new Set(reachesOf(skate.answers))).to.deep.equal(new Set(["opened"]));
    });

    it("lets every judge vote, all of one rank", () => {
      expect(namesOf(skate.votes)).to.deep.equal(plan.people.slice(8));
      expect(new Set(reachesOf(skate.votes))).to.deep.equal(new Set(["opened"]));
      expect(new Set(skate.votes.map(({ rank }) => rank))).to.deep.equal(new Set([0n]));
    });

    it("turns places into rankings", () => {
      expect(skate.votes.map(({ ranking }) => ranking)).to.deep.equal([
        [0, 1, 2, 3, 4, 5, 6],
        [1, 0, 2, 4, 3, 6, 5],
        [0, 2, 1, 3, 4, 5, 6],
        [1, 2, 0, 4, 5, 3, 6],
        [0, 1, 2, 3, 6, 5, 4],
      ]);
    });

    it("lets a judge call good the upper half of their ranking, without the middle", () => {
      expect(upperHalf(smallSkating())).to.equal(3);
      expect(new Set(skate.votes.map(({ goodAnswers }) => goodAnswers))).to.deep.equal(new Set([0b0000111n]));
    });
  });

  describe("for the other outcomes", () => {
    it("asks for as little as there can be", () => {
      expect(others.map(({ minAnswers, maxAnswers }) => [minAnswers, maxAnswers])).to.deep.equal(
        Array(4).fill([7n, 7n]),
      );
    });

    it("lets answerers stay away in each way", () => {
      expect(others.map(({ answers }) => reachesOf(answers))).to.deep.equal([
        ["sealed", "joined"],
        ["opened", "sealed", "joined"],
        ["opened", "opened", "opened", "joined"],
        ["sealed", "opened", "opened", "opened", "opened"],
      ]);
    });

    it("lets judges stay away in each way", () => {
      expect(others.map(({ votes }) => reachesOf(votes))).to.deep.equal([
        [],
        [],
        ["sealed", "joined"],
        ["opened", "opened", "opened", "opened", "joined"],
      ]);
    });

    it("lets the last of the field answer the last one, ranked among those that are opened", () => {
      expect(namesOf(others[3]?.answers ?? [])).to.deep.equal(["mira", "tara", "fumi", "nina", "lucy"]);
      expect(others[3]?.votes.map(({ ranking }) => ranking)).to.deep.equal([
        [0, 1, 2, 3],
        [1, 0, 3, 2],
        [0, 1, 2, 3],
        [1, 2, 0, 3],
        [0, 3, 2, 1],
      ]);
    });

    it("has nobody call one of them good, by the same rule", () => {
      expect(others[3]?.votes.map(({ goodAnswers }) => goodAnswers)).to.deep.equal(Array(5).fill(0n));
    });

    it("gives ranks to those who take part in the last one", () => {
      expect(others[3]?.minRank).to.equal(2n);
      expect(others[3]?.ranks.map(([person, rank]) => [plan.people[person], rank])).to.deep.equal([
        ...["mira", "tara", "fumi", "nina", "lucy"].map((name) => [name, 2n]),
        ["ann", 3n],
        ["ben", 2n],
        ["cas", 0n],
        ["dan", 3n],
        ["eve", 3n],
      ]);
    });
  });

  describe("of who pays what", () => {
    it("stakes as the rules have it: 5 x 1.1^rank x answers, 0.7 of that by answer, 6 % of it", () => {
      expect(plan.queries.slice(-2).map(stakesOf)).to.deep.equal([
        { submitStake: usdc(35), answerStake: usdc("3.5"), judgeStake: usdc("2.1") },
        { submitStake: usdc("42.35"), answerStake: usdc("4.235"), judgeStake: usdc("2.541") },
      ]);
    });

    it("gives everybody what they stake in all queries, to the unit", () => {
      const budgets = new Map(budgetsOf(plan).map((budget, person) => [plan.people[person], budget]));
      expect(budgets.get("asker")).to.equal(4n * usdc(35) + usdc("42.35"));
      expect(budgets.get("hana")).to.equal(4n * usdc("3.5"));
      expect(budgets.get("mira")).to.equal(3n * usdc("3.5") + usdc("4.235"));
      expect(budgets.get("ann")).to.equal(2n * usdc("2.1") + usdc("2.541"));
      expect(budgets.get("cas")).to.equal(usdc("2.1") + usdc("2.541"));
    });
  });

  it("finds at most 32 answerers and judges in the free skate of the demo, as the escrow allows", async () => {
    const { skaters, judges } = await readSkating();
    expect([skaters.length <= 32, judges.length <= 32]).to.deep.equal([true, true]);
  });
});
