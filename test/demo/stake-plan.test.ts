import { expect } from "chai";
import { beliefOf, LOCK, PURCHASE, planStakes, wadOf } from "../../scripts/demo/stake/plan.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { Side } from "../../sdk/market/side.ts";
import { answer } from "./fixtures.ts";

const JUNEAU = "Juneau is the capital of Alaska";
const RENO = "Reno is the capital of Nevada";

/** Ann judged two claims, Bob one. */
const ANSWERS = [
  answer({ claim: JUNEAU, subject: "ann", own: true, confidence: 0.75, meta: 0.6, actual: true }),
  answer({ claim: RENO, subject: "ann", own: false, confidence: 0.9, meta: 0.55, actual: false }),
  answer({ claim: RENO, subject: "bob", own: true, confidence: 0.5, meta: 1, actual: false }),
];

describe("the plan of the stake demo", () => {
  it("takes fractions of the file digit by digit into wads", () => {
    expect([0, 0.07, 0.57, 0.123456789012345, 1].map(wadOf)).to.deep.equal([
      0n,
      7n * 10n ** 16n,
      57n * 10n ** 16n,
      123_456_789_012_345n * 10n ** 3n,
      10n ** 18n,
    ]);
  });

  it("turns confidence in an answer into a belief in the claim", () => {
    const beliefs = [true, false].map((own) => beliefOf({ own, confidence: 0.83 }));
    expect(beliefs).to.deep.equal([83n * 10n ** 16n, 17n * 10n ** 16n]);
  });

  it("lets each person speak on each claim that they judged, on the side of their answer", () => {
    const { people, claims } = planStakes(ANSWERS);
    expect(people).to.deep.equal(["ann", "bob"]);
    expect(claims).to.deep.equal([
      {
        text: JUNEAU,
        claimId: claimIdOf(JUNEAU),
        actual: true,
        voices: [{ person: 0, side: Side.Support, belief: wadOf(0.75), meta: wadOf(0.6) }],
      },
      {
        text: RENO,
        claimId: claimIdOf(RENO),
        actual: false,
        voices: [
          { person: 0, side: Side.Oppose, belief: wadOf(0.1), meta: wadOf(0.55) },
          { person: 1, side: Side.Support, belief: wadOf(0.5), meta: wadOf(1) },
        ],
      },
    ]);
  });

  it("lets each person deposit as much as their purchases lock", () => {
    expect(planStakes(ANSWERS).deposits).to.deep.equal([2n * LOCK, LOCK]);
  });

  it("gives each person a budget of exactly what they deposit and pay", () => {
    expect(planStakes(ANSWERS).budgets).to.deep.equal([2n * (LOCK + PURCHASE), LOCK + PURCHASE]);
  });
});
