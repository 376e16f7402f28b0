import { MaxUint256 } from "ethers";
import type { QueryWorld } from "./query-world.ts";

/** Views of a query that do not depend on the clock. */
const VIEWS = ["query", "answers", "judges", "outcome"] as const;

type Pair = readonly [bigint, bigint];

/** What an action touched beside the totals. */
export interface Scope {
  readonly users: readonly string[];
  readonly queryIds: readonly bigint[];
}

/** Compares the totals, and what the last action can have touched. */
export async function compareTouched(world: QueryWorld, { users, queryIds }: Scope): Promise<void> {
  await compareTotals(world);
  for (const user of users) await compareUser(world, user);
  for (const queryId of queryIds) {
    await compareQuery(world, queryId);
    if (isMatrixDue(world, queryId)) await compareMatrix(world, queryId);
  }
}

/** Compares every figure there is, from ids that do not exist yet to lists as a whole. */
export async function compareAll(world: QueryWorld): Promise<void> {
  const { model, people, now } = world;
  const { queryCount } = model;
  await compareTotals(world);
  await world.read("escrow", "defaultTiming", [], () => model.setup.defaultTiming);
  await world.read("escrow", "queryCount", [], () => queryCount);
  for (const { address } of people) {
    await compareUser(world, address);
    await world.read("registry", "rankOf", [address], () => model.rankOf(address));
  }
  for (let queryId = 0n; queryId <= queryCount + 1n; queryId++) {
    await compareQuery(world, queryId);
    await compareMatrix(world, queryId);
  }
  for (const [fromId, maxCount] of [
    [0n, 2n],
    [2n, 3n],
    [queryCount + 1n, 1n],
    [MaxUint256, MaxUint256],
  ] satisfies Pair[]) {
    const onModel = () => model.settleableQueries(fromId, maxCount, now);
    await world.read("escrow", "settleableQueries", [fromId, maxCount], onModel);
  }
  for (const [rank, answers] of [
    [0n, 7n],
    [42n, 32n],
    [43n, 32n],
    [0n, 6n],
    [0n, 33n],
  ] satisfies Pair[]) {
    await world.read("escrow", "stakesFor", [rank, answers], () => model.stakesFor(rank, answers));
  }
}

async function compareTotals(world: QueryWorld): Promise<void> {
  const { model, now } = world;
  const all = [0n, MaxUint256] as const;
  await world.read("escrow", "settleableQueries", all, () => model.settleableQueries(...all, now));
  await world.readBalance(model.setup.queryEscrow);
}

async function compareUser(world: QueryWorld, user: string): Promise<void> {
  const { model } = world;
  await world.read("escrow", "credited", [user], () => model.credited(user));
  await world.readBalance(user);
}

async function compareQuery(world: QueryWorld, queryId: bigint): Promise<void> {
  const { model, now } = world;
  await world.read("escrow", "phase", [queryId], () => model.phase(queryId, now));
  for (const view of VIEWS) {
    await world.read("escrow", view, [queryId], () => model[view](queryId));
  }
}

async function compareMatrix(world: QueryWorld, queryId: bigint): Promise<void> {
  await world.read("escrow", "winMatrix", [queryId], () => world.model.winMatrix(queryId));
}

/** A matrix without votes says nothing; one of many votes on many answers takes too long to look at after each action. */
function isMatrixDue({ model }: QueryWorld, queryId: bigint): boolean {
  if (queryId < 1n || queryId > model.queryCount) return false;
  const { openedAnswers, openedVotes } = model.query(queryId);
  return openedVotes > 0n && openedAnswers * openedVotes <= 100n;
}
