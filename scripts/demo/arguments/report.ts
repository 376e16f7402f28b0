import { ArgumentStatus } from "../../../sdk/argument/state.ts";
import { BPS } from "../../../sdk/bounds.ts";
import { WAD } from "../../../sdk/market/params.ts";
import { Side } from "../../../sdk/market/side.ts";
import { checkLines, sumOf } from "../checks.ts";
import { actBrief, actExact, actShort, actUnits, count, percent, plural } from "../format.ts";
import { averageGas } from "../gas.ts";
import { forJson } from "../json.ts";
import { type Column, renderTable } from "../table.ts";
import { DAY } from "../time.ts";
import { netOf, type PersonFlows } from "./accounts.ts";
import { chronicle } from "./chronicle.ts";
import { stakeOn } from "./figures.ts";
import type { PlannedClaim } from "./plan.ts";
import type { ReplayResult } from "./replay.ts";
import type { GasKind } from "./run.ts";
import { earnedWith, sideName, thread } from "./thread.ts";

/** The whole story for a terminal: the thread, what happened, who gained. @param source The file, as the user named it. */
export function debateReport(result: ReplayResult, source: string): string {
  return [
    story(result, source),
    thread(result),
    `What happened, in order of time\n${chronicle(result)}`,
    table(result.flows),
    legend(result),
    reserve(result),
    conservation(result),
    gas(result),
    closing(result),
    "",
  ].join("\n\n");
}

/** The same for machines: JSON with amounts as strings, since they exceed what its numbers hold. */
export function debateJson(result: ReplayResult, source: string): object {
  const { people, claims, arguments: outcomes, flows, refused, keeper, gas: gasByKind, audit } = result;
  const nameOf = (person: number) => people[person]?.name;
  return forJson({
    source: { csv: source, people: people.filter(({ isCrowd }) => isCrowd).length, claims: claims.length },
    units: { amounts: "1e-9 ACT" },
    claims: claims.map(({ text, ...claim }) => ({
      claim: text,
      ...claim,
      arguments: outcomes
        .filter(({ claimId }) => claimId === claim.claimId)
        .map((outcome) => ({
          id: outcome.id,
          side: sideName(outcome.side),
          author: nameOf(outcome.creator),
          summary: outcome.summary,
          body: outcome.body,
          status: statusOf(outcome.status),
          ...outcome.counters,
          marks: outcome.marks,
          earned: earnedWith(outcome),
          slashed: outcome.slashed,
        })),
    })),
    refused: refused.map(({ step, error }) => ({
      who: nameOf(step.person),
      what: step.kind,
      error: error.name,
      facts: error.args.toObject(),
    })),
    people: flows.map((person) => ({ ...person, net: netOf(person) })),
    keeper,
    gas: Object.fromEntries(gasByKind),
    totals: audit.totals,
    isConserved: audit.isConserved,
    checks: audit.checks,
  });
}

function story({ people, claims, arguments: outcomes, flows, rules }: ReplayResult, source: string): string {
  const { creationStake, upvoteStake, period, interestRateBps, creatorShareBps } = rules;
  const crowd = people.filter(({ isCrowd }) => isCrowd).length;
  const writers = new Set(outcomes.map(({ creator }) => creator)).size;
  const upvotes = sumOf(outcomes, ({ counters }) => counters.upvotes);
  const staked = sumOf(flows, (person) => person.staked);
  const share = (bps: bigint) => percent((bps * WAD) / BPS);
  return [
    `${plural(writers, "debater")} wrote ${plural(outcomes.length, "argument")} about ${plural(claims.length, "claim")} of ${source}. Those who judged a claim there, ${plural(crowd, "person", "people")},`,
    `upvoted arguments for their answer. An argument is a stake of ${actBrief(creationStake)} ACT, an upvote one of ${actBrief(upvoteStake)}; together ${plural(upvotes, "upvote")}`,
    `and all arguments staked ${actBrief(staked)} ACT. A stake runs for ${plural(period / DAY, "day")} at ${share(interestRateBps)} a year; ${share(creatorShareBps)} of what an upvote earns is the author's.`,
  ].join("\n");
}

