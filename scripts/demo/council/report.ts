import { FIRST_SUPPLY } from "../../../sdk/council/params.ts";
import { WAD } from "../../../sdk/market/params.ts";
import { checkLines, sumOf } from "../checks.ts";
import { actFull, count, percent, plural, share } from "../format.ts";
import { averageGas } from "../gas.ts";
import { forJson } from "../json.ts";
import { type Column, renderTable } from "../table.ts";
import { wholeAct } from "./amounts.ts";
import { chronicle } from "./chronicle.ts";
import { eventsOf } from "./events.ts";
import { averageLockDays, type StakerOutcome, yieldWad } from "./figures.ts";
import { KIND_NAMES, PROPOSALS, SESSIONS } from "./motions.ts";
import type { ReplayResult } from "./replay.ts";
import { END, type StoryStep, WEEKS } from "./story.ts";

/** The whole year for a terminal: what happened, who stands where, and what the token came to. */
export function councilReport(result: ReplayResult): string {
  return [
    story(result),
    chronicle(result),
    table(result.stakers),
    legend(),
    metrics(result),
    metricsLegend,
    conservation(result),
    gas(result),
    closing(),
    "",
  ].join("\n\n");
}

/** The same for machines: JSON with amounts as strings, since they exceed what its numbers hold. */
export function councilJson(result: ReplayResult): object {
  const { stakers, proposals, sessions, refused, tokenomics, sources, gas: gasByKind, audit } = result;
  return forJson({
    units: { amounts: "1e-9 ACT", power: "1e-9 ACT", boosters: "1e-4", instants: "unix seconds" },
    weeks: WEEKS,
    stakers: stakers.map(({ positions, ...staker }) => ({ ...staker, tierDays: tierOf(positions), positions })),
    proposals: proposals.map(({ key, kind, count: counted, votes, state }) => ({
      description: PROPOSALS[key].description,
      kind: KIND_NAMES[Number(kind)],
      voters: votes.length,
      ...counted,
      stateAtEnd: state,
    })),
    sessions: sessions.map(({ key, ...session }) => ({ topic: SESSIONS[key].topic, ...session })),
    refused: refused.map(({ step, error }) => ({ what: step.kind, error: error.name, facts: error.args.toObject() })),
    tokenomics: {
      ...tokenomics,
      averageLockDays: averageLockDays(tokenomics),
      yieldWad: yieldWad(tokenomics, END),
      sources,
    },
    gas: Object.fromEntries(gasByKind),
    totals: audit.totals,
    isConserved: audit.isConserved,
    checks: audit.checks,
  });
}

function story({ stakers, sources, events }: ReplayResult): string {
  const [first, second] = eventsOf(events, "period");
  const carried = (second?.amount ?? 0n) - (first?.amount ?? 0n);
  return [
    `A year of the council: ${plural(stakers.length, "staker")} in all five tiers, ${plural(WEEKS, "weekly period")} of rewards, ${plural(Object.keys(PROPOSALS).length, "proposal")}, ${plural(Object.keys(SESSIONS).length, "debate")}. The first two`,
    `weeks are paid by the community's allocation, ${wholeAct(sources.others)} ACT; the others by inflation that the council itself votes for,`,
    `${wholeAct(sources.treasury)} ACT. Before it begins, the deployer gives the admin's role to the timelock: from then on only proposals govern.`,
    `What streams in the nine hours before anybody stakes, ${wholeAct(carried)} ACT, is nobody's, and joins the second week.`,
  ].join("\n");
}

function table(stakers: readonly StakerOutcome[]): string {
  const columns: Column[] = [
    { head: "Who", align: "left" },
    { head: "\nTier", align: "right" },
    { head: "Posi-\ntions", align: "right" },
    { head: "Staked\nACT", align: "right" },
    { head: "\nPower", align: "right" },
    { head: "Votes,\ndelegated too", align: "right" },
    { head: "Boosters\n%", align: "right" },
    { head: "Claimed\nACT", align: "right" },
    { head: "Compounded\nACT", align: "right" },
    { head: "Claimable\nACT", align: "right" },
  ];
  const orNone = (amount: bigint) => (amount === 0n ? "–" : wholeAct(amount));
  const rowOf = (staker: StakerOutcome) => [
    staker.name,
    tierName(staker.positions),
    count(staker.positions.length),
    orNone(staker.staked),
    orNone(staker.power),
    orNone(staker.votes),
    staker.power === 0n ? "–" : `+${staker.boosterBps / 100n}`,
    orNone(staker.flows.claimed),
    orNone(staker.flows.compounded),
    orNone(staker.claimable),
  ];
  const total = (amountOf: (staker: StakerOutcome) => bigint) => wholeAct(sumOf(stakers, amountOf));
  const all = [
    "all",
    "",
    count(sumOf(stakers, ({ positions }) => BigInt(positions.length))),
    total(({ staked }) => staked),
    total(({ power }) => power),
    total(({ votes }) => votes),
    "",
    total(({ flows }) => flows.claimed),
    total(({ flows }) => flows.compounded),
    total(({ claimable }) => claimable),
  ];
  return renderTable(columns, [...stakers.map(rowOf), all]);
}

