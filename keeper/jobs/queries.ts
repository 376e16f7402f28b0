import type { BlockTag } from "ethers";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { Outcome } from "../../sdk/query/state.ts";
import type { IQueryEscrow } from "../../typechain-types/index.ts";
import type { SettledQueries } from "../settled.ts";
import { performWhole } from "../whole.ts";
import type { Workshop } from "../workshop.ts";
import { type ItemResult, type Job, type JobReport, workThrough } from "./job.ts";

/** Whoever works on queries. */
export interface QueriesContext extends Workshop {
  /** Bound to the chain's provider. */
  readonly escrow: IQueryEscrow;
}

/** Ids that one call of `settleableQueries` looks at: some 5 million gas, a third of what a transaction may have. */
export const PAGE = 1_000n;

/**
 * Settles every query past its last window, in the order of asking. One that fails does not stop the others.
 *
 * @param from The first id to look at.
 * @param page The most ids to look at with one call, at least 1.
 * @throws The node's error where it does not tell which queries those are.
 */
export async function settleDueQueries(context: QueriesContext, from = 1n, page = PAGE): Promise<JobReport> {
  const due = await dueQueries(context, from, page);
  const { report } = await workThrough(due, keyOf, (queryId) => settleQuery(context, queryId), context);
  return report;
}

/** The job that settles queries. */
export function queriesJob(context: QueriesContext, settled: SettledQueries): Job {
  return {
    name: "queries",
    async run() {
      const report = await settleDueQueries(context, await settled.next());
      await settled.advance();
      return report;
    },
  };
}

/**
 * The strengths that settle a query by the votes opened so far: none where votes do not decide.
 *
 * @param blockTag The block that tells the votes.
 * @throws SolverError where the votes have no strengths; the node's error.
 */
export async function strengthsFor(escrow: IQueryEscrow, queryId: bigint, blockTag: BlockTag): Promise<bigint[]> {
  // Nobody can vote on fewer than two answers.
  const { openedVotes } = await escrow.query(queryId, { blockTag });
  if (openedVotes === 0n) return [];
  return solveStrengths(await escrow.winMatrix(queryId, { blockTag }));
}

function keyOf(queryId: bigint): string {
  return `query ${queryId}`;
}

async function dueQueries({ escrow, chain, signal }: QueriesContext, from: bigint, page: bigint): Promise<bigint[]> {
  const due: bigint[] = [];
  for (let first = from; !signal.aborted; ) {
    const { queryIds, nextId } = await escrow.settleableQueries(first, page, { blockTag: chain.view });
    due.push(...queryIds);
    if (nextId < first + page) break;
    first = nextId;
  }
  return due;
}

async function settleQuery({ escrow, chain, stepper }: QueriesContext, queryId: bigint): Promise<ItemResult> {
  const strengths = await strengthsFor(escrow, queryId, chain.view);
  const contract = escrow.interface;
  const settling = {
    name: "settle query",
    facts: { queryId: String(queryId) },
    contract,
    call: {
      to: await escrow.getAddress(),
      data: contract.encodeFunctionData("settle", [queryId, strengths]),
    },
    isDone: async () => (await escrow.outcome(queryId)).result !== Outcome.Pending,
  };
  return performWhole(stepper, settling, ({ name }) => name === "AlreadySettled");
}
