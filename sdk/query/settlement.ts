import { closenessOf, closenessWeightDown, goodJudgesOf } from "./closeness.ts";
import { revertWith } from "./errors.ts";
import { checkStrengths } from "./likelihood.ts";
import { indicesBelow, setOf } from "./sets.ts";
import { splitPool } from "./shares.ts";
import type { Stakes } from "./stakes.ts";
import { Outcome } from "./state.ts";
import { areTied, goodAnswersOf, type Vote, winMatrixOf, winsOf } from "./weights.ts";

/** What the settlement of a query depends on; stakes in asset units. */
export interface Tally extends Stakes {
  /** Answers that were opened. */
  readonly openedAnswers: bigint;
  /** Who joined as answerers, and had no answer opened. */
  readonly absentAnswerers: bigint;
  /** Opened votes, in the order in which their judges joined. */
  readonly votes: readonly Vote[];
  /** Who joined as judges, and had no vote opened. */
  readonly absentJudges: bigint;
}

/** What a settlement pays, stakes that are returned included, in asset units. */
export interface Payouts {
  readonly outcome: Outcome;
  readonly asker: bigint;
  /** To each opened answer by index; 0 where the stake is forfeited. */
  readonly answerers: readonly bigint[];
  /** To each who voted in the order of joining; 0 where the stake is forfeited. */
  readonly judges: readonly bigint[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
  /** The judges that are good, bit i for the i-th of those who voted in the order of joining. */
  readonly goodJudges: bigint;
}

/** Whether votes decide a query, so that `settle` wants strengths: with two opened answers and one opened vote. */
export function doVotesDecide(openedAnswers: bigint, openedVotes: bigint): boolean {
  return openedAnswers >= 2n && openedVotes >= 1n;
}

/**
 * What a settlement pays, as `QueryEscrow.settle` credits it: all that was paid in, to the unit. Of what the asker paid,
 * 70 % is rounded down and 30 % is the rest. Throws `StrengthsLengthMismatch`, `StrengthOutOfRange` or
 * `StrengthsRejected`, in this order.
 *
 * @param strengths Of the opened answers by index, 1 to 2^200 in any scale; none where votes do not decide.
 */
export function payoutsOf(tally: Tally, strengths: readonly bigint[]): Payouts {
  if (doVotesDecide(tally.openedAnswers, BigInt(tally.votes.length))) return judged(tally, strengths);
  if (strengths.length > 0) revertWith("StrengthsLengthMismatch", { given: BigInt(strengths.length), needed: 0n });
  return unjudged(tally);
}

/** Nobody judged: all opened answers are good, and share equally. */
function unjudged(tally: Tally): Payouts {
  const { submitStake, answerStake, judgeStake, openedAnswers, absentAnswerers, absentJudges } = tally;
  const all = indicesBelow(openedAnswers);
  const common = { judges: [], goodAnswers: setOf(all), goodJudges: 0n };
  const forfeited = absentAnswerers * answerStake + absentJudges * judgeStake;
  if (all.length === 0) {
    return { ...common, outcome: Outcome.Cancelled, asker: submitStake + forfeited, answerers: [] };
  }
  const shares = splitPool(
    seventyPercentDown(submitStake) + forfeited,
    all.map(() => 1n),
  );
  return {
    ...common,
    outcome: all.length === 1 ? Outcome.SingleAnswer : Outcome.NoVotes,
    asker: thirtyPercentUp(submitStake),
    answerers: shares.map((share) => answerStake + share),
  };
}

function judged(tally: Tally, strengths: readonly bigint[]): Payouts {
  const { submitStake, answerStake, judgeStake, openedAnswers, absentAnswerers, votes, absentJudges } = tally;
  const matrix = winMatrixOf(votes, openedAnswers);
  checkStrengths(matrix, strengths);
  const wins = winsOf(matrix);
  const closeness = votes.map(({ ranking }) => closenessOf(ranking, wins));
  const goodJudges = goodJudgesOf(closeness);
  const goodAnswers = goodAnswersOf(votes, openedAnswers);

  const forfeitedByAnswerers = (absentAnswerers + openedAnswers - BigInt(goodAnswers.length)) * answerStake;
  const forfeitedByJudges = (absentJudges + BigInt(votes.length - goodJudges.length)) * judgeStake;
  const isAllBad = goodAnswers.length === 0;
  const answerPool = isAllBad ? 0n : seventyPercentDown(submitStake) + forfeitedByAnswerers;
  const judgePool = thirtyPercentUp(submitStake) + forfeitedByJudges + (isAllBad ? forfeitedByAnswerers : 0n);
  return {
    outcome: isAllBad ? Outcome.AllBad : Outcome.Normal,
    asker: isAllBad ? seventyPercentDown(submitStake) : 0n,
    answerers: paid(goodAnswers, levelled(strengths, wins), answerPool, answerStake),
    judges: paid(goodJudges, closeness.map(closenessWeightDown), judgePool, judgeStake),
    goodAnswers: setOf(goodAnswers),
    goodJudges: setOf(goodJudges),
  };
}

/** Strengths of which answers that are tied have the same: that of the first of them. */
function levelled(strengths: readonly bigint[], wins: readonly bigint[]): bigint[] {
  return wins.map((own) => strengths[wins.findIndex((other) => areTied(own, other))] ?? 0n);
}

/** To each place: stake and share of the pool where it is good, nothing otherwise. */
function paid(good: readonly number[], weights: readonly bigint[], pool: bigint, stake: bigint): bigint[] {
  const goodWeights = good.map((place) => weights[place] ?? 0n);
  const shares = good.length === 0 ? [] : splitPool(pool, goodWeights);
  return weights.map((_, place) => {
    const share = shares[good.indexOf(place)];
    return share === undefined ? 0n : stake + share;
  });
}

function seventyPercentDown(amount: bigint): bigint {
  return (7n * amount) / 10n;
}

/** What `seventyPercentDown` leaves. */
function thirtyPercentUp(amount: bigint): bigint {
  return amount - seventyPercentDown(amount);
}