function legend(): string {
  return [
    "At the end of the year. Tier: the highest of the positions, by lock or by time served, as far as somebody poked it: wim, whom",
    "nobody pokes, has served 180 days and counts as none. Power: stake times 1, 1.2, 1.5, 2 or 3. Boosters, as counted at the last",
    "touch: 20 for a position at the 180-day tier, 15 for a vote, 10 for taking part in a debate, in the last 30 days; quin, whom",
    "nobody touches after the first vote, still counts as having just voted. Rewards go by power and boosters. Amounts in whole",
    "ACT, rounded down here, and exact below.",
  ].join("\n");
}

function metrics({ tokenomics }: ReplayResult): string {
  const { staked, circulating, activeStakers, voters, eligibleVoters, claimers, eligibleClaimers } = tokenomics;
  const part = (of: bigint | number, all: bigint | number) => percent((BigInt(of) * WAD) / BigInt(all));
  const columns: Column[] = [
    { head: "Figure", align: "left" },
    { head: "Target", align: "right" },
    { head: "At the end\nof the year", align: "right" },
    { head: "What of what", align: "left" },
  ];
  return renderTable(columns, [
    [
      "Staking ratio",
      "> 40 %",
      part(staked, circulating),
      `${wholeAct(staked)} staked of ${wholeAct(circulating)} circulating`,
    ],
    ["Active stakers", "> 1,000", count(activeStakers), "accounts with a stake: a cast, not a crowd"],
    [
      "Average lock",
      "> 30 days",
      plural(averageLockDays(tokenomics), "day"),
      "from stake to unlock, by amount, of open positions",
    ],
    [
      "Governance participation",
      "> 20 %",
      part(voters, eligibleVoters),
      `${count(voters)} votes of ${count(eligibleVoters)} that who had the stake could cast`,
    ],
    [
      "Reward claims",
      "> 80 %",
      part(claimers, eligibleClaimers),
      `${count(claimers)} of ${plural(eligibleClaimers, "account")} with rewards took some`,
    ],
    [
      "Inflation",
      "<= 5 %",
      `${share((tokenomics.minted * WAD) / FIRST_SUPPLY, 2)} %`,
      `${wholeAct(tokenomics.minted)} minted of ${wholeAct(tokenomics.inflationLeft + tokenomics.minted)} that the year allows`,
    ],
    [
      "Yield of a staked ACT",
      "15 to 30 %",
      percent(yieldWad(tokenomics, END)),
      `${wholeAct(tokenomics.streamed)} streamed to ${wholeAct(tokenomics.meanStaked)} staked on average`,
    ],
    ["Value locked", "> $1M", "no price", `${wholeAct(staked)} ACT: the chain knows no dollars`],
  ]);
}

const metricsLegend = [
  "Targets are those that the token was planned with. Circulating: what has left the first allocations and the treasury. All",
  "figures are computed from the chain at the end of the year.",
].join("\n");

function conservation({ audit, tokenomics }: ReplayResult): string {
  const { staked, compounded, returned, penalties, positions, funded, claimed, owed, next } = audit.totals;
  const { firstSupply, minted, burned, difference } = audit.totals;
  const [summary, ...failures] = checkLines(
    audit.checks,
    "events, the contracts' books, token balances and the reference model",
  );
  return [
    `Stakes:  staked ${actFull(staked)} + compounded ${actFull(compounded)}`,
    `         = returned ${actFull(returned)} + penalties ${actFull(penalties)} + in positions ${actFull(positions)} ACT`,
    `Rewards: funded ${actFull(funded)}`,
    `         = claimed ${actFull(claimed)} + compounded ${actFull(compounded)} + owed ${actFull(owed)} + next period ${actFull(next)} ACT`,
    `Supply:  ${actFull(tokenomics.supply)} = first ${actFull(firstSupply)} + minted ${actFull(minted)} - burned ${actFull(burned)} ACT`,
    `Difference: ${plural(difference, "unit")}. Checked to the unit of 1e-9 ACT:`,
    summary,
    ...failures,
  ].join("\n");
}

function gas({ gas: byKind }: ReplayResult): string {
  const average = (kind: StoryStep["kind"]) => averageGas(byKind, kind);
  return [
    `Gas on average: to stake ${average("stake")}, to unstake ${average("unstake")}, early ${average("unstake early")}; to claim ${average("claim")}, to compound ${average("compound")};`,
    `to propose ${average("propose")}, to vote ${average("vote")}, to queue ${average("queue")}, to execute ${average("execute")}; to draw a session ${average("draw")}, to vote in it`,
    `${average("vote in session")}, to close it ${average("close session")}.`,
  ].join("\n");
}

function closing(): string {
  return [
    "People and amounts are made up; rules, arithmetic and books are the contracts'. The block that draws a session has a randomness",
    "that is the same in each run, so that the story is.",
  ].join("\n");
}

function tierName(positions: StakerOutcome["positions"]): string {
  if (positions.length === 0) return "–";
  const days = tierOf(positions);
  return days === 0n ? "none" : plural(days, "day");
}

/** The highest tier of some positions, in days. */
function tierOf(positions: StakerOutcome["positions"]): bigint {
  return positions.reduce((highest, { tierDays }) => (tierDays > highest ? tierDays : highest), 0n);
}
