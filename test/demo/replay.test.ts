import { expect } from "chai";
import { type Answer, groupByClaim, readAnswersFile } from "../../scripts/demo/csv.ts";
import { type ClaimOutcome, type ReplayResult, replayMarkets } from "../../scripts/demo/market/replay.ts";
import { hindsightOf, marketJson, marketReport } from "../../scripts/demo/market/report.ts";
import { stakeFor } from "../../scripts/demo/market/scenario.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { WAD } from "../../sdk/market/params.ts";
import { answer, silently } from "./fixtures.ts";

/** The first two claims of the real data. */
async function twoClaims(): Promise<Answer[]> {
  return [...groupByClaim(await readAnswersFile("data/crowd-states-mit.csv")).values()].slice(0, 2).flat();
}

describe("the replay of the demo", () => {
  describe("when 33 people judged two claims", () => {
    let answers: Answer[];
    let result: ReplayResult;
    before(async () => {
      answers = await twoClaims();
      result = await replayMarkets(answers, silently);
    });

    it("conserves every unit", () => {
      expect(result.audit.isConserved).to.equal(true);
      expect(result.audit.totals.difference).to.equal(0n);
      expect(result.audit.checks).to.have.lengthOf(2 * 5 + 1);
    });

    it("takes in what the people stake", () => {
      const stakes = answers.map(({ confidence }) => stakeFor(confidence));
      expect(result.audit.totals.paidIn).to.equal(stakes.reduce((sum, stake) => sum + stake));
    });

    it("returns all principal but the fees and the penalties", () => {
      const { paidIn, fees, penalties, principalReturned } = result.audit.totals;
      expect(fees > 0n && penalties > 0n).to.equal(true);
      expect(principalReturned).to.equal(paidIn - fees - penalties);
    });

    it("pays each claim's rewards out of its fees and penalties", () => {
      const { rewardsPaid, fees, penalties, held } = result.audit.totals;
      for (const claim of result.claims) expect(claim.rewardsPaid > 0n).to.equal(true);
      expect(result.claims.reduce((sum, claim) => sum + claim.rewardsPaid, 0n)).to.equal(rewardsPaid);
      expect(rewardsPaid + held).to.equal(fees + penalties);
    });

    it("carries out every step: creations, commitments, exits, claims, withdrawals, readings", () => {
      const { create, commit, exit, claim, withdraw, read } = result.stepCounts;
      expect([create, create + commit, exit + withdraw, claim, read]).to.deep.equal([2, 66, 66, withdraw, 6]);
      expect(exit).to.be.above(0);
    });

    it("reads a belief between 0 and 1 on each reading day", () => {
      for (const { beliefs } of result.claims) {
        expect(beliefs.map(({ day }) => day)).to.deep.equal([1, 7, 30]);
        for (const { wad } of beliefs) expect(wad > 0n && wad < 10n ** 18n).to.equal(true);
      }
    });

    it("prints a line for each claim and a totals line", () => {
      const report = marketReport(result, "answers.csv");
      expect(report).to.match(
        /^Birmingham is the capital of Alabama +11,319\.06 +5,309\.45 +91\.0 % +66\.8 % +68\.0 % +171\.79 {2}false$/m,
      );
      expect(report).to.match(/^Totals: paid in [\d,]+\.\d{6} USDC = .* difference: 0 units\.$/m);
      expect(report).to.match(/11 equations between .* 0 failed\.$/m);
    });

    it("says which equation fails where one does", () => {
      const checks = [{ equation: "A = B", difference: -3n }];
      expect(marketReport({ ...result, audit: { ...result.audit, checks } }, "answers.csv")).to.include(
        "1 equation between events, markets' books and token balances, 1 failed.\n  A = B: off by -3 units\n",
      );
    });

    it("gives machines the same figures, amounts and beliefs as strings of digits", () => {
      const json = JSON.parse(JSON.stringify(marketJson(result, "answers.csv")));
      const [first] = result.claims;
      expect(json.source).to.deep.equal({ csv: "answers.csv", people: 33, claims: 2, answers: 66 });
      expect(json.claims[0]).to.deep.equal({
        claim: "Birmingham is the capital of Alabama",
        claimId: claimIdOf("Birmingham is the capital of Alabama"),
        market: first?.market,
        actual: false,
        supporters: 19,
        opposers: 14,
        supportPrincipal: String(first?.supportPrincipal),
        opposePrincipal: String(first?.opposePrincipal),
        beliefAfterDays: Object.fromEntries((first?.beliefs ?? []).map(({ day, wad }) => [day, String(wad)])),
        srpPaid: String(first?.rewardsPaid),
      });
      expect(json.totals.paidIn).to.equal(String(result.audit.totals.paidIn));
      expect(json).to.include({ isConserved: true });
      expect(json.checks).to.have.lengthOf(11);
      expect(json.hindsight).to.deep.equal(hindsightOf(result.claims));
    });
  });

  it("returns the whole stake of somebody who is alone in a market and opposes", async () => {
    const { audit, claims } = await replayMarkets([answer({ own: false })], silently);
    expect(audit.totals).to.include({ paidIn: stakeFor(0.8), principalReturned: stakeFor(0.8), held: 0n });
    expect(audit.isConserved).to.equal(true);
    expect(claims[0]?.beliefs.map(({ wad }) => wad).at(-1)).to.equal(0n);
  });

  describe("in hindsight", () => {
    const [TRUE_SIDE, TIE, FALSE_SIDE] = [1n, 0n, -1n];
    /** A true claim on which belief, heads and stakes lean to these sides. */
    const outcome = (belief: bigint, heads: bigint, stakes: bigint): ClaimOutcome => ({
      plan: {
        text: "A",
        claimId: claimIdOf("A"),
        author: 0,
        authorStake: 0n,
        actual: true,
        supporters: 1 + Number(heads),
        opposers: 1,
        stakeLead: stakes,
      },
      market: "",
      supportPrincipal: 0n,
      opposePrincipal: 0n,
      beliefs: [{ day: 30, wad: WAD / 2n + belief }],
      rewardsPaid: 0n,
    });

    it("counts belief, heads and stakes each for itself", () => {
      const claims = [
        outcome(TRUE_SIDE, FALSE_SIDE, TRUE_SIDE),
        outcome(TRUE_SIDE, FALSE_SIDE, FALSE_SIDE),
        outcome(TRUE_SIDE, TRUE_SIDE, TRUE_SIDE),
      ];
      expect(hindsightOf(claims)).to.deep.equal({ claims: 3, beliefRight: 3, majorityRight: 1, stakesRight: 2 });
    });

    it("counts a tie as right for nobody", () => {
      const tie = { claims: 1, beliefRight: 0, majorityRight: 0, stakesRight: 0 };
      expect(hindsightOf([outcome(TIE, TIE, TIE)])).to.deep.equal(tie);
    });

    it("takes the other side as right where the claim is false", () => {
      const claim = outcome(FALSE_SIDE, FALSE_SIDE, TRUE_SIDE);
      expect(hindsightOf([{ ...claim, plan: { ...claim.plan, actual: false } }])).to.deep.equal({
        claims: 1,
        beliefRight: 1,
        majorityRight: 1,
        stakesRight: 0,
      });
    });
  });
});
