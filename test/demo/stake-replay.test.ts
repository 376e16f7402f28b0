import { expect } from "chai";
import { deployLocal } from "../../ignition/deploy.ts";
import { DemoChain, DemoTransactionError } from "../../scripts/demo/chain.ts";
import { readAnswersFile } from "../../scripts/demo/csv.ts";
import { figuresOf } from "../../scripts/demo/stake/figures.ts";
import { letKeeperSettle } from "../../scripts/demo/stake/keeper.ts";
import { LOCK, PURCHASE, planStakes, wadOf } from "../../scripts/demo/stake/plan.ts";
import { type ReplayResult, replayStakes } from "../../scripts/demo/stake/replay.ts";
import { stakeJson, stakeReport } from "../../scripts/demo/stake/report.ts";
import { setStage } from "../../scripts/demo/stake/stage.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { answer, silently } from "./fixtures.ts";

const JUNEAU = "Juneau is the capital of Alaska";
const RENO = "Reno is the capital of Nevada";
/** Wide enough for the report. */
const COLUMNS = 120;

/** A wad in per cent, with two decimals. */
const inPercent = (wad: bigint | string | null): string => (Number(wad) / 1e16).toFixed(2);

describe("the stake replay of the demo", () => {
  describe("when 33 people judged 50 claims", function () {
    this.timeout(240_000);
    let result: ReplayResult;
    before(async () => {
      result = await replayStakes(await readAnswersFile("data/crowd-states-mit.csv"), silently);
    });

    it("moves stake in 49 of 50 epochs", () => {
      expect(figuresOf(result.claims)).to.include({ claims: 50, moved: 49 });
    });

    it("gives those who were right 18.65 % of their lock and takes 30.59 % from those who were wrong", () => {
      const { right, wrong } = figuresOf(result.claims).moves;
      expect([right, wrong].map(inPercent)).to.deep.equal(["18.65", "-30.59"]);
    });

    it("finds the truth 31 times by majority, 37 by mean belief, 44 by what is surprisingly popular", () => {
      const { rightVerdicts } = figuresOf(result.claims);
      expect(rightVerdicts).to.deep.equal({ majority: 31, meanBelief: 37, surprisinglyPopular: 44 });
    });

    it("conserves every unit", () => {
      expect(result.audit.checks.filter(({ difference }) => difference !== 0n)).to.deep.equal([]);
      expect(result.audit.checks).to.have.lengthOf(3 * 50 + 33 + 8);
      expect(result.audit.isConserved).to.equal(true);
    });

    it("stakes the lock of each answer, and puts what it buys into the pools", () => {
      const { stakesBefore, reserves } = result.audit.totals;
      expect([stakesBefore, reserves]).to.deep.equal([1_650n * LOCK, 1_650n * PURCHASE]);
    });

    it("takes no more from a voice than it weighs, which is the same for all", () => {
      const voices = result.claims.flatMap((claim) => claim.voices.map(({ voice }) => voice));
      expect(new Set(voices.map(({ weight }) => weight))).to.deep.equal(new Set([LOCK]));
      expect(voices.filter(({ taken, weight }) => taken > weight)).to.deep.equal([]);
    });

    it("has every belief opened as it was planned", async () => {
      const { claims } = planStakes(await readAnswersFile("data/crowd-states-mit.csv"));
      const opened = result.claims.map(({ voices }) => voices.map(({ voice: { belief, meta } }) => [belief, meta]));
      expect(opened).to.deep.equal(claims.map(({ voices }) => voices.map(({ belief, meta }) => [belief, meta])));
    });

    it("lets the keeper settle and distribute each claim in a batch", () => {
      const { transactions, settle, distribute } = result.keeper;
      const batches = Array(50).fill(33n);
      expect([transactions, settle.sizes, distribute.sizes]).to.deep.equal([100, batches, batches]);
    });

    it("prints a line for each claim", () => {
      const lines = stakeReport(result, "answers.csv").split("\n");
      const rows = lines.filter((line) => / is the capital of .* (true|false) [✓✗] /.test(line));
      expect(rows).to.have.lengthOf(50);
      expect(rows[0]).to.match(
        /^Birmingham is the capital of Alabama +59\.2 {2}64\.7 {2}45\.5 {2}false {2}true ✗ +true ✗ +false ✓ +\+30\.3 +-22\.4 +4\.90$/,
      );
      expect(rows[20]).to.match(/^Boston is the capital of Massachusetts .* 0\.0 +0\.0 +void$/);
    });

    it("prints the figures and proves that nothing was lost", () => {
      const report = stakeReport(result, "answers.csv");
      for (const words of [
        "33 people judged 50 claims (answers.csv).",
        "49 of 50 epochs moved stake. Over all answers, those who were right gained 18.65 % of their lock on average,\n" +
          "those who were wrong lost 30.59 % of their lock.\n",
        "majority 31, mean belief 37, surprisingly popular 44 of 50 claims.\n",
        "Losses: taken 288.188076 USDC = paid out 288.187777 + carried over 0.000299; difference: 0 units.\n",
        "Stakes: before 1,650.000000 USDC = after 1,649.999701 + carried over 0.000299; difference: 0 units.\n",
        "Vault:  holds 1,650.000000 USDC = stakes 1,649.999701 + pots 0.000299; difference: 0 units.\n",
        "191 equations between events, the contracts' books and token balances, 0 failed.\n",
        "sent 100 transactions for 33 participants each: 50 to settle, 50 to distribute.\n",
      ]) {
        expect(report).to.include(words);
      }
    });

    it("fits a terminal", () => {
      const widths = stakeReport(result, "data/crowd-states-mit.csv")
        .split("\n")
        .map((line) => line.length);
      expect(Math.max(...widths)).to.be.at.most(COLUMNS);
    });

    it("says which equation fails where one does", () => {
      const checks = [{ equation: "A = B", difference: -3n }];
      expect(stakeReport({ ...result, audit: { ...result.audit, checks } }, "answers.csv")).to.include(
        "1 equation between events, the contracts' books and token balances, 1 failed.\n  A = B: off by -3 units\n",
      );
    });

    it("gives machines the same figures, amounts and probabilities as strings of digits", () => {
      const json = JSON.parse(JSON.stringify(stakeJson(result, "answers.csv")));
      const epoch = result.claims[0]?.epoch;
      expect(json.source).to.deep.equal({ csv: "answers.csv", people: 33, claims: 50, answers: 1_650 });
      expect(json.claims).to.have.lengthOf(50);
      const { moves, ...first } = json.claims[0];
      expect(first).to.deep.equal({
        claim: "Birmingham is the capital of Alabama",
        claimId: claimIdOf("Birmingham is the capital of Alabama"),
        actual: false,
        supporters: 19,
        opposers: 14,
        consensus: String(epoch?.consensus),
        meanMeta: String(epoch?.meanMeta),
        supportShare: String(epoch?.supportShare),
        verdicts: { majority: true, meanBelief: true, surprisinglyPopular: false },
        isVoid: false,
        pot: String(epoch?.pot),
        carried: String(epoch?.carried),
      });
      expect([moves.right, moves.wrong].map(inPercent)).to.deep.equal(["30.34", "-22.36"]);
      expect(json.figures).to.include({ claims: 50, moved: 49 });
      expect(json.keeper).to.include({ transactions: 100 });
      expect(json.totals).to.include({ stakesBefore: "1650000000", vaultBalance: "1650000000", taken: "288188076" });
      expect(json).to.include({ isConserved: true });
      expect(json.checks).to.have.lengthOf(191);
    });
  });

  describe("when claims have one answer or two", () => {
    let result: ReplayResult;
    before(async () => {
      const answers = [
        answer({ claim: JUNEAU, subject: "ann", own: true, meta: 0.6, confidence: 0.75, actual: true }),
        answer({ claim: RENO, subject: "ann", own: true, meta: 0.6, confidence: 0.75, actual: false }),
        answer({ claim: RENO, subject: "bob", own: false, meta: 0.3, confidence: 0.9, actual: false }),
      ];
      result = await replayStakes(answers, silently);
    });

    it("gives back what it took: with nobody who gains an epoch is void", () => {
      expect(result.claims.map(({ epoch }) => epoch.isVoid)).to.deep.equal([true, true]);
      const [alone, pair] = result.claims.map(({ voices }) => voices.map(({ voice }) => [voice.taken, voice.paid]));
      expect(alone).to.deep.equal([[0n, 0n]]);
      expect(pair?.every(([taken, paid]) => taken !== undefined && taken > 0n && taken === paid)).to.equal(true);
    });

    it("conserves every unit", () => {
      expect(result.audit.isConserved).to.equal(true);
      expect(result.audit.totals).to.include({ stakesBefore: 3n * LOCK, stakesAfter: 3n * LOCK, carried: 0n });
    });

    it("has a consensus of one", () => {
      expect(result.claims[0]?.epoch).to.include({ consensus: wadOf(0.75), meanMeta: wadOf(0.6) });
    });

    it("counts batches that settle an epoch without scoring anybody", () => {
      const { transactions, settle, distribute } = result.keeper;
      expect([transactions, settle.sizes, distribute.sizes]).to.deep.equal([4, [2n, 1n], [1n, 2n]]);
    });

    it("prints void epochs, ties and averages of nobody", () => {
      const report = stakeReport(result, "answers.csv");
      expect(report).to.match(/^Juneau is .* true {3}true ✓ +true ✓ +true ✓ +0\.0 +– +void$/m);
      expect(report).to.match(/^Reno is .* false {2}tie +false ✓ +true ✗ +0\.0 +0\.0 +void$/m);
      expect(report).to.include(
        "0 of 2 epochs moved stake. Over all answers, those who were right kept their lock on average,\n" +
          "those who were wrong kept their lock.\n",
      );
      expect(report).to.include("sent 4 transactions for 1 to 2 participants each: 2 to settle, 2 to distribute.\n");
    });
  });

  it("stops where the keeper leaves something undone", async () => {
    const chain = await DemoChain.start(3);
    try {
      const stage = await setStage(chain, await deployLocal(chain.connection), planStakes([answer()]));
      const error = await letKeeperSettle(stage, () => {}).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(DemoTransactionError);
      expect(error).to.have.property("message", `the keeper did not settle (text=${JUNEAU})`);
    } finally {
      await chain.close();
    }
  });
});
