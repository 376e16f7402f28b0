import { getAddress } from "ethers";
import { deployLocal } from "../../../ignition/deploy.ts";
import type { Timing } from "../../../sdk/query/timing.ts";
import { DemoChain } from "../chain.ts";
import type { Progress } from "../progress.ts";
import { readPurses } from "../purses.ts";
import { type Audit, audit } from "./accounts.ts";
import { readWithdrawals } from "./events.ts";
import { outcomeOf, type QueryOutcome } from "./figures.ts";
import { modelChecks, shareChecks } from "./model.ts";
import { type Plan, planQueries } from "./plan.ts";
import { type Notes, runQueries } from "./run.ts";
import type { Skating } from "./skating.ts";
import { preparationCalls, type Stage, setStage } from "./stage.ts";

/** What happened, all of it read from the chain. */
export interface ReplayResult {
  readonly skating: Skating;
  /** The free skate first. */
  readonly queries: readonly QueryOutcome[];
  /** The windows of all queries. */
  readonly timing: Timing;
  readonly gas: Notes["gas"];
  readonly audit: Audit;
}

/**
 * Deploys the protocol on a chain of its own, and lets skaters answer and judges judge queries on it, which the keeper
 * settles. Throws `DemoTransactionError` where the contracts refuse a step.
 */
export async function replayQueries(skating: Skating, progress: Progress): Promise<ReplayResult> {
  const plan = planQueries(skating);
  const chain = await DemoChain.start(plan.people.length + 2); // the first account deploys, the last settles
  try {
    const stage = await setStage(chain, await deployLocal(chain.connection), plan);
    await chain.holdBlocks();
    await chain.mineNext(preparationCalls(stage));
    return { skating, ...(await conclude(stage, await runQueries(stage, progress))) };
  } finally {
    await chain.close();
  }
}

/** What happened, from the events, books and balances of the chain. */
async function conclude(stage: Stage, notes: Notes): Promise<Omit<ReplayResult, "skating">> {
  const { chain, deployment, plan, budgets } = stage;
  const { queryEscrow: escrow, usdc } = deployment;
  const users = usersOf(chain, plan);
  const queries: QueryOutcome[] = [];
  for (const live of notes.queries) queries.push(await outcomeOf(stage, live, users));
  const withdrawn = await readWithdrawals(escrow, users);
  const purses = await readPurses(chain, usdc, budgets);
  const compared = [...queries.flatMap(modelChecks), ...queries.slice(0, 1).flatMap(shareChecks)];
  return {
    queries,
    timing: await escrow.defaultTiming(),
    gas: notes.gas,
    audit: audit(queries, plan.people, withdrawn, purses, notes.snapshots, compared),
  };
}

/** Addresses, by person, as events have them. */
function usersOf(chain: DemoChain, { people }: Plan): string[] {
  return people.map((_, person) => getAddress(chain.accountOf(person)));
}
