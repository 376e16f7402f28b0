import { WAD } from "../../../sdk/market/params.ts";
import { Outcome } from "../../../sdk/query/state.ts";
import { checkLines, sumOf } from "../checks.ts";
import { count, plural, share, usdcExact } from "../format.ts";
import { averageGas } from "../gas.ts";
import { forJson } from "../json.ts";
import { type Column, renderTable } from "../table.ts";
import { DAY } from "../time.ts";
import { netOf } from "./accounts.ts";
import { type Answerer, type Judge, type Part, type QueryOutcome, SHARE_UNIT, type Worker } from "./figures.ts";
import { stakesOf, upperHalf } from "./plan.ts";
import type { ReplayResult } from "./replay.ts";
import type { GasKind } from "./run.ts";
import { REFERENCE_SHARES, SKATING_FILE } from "./skating.ts";

/** The whole story for a terminal, in plain words. */
export function queriesReport(result: ReplayResult): string {
  const [skate, ...others] = result.queries as readonly [QueryOutcome, ...QueryOutcome[]];
  return [
    story(result, skate),
    answererTable(skate),
    judgeTable(skate),
    skateLegend(skate),
    othersTable(others),
    othersLegend(others),
    summaryTable(result.queries),
    conservation(result),
    gas(result),
    closing(),
    "",
  ].join("\n\n");
}

/** The same for machines: JSON with amounts and strengths as strings, since they exceed what its numbers hold. */
export function queriesJson({ skating, queries, timing, gas: gasByKind, audit }: ReplayResult): object {
  const { answering, opening, judging, revealing } = timing;
  const partOf = ({ name, staked, credited }: Part) => ({ name, staked, credited, net: netOf({ staked, credited }) });
  return forJson({
    source: { csv: SKATING_FILE, skaters: skating.skaters.length, judges: skating.judges.length },
    units: { amounts: "1e-6 USDC", strengths: "any", shares: "1e-10", windows: "seconds" },
    windows: { answering, opening, judging, revealing },
    queries: queries.map(({ queryId, plan, outcome, strengths, asker, answerers, judges, settleGas }) => ({
      id: queryId,
      title: plan.title,
      minRank: plan.minRank,
      outcome: nameOf(outcome),
      strengths,
      asker: partOf(asker),
      answerers: answerers.map((answerer) => {
        const { reach, isGood, share: ofStrength, callers } = answerer;
        return { ...partOf(answerer), reach, isGood, share: ofStrength, callers };
      }),
      judges: judges.map((judge) => {
        const { reach, isGood, rank, closeness } = judge;
        return { ...partOf(judge), reach, isGood, rank, closeness };
      }),
      settleGas,
    })),
    gas: Object.fromEntries(gasByKind),
    totals: audit.totals,
    isConserved: audit.isConserved,
    checks: audit.checks,
  });
}

function story({ skating, timing }: ReplayResult, { plan }: QueryOutcome): string {
  const { submitStake, answerStake, judgeStake } = stakesOf(plan);
  const { answering, opening, judging, revealing } = timing;
  const brief = (units: bigint) => usdcExact(units).replace(/\.?0+$/, "");
  const [askedFor, skaters, judges] = [plan.minAnswers, skating.skaters.length, skating.judges.length];
  return [
    `The ladies' free skate of the Winter Olympics 2002 (${SKATING_FILE}): ${plural(judges, "judge")} ranked ${plural(skaters, "skater")}. Here the`,
    `skaters answer a query that asks for ${plural(askedFor, "answer")}, and the judges, all of one rank, judge them. Each judge seals their`,
    "ranking in the file. Whom they found good the file does not say: here a judge calls good the upper half of their own",
    `ranking, places 1 to ${upperHalf(skating)}. The asker stakes ${brief(submitStake)} USDC, a skater ${brief(answerStake)}, a judge ${brief(judgeStake)}. Answers are sealed within ${plural(answering / DAY, "day")}`,
    `and opened within ${plural(opening / DAY, "day")}, votes sealed within ${plural(judging / DAY, "day")} and opened within ${plural(revealing / DAY, "day")}; then the keeper settled.`,
  ].join("\n");
}

