import { expect } from "chai";
import type { Answer } from "../../scripts/demo/csv.ts";
import { HABITS, planScenario, type Step, stakeFor } from "../../scripts/demo/market/scenario.ts";
import { DAY } from "../../scripts/demo/time.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { Side } from "../../sdk/market/side.ts";
import { answer } from "./fixtures.ts";

const RULES = { lockPeriod: 30n * DAY, minRewardDuration: 7n * DAY, earlyExitPenaltyBps: 1_000n };
const CLAIMS = ["Juneau is the capital of Alaska", "Miami is the capital of Florida", "Reno is the capital of Nevada"];

/** Three claims, each judged by twenty people of every confidence from 0.5 on. */
const CROWD: Answer[] = CLAIMS.flatMap((claim, index) =>
  Array.from({ length: 20 }, (_, person) =>
    answer({ claim, subject: `p${person}`, own: (person + index) % 3 > 0, confidence: 0.5 + person / 40 }),
  ),
);

function stepsOf<K extends Step["kind"]>(steps: readonly Step[], kind: K): Extract<Step, { kind: K }>[] {
  return steps.filter((step): step is Extract<Step, { kind: K }> => step.kind === kind);
}

describe("the scenario of the demo", () => {
  it("is the same for the same answers", () => {
    expect(planScenario(CROWD, RULES)).to.deep.equal(planScenario(CROWD, RULES));
  });

  it("tells the same story about a claim whatever other claims there are", () => {
    const all = planScenario(CROWD, RULES);
    const first = planScenario(CROWD.slice(0, 20), RULES);
    expect(all.steps.filter((step) => step.claim === 0)).to.deep.equal(first.steps);
  });

  it("stakes from a guess to a certainty in a straight line", () => {
    expect([0.5, 0.75, 1].map(stakeFor)).to.deep.equal([100_000_000n, 550_000_000n, 1_000_000_000n]);
  });

  it("is in order of time", () => {
    const times = planScenario(CROWD, RULES).steps.map((step) => step.at);
    expect(times).to.deep.equal([...times].sort((a, b) => Number(a - b)));
  });

  it("lets each person commit once on each claim, on the side of their answer, within the first days", () => {
    const { people, claims, steps } = planScenario(CROWD, RULES);
    const commitments = stepsOf(steps, "commit");
    expect(commitments).to.have.lengthOf(CROWD.length - claims.length); // the authors commit by creating
    for (const { claim, person, side, amount, at } of commitments) {
      const given = CROWD.find(
        ({ claim: text, subject }) => text === claims[claim]?.text && subject === people[person],
      ) as Answer;
      expect(side).to.equal(given.own ? Side.Support : Side.Oppose);
      expect(amount).to.equal(stakeFor(given.confidence));
      expect(at < BigInt(HABITS.commitDays) * DAY).to.equal(true);
    }
  });

  it("makes the surest supporter of a claim its author, the first of them in the file among equals", () => {
    const confidences = [0.9, 1, 0.95, 0.95];
    const answers = confidences.map((confidence, i) => answer({ subject: `p${i}`, own: i !== 1, confidence }));
    const [claim] = planScenario(answers, RULES).claims;
    expect([claim?.author, claim?.authorStake]).to.deep.equal([2, stakeFor(0.95)]);
  });

  it("lets the first person create the market without a stake where nobody supports the claim", () => {
    const answers = [answer({ own: false }), answer({ own: false, subject: "bob" })];
    const { claims, steps } = planScenario(answers, RULES);
    expect(claims[0]).to.include({ author: 0, authorStake: 0n, supporters: 0, opposers: 2 });
    expect(stepsOf(steps, "commit").map((step) => step.person)).to.have.members([0, 1]);
  });

  it("names claims on chain by the hash of their text", () => {
    expect(planScenario(CROWD, RULES).claims.map((claim) => claim.claimId)).to.deep.equal(CLAIMS.map(claimIdOf));
  });

  it("lets only the unsure leave, before their lock is over", () => {
    const { people, steps } = planScenario(CROWD, RULES);
    const exits = stepsOf(steps, "exit");
    expect(exits).to.have.lengthOf.above(0);
    for (const { claim, person, at } of exits) {
      const { confidence } = CROWD.find(({ subject }) => subject === people[person]) as Answer;
      const start = stepsOf(steps, "commit").find((step) => step.claim === claim && step.person === person);
      expect(confidence).to.be.below(HABITS.unsureBelow);
      expect(at < (start?.at ?? 0n) + RULES.lockPeriod).to.equal(true);
    }
  });

  it("lets nobody leave early where the rules have no early exit", () => {
    expect(stepsOf(planScenario(CROWD, { ...RULES, earlyExitPenaltyBps: 0n }).steps, "exit")).to.deep.equal([]);
  });

  it("lets everybody else claim rewards when they may, and withdraw after lock and last reading", () => {
    const { steps } = planScenario(CROWD, RULES);
    const withdrawals = stepsOf(steps, "withdraw");
    expect(withdrawals.length + stepsOf(steps, "exit").length).to.equal(CROWD.length);
    for (const { claim, person, at } of withdrawals) {
      const isTheirs = (step: Step): boolean => step.claim === claim && "person" in step && step.person === person;
      const deposit = steps.find((step) => isTheirs(step) && (step.kind === "commit" || step.kind === "create"));
      const claimed = stepsOf(steps, "claim").find(isTheirs);
      const depositedAt = deposit?.at ?? 0n;
      expect(at > depositedAt + RULES.lockPeriod && at > 30n * DAY).to.equal(true);
      expect((claimed?.at ?? 0n) >= depositedAt + RULES.minRewardDuration).to.equal(true);
      expect((claimed?.at ?? at) < at).to.equal(true);
    }
  });

  it("gives each person a budget of exactly what they commit", () => {
    const { people, budgets } = planScenario(CROWD, RULES);
    for (const [person, budget] of budgets.entries()) {
      const stakes = CROWD.filter(({ subject }) => subject === people[person]).map((given) =>
        stakeFor(given.confidence),
      );
      expect(budget).to.equal(stakes.reduce((sum, stake) => sum + stake));
    }
  });
});
