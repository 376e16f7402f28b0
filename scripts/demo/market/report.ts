import { BPS } from "../../../sdk/bounds.ts";
import { WAD } from "../../../sdk/market/params.ts";
import { checkLines } from "../checks.ts";
import { count, percent, plural, USDC_UNIT, usdcDown, usdcExact } from "../format.ts";
import { forJson } from "../json.ts";
import { type Column, renderTable } from "../table.ts";
import { DAY } from "../time.ts";
import type { ClaimOutcome, ReplayResult } from "./replay.ts";
import { HABITS, READING_DAYS } from "./scenario.ts";

const WAD_PER_BPS = WAD / BPS;

/** How belief and two plain counts compare with the truth, which no market ever learns. A tie is right for nobody. */
export interface Hindsight {
  readonly claims: number;
  /** Claims whose belief at the last reading is on the true side. */
  readonly beliefRight: number;
  /** Claims that more people than not judged rightly. */
  readonly majorityRight: number;
  /** Claims on which more was staked rightly than not: what confidence alone does, without time or the market. */
  readonly stakesRight: number;
}

/** Compares the outcome with the truth. */
export function hindsightOf(claims: readonly ClaimOutcome[]): Hindsight {
  const isRight = (lead: bigint, actual: boolean) => (actual ? lead > 0n : lead < 0n);
  const rightBy = (leadOf: (claim: ClaimOutcome) => bigint) =>
    claims.filter((claim) => isRight(leadOf(claim), claim.plan.actual)).length;
  return {
    claims: claims.length,
    beliefRight: rightBy((claim) => (claim.beliefs.at(-1)?.wad ?? WAD / 2n) - WAD / 2n),
    majorityRight: rightBy(({ plan }) => BigInt(plan.supporters - plan.opposers)),
    stakesRight: rightBy(({ plan }) => plan.stakeLead),
  };
}

/** The whole story for a terminal, in plain words. @param source The file, as the user named it. */
export function marketReport(result: ReplayResult, source: string): string {
  return [story(result, source), table(result.claims), legend(), totals(result), closing(result.claims), ""].join(
    "\n\n",
  );
}

/** The same for machines: JSON with amounts and beliefs as strings, since they exceed what JSON numbers hold. */
export function marketJson(result: ReplayResult, source: string): object {
  const { people, claims, stepCounts, audit } = result;
  const report = {
    source: { csv: source, people: people.length, claims: claims.length, answers: answersIn(claims) },
    units: { amounts: "1e-6 USDC", beliefs: "1e-18" },
    steps: stepCounts,
    claims: claims.map(({ plan, market, supportPrincipal, opposePrincipal, beliefs, rewardsPaid }) => ({
      claim: plan.text,
      claimId: plan.claimId,
      market,
      actual: plan.actual,
      supporters: plan.supporters,
      opposers: plan.opposers,
      supportPrincipal,
      opposePrincipal,
      beliefAfterDays: Object.fromEntries(beliefs.map(({ day, wad }) => [day, wad])),
      srpPaid: rewardsPaid,
    })),
    totals: audit.totals,
    isConserved: audit.isConserved,
    checks: audit.checks,
    hindsight: hindsightOf(claims),
  };
  return forJson(report);
}

function story({ people, claims, stepCounts, rules }: ReplayResult, source: string): string {
  const whole = (units: bigint) => `${count(units / USDC_UNIT)} USDC`;
  const judges = plural(people.length, "person", "people");
  const penalty = percent(rules.earlyExitPenaltyBps * WAD_PER_BPS);
  const range = `${whole(HABITS.guessStake)} for a guess, up to ${whole(HABITS.certainStake)} for a certainty`;
  return [
    `${judges} judged ${plural(claims.length, "claim")} (${source}). Each claim became a belief market, created by its surest`,
    `supporter. Everyone staked on their own answer within ${HABITS.commitDays} days: ${range}.`,
    `${plural(stepCounts.exit, "position")} of unsure people left early at a penalty of at most ${penalty}; the other ${count(stepCounts.withdraw)} claimed rewards`,
    `on the way and withdrew after the lock of ${plural(rules.lockPeriod / DAY, "day")}.`,
  ].join("\n");
}

function table(claims: readonly ClaimOutcome[]): string {
  const columns: Column[] = [
    { head: "Claim", align: "left" },
    { head: "Support\nUSDC", align: "right" },
    { head: "Oppose\nUSDC", align: "right" },
    ...READING_DAYS.map((day): Column => ({ head: `Belief\n${plural(day, "day")}`, align: "right" })),
    { head: "SRP paid\nUSDC", align: "right" },
    { head: "Truth", align: "left" },
  ];
  const rows = claims.map(({ plan, supportPrincipal, opposePrincipal, beliefs, rewardsPaid }) => [
    plan.text,
    usdcDown(supportPrincipal),
    usdcDown(opposePrincipal),
    ...beliefs.map(({ wad }) => percent(wad)),
    usdcDown(rewardsPaid),
    plan.actual ? "true" : "false",
  ]);
  return renderTable(columns, rows);
}

function legend(): string {
  return [
    `Support, Oppose: principal on each side after ${READING_DAYS.at(-1)} days. Belief: the share of time-weighted principal that stands on`,
    "Support, as the contract returns it so many days after creation. SRP paid: what people were paid out of the signal",
    "reward pool, which fees and penalties fill. Amounts are rounded down to cents here, and exact below.",
  ].join("\n");
}

function totals({ claims, audit }: ReplayResult): string {
  const { paidIn, fees, principalReturned, penalties, rewardsPaid, held, difference } = audit.totals;
  const [summary, ...failures] = checkLines(audit.checks, "events, markets' books and token balances");
  const commitments = plural(answersIn(claims), "commitment");
  const sides = [
    `principal returned ${usdcExact(principalReturned)}`,
    `rewards paid ${usdcExact(rewardsPaid)}`,
    `still in the markets ${usdcExact(held)}`,
  ];
  return [
    `${commitments} paid ${usdcExact(fees)} USDC in fees and premiums, early exits ${usdcExact(penalties)} in penalties.`,
    `Totals: paid in ${usdcExact(paidIn)} USDC = ${sides.join(" + ")}; difference: ${plural(difference, "unit")}.`,
    "Nobody is staked any more: what is still in the markets is for whoever stakes next. Checked to the unit of",
    `0.000001 USDC: ${summary}`,
    ...failures,
  ].join("\n");
}

function closing(claims: readonly ClaimOutcome[]): string {
  const { beliefRight, majorityRight, stakesRight } = hindsightOf(claims);
  return [
    `A market never learns who was right; the file does. Belief after ${READING_DAYS.at(-1)} days is on the true side of ${count(beliefRight)} of ${plural(claims.length, "claim")},`,
    `a count of heads on that of ${count(majorityRight)}, a count of the stakes without regard to time on that of ${count(stakesRight)}. Stakes follow`,
    "confidence here because the demo makes them: this tells about these answers, not that markets find the truth.",
  ].join("\n");
}

function answersIn(claims: readonly ClaimOutcome[]): number {
  return claims.reduce((sum, { plan }) => sum + plan.supporters + plan.opposers, 0);
}