function answererTable({ answerers, judges }: QueryOutcome): string {
  const columns: Column[] = [
    { head: "Skater", align: "left" },
    { head: "\nStrength", align: "right" },
    { head: "Reference\nstrength", align: "right" },
    { head: "Called\ngood by", align: "right" },
    { head: "Verdict", align: "left" },
    ...MONEY,
  ];
  const rowOf = (answerer: Answerer) => [
    answerer.name,
    strength(answerer.share),
    strength(REFERENCE_SHARES.get(answerer.name) ?? null),
    `${count(answerer.callers)} of ${count(judges.length)}`,
    verdict(answerer),
    ...money(answerer),
  ];
  return renderTable(columns, [...answerers.map(rowOf), ["all", ...Array(4).fill(""), ...money(together(answerers))]]);
}

function judgeTable({ asker, judges }: QueryOutcome): string {
  const columns: Column[] = [
    { head: "Judge", align: "left" },
    { head: "Closeness\n%", align: "right" },
    { head: "Pairs\nordered alike", align: "right" },
    { head: "Verdict", align: "left" },
    ...MONEY,
  ];
  const rowOf = (judge: Judge) => [judge.name, ...closenessOf(judge), verdict(judge), ...money(judge)];
  return renderTable(columns, [
    ...judges.map(rowOf),
    ["all", "", "", "", ...money(together(judges))],
    ["asker", "", "", "", ...money(asker)],
  ]);
}

function closenessOf({ closeness }: Judge): string[] {
  if (closeness === null) return ["–", "–"];
  const { halves, of } = closeness;
  const pairs = `${count(halves / 2n)}${halves % 2n === 0n ? "" : ".5"} of ${count(of / 2n)}`;
  return [share((halves * WAD) / of, 2), pairs];
}

function skateLegend({ answerers, judges }: QueryOutcome): string {
  const good = judges.filter(({ isGood }) => isGood).length;
  const goodAnswers = answerers.filter(({ isGood }) => isGood).length;
  return [
    "Strength: the Bradley-Terry strengths that the keeper solved for and the contract checked, as shares of their sum, beside",
    "those calculated elsewhere (data/README.md). Good answers are those that half of the judges or more call good; good",
    "judges the upper floor(n/2) + 1 by closeness to the order of strengths, where a tie counts half. The good get their stakes",
    "back, and share what the asker paid and the others forfeit: answers 70 % and what answerers forfeit, by strength; judges",
    `30 % and what judges forfeit, by closeness^1.5. Here ${count(goodAnswers)} of ${plural(answerers.length, "answer")} and ${count(good)} of ${plural(judges.length, "judge")} are good.`,
  ].join("\n");
}

function othersTable(queries: readonly QueryOutcome[]): string {
  const columns: Column[] = [
    { head: "Query", align: "left" },
    { head: "Who", align: "left" },
    { head: "As", align: "left" },
    { head: "Got to", align: "left" },
    { head: "Verdict", align: "left" },
    ...MONEY,
  ];
  const rowsOf = ({ queryId, outcome, asker, answerers, judges }: QueryOutcome) => [
    [`#${queryId} ${nameOf(outcome)}`, asker.name, "asker", "asked", "", ...money(asker)],
    ...answerers.map((each) => ["", each.name, "answerer", each.reach, verdict(each), ...money(each)]),
    ...judges.map((each) => ["", each.name, `judge, rank ${each.rank}`, each.reach, verdict(each), ...money(each)]),
  ];
  return renderTable(columns, queries.flatMap(rowsOf));
}

function othersLegend(queries: readonly QueryOutcome[]): string {
  const weighed = queries.find(({ plan }) => plan.minRank > 0n);
  return [
    "The other four ways to end, with the first or the last of the field and the first of the judges: who joined and did not",
    "seal, or sealed and did not open, is absent and forfeits the stake. #2: all goes to the asker. #3: the one who delivered",
    "gets 70 % and what the absent forfeit. #4: without a vote all answers share that. #5: nobody called one of them good, so",
    `the judges get 30 % and all forfeits. Only those of rank ${weighed?.plan.minRank} or more may answer #5; judges weigh by rank.`,
  ].join("\n");
}

