import { ModelError } from "../../../sdk/model-error.ts";
import { payoutsOf, type Tally } from "../../../sdk/query/settlement.ts";
import { type WinMatrix, winMatrixOf } from "../../../sdk/query/weights.ts";
import { type Check, sumOf } from "../checks.ts";
import type { Part, QueryOutcome } from "./figures.ts";
import { type PlannedQuery, type Reach, stakesOf } from "./plan.ts";
import { REFERENCE_SHARES } from "./skating.ts";

/** Settles a query as it was planned by the reference settlement, and compares all that came out to the unit. */
export function modelChecks(query: QueryOutcome): Check[] {
  const { plan, queryId, strengths, asker, answerers, judges, winMatrix } = query;
  const tally = plannedTally(plan);
  const check = (what: string, onChain: bigint, inModel: bigint) => ({
    equation: `#${queryId}: ${what} = ${what} in the model`,
    difference: onChain - inModel,
  });
  const staked = (parts: readonly Part[], stake: bigint) =>
    parts.map((part) => check(`${part.name}'s stake`, part.staked, stake));
  const checks = [
    ...staked([asker], tally.submitStake),
    ...staked(answerers, tally.answerStake),
    ...staked(judges, tally.judgeStake),
    {
      equation: `#${queryId}: win matrix = win matrix in the model`,
      difference: distance(winMatrix, winMatrixOf(tally.votes, tally.openedAnswers)),
    },
  ];
  try {
    const paid = payoutsOf(tally, strengths);
    const opened = { answerers: openedOf(answerers), judges: openedOf(judges) };
    const credited = (parts: readonly Part[], amounts: readonly bigint[]) =>
      parts.map((part, index) => check(`${part.name}'s credit`, part.credited, amounts[index] ?? 0n));
    return [
      ...checks,
      check("outcome", query.outcome, paid.outcome),
      check("good answers", query.goodAnswers, paid.goodAnswers),
      check("good judges", query.goodJudges, paid.goodJudges),
      ...credited([asker], [paid.asker]),
      ...credited(opened.answerers, paid.answerers),
      ...credited(opened.judges, paid.judges),
      ...credited(
        [...answerers, ...judges].filter(({ reach }) => reach !== "opened"),
        [],
      ),
    ];
  } catch (refusal) {
    if (!(refusal instanceof ModelError)) throw refusal;
    return [...checks, { equation: `#${queryId}: settled = refused by the model: ${refusal.message}`, difference: 1n }];
  }
}

/** The shares of strength that are known from elsewhere, against those that settled the query. */
export function shareChecks({ answerers }: QueryOutcome): Check[] {
  return [...REFERENCE_SHARES].map(([name, share]) => ({
    equation: `${name}'s share of strength = reference, in 1e-10`,
    difference: (answerers.find((answerer) => answerer.name === name)?.share ?? 0n) - share,
  }));
}

/** What a query comes to if everybody does what is planned. */
function plannedTally(plan: PlannedQuery): Tally {
  const { answers, votes } = plan;
  const openedAnswers = BigInt(openedOf(answers).length);
  const openedVotes = openedOf(votes);
  return {
    ...stakesOf(plan),
    openedAnswers,
    absentAnswerers: BigInt(answers.length) - openedAnswers,
    votes: openedVotes,
    absentJudges: BigInt(votes.length - openedVotes.length),
  };
}

function openedOf<P extends { readonly reach: Reach }>(parts: readonly P[]): P[] {
  return parts.filter(({ reach }) => reach === "opened");
}

/** Sum of the differences between two matrices, entry by entry. */
function distance(one: WinMatrix, other: WinMatrix): bigint {
  const places = [...Array(Math.max(one.length, other.length)).keys()];
  return sumOf(places, (i) =>
    sumOf(places, (k) => {
      const difference = (one[i]?.[k] ?? 0n) - (other[i]?.[k] ?? 0n);
      return difference < 0n ? -difference : difference;
    }),
  );
}
