import type { Call, Receipt } from "../chain.ts";
import type { Progress } from "../progress.ts";
import type { Snapshot } from "./accounts.ts";
import { takeSnapshot } from "./books.ts";
import { letKeeperSettle } from "./keeper.ts";
import type { PlannedPart, PlannedQuery, Reach } from "./plan.ts";
import {
  askCall,
  askedId,
  joinCall,
  type LiveQuery,
  openCall,
  rankCalls,
  type Stage,
  sealCall,
  withdrawCall,
} from "./stage.ts";

/** The kinds of transactions whose gas is told apart. */
export type GasKind = "set ranks" | "ask" | "join" | "submit" | "open answer" | "open vote" | "withdraw";

/** What is noted while queries are lived through. */
export interface Notes {
  /** In the order of asking. */
  readonly queries: LiveQuery[];
  /** Before and after each settlement, and at the end. */
  readonly snapshots: Snapshot[];
  /** Gas of each transaction, by kind. */
  readonly gas: Map<GasKind, bigint[]>;
}

/** Carries out the plan, a query after the other. */
export async function runQueries(stage: Stage, progress: Progress): Promise<Notes> {
  const { queries } = stage.plan;
  const notes: Notes = { queries: [], snapshots: [], gas: new Map() };
  let done = 0;
  const send: Send = async (kind, calls, time = 0n) => {
    if (calls.length === 0) return [];
    const soonest = (await stage.chain.now()) + 1n;
    const receipts = await stage.chain.mineAt(time > soonest ? time : soonest, calls);
    notes.gas.set(kind, [...(notes.gas.get(kind) ?? []), ...receipts.map(({ gasUsed }) => BigInt(gasUsed))]);
    if (kind !== "withdraw") done += calls.length; // who can withdraw is not known before
    progress.update(done, kind);
    return receipts;
  };
  progress.start(queries.reduce((steps, query) => steps + stepsOf(query), 0));
  try {
    for (const query of queries) await liveThrough(stage, query, notes, send);
    await send("withdraw", await withdrawCalls(stage));
    notes.snapshots.push(await takeSnapshot(stage, "at the end"));
  } finally {
    progress.stop();
  }
  return notes;
}

/** Mines calls in a block at `time`, or a second after the latest block where that is later. */
type Send = (kind: GasKind, calls: readonly Call[], time?: bigint) => Promise<Receipt[]>;

/** Asks a query, lets everybody do their part, and has it settled. */
async function liveThrough(stage: Stage, plan: PlannedQuery, notes: Notes, send: Send): Promise<void> {
  const { queryEscrow: escrow } = stage.deployment;
  await send("set ranks", rankCalls(stage, plan));
  const [asked] = (await send("ask", [askCall(stage, plan)])) as [Receipt];
  const live = { plan, queryId: askedId(asked) };
  notes.queries.push(live);
  const part = (call: typeof joinCall, parts: readonly PlannedPart[]) => parts.map((each) => call(stage, live, each));

  await send("join", part(joinCall, plan.answers));
  await send("submit", part(sealCall, thoseWho("sealed", plan.answers)));
  const { answeringEndsAt, openingEndsAt, judgingEndsAt, revealingEndsAt } = await escrow.query(live.queryId);
  await send("open answer", part(openCall, thoseWho("opened", plan.answers)), answeringEndsAt);
  if (plan.votes.length > 0) {
    await send("join", part(joinCall, plan.votes), openingEndsAt);
    await send("submit", part(sealCall, thoseWho("sealed", plan.votes)));
    await send("open vote", part(openCall, thoseWho("opened", plan.votes)), judgingEndsAt);
  }
  notes.snapshots.push(await takeSnapshot(stage, `before #${live.queryId} is settled`));
  await letKeeperSettle(stage, live, plan.votes.length > 0 ? revealingEndsAt : openingEndsAt);
  notes.snapshots.push(await takeSnapshot(stage, `after #${live.queryId} is settled`));
}

/** Those who get at least so far. */
function thoseWho<P extends PlannedPart>(reach: Exclude<Reach, "joined">, parts: readonly P[]): P[] {
  return parts.filter((part) => part.reach === reach || part.reach === "opened");
}

async function withdrawCalls(stage: Stage): Promise<Call[]> {
  const { chain, plan, deployment } = stage;
  const calls: Call[] = [];
  for (const person of plan.people.keys()) {
    if ((await deployment.queryEscrow.credited(chain.accountOf(person))) > 0n) calls.push(withdrawCall(stage, person));
  }
  return calls;
}

/** Transactions that a query needs until it is settled. */
function stepsOf({ ranks, answers, votes }: PlannedQuery): number {
  const steps = { joined: 1, sealed: 2, opened: 3 };
  return [...answers, ...votes].reduce((total, { reach }) => total + steps[reach], ranks.length > 0 ? 2 : 1);
}