function summaryTable(queries: readonly QueryOutcome[]): string {
  const columns: Column[] = [
    { head: "Query", align: "left" },
    { head: "Title", align: "left" },
    { head: "Answers\nopened", align: "right" },
    { head: "Votes\nopened", align: "right" },
    { head: "Paid in\nUSDC", align: "right" },
    { head: "Credited\nUSDC", align: "right" },
    { head: "Difference\nunits", align: "right" },
  ];
  const opened = (workers: readonly Worker[]) => {
    return `${count(workers.filter(({ reach }) => reach === "opened").length)} of ${count(workers.length)}`;
  };
  const rowOf = ({ queryId, outcome, plan, answerers, judges, parts, credited }: QueryOutcome) => {
    const { staked } = together(parts);
    return [
      `#${queryId} ${nameOf(outcome)}`,
      plan.title,
      opened(answerers),
      opened(judges),
      usdcExact(staked),
      usdcExact(credited),
      count(credited - staked),
    ];
  };
  return renderTable(columns, queries.map(rowOf));
}

function conservation({ audit }: ReplayResult): string {
  const { paidIn, credited, withdrawn, balance, difference } = audit.totals;
  const [summary, ...failures] = checkLines(
    audit.checks,
    "events, the escrow's books, token balances and the reference settlement",
  );
  return [
    `Conservation: paid in ${usdcExact(paidIn)} = credited ${usdcExact(credited)} = withdrawn ${usdcExact(withdrawn)} USDC; the escrow holds ${usdcExact(balance)};`,
    `difference: ${plural(difference, "unit")}. Checked to the unit of 0.000001 USDC:`,
    summary,
    ...failures,
  ].join("\n");
}

function gas({ gas: byKind, queries }: ReplayResult): string {
  const average = (kind: GasKind) => averageGas(byKind, kind);
  const settling = queries.map(({ queryId, settleGas }) => `#${queryId} ${count(settleGas)}`).join("; ");
  return [
    `Gas on average: to ask ${average("ask")}, to join ${average("join")}, to submit ${average("submit")}, to open an answer ${average("open answer")} or a`,
    `vote ${average("open vote")}, to withdraw ${average("withdraw")}. To settle, in one transaction each: ${settling}.`,
  ].join("\n");
}

function closing(): string {
  return [
    "The escrow never learns who skated well, only what the judges say: a judge is paid for seeing what the others see. Strengths",
    "are not taken from whoever brings them but checked against the votes, and fit in one way only. This tells about these",
    "rankings: it is no proof.",
  ].join("\n");
}

const MONEY: readonly Column[] = [
  { head: "Staked\nUSDC", align: "right" },
  { head: "Credited\nUSDC", align: "right" },
  { head: "Net\nUSDC", align: "right" },
];

function money(part: Pick<Part, "staked" | "credited">): string[] {
  return [part.staked, part.credited, netOf(part)].map(usdcExact);
}

function together(parts: readonly Pick<Part, "staked" | "credited">[]): Pick<Part, "staked" | "credited"> {
  return { staked: sumOf(parts, ({ staked }) => staked), credited: sumOf(parts, ({ credited }) => credited) };
}

function verdict({ isGood }: Worker): string {
  if (isGood === null) return "absent";
  return isGood ? "good" : "forfeited";
}

/** A share of strength in units of 1e-10. */
function strength(units: bigint | null): string {
  if (units === null) return "–";
  return `${units / SHARE_UNIT}.${(units % SHARE_UNIT).toString().padStart(10, "0")}`;
}

function nameOf(outcome: Outcome): string {
  return Object.entries(Outcome).find(([, value]) => value === outcome)?.[0] ?? String(outcome);
}
