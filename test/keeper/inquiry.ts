import type { NetworkConnection } from "hardhat/types/network";
import type { Chain } from "../../keeper/chain.ts";
import type { QueriesContext } from "../../keeper/jobs/queries.ts";
import type { SendLimits } from "../../keeper/send.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { type IQueryEscrow, IQueryEscrow__factory } from "../../typechain-types/index.ts";
import type { Collector } from "../demo/fixtures.ts";
import { nextAt } from "../fixtures/protocol.ts";
import {
  ask,
  type Ballot,
  type DollarQueries,
  joinAnswers,
  joinJudges,
  openAnswers,
  openEscrow,
  openVotes,
  submitAnswers,
  submitVotes,
} from "../fixtures/queries.ts";
import { mineBlock } from "../fixtures/stake.ts";
import { chainOf, type OnChain, watchedWorkshop } from "./workshop.ts";

/** The query escrow, and the chain it is on. */
export interface InquiryWorld extends DollarQueries, OnChain {}

/** Queries of `inquiry` by how they end, in the order of asking. */
export const CANCELLED = 1n;
export const SINGLE_ANSWER = 2n;
export const NO_VOTES = 3n;
export const ALL_BAD = 4n;
export const NORMAL = 5n;
export const ALL = [CANCELLED, SINGLE_ANSWER, NO_VOTES, ALL_BAD, NORMAL];

/** How they end. */
export const OUTCOMES = [
  Outcome.Cancelled,
  Outcome.SingleAnswer,
  Outcome.NoVotes,
  Outcome.AllBad,
  Outcome.Normal,
] as const;

/** Those that are due once their answers have been opened, and those that wait for votes. */
export const EARLY = [CANCELLED, SINGLE_ANSWER];
export const LATE = [NO_VOTES, ALL_BAD, NORMAL];

/** What a pass comes to in which `due` queries are due and all of them are settled, fail, or are put off. */
export const settled = (due: number) => ({ due, done: due, failed: 0, left: 0 });
export const failed = (due: number) => ({ due, done: 0, failed: due, left: 0 });
export const left = (due: number) => ({ due, done: 0, failed: 0, left: due });

/* FIXTURES */

/** Nobody has asked. */
export async function emptyEscrow(connection: NetworkConnection): Promise<InquiryWorld> {
  return { ...(await openEscrow(connection)), connection };
}

/** The queries of `ALL` are asked, and 0, 1, 2, 2 and 3 answers to them sealed. */
export async function inquiry(connection: NetworkConnection): Promise<InquiryWorld> {
  const world = await emptyEscrow(connection);
  for (const [index] of ALL.entries()) {
    const queryId = await ask(world);
    const answerers = world.answerers.slice(0, [0, 1, 2, 2, 3][index]);
    await joinAnswers(world, queryId, answerers);
    await submitAnswers(world, queryId, answerers);
  }
  return world;
}

/** `inquiry` after all answers have been opened: `EARLY` are due. */
export async function answeredInquiry(connection: NetworkConnection): Promise<InquiryWorld> {
  const world = await inquiry(connection);
  await nextAt((await world.queryEscrow.query(NORMAL)).answeringEndsAt);
  for (const queryId of ALL) {
    const { sealedAnswers } = await world.queryEscrow.query(queryId);
    await openAnswers(world, queryId, world.answerers.slice(0, Number(sealedAnswers)));
  }
  await viewAt((await world.queryEscrow.query(NORMAL)).openingEndsAt);
  return world;
}

/** `answeredInquiry` after three judges have voted on `ALL_BAD` and `NORMAL`: all are due. */
export async function judgedInquiry(connection: NetworkConnection): Promise<InquiryWorld> {
  const world = await answeredInquiry(connection);
  const { judgingEndsAt, revealingEndsAt } = await world.queryEscrow.query(NORMAL);
  await joinJudges(world, NO_VOTES, world.judges.slice(0, 1));
  for (const queryId of [ALL_BAD, NORMAL]) {
    await joinJudges(world, queryId, world.judges.slice(0, 3));
    await submitVotes(world, queryId, ballotsOf(world, queryId));
  }
  await nextAt(judgingEndsAt);
  for (const queryId of [ALL_BAD, NORMAL]) await openVotes(world, queryId, ballotsOf(world, queryId));
  await viewAt(revealingEndsAt);
  return world;
}

function ballotsOf({ judges }: InquiryWorld, queryId: bigint): Ballot[] {
  const [rankings, good] =
    queryId === NORMAL
      ? [
          [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
          ],
          [0, 1],
        ]
      : [
          [
            [0, 1],
            [0, 1],
            [1, 0],
          ],
          [],
        ];
  return judges.slice(0, 3).map((judge, index) => ({ judge, ranking: rankings[index] ?? [], good }));
}

/** Views, from here on, see the chain at `timestamp`, in unix seconds. */
export async function viewAt(timestamp: bigint): Promise<void> {
  await nextAt(timestamp);
  await mineBlock();
}

/* THE KEEPER'S PARTS */

/** What works on a world's queries, the log of it, and what ends it. */
export interface QueryHands {
  readonly context: QueriesContext;
  readonly output: Collector;
  readonly end: AbortController;
}

/** A keeper's hands on the world's queries. */
export async function handsOnQueries(
  world: InquiryWorld,
  limits: Partial<SendLimits> = {},
  on?: Chain,
): Promise<QueryHands> {
  const { workshop, ...rest } = watchedWorkshop(on ?? (await chainOf(world)), limits);
  const address = await world.queryEscrow.getAddress();
  const escrow = IQueryEscrow__factory.connect(address, world.ethers.provider);
  return { context: { ...workshop, escrow }, ...rest };
}

/** What a node would say about an escrow if it were not for `lies`, by names of views. */
export function lyingAbout(
  escrow: IQueryEscrow,
  lies: Partial<Record<keyof IQueryEscrow, (...args: readonly never[]) => Promise<unknown>>>,
): IQueryEscrow {
  return new Proxy(escrow, { get: (truth, name) => Reflect.get(Reflect.has(lies, name) ? lies : truth, name) });
}

/* WHAT CAME OF IT */

/** The queries that were settled, in this order. */
export async function settledIn({ queryEscrow }: InquiryWorld): Promise<bigint[]> {
  const settlements = await queryEscrow.queryFilter(queryEscrow.filters.QuerySettled());
  return settlements.map(({ args }) => args.queryId);
}

/** How queries ended. */
export async function outcomesOf({ queryEscrow }: InquiryWorld, queryIds: readonly bigint[]): Promise<bigint[]> {
  return Promise.all(queryIds.map(async (queryId) => (await queryEscrow.outcome(queryId)).result));
}
