import { checkLines, sumOf } from "../checks.ts";
import { count, plural, share, signedShare, USDC_UNIT, usdcDown, usdcExact } from "../format.ts";
import { forJson } from "../json.ts";
import { type Column, renderTable } from "../table.ts";
import { DAY } from "../time.ts";
import { figuresOf, type Moves, movesOf, supportersOf, verdictsOf } from "./figures.ts";
import type { Batches } from "./keeper.ts";
import { LOCK, PURCHASE } from "./plan.ts";
import type { ClaimOutcome, ReplayResult } from "./replay.ts";

/** The whole story for a terminal, in plain words. @param source The file, as the user named it. */
export function stakeReport(result: ReplayResult, source: string): string {
  const { claims } = result;
  return [
    story(result, source),
    table(claims),
    legend(),
    findings(claims),
    conservation(result),
    keeping(result),
    closing(),
    "",
  ].join("\n\n");
}

/** The same for machines: JSON with amounts, probabilities and moves as strings, since they exceed its numbers. */
export function stakeJson({ people, claims, keeper, audit }: ReplayResult, source: string): object {
  return forJson({
    source: { csv: source, people: people.length, claims: claims.length, answers: answersIn(claims) },
    units: { amounts: "1e-6 USDC", probabilities: "1e-18", moves: "1e-18 of the lock" },
    claims: claims.map((claim) => {
      const { plan, epoch, voices } = claim;
      const { consensus, meanMeta, supportShare, isVoid, pot, carried } = epoch;
      const supporters = supportersOf(claim);
      return {
        claim: plan.text,
        claimId: plan.claimId,
        actual: plan.actual,
        supporters,
        opposers: voices.length - supporters,
        consensus,
        meanMeta,
        supportShare,
        verdicts: verdictsOf(claim),
        moves: movesOf(voices),
        isVoid,
        pot,
        carried,
      };
    }),
    figures: figuresOf(claims),
    keeper,
    totals: audit.totals,
    isConserved: audit.isConserved,
    checks: audit.checks,
  });
}

function story({ people, claims, rules }: ReplayResult, source: string): string {
  const whole = (units: bigint) => `${count(units / USDC_UNIT)} USDC`;
  return [
    `${plural(people.length, "person", "people")} judged ${plural(claims.length, "claim")} (${source}). On each claim everyone bought the side of their own answer`,
    `for ${whole(PURCHASE)}, which locks ${whole(LOCK)} of their stake behind their voice. Then they sealed two numbers: how probable the`,
    'claim is to them (belief), and what share of the others they expect to say "true" (meta-prediction). After the epoch',
    `of ${plural(rules.epochLength / DAY, "day")} all seals were opened within ${plural(rules.revealWindow / DAY, "day")}, and the keeper settled.`,
  ].join("\n");
}

function table(claims: readonly ClaimOutcome[]): string {
  const columns: Column[] = [
    { head: "Claim", align: "left" },
    { head: "Belief\n%", align: "right" },
    { head: "Meta\n%", align: "right" },
    { head: "Says\ntrue", align: "right" },
    { head: "Truth", align: "left" },
    { head: "Majority", align: "left" },
    { head: "Mean\nbelief", align: "left" },
    { head: "Surpr.\npopular", align: "left" },
    { head: "Right\n%", align: "right" },
    { head: "Wrong\n%", align: "right" },
    { head: "Pot\nUSDC", align: "right" },
  ];
  return renderTable(columns, claims.map(rowOf));
}

function rowOf(claim: ClaimOutcome): string[] {
  const { plan, epoch, voices } = claim;
  const move = (wad: bigint | null) => (wad === null ? "–" : signedShare(wad));
  const verdict = (isTrue: boolean | null) =>
    isTrue === null ? "tie" : `${isTrue} ${isTrue === plan.actual ? "✓" : "✗"}`;
  const { majority, meanBelief, surprisinglyPopular } = verdictsOf(claim);
  const { right, wrong } = movesOf(voices);
  return [
    plan.text,
    share(epoch.consensus),
    share(epoch.meanMeta),
    share(epoch.supportShare),
    String(plan.actual),
    verdict(majority),
    verdict(meanBelief),
    verdict(surprisinglyPopular),
    move(right),
    move(wrong),
    epoch.isVoid ? "void" : usdcDown(epoch.pot),
  ];
}