function table(flows: readonly PersonFlows[]): string {
  const columns: Column[] = [
    { head: "Who", align: "left" },
    { head: "Staked\nACT", align: "right" },
    { head: "Earned\nwriting", align: "right" },
    { head: "Earned\nupvoting", align: "right" },
    { head: "Earned\ncurating", align: "right" },
    { head: "\nSlashed", align: "right" },
    { head: "Paid into\nreserve", align: "right" },
    { head: "Net\nACT", align: "right" },
  ];
  const crowd = flows.filter(({ isCrowd }) => isCrowd);
  const rows = flows.filter(({ isCrowd }) => !isCrowd).map((person) => rowOf(person.name, [person]));
  if (crowd.length > 0) rows.push(rowOf(`crowd (${count(crowd.length)})`, crowd));
  return renderTable(columns, [...rows, rowOf("all", flows)]);
}

function rowOf(name: string, flows: readonly PersonFlows[]): string[] {
  const sum = (amountOf: (person: PersonFlows) => bigint) => sumOf(flows, amountOf);
  const orNone = (amount: bigint) => (amount === 0n ? "–" : actShort(amount));
  return [
    name,
    orNone(sum(({ staked }) => staked)),
    orNone(sum(({ writerInterest }) => writerInterest)),
    orNone(sum(({ upvoterInterest }) => upvoterInterest)),
    orNone(sum(({ curatorRewards }) => curatorRewards)),
    orNone(sum(({ slashed }) => slashed)),
    orNone(sum(({ funded }) => funded)),
    actShort(sum(netOf)),
  ];
}

function legend({ rules }: ReplayResult): string {
  return [
    "Earned writing: interest on the stakes of one's own arguments, and the author's part of that on upvotes of them. Upvoting:",
    "the rest of the interest on one's upvotes. Curating: a part of what was slashed, for having marked it. Net: what somebody has",
    `more than before. Amounts are rounded to ${actBrief(actUnits("0.0001"))} ACT towards zero here, and exact below. Limit: who staked ${percent((rules.stakeLimitBps * WAD) / BPS)}`,
    `of what they have within ${plural(rules.stakeLimitWindow / DAY, "day")} stakes no more for now.`,
  ].join("\n");
}

function reserve({ audit }: ReplayResult): string {
  const { funded, slashedIntoReserve, paid, promised, freed, free, reserved } = audit.totals;
  return [
    `Reserve: funded ${actExact(funded)} + slashed into it ${actExact(slashedIntoReserve)} = interest paid ${actExact(paid)} + left ${actExact(free + reserved)} ACT.`,
    `Interest: set aside ${actExact(promised)} = paid ${actExact(paid)} + freed ${actExact(freed)} + still set aside ${actExact(reserved)} ACT.`,
  ].join("\n");
}

function conservation({ audit }: ReplayResult): string {
  const { staked, funded, withdrawn, free, reserved, difference } = audit.totals;
  const [summary, ...failures] = checkLines(
    audit.checks,
    "events, the contract's books, token balances and the reference model",
  );
  return [
    `Conservation: withdrawn ${actExact(withdrawn)} + reserve ${actExact(free + reserved)} = staked ${actExact(staked)} + funded ${actExact(funded)} ACT;`,
    `difference: ${plural(difference, "unit")}. Checked to the unit of 1e-9 ACT:`,
    summary,
    ...failures,
  ].join("\n");
}

function gas({ gas: byKind, keeper }: ReplayResult): string {
  const average = (kind: GasKind) => averageGas(byKind, kind);
  const stakes = sumOf(keeper.sizes, (size) => size);
  const each = stakes === 0n ? "–" : count(keeper.gasUsed / stakes);
  return [
    `Gas on average: an argument ${average("write")}, an upvote ${average("upvote")}, a mark ${average("mark")} and the one that decides ${average("decide")},`,
    `a deletion ${average("delete")}, a withdrawal ${average("withdraw")}, and each of ${plural(stakes, "stake")} that the keeper paid ${each}.`,
  ].join("\n");
}

function closing({ claims, arguments: outcomes }: ReplayResult): string {
  const judged = claims.filter(({ actual }) => actual !== null);
  const isRight = ({ claimId, actual }: PlannedClaim) => {
    const lead = stakeOn(outcomes, claimId, Side.Support) - stakeOn(outcomes, claimId, Side.Oppose);
    return actual === true ? lead > 0n : lead < 0n;
  };
  if (judged.length === 0) return "The contract never learns what is true, and nor does the file.";
  const right = judged.filter(isRight).length;
  return [
    `The contract never learns what is true; the file does. More is staked on the true side of ${count(right)} of ${plural(judged.length, "claim")}: stake`,
    "tells which arguments convince people, and interest pays for convincing them. This tells about these answers only.",
  ].join("\n");
}

function statusOf(status: number): string | undefined {
  return Object.entries(ArgumentStatus).find(([, number]) => number === status)?.[0];
}
