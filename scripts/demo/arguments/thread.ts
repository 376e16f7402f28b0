import { ArgumentStatus } from "../../../sdk/argument/state.ts";
import { Side } from "../../../sdk/market/side.ts";
import { actBrief, actShort, plural, wrapped } from "../format.ts";
import { type ArgumentOutcome, stakeOn, standingOn } from "./figures.ts";
import type { PlannedClaim } from "./plan.ts";
import type { ReplayResult } from "./replay.ts";

/** Columns that the thread keeps to. */
const WIDTH = 100;
const INDENT = " ".repeat(4);

/** What was argued about each claim, argument after argument. */
export function thread({ claims, arguments: outcomes, people }: ReplayResult): string {
  return claims
    .map((claim) => {
      const ofClaim = outcomes.filter(({ claimId }) => claimId === claim.claimId);
      const posts = ofClaim.map((outcome) => post(outcome, people[outcome.creator]?.name ?? ""));
      return [head(claim, ofClaim), ...posts].join("\n\n");
    })
    .join("\n\n\n");
}

/** What its creator earned with an argument: the interest on the own stake, and a part of that on upvotes. */
export function earnedWith({ ownInterest, creatorInterest }: ArgumentOutcome): bigint {
  return ownInterest + creatorInterest;
}

function head(claim: PlannedClaim, outcomes: readonly ArgumentOutcome[]): string {
  const { text, actual, supporters, opposers } = claim;
  const truth =
    actual === null
      ? "nobody in the file judged it"
      : `${actual}; ${supporters} of ${supporters + opposers} people say true`;
  const sides = [Side.Support, Side.Oppose].map((side) => {
    const standing = standingOn(outcomes, claim.claimId, side).length;
    return `${sideName(side)} ${actBrief(stakeOn(outcomes, claim.claimId, side))} ACT in ${plural(standing, "argument")}`;
  });
  return `${text} (${truth})\n${"─".repeat(WIDTH)}\n${sides.join(", ")}`;
}

function post(outcome: ArgumentOutcome, author: string): string {
  const { id, side, summary, body } = outcome;
  return [
    `#${id} ${sideName(side)}, by the ${author}: ${fate(outcome)}`,
    ...wrapped(summary, WIDTH - INDENT.length).map((line) => `${INDENT}${line}`),
    ...wrapped(body, WIDTH - 2 * INDENT.length).map((line) => `${INDENT}${INDENT}${line}`),
  ].join("\n");
}

function fate(outcome: ArgumentOutcome): string {
  const { status, counters, marks, slashed } = outcome;
  if (status === ArgumentStatus.Deleted) return "taken back";
  const standing = `${plural(counters.upvotes, "upvote")}, ${actBrief(counters.totalStake)} ACT staked`;
  return status === ArgumentStatus.Unhelpful
    ? `${standing}, unhelpful by ${plural(marks, "mark")}, lost ${actBrief(slashed)} ACT`
    : `${standing}, earned ${actShort(earnedWith(outcome))} ACT`;
}

/** A side in a word. */
export function sideName(side: Side): string {
  return side === Side.Support ? "Support" : "Oppose";
}
