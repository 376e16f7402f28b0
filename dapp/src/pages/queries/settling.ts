import { closenessOf } from "../../../../sdk/query/closeness.ts";
import { indicesIn } from "../../../../sdk/query/sets.ts";
import { doVotesDecide, type Payouts, payoutsOf, type Tally } from "../../../../sdk/query/settlement.ts";
import { solveStrengths } from "../../../../sdk/query/solver.ts";
import { tallyOf } from "../../../../sdk/query/tally.ts";
import { winMatrixOf, winsOf } from "../../../../sdk/query/weights.ts";
import type { Role } from "./parts.ts";
import type { QueryState } from "./records.ts";

/** What the votes opened so far make of a query. */
export interface Settlement {
  /** Of the opened answers by index, as `settle` takes them: none where votes do not decide. */
  readonly strengths: readonly bigint[];
  readonly payouts: Payouts;
  /** Opened answers, the strongest first; those that won as much in the order of opening. */
  readonly ranked: readonly RankedAnswer[];
  /** Judges who voted, the closest first. */
  readonly voters: readonly Voter[];
}

/** An answer as the votes see it. */
export interface RankedAnswer {
  readonly index: number;
  readonly answerer: string;
  /** Its part of all strength, in wad; `undefined` where votes do not decide. */
  readonly share: bigint | undefined;
  readonly isGood: boolean;
}

/** A judge who voted. */
export interface Voter {
  readonly judge: string;
  readonly rank: bigint;
  /** In wad: 1e18 for a ranking in which no pair is ordered otherwise. */
  readonly closeness: bigint;
  readonly isGood: boolean;
}

/** What somebody pays into a query and gets out of it, in asset units. */
export interface Payment {
  readonly account: string;
  readonly role: Role;
  readonly paid: bigint;
  readonly gets: bigint;
}

const WAD = 10n ** 18n;

/** What settling a query comes to by the votes opened so far, computed as the escrow does and the keeper brings it. */
export function settlementOf(state: QueryState): Settlement {
  const tally = tallyOf(state.query, state.judges);
  const strengths = strengthsOf(tally);
  const payouts = payoutsOf(tally, strengths);
  return { strengths, payouts, ranked: rankedOf(state, tally, strengths, payouts), voters: votersOf(state, payouts) };
}

/** The strengths that settle a query: none where votes do not decide. */
function strengthsOf({ votes, openedAnswers }: Tally): readonly bigint[] {
  return doVotesDecide(openedAnswers, BigInt(votes.length)) ? solveStrengths(winMatrixOf(votes, openedAnswers)) : [];
}

function rankedOf(
  { answers }: QueryState,
  { votes, openedAnswers }: Tally,
  strengths: readonly bigint[],
  { goodAnswers }: Payouts,
): RankedAnswer[] {
  const good = indicesIn(goodAnswers);
  const wins = strengths.length === 0 ? [] : winsOf(winMatrixOf(votes, openedAnswers));
  const total = strengths.reduce((sum, strength) => sum + strength, 0n);
  return answers
    .filter(({ isOpened }) => isOpened)
    .map(({ answerer, index: place }) => {
      const index = Number(place);
      const strength = strengths[index];
      const share = strength === undefined ? undefined : (strength * WAD) / total;
      return { index, answerer, share, isGood: good.includes(index) };
    })
    .sort((a, b) => compare(wins[b.index] ?? 0n, wins[a.index] ?? 0n) || a.index - b.index);
}

function votersOf({ judges, query }: QueryState, { goodJudges }: Payouts): Voter[] {
  if (query.openedVotes === 0n) return [];
  const good = indicesIn(goodJudges);
  const voters = judges.filter(({ isOpened }) => isOpened);
  const votes = tallyOf(query, voters).votes;
  const wins = winsOf(winMatrixOf(votes, query.openedAnswers));
  return voters
    .map(({ judge, rank, ranking }, place) => {
      const { halves, of } = closenessOf(ranking.map(Number), wins);
      return { judge, rank, closeness: (halves * WAD) / of, isGood: good.includes(place) };
    })
    .sort((a, b) => compare(b.closeness, a.closeness));
}

/**
 * What everybody pays and gets: the asker, the answerers and the judges in the order of joining.
 *
 * @param got What an account gets.
 */
export function paymentsOf({ query, answers, judges }: QueryState, got: (account: string) => bigint): Payment[] {
  const payment = (account: string, role: Role, paid: bigint) => ({ account, role, paid, gets: got(account) });
  return [
    payment(query.asker, "asker", query.submitStake),
    ...answers.map(({ answerer }) => payment(answerer, "answerer", query.answerStake)),
    ...judges.map(({ judge }) => payment(judge, "judge", query.judgeStake)),
  ];
}

/** What each account would get by a settlement. */
export function expectedBy(
  { query, answers, judges }: QueryState,
  { payouts }: Settlement,
): (account: string) => bigint {
  const voters = judges.filter(({ isOpened }) => isOpened).map(({ judge }) => judge);
  return (account) => {
    if (account === query.asker) return payouts.asker;
    const answer = answers.find(({ answerer }) => answerer === account);
    if (answer !== undefined) return answer.isOpened ? (payouts.answerers[Number(answer.index)] ?? 0n) : 0n;
    return payouts.judges[voters.indexOf(account)] ?? 0n;
  };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