function legend(): string {
  return [
    "Belief, Meta: what was sealed, on average. Says true: those with a belief above 50 %, in %. Three verdicts, ✓ where they",
    'meet the truth: most answers are "true"; mean belief is above 50 %; surprisingly popular, more say "true" than was',
    "expected (Says true above Meta). Right, Wrong: what those whose answer was right or wrong gained or lost on average,",
    "in % of their lock. Pot: what losers paid and winners shared; void where nobody won and all got back what they paid.",
  ].join("\n");
}

function findings(claims: readonly ClaimOutcome[]): string {
  const { moved, moves, rightVerdicts } = figuresOf(claims);
  const { majority, meanBelief, surprisinglyPopular } = rightVerdicts;
  const verdicts = `majority ${count(majority)}, mean belief ${count(meanBelief)}, surprisingly popular ${count(surprisinglyPopular)}`;
  return [
    `${count(moved)} of ${plural(claims.length, "epoch")} moved stake. Over all answers, ${fared("right", moves.right)} on average,`,
    `${fared("wrong", moves.wrong)}.`,
    `Verdicts that meet the truth: ${verdicts} of ${plural(claims.length, "claim")}.`,
  ].join("\n");
}

function fared(answer: keyof Moves, move: bigint | null): string {
  if (move === null) return `nobody was ${answer}`;
  if (move === 0n) return `those who were ${answer} kept their lock`;
  const change = move < 0n ? `lost ${share(-move, 2)}` : `gained ${share(move, 2)}`;
  return `those who were ${answer} ${change} % of their lock`;
}

function conservation({ audit }: ReplayResult): string {
  const { taken, paid, carried, stakesBefore, stakesAfter, pots, vaultBalance } = audit.totals;
  const equation = (name: string, left: bigint, right: readonly [string, bigint][]) => {
    const difference = left - sumOf(right, ([, amount]) => amount);
    const sides = right.map(([word, amount]) => `${word} ${usdcExact(amount)}`).join(" + ");
    return `${name} ${usdcExact(left)} USDC = ${sides}; difference: ${plural(difference, "unit")}.`;
  };
  const [summary, ...failures] = checkLines(audit.checks, "events, the contracts' books and token balances");
  return [
    equation("Losses: taken", taken, [
      ["paid out", paid],
      ["carried over", carried],
    ]),
    equation("Stakes: before", stakesBefore, [
      ["after", stakesAfter],
      ["carried over", carried],
    ]),
    equation("Vault:  holds", vaultBalance, [
      ["stakes", stakesAfter],
      ["pots", pots],
    ]),
    "What rounding leaves is carried over into the pot of the claim's next epoch. Checked to the unit of 0.000001 USDC:",
    summary,
    ...failures,
  ].join("\n");
}

function keeping({ keeper, claims }: ReplayResult): string {
  const { transactions, settle, distribute } = keeper;
  const participants = BigInt(answersIn(claims));
  const each = (gas: bigint) => count((gas + participants / 2n) / participants);
  const total = settle.gasUsed + distribute.gasUsed;
  const kinds = `${count(settle.sizes.length)} to settle, ${count(distribute.sizes.length)} to distribute`;
  return [
    `The keeper, an account without rights, sent ${plural(transactions, "transaction")} for ${sizeOf([settle, distribute])} each: ${kinds}.`,
    `They used ${count(total)} gas: for each participant ${each(settle.gasUsed)} to settle and ${each(distribute.gasUsed)} to distribute.`,
  ].join("\n");
}

/** How many participants a batch has. */
function sizeOf(kinds: readonly Batches[]): string {
  const sizes = kinds.flatMap((kind) => kind.sizes).sort((a, b) => Number(a - b));
  const [least = 0n, most = 0n] = [sizes[0], sizes.at(-1)];
  return `${least === most ? "" : `${count(least)} to `}${plural(most, "participant")}`;
}

function closing(): string {
  return [
    "No contract ever learns which answers are true. A voice is paid for believing what turns out to be more common than",
    "people expected, and pays for misjudging what others believe. Where those who know the truth also know the usual",
    "mistake, it is the truth that surprises, and stake moves to them. This tells about these answers: it is no proof.",
  ].join("\n");
}

function answersIn(claims: readonly ClaimOutcome[]): number {
  return claims.reduce((total, { voices }) => total + voices.length, 0);
}
