import { expect } from "chai";
import { type QueryOutcome, shareOf } from "../../scripts/demo/queries/figures.ts";
import { type ReplayResult, replayQueries } from "../../scripts/demo/queries/replay.ts";
import { queriesJson, queriesReport } from "../../scripts/demo/queries/report.ts";
import { readSkating } from "../../scripts/demo/queries/skating.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { DAY, usdc } from "../fixtures/amounts.ts";
import { silently } from "./fixtures.ts";

/** Wide enough for the report, and the lines it may have. */
const COLUMNS = 130;
const LINES = 110;

/** The gas that the settlement of 23 answers and nine votes may use, by the requirements. */
const SETTLE_GAS = 2_800_000n;

describe("the queries replay of the demo", function () {
  this.timeout(240_000);
  let result: ReplayResult;
  let skate: QueryOutcome;
  let allBad: QueryOutcome;
  before(async () => {
    result = await replayQueries(await readSkating(), silently);
    skate = result.queries[0] as QueryOutcome;
    allBad = result.queries[4] as QueryOutcome;
  });
  const namesOf = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name);
  const goodOf = <W extends { readonly isGood: boolean | null }>(workers: readonly W[]) =>
    workers.filter(({ isGood }) => isGood);
  const creditsOf = ({ parts }: QueryOutcome) => parts.map(({ name, credited }) => [name, credited]);

  it("ends a query in each way there is", () => {
    expect(result.queries.map(({ outcome }) => outcome)).to.deep.equal([
      Outcome.Normal,
      Outcome.Cancelled,
      Outcome.SingleAnswer,
      Outcome.NoVotes,
      Outcome.AllBad,
    ]);
  });

  it("credits in each query what was paid in, to the unit", () => {
    for (const { queryId, parts, credited } of result.queries) {
      expect(credited, `#${queryId}`).to.equal(parts.reduce((sum, { staked }) => sum + staked, 0n));
    }
  });

  it("conserves every unit", () => {
    const { totals, checks, isConserved } = result.audit;
    const paidIn = usdc("474.53");
    expect(checks.filter(({ difference }) => difference !== 0n)).to.deep.equal([]);
    expect(totals).to.deep.equal({
      paidIn,
      credited: paidIn,
      withdrawn: paidIn,
      balance: 0n,
      difference: 0n,
    });
    expect(isConserved).to.equal(true);
  });

  it("checks books, people and queries, and each part and figure of a query against the reference", () => {
    const [snapshots, people, parts] = [11, 33, 33 + 3 + 4 + 7 + 11];
    const inModel = 5 * 4 + 2 * parts;
    expect(result.audit.checks).to.have.lengthOf(snapshots + 5 * 2 + people * 2 + 3 + inModel + 6);
  });

  describe("of the free skate", () => {
    it("has all answers and all votes opened", () => {
      const reaches = [...skate.answerers, ...skate.judges].map(({ reach }) => reach);
      expect(reaches).to.deep.equal(Array(32).fill("opened"));
    });

    it("settles with strengths whose shares are those that are known", () => {
      const shares = new Map(skate.answerers.map(({ name, share }) => [name, share]));
      const names = ["hughes", "slutskaya", "kwan", "cohen", "suguri", "luca"];
      expect(names.map((name) => shares.get(name))).to.deep.equal([
        2_454_300_596n,
        2_454_300_596n,
        1_942_791_697n,
        1_108_535_701n,
        557_900_319n,
        1_549_295n,
      ]);
    });

    it("has hughes and slutskaya tie", () => {
      expect(skate.strengths[0]).to.equal(skate.strengths[1]);
    });

    it("finds good whom five of nine judges put in the upper half of their ranking", () => {
      expect(namesOf(goodOf(skate.answerers))).to.deep.equal(
        namesOf(skate.answerers.filter(({ callers }) => callers >= 5)),
      );
      expect(namesOf(goodOf(skate.answerers))).to.deep.equal([
        "hughes",
        "slutskaya",
        "kwan",
        "cohen",
        "suguri",
        "butyrskaya",
        "robinson",
        "sebestyen",
        "kettunen",
        "volchkova",
        "maniachenko",
      ]);
    });

    it("finds good the five judges that are closest to the order of strengths", () => {
      const byCloseness = [...skate.judges].sort((a, b) =>
        Number((b.closeness?.halves ?? 0n) - (a.closeness?.halves ?? 0n)),
      );
      expect(namesOf(byCloseness).slice(0, 5).sort()).to.deep.equal(["J1", "J2", "J6", "J8", "J9"]);
      expect(namesOf(goodOf(skate.judges))).to.deep.equal(["J1", "J2", "J6", "J8", "J9"]);
    });

    it("leaves the bad and the asker nothing", () => {
      const others = [skate.asker, ...skate.answerers, ...skate.judges].filter(
        (part) => !("isGood" in part && part.isGood),
      );
      expect(new Set(others.map(({ credited }) => credited))).to.deep.equal(new Set([0n]));
      expect(others).to.have.lengthOf(1 + 12 + 4);
    });

    it("shares 80.5 USDC and 12 stakes among good answers, 34.5 USDC and 4 stakes among good judges", () => {
      const sum = (parts: readonly { readonly credited: bigint; readonly staked: bigint }[]) =>
        parts.reduce((total, { credited, staked }) => total + credited - staked, 0n);
      expect(sum(goodOf(skate.answerers))).to.equal(usdc("80.5") + 12n * usdc("3.5"));
      expect(sum(goodOf(skate.judges))).to.equal(usdc("34.5") + 4n * usdc("6.9"));
    });

    it("gives the odd units of a tie to the first", () => {
      const [hughes, slutskaya] = skate.answerers.map(({ credited }) => credited) as [bigint, bigint];
      expect([hughes, slutskaya]).to.deep.equal([usdc("34.643337"), usdc("34.643333")]);
    });

    it("is settled in one transaction within the gas that is allowed", () => {
      expect(skate.settleGas < SETTLE_GAS, `${skate.settleGas} gas`).to.equal(true);
    });
  });

  describe("of the other outcomes", () => {
    it("gives all to the asker where nobody opened an answer", () => {
      expect(creditsOf(result.queries[1] as QueryOutcome)).to.deep.equal([
        ["asker", usdc(42)],
        ["hughes", 0n],
        ["slutskaya", 0n],
      ]);
    });

    it("gives all but 30 % to the one who opened an answer", () => {
      expect(creditsOf(result.queries[2] as QueryOutcome)).to.deep.equal([
        ["asker", usdc("10.5")],
        ["hughes", usdc(35)],
        ["slutskaya", 0n],
        ["kwan", 0n],
      ]);
    });

    it("gives equal shares to the answers that nobody judged", () => {
      expect(creditsOf(result.queries[3] as QueryOutcome)).to.deep.equal([
        ["asker", usdc("10.5")],
        ["hughes", usdc("14.233334")],
        ["slutskaya", usdc("14.233333")],
        ["kwan", usdc("14.233333")],
        ["cohen", 0n],
        ["J1", 0n],
        ["J2", 0n],
      ]);
    });

    it("gives the good judges what the asker does not get back where all answers are bad", () => {
      expect(namesOf(goodOf(allBad.judges))).to.deep.equal(["J1", "J2", "J4"]);
      expect(allBad.asker.credited).to.equal(usdc("29.645"));
      expect(goodOf(allBad.judges).reduce((sum, { credited }) => sum + credited, 0n)).to.equal(usdc("46.585"));
    });

    it("judges the last one by judges of different ranks", () => {
      expect(allBad.judges.map(({ rank }) => rank)).to.deep.equal([3n, 2n, 0n, 3n, 3n]);
    });

    it("has in them everybody stay away who is planned to", () => {
      const reaches = result.queries
        .slice(1)
        .map(({ answerers, judges }) => [...answerers, ...judges].map(({ reach }) => reach));
      const planned = result.queries
        .slice(1)
        .map(({ plan }) => [...plan.answers, ...plan.votes].map(({ reach }) => reach));
      expect(reaches).to.deep.equal(planned);
    });
  });

  it("goes by the windows of the deployment", () => {
    const { answering, opening, judging, revealing } = result.timing;
    expect([answering, opening, judging, revealing]).to.deep.equal([3n * DAY, DAY, 3n * DAY, DAY]);
  });

  it("prints who skated and judged how, who gained, and that nothing was lost", () => {
    const report = queriesReport(result);
    for (const words of [
      "The ladies' free skate of the Winter Olympics 2002 (data/skating-2002.csv): 9 judges ranked 23 skaters. Here the\n",
      "ranking, places 1 to 11. The asker stakes 115 USDC, a skater 3.5, a judge 6.9. Answers are sealed within 3 days\n",
      "\nhughes       0.2454300596  0.2454300596   9 of 9  good        3.500000   34.643337  31.143337\n",
      "\nfontana      0.0064815937             –   4 of 9  forfeited   3.500000    0.000000  -3.500000\n",
      "\nJ1         94.66   239.5 of 253  good         6.900000  19.334877    12.434877\n",
      "Here 11 of 23 answers and 5 of 9 judges are good.\n",
      "\n#2 Cancelled     asker      asker          asked              35.000000  42.000000    7.000000\n",
      "\n                 J3         judge, rank 0  opened  forfeited   2.541000   0.000000   -2.541000\n",
      "\n                 J5         judge, rank 3  joined  absent      2.541000   0.000000   -2.541000\n",
      "Conservation: paid in 474.530000 = credited 474.530000 = withdrawn 474.530000 USDC; the escrow holds 0.000000;\n" +
        "difference: 0 units. Checked to the unit of 0.000001 USDC:\n" +
        "232 equations between events, the escrow's books, token balances and the reference settlement, 0 failed.\n",
    ]) {
      expect(report).to.include(words);
    }
  });

  it("fits a terminal", () => {
    const lines = queriesReport(result).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(COLUMNS);
    expect(lines.length).to.be.at.most(LINES);
  });

  it("says which equation fails where one does", () => {
    const checks = [{ equation: "A = B", difference: -3n }];
    expect(queriesReport({ ...result, audit: { ...result.audit, checks } })).to.include(
      "1 equation between events, the escrow's books, token balances and the reference settlement, 1 failed.\n  A = B: off by -3 units\n",
    );
  });

  it("gives machines the same figures, amounts and strengths as strings of digits", () => {
    const json = JSON.parse(JSON.stringify(queriesJson(result)));
    expect(json.source).to.deep.equal({ csv: "data/skating-2002.csv", skaters: 23, judges: 9 });
    expect(json.windows).to.deep.equal({
      answering: "259200",
      opening: "86400",
      judging: "259200",
      revealing: "86400",
    });
    expect(json.queries.map((query: { id: string; outcome: string }) => [query.id, query.outcome])).to.deep.equal([
      ["1", "Normal"],
      ["2", "Cancelled"],
      ["3", "SingleAnswer"],
      ["4", "NoVotes"],
      ["5", "AllBad"],
    ]);
    expect(json.queries[0].strengths).to.deep.equal(skate.strengths.map(String));
    expect(json.queries[0].asker).to.deep.equal({
      name: "asker",
      staked: "115000000",
      credited: "0",
      net: "-115000000",
    });
    expect(json.queries[0].answerers[0]).to.deep.equal({
      name: "hughes",
      staked: "3500000",
      credited: "34643337",
      net: "31143337",
      reach: "opened",
      isGood: true,
      share: "2454300596",
      callers: 9,
    });
    expect(json.queries[0].judges[2]).to.deep.equal({
      name: "J3",
      staked: "6900000",
      credited: "0",
      net: "-6900000",
      reach: "opened",
      isGood: false,
      rank: "0",
      closeness: { halves: "439", of: "506" },
    });
    expect(json.gas.ask).to.have.lengthOf(5);
    expect(json.totals).to.include({ paidIn: "474530000", balance: "0", difference: "0" });
    expect(json).to.include({ isConserved: true });
    expect(json.checks).to.have.lengthOf(232);
  });
});

describe("shares of strength", () => {
  it("are rounded to the nearest of 1e-10", () => {
    expect([0, 1].map((index) => shareOf([1n, 2n], index))).to.deep.equal([3_333_333_333n, 6_666_666_667n]);
  });

  it("are not there without strengths", () => {
    expect(shareOf([], 0)).to.equal(null);
  });
});
