import { type Closeness, closenessOf } from "../../../sdk/query/closeness.ts";
import { indicesIn } from "../../../sdk/query/sets.ts";
import type { Outcome } from "../../../sdk/query/state.ts";
import { winsOf } from "../../../sdk/query/weights.ts";
import { QueryEscrow__factory } from "../../../typechain-types/index.ts";
import type { DemoChain } from "../chain.ts";
import { sumOf } from "../checks.ts";
import type { PartAccounts, QueryAccounts } from "./accounts.ts";
import { amountOf, readQueryEvents } from "./events.ts";
import type { PlannedQuery, Reach } from "./plan.ts";
import type { LiveQuery, Stage } from "./stage.ts";

/** Whoever asked, and what became of their stake. Amounts in USDC units. */
export interface Part extends PartAccounts {
  readonly name: string;
}

/** Somebody who joined, and what became of their stake. */
export interface Worker extends Part {
  readonly reach: Reach;
  /** Whether what they did was good; null where it was not opened. */
  readonly isGood: boolean | null;
}

/** An answerer. */
export interface Answerer extends Worker {
  /** The strength that settled the query, in units of 1e-10 of the sum, rounded to the nearest; null where there is none. */
  readonly share: bigint | null;
  /** How many of those who voted called the answer good. */
  readonly callers: number;
}

/** A judge. */
export interface Judge extends Worker {
  readonly rank: bigint;
  /** How near the ranking is to the order of all votes; null where it was not opened. */
  readonly closeness: Closeness | null;
}

/** A query, and what became of it. */
export interface QueryOutcome extends QueryAccounts {
  readonly plan: PlannedQuery;
  readonly parts: readonly Part[];
  readonly outcome: Outcome;
  /** Bit i for answer i, and for the i-th of those who voted. */
  readonly goodAnswers: bigint;
  readonly goodJudges: bigint;
  /** Those that settled it, by index of the answer; none where votes do not decide. */
  readonly strengths: readonly bigint[];
  readonly winMatrix: readonly (readonly bigint[])[];
  readonly asker: Part;
  /** In the order of joining. */
  readonly answerers: readonly Answerer[];
  readonly judges: readonly Judge[];
  /** Gas of the transaction that settled it. */
  readonly settleGas: bigint;
}

/** A share of strength, which is 1 for all together. */
export const SHARE_UNIT = 10n ** 10n;

const escrowInterface = QueryEscrow__factory.createInterface();

/**
 * What became of a query, by events and by the escrow's books.
 *
 * @param users Addresses, by person.
 */
export async function outcomeOf(stage: Stage, live: LiveQuery, users: readonly string[]): Promise<QueryOutcome> {
  const { chain, deployment, plan } = stage;
  const { queryEscrow: escrow } = deployment;
  const { queryId } = live;
  const { stakes, credits, settledBy } = await readQueryEvents(escrow, queryId);
  const { result: outcome, goodAnswers, goodJudges } = await escrow.outcome(queryId);
  const { strengths, gasUsed } = await readSettlement(chain, settledBy);
  const winMatrix = await escrow.winMatrix(queryId);
  const votes = await escrow.judges(queryId);
  const voters = votes.filter(({ isOpened }) => isOpened);

  const partOf = (account: string): Part => {
    const person = users.indexOf(account);
    const [staked, credited] = [amountOf(stakes, account), amountOf(credits, account)];
    return { person, name: plan.people[person] ?? account, staked, credited };
  };
  const asker = partOf((await escrow.query(queryId)).asker);
  const answerers = (await escrow.answers(queryId)).map((answer): Answerer => {
    const index = Number(answer.index);
    return {
      ...partOf(answer.answerer),
      reach: reachOf(answer),
      isGood: answer.isOpened ? indicesIn(goodAnswers).includes(index) : null,
      share: answer.isOpened ? shareOf(strengths, index) : null,
      callers: answer.isOpened ? voters.filter((vote) => indicesIn(vote.goodAnswers).includes(index)).length : 0,
    };
  });
  const judges = votes.map((vote): Judge => {
    return {
      ...partOf(vote.judge),
      reach: reachOf(vote),
      rank: vote.rank,
      isGood: vote.isOpened ? indicesIn(goodJudges).includes(voters.indexOf(vote)) : null,
      closeness: vote.isOpened ? closenessOf(vote.ranking.map(Number), winsOf(winMatrix)) : null,
    };
  });
  return {
    plan: live.plan,
    queryId,
    outcome: outcome as Outcome,
    goodAnswers,
    goodJudges,
    strengths,
    winMatrix,
    asker,
    answerers,
    judges,
    parts: [asker, ...answerers, ...judges],
    credited: sumOf(credits, ({ amount }) => amount),
    settleGas: gasUsed,
  };
}

/** The strengths that a settling transaction brought, and its gas. */
async function readSettlement(chain: DemoChain, hash: string): Promise<{ strengths: bigint[]; gasUsed: bigint }> {
  const { provider } = chain.connection.ethers;
  const [transaction, receipt] = [await provider.getTransaction(hash), await provider.getTransactionReceipt(hash)];
  const { strengths } = escrowInterface.decodeFunctionData("settle", transaction?.data ?? "0x");
  return { strengths: [...strengths], gasUsed: receipt?.gasUsed ?? 0n };
}

/** A strength in units of 1e-10 of the sum, rounded to the nearest; null where there is none. */
export function shareOf(strengths: readonly bigint[], index: number): bigint | null {
  const total = sumOf(strengths, (strength) => strength);
  const strength = strengths[index];
  return strength === undefined ? null : (strength * SHARE_UNIT + total / 2n) / total;
}

function reachOf({ isSealed, isOpened }: { readonly isSealed: boolean; readonly isOpened: boolean }): Reach {
  return isOpened ? "opened" : isSealed ? "sealed" : "joined";
}
