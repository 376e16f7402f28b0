import type { QueryEscrow } from "../../../typechain-types/index.ts";
import { sumOf } from "../checks.ts";

/** An amount that went from or to an account, in USDC units. */
interface Flow {
  readonly account: string;
  readonly amount: bigint;
}

/** What the escrow's events tell of a query. */
export interface QueryEvents {
  /** What the asker, the answerers and the judges paid. */
  readonly stakes: readonly Flow[];
  readonly credits: readonly Flow[];
  /** The transaction that settled it. */
  readonly settledBy: string;
}

/** Reads what happened to a query. */
export async function readQueryEvents(escrow: QueryEscrow, queryId: bigint): Promise<QueryEvents> {
  const { filters } = escrow;
  const asked = await escrow.queryFilter(filters.QueryAsked(queryId));
  const answerers = await escrow.queryFilter(filters.AnswererJoined(queryId));
  const judges = await escrow.queryFilter(filters.JudgeJoined(queryId));
  const credits = await escrow.queryFilter(filters.Credited(queryId));
  const [settled] = await escrow.queryFilter(filters.QuerySettled(queryId));
  return {
    stakes: [
      ...asked.map(({ args }) => ({ account: args.asker, amount: args.submitStake })),
      ...answerers.map(({ args }) => ({ account: args.answerer, amount: args.stake })),
      ...judges.map(({ args }) => ({ account: args.judge, amount: args.stake })),
    ],
    credits: credits.map(({ args }) => ({ account: args.account, amount: args.amount })),
    settledBy: settled?.transactionHash ?? "",
  };
}

/** What each of `users` withdrew. */
export async function readWithdrawals(escrow: QueryEscrow, users: readonly string[]): Promise<bigint[]> {
  const withdrawn = await escrow.queryFilter(escrow.filters.Withdrawn());
  const flows = withdrawn.map(({ args }) => ({ account: args.account, amount: args.amount }));
  return users.map((user) => amountOf(flows, user));
}

/** What an account paid or was paid. */
export function amountOf(flows: readonly Flow[], account: string): bigint {
  return sumOf(flows, (flow) => (flow.account === account ? flow.amount : 0n));
}
